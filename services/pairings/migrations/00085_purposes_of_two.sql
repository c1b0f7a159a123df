-- +goose Up

-- Who decides on a purpose is another person than who asked, also under another record.
-- +goose StatementBegin
CREATE FUNCTION purposes_persons_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF person_of(NEW.decided_by) = person_of(NEW.officer_id) THEN
        RAISE EXCEPTION 'decided by who asked' USING ERRCODE = 'check_violation', CONSTRAINT = 'purposes_two_persons_check';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER purposes_persons_check BEFORE INSERT OR UPDATE ON purposes
    FOR EACH ROW EXECUTE FUNCTION purposes_persons_check();
