-- +goose Up

-- Lines of history: what they are credited for is a row of an approved import,
-- proved by a paper, entered later.
ALTER TABLE entries
    DROP CONSTRAINT entries_source_kind_check,
    ADD CONSTRAINT entries_source_kind_check CHECK (CASE kind
        WHEN 'reversal' THEN source_kind = 'entry'
        WHEN 'adjustment' THEN source_kind = 'correction'
        WHEN 'import' THEN source_kind = 'import' AND verification = 'C'
        ELSE source_kind = 'attendance' END);

-- Each says what the row says, and is confirmed by who approved it.
-- +goose StatementBegin
CREATE FUNCTION entries_fit_their_register() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM history_posted p
        JOIN history_rows r ON r.id = p.row_id
        JOIN history_imports i ON i.id = r.import_id
        WHERE p.row_id = NEW.source_id AND i.state = 'approved' AND i.decided_by = NEW.confirmed_by AND r.struck_reason = ''
            AND (r.volunteer_id, r.day, r.minutes, r.title, i.team_id) = (NEW.volunteer_id, NEW.day, NEW.minutes, NEW.title, NEW.team_id)
    ) THEN
        RAISE EXCEPTION 'a line of history is a row of an approved import' USING ERRCODE = 'check_violation', CONSTRAINT = 'entries_import_check';
    END IF;
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER entries_fit_their_register AFTER INSERT ON entries
    FOR EACH ROW WHEN (NEW.kind = 'import') EXECUTE FUNCTION entries_fit_their_register();

-- A paper register knows no programmes: its lines stand under one of their own.
INSERT INTO known (kind, id, name, region_path, version)
VALUES ('programme', '0190c0de-0000-7000-8000-0000000000a1', '历史时长', '', 1);
