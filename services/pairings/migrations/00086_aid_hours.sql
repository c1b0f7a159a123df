-- +goose Up

-- What a helper does for a family counts as hours once another person has confirmed it.
ALTER TABLE known_programmes
    DROP CONSTRAINT known_programmes_line_check,
    ADD CONSTRAINT known_programmes_line_check CHECK (line IN ('companion', 'aid'));
UPDATE known_programmes SET line = 'aid' WHERE programme_id = '0190c0de-0000-7000-8000-000000000004' AND line IS NULL;

-- noted: an attempt, and what the officer did who has the case; the release before this
-- one writes nothing else.
ALTER TABLE aid_visits
    ADD COLUMN state      text NOT NULL DEFAULT 'noted',
    ADD COLUMN decided_by uuid,
    ADD COLUMN decided_at timestamptz,
    ADD COLUMN reason     text, -- why it does not count: a word of domain's
    ADD COLUMN reference  uuid, -- by which hours know it, and nobody else
    ADD CONSTRAINT aid_visits_reference_key UNIQUE (reference),
    ADD CONSTRAINT aid_visits_state_check CHECK (state IN ('noted', 'open', 'confirmed', 'refused') AND (state = 'noted' OR outcome = 'done')),
    ADD CONSTRAINT aid_visits_decided_check CHECK ((state IN ('confirmed', 'refused')) = (decided_by IS NOT NULL)
        AND (decided_by IS NULL) = (decided_at IS NULL) AND (state = 'refused') = (reason IS NOT NULL)),
    ADD CONSTRAINT aid_visits_reference_check CHECK ((reference IS NOT NULL) = (state = 'confirmed'));
CREATE INDEX aid_visits_open_idx ON aid_visits (aid_case_id) WHERE state = 'open';
UPDATE aid_visits v SET state = 'open'
FROM aid_cases c
WHERE c.id = v.aid_case_id AND v.outcome = 'done' AND person_of(v.by_id) = person_of(c.helper_id);

-- Visits are written while a case runs, by its helper or by who has the family's case;
-- only a helper's wait to be confirmed, by another person; what was written and decided
-- stays.
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
    WHERE c.id = NEW.aid_case_id AND c.state = 'running' AND CASE NEW.state
        WHEN 'open' THEN person_of(NEW.by_id) = person_of(c.helper_id)
        WHEN 'noted' THEN person_of(NEW.by_id) IN (person_of(c.helper_id), person_of(h.officer_id)) END;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no case of theirs that runs' USING ERRCODE = 'check_violation', CONSTRAINT = 'aid_visits_case_check';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
DROP TRIGGER aid_visits_are_gated ON aid_visits;
CREATE TRIGGER aid_visits_are_gated BEFORE INSERT OR UPDATE ON aid_visits
    FOR EACH ROW EXECUTE FUNCTION aid_visits_are_gated();

GRANT UPDATE (state, decided_by, decided_at, reason, reference) ON aid_visits TO pairings;
