-- +goose Up

-- What a companion parent has shown and until when (NULL: for good). Of checks and
-- signatures the newest counts, and of interviews the newest of each person: two of
-- them, and none that says no.
-- +goose StatementBegin
CREATE FUNCTION companion_gates(companion uuid, at timestamptz) RETURNS TABLE (gate text, shown boolean, good_until timestamptz)
LANGUAGE sql STABLE AS $$
    WITH newest AS (
        SELECT DISTINCT ON (kind) kind, passed, good_until
        FROM companion_evidence
        WHERE companion_id = companion AND kind <> 'interview'
        ORDER BY kind, n DESC
    ), views AS (
        SELECT DISTINCT ON (person_of(by_id)) passed, good_until
        FROM companion_evidence
        WHERE companion_id = companion AND kind = 'interview'
        ORDER BY person_of(by_id), n DESC
    ), good AS (
        SELECT kind AS gate, good_until FROM newest WHERE passed
        UNION ALL
        (SELECT 'interview', v.good_until FROM views v WHERE NOT EXISTS (SELECT FROM views WHERE NOT passed) ORDER BY v.good_until DESC OFFSET 1 LIMIT 1)
        UNION ALL
        SELECT 'training', max(coalesce(t.ends_at, 'infinity'))
        FROM companions c JOIN known_trainings t ON person_of(t.volunteer_id) = person_of(c.volunteer_id)
        WHERE c.id = companion AND t.state = 'confirmed' AND t.starts_at <= at
    )
    SELECT g.gate, good.good_until IS NOT NULL, nullif(good.good_until, 'infinity')
    FROM unnest(ARRAY['identity', 'training', 'conduct', 'offence', 'interview']) AS g (gate) LEFT JOIN good ON good.gate = g.gate
$$;
-- +goose StatementEnd

-- Why somebody cannot be a companion parent whatever was shown; NULL for no reason. Who
-- approves is neither the applicant nor one of those who interviewed, also not under
-- another record of the same person.
-- +goose StatementBegin
CREATE FUNCTION companion_conflict(companion uuid, volunteer uuid, approver uuid) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN EXISTS (SELECT FROM known_people WHERE volunteer_id = person_of(volunteer) AND erased) THEN 'companions_erased_check'
        WHEN EXISTS (SELECT FROM known_people WHERE volunteer_id = person_of(volunteer) AND minor) THEN 'companions_adult_check'
        WHEN person_of(approver) = person_of(volunteer) OR EXISTS (
            SELECT FROM companion_evidence
            WHERE companion_id = companion AND (kind = 'interview' AND person_of(by_id) = person_of(approver)
                OR kind IN ('offence', 'interview') AND person_of(by_id) = person_of(volunteer))
        ) THEN 'companions_persons_check'
        WHEN EXISTS (
            SELECT FROM companions c LEFT JOIN companions mine ON mine.id = companion -- of two who turn out to be one the first stays
            WHERE c.id <> companion AND c.state IN ('approved', 'suspended') AND person_of(c.volunteer_id) = person_of(volunteer)
                AND (c.approved_at, c.id) < (coalesce(mine.approved_at, 'infinity'), companion)
        ) THEN 'companions_once_check'
    END
$$;
-- +goose StatementEnd

-- Nobody is approved, and nobody comes back, with anything missing at that moment.
-- +goose StatementBegin
CREATE FUNCTION companions_gates_check() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    conflict text := companion_conflict(NEW.id, NEW.volunteer_id, NEW.approved_by);
BEGIN
    IF conflict IS NOT NULL THEN
        RAISE EXCEPTION 'this person cannot be approved by this one' USING ERRCODE = 'check_violation', CONSTRAINT = conflict;
    END IF;
    IF EXISTS (
        SELECT FROM companion_gates(NEW.id, NEW.state_since) g WHERE NOT g.shown OR g.good_until <= NEW.state_since
    ) THEN
        RAISE EXCEPTION 'not everything has been shown' USING ERRCODE = 'check_violation', CONSTRAINT = 'companions_gates_check';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER companions_gates_check_new BEFORE INSERT ON companions
    FOR EACH ROW WHEN (NEW.state = 'approved') EXECUTE FUNCTION companions_gates_check();
CREATE TRIGGER companions_gates_check BEFORE UPDATE ON companions
    FOR EACH ROW WHEN (NEW.state = 'approved' AND (OLD.state <> 'approved' OR NEW.approved_by IS DISTINCT FROM OLD.approved_by OR NEW.state_since <> OLD.state_since))
    EXECUTE FUNCTION companions_gates_check();

-- A check and an interview are recorded by others than the applicant, an interview also
-- by another than who approved; a code is signed by the applicant. The companion's row is
-- locked, so that an approval beside it waits.
-- +goose StatementBegin
CREATE FUNCTION companion_evidence_persons_check() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    applicant uuid;
    approver  uuid;
BEGIN
    SELECT person_of(volunteer_id), person_of(approved_by) INTO applicant, approver FROM companions WHERE id = NEW.companion_id FOR UPDATE;
    IF NEW.kind IN ('offence', 'interview') AND person_of(NEW.by_id) = applicant
        OR NEW.kind = 'interview' AND person_of(NEW.by_id) = approver
        OR NEW.kind = 'conduct' AND person_of(NEW.by_id) <> applicant THEN
        RAISE EXCEPTION 'not theirs to record' USING ERRCODE = 'check_violation', CONSTRAINT = 'companion_evidence_persons_check';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER companion_evidence_persons_check BEFORE INSERT ON companion_evidence
    FOR EACH ROW EXECUTE FUNCTION companion_evidence_persons_check();
