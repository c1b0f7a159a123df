-- +goose Up

-- Where a brigade helps, those of it who go write their visits down themselves. They see
-- nothing of the family: its key is handed to them for writing only.
-- +goose StatementBegin
CREATE FUNCTION of_brigade(person uuid, brigade uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM records_of(person) AS r (id) JOIN known_memberships m ON m.volunteer_id = r.id WHERE m.team_id = brigade AND m.state = 'active')
        AND NOT EXISTS (SELECT FROM known_people WHERE volunteer_id = person_of(person) AND (minor OR erased))
$$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE OR REPLACE FUNCTION aid_visits_are_gated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD.state <> 'open' OR NEW.state NOT IN ('confirmed', 'refused') OR (OLD.id, OLD.aid_case_id, OLD.by_id, OLD.way, OLD.outcome, OLD.visited_at, OLD.minutes, OLD.sealed)
            IS DISTINCT FROM (NEW.id, NEW.aid_case_id, NEW.by_id, NEW.way, NEW.outcome, NEW.visited_at, NEW.minutes, NEW.sealed) THEN
            RAISE EXCEPTION 'what was recorded and decided stays' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'aid_visits_once_check';
        END IF;
        IF person_of(NEW.decided_by) = person_of(NEW.by_id) THEN
            RAISE EXCEPTION 'nobody confirms themself' USING ERRCODE = 'check_violation', CONSTRAINT = 'aid_visits_persons_check';
        END IF;
        RETURN NEW;
    END IF;
    PERFORM FROM aid_cases c JOIN households h ON h.id = c.household_id
    WHERE c.id = NEW.aid_case_id AND c.state = 'running' AND NEW.state IN ('open', 'noted')
        AND (person_of(NEW.by_id) = person_of(c.helper_id) OR of_brigade(NEW.by_id, c.team_id) OR NEW.state = 'noted' AND person_of(NEW.by_id) = person_of(h.officer_id));
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no case of theirs that runs' USING ERRCODE = 'check_violation', CONSTRAINT = 'aid_visits_case_check';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE OR REPLACE FUNCTION households_stay_closed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    of_family aid_cases;
BEGIN
    IF NEW.basis <> 'case' AND (SELECT state FROM households WHERE id = NEW.subject_id FOR SHARE) = 'consent_withdrawn' THEN
        RAISE EXCEPTION 'the family withdrew its consent' USING ERRCODE = 'check_violation', CONSTRAINT = 'openings_withdrawn_check';
    END IF;
    IF NEW.basis = 'helper' THEN
        SELECT * INTO of_family FROM aid_cases WHERE id = NEW.basis_id AND household_id = NEW.subject_id FOR SHARE;
        IF of_family.state IS DISTINCT FROM 'running'
            OR person_of(NEW.person_id) IS DISTINCT FROM person_of(of_family.helper_id) AND NOT (NEW.act = 'write' AND of_brigade(NEW.person_id, of_family.team_id)) THEN
            RAISE EXCEPTION 'no case of theirs that runs' USING ERRCODE = 'check_violation', CONSTRAINT = 'openings_helper_check';
        END IF;
    END IF;
    IF NEW.basis = 'decision' AND NOT EXISTS (SELECT FROM aid_cases WHERE id = NEW.basis_id AND household_id = NEW.subject_id AND state = 'planned') THEN
        RAISE EXCEPTION 'nothing waits' USING ERRCODE = 'check_violation', CONSTRAINT = 'openings_decision_check';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd

CREATE INDEX aid_cases_team_idx ON aid_cases (team_id, state) WHERE team_id IS NOT NULL;
