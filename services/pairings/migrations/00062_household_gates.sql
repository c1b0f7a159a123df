-- +goose Up

-- Without a consent that is good a family goes no further than registered, whoever
-- writes it; and while a case is open none of it is taken away underneath.
-- +goose StatementBegin
CREATE FUNCTION households_are_gated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'registered' THEN
            RAISE EXCEPTION 'a family begins as registered' USING ERRCODE = 'check_violation', CONSTRAINT = 'households_begins_check';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.state = 'erased' AND NEW.state <> 'erased' THEN
        RAISE EXCEPTION 'who is erased stays so' USING ERRCODE = 'check_violation', CONSTRAINT = 'households_erased_check';
    END IF;
    IF NEW.state = OLD.state THEN
        RETURN NEW;
    END IF;
    IF NEW.state = 'consented' THEN
        IF NOT household_consented(NEW.id, NEW.state_at) THEN
            RAISE EXCEPTION 'no consent of the family' USING ERRCODE = 'check_violation', CONSTRAINT = 'households_consent_check';
        END IF;
    ELSIF EXISTS (SELECT FROM aid_cases WHERE household_id = NEW.id AND state <> 'ended') THEN
        RAISE EXCEPTION 'a case is open' USING ERRCODE = 'check_violation', CONSTRAINT = 'households_open_check';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE FUNCTION household_consented(household uuid, at timestamptz) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM household_consents WHERE household_id = household AND withdrawn_at IS NULL AND ends_at > at)
$$;
-- +goose StatementEnd
CREATE TRIGGER households_are_gated BEFORE INSERT OR UPDATE ON households
    FOR EACH ROW EXECUTE FUNCTION households_are_gated();

-- The gates of a case. It is opened for a family that consented and a helper of age, who is of the
-- brigade that she answers for;
-- it goes one step at a time; it runs when the helper has said yes and another person
-- than who registered the family, than who opened the case and than the helper has
-- approved it. person_of compares persons, not records. An ended one stays as it is.
-- The family's row is locked, so that a withdrawal at the same moment waits.
-- +goose StatementBegin
CREATE FUNCTION aid_cases_are_gated() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    family households;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD.state = 'ended' THEN
            RAISE EXCEPTION 'an ended case is never changed' USING ERRCODE = 'check_violation', CONSTRAINT = 'aid_cases_over_check';
        END IF;
        IF NEW.state = OLD.state OR NEW.state = 'ended' THEN
            RETURN NEW;
        END IF;
        IF (OLD.state, NEW.state) NOT IN (('opened', 'planned'), ('planned', 'opened'), ('planned', 'running')) THEN
            RAISE EXCEPTION 'not one step' USING ERRCODE = 'check_violation', CONSTRAINT = 'aid_cases_step_check';
        END IF;
    ELSIF NEW.state <> 'opened' THEN
        RAISE EXCEPTION 'a case begins as opened' USING ERRCODE = 'check_violation', CONSTRAINT = 'aid_cases_step_check';
    END IF;
    SELECT * INTO family FROM households WHERE id = NEW.household_id FOR SHARE;
    IF family.state <> 'consented' OR NOT household_consented(NEW.household_id, NEW.state_at) THEN
        RAISE EXCEPTION 'no consent of the family' USING ERRCODE = 'check_violation', CONSTRAINT = 'aid_cases_consent_check';
    END IF;
    IF EXISTS (SELECT FROM known_people WHERE volunteer_id = person_of(NEW.helper_id) AND (minor OR erased)) THEN
        RAISE EXCEPTION 'not a helper' USING ERRCODE = 'check_violation', CONSTRAINT = 'aid_cases_helper_check';
    END IF;
    IF NEW.state = 'opened' AND NEW.team_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM known_memberships WHERE team_id = NEW.team_id AND state = 'active' AND person_of(volunteer_id) = person_of(NEW.helper_id)) THEN
        RAISE EXCEPTION 'not of this brigade' USING ERRCODE = 'check_violation', CONSTRAINT = 'aid_cases_team_check';
    END IF;
    IF NEW.state = 'running' AND person_of(NEW.approved_by) IN (
        person_of(family.registered_by), person_of(NEW.opened_by), person_of(NEW.planned_by), person_of(NEW.helper_id)) THEN
        RAISE EXCEPTION 'not theirs to approve' USING ERRCODE = 'check_violation', CONSTRAINT = 'aid_cases_two_persons_check';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER aid_cases_are_gated BEFORE INSERT OR UPDATE ON aid_cases
    FOR EACH ROW EXECUTE FUNCTION aid_cases_are_gated();

-- Visits are written while a case runs, by its helper or by who has the family's case.
-- +goose StatementBegin
CREATE FUNCTION aid_visits_are_gated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM aid_cases c JOIN households h ON h.id = c.household_id
        WHERE c.id = NEW.aid_case_id AND c.state = 'running' AND person_of(NEW.by_id) IN (person_of(c.helper_id), person_of(h.officer_id))) THEN
        RAISE EXCEPTION 'no case of theirs that runs' USING ERRCODE = 'check_violation', CONSTRAINT = 'aid_visits_case_check';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER aid_visits_are_gated BEFORE INSERT ON aid_visits
    FOR EACH ROW EXECUTE FUNCTION aid_visits_are_gated();

-- A family's key is handed to its helper only while the case runs, and to who decides
-- only while a plan waits; after a withdrawal to nobody but who has the case, who must
-- carry it out. The share lock makes an opening
-- that comes at the same moment wait for what changes that.
-- +goose StatementBegin
CREATE FUNCTION households_stay_closed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    of_family aid_cases;
BEGIN
    IF NEW.basis <> 'case' AND (SELECT state FROM households WHERE id = NEW.subject_id FOR SHARE) = 'consent_withdrawn' THEN
        RAISE EXCEPTION 'the family withdrew its consent' USING ERRCODE = 'check_violation', CONSTRAINT = 'openings_withdrawn_check';
    END IF;
    IF NEW.basis = 'helper' THEN
        SELECT * INTO of_family FROM aid_cases WHERE id = NEW.basis_id AND household_id = NEW.subject_id FOR SHARE;
        IF of_family.state IS DISTINCT FROM 'running' OR person_of(NEW.person_id) IS DISTINCT FROM person_of(of_family.helper_id) THEN
            RAISE EXCEPTION 'no case of theirs that runs' USING ERRCODE = 'check_violation', CONSTRAINT = 'openings_helper_check';
        END IF;
    END IF;
    IF NEW.basis = 'decision' AND NOT EXISTS (SELECT FROM aid_cases WHERE id = NEW.basis_id AND household_id = NEW.subject_id AND state = 'planned') THEN
        RAISE EXCEPTION 'nothing waits' USING ERRCODE = 'check_violation', CONSTRAINT = 'openings_decision_check';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER households_stay_closed BEFORE INSERT ON openings
    FOR EACH ROW EXECUTE FUNCTION households_stay_closed();
