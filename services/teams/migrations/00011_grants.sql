-- +goose Up
-- An officer's authority can be taken away again, and who did it and why stays.
ALTER TABLE staff_grants
    ADD COLUMN ended_at   timestamptz,
    ADD COLUMN ended_by   uuid,
    ADD COLUMN end_reason text NOT NULL DEFAULT '',
    ADD CONSTRAINT staff_grants_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES volunteers (id),
    ADD CONSTRAINT staff_grants_end_check CHECK ((ended_at IS NULL) = (ended_by IS NULL) AND (ended_at IS NULL) = (end_reason = ''));

-- Nobody needs the same authority twice without an end.
CREATE UNIQUE INDEX staff_grants_lasting_key ON staff_grants (volunteer_id, role, region_code) WHERE ended_at IS NULL AND until_at IS NULL;
CREATE INDEX staff_grants_region_code_idx ON staff_grants (region_code);

-- The last administrator of the installation stays. A lasting administrator is
-- somebody who is there, with a grant over the topmost region that has neither
-- an end nor a date to end: one who would be gone at midnight cannot be the one
-- on whom everything rests. Whatever takes such a grant or such a person away
-- must leave another, and one who has begun by then. Takers wait for each other
-- at a lock, and who comes second sees what the first has done: a trigger's
-- query has a snapshot of its own while transactions are READ COMMITTED.
-- +goose StatementBegin
CREATE FUNCTION keep_last_administrator() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    gone_at timestamptz := 'infinity';
BEGIN
    IF TG_TABLE_NAME = 'staff_grants' THEN
        IF NOT EXISTS (SELECT FROM regions WHERE code = OLD.region_code AND parent_code IS NULL) THEN
            RETURN NULL;
        END IF;
        IF TG_OP = 'UPDATE' THEN
            gone_at := COALESCE(NEW.ended_at, 'infinity');
        END IF;
    ELSIF NOT EXISTS (
        SELECT FROM staff_grants g
        JOIN regions r ON r.code = g.region_code AND r.parent_code IS NULL
        WHERE g.volunteer_id = OLD.id AND g.role = 'administrator' AND g.ended_at IS NULL AND g.until_at IS NULL
    ) THEN
        RETURN NULL;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('qihe teams: administrators', 0));
    IF NOT EXISTS (
        SELECT FROM staff_grants g
        JOIN regions r ON r.code = g.region_code AND r.parent_code IS NULL
        JOIN volunteers v ON v.id = g.volunteer_id AND v.state = 'active'
        WHERE g.role = 'administrator' AND g.ended_at IS NULL AND g.until_at IS NULL AND g.from_at <= gone_at
    ) THEN
        RAISE EXCEPTION 'the last administrator cannot go' USING ERRCODE = 'check_violation', CONSTRAINT = 'staff_grants_last_administrator';
    END IF;
    RETURN NULL;
END $$;
-- +goose StatementEnd

-- Deferrable, so that two records of one person can become one in any order.
CREATE CONSTRAINT TRIGGER staff_grants_last_administrator AFTER UPDATE ON staff_grants
    DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW
    WHEN (OLD.role = 'administrator' AND OLD.ended_at IS NULL AND OLD.until_at IS NULL)
    EXECUTE FUNCTION keep_last_administrator();
CREATE CONSTRAINT TRIGGER staff_grants_last_administrator_kept AFTER DELETE ON staff_grants
    DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW
    WHEN (OLD.role = 'administrator' AND OLD.ended_at IS NULL AND OLD.until_at IS NULL)
    EXECUTE FUNCTION keep_last_administrator();
CREATE CONSTRAINT TRIGGER volunteers_last_administrator AFTER UPDATE OF state ON volunteers
    DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW
    WHEN (OLD.state = 'active' AND NEW.state <> 'active')
    EXECUTE FUNCTION keep_last_administrator();

GRANT INSERT, UPDATE (volunteer_id, ended_at, ended_by, end_reason, version) ON staff_grants TO teams;
