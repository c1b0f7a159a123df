-- +goose Up

-- 历史时长导入: hours from before Qihe, out of a brigade's paper register. One
-- person enters rows beside pictures of the pages, another looks at both and
-- approves; then the rows become lines of the ledger in an account of their own.
--
-- No name is kept here but sealed: rows are of people by id, and what was
-- uploaded goes when it was decided.
CREATE TABLE history_imports (
    id             uuid        NOT NULL,
    team_id        uuid        NOT NULL,
    region_path    text        NOT NULL, -- of the team, as it was then; a subtree is a prefix
    reporting_unit text        NOT NULL,
    uploaded_by    uuid        NOT NULL,
    created_at     timestamptz NOT NULL,
    touched_at     timestamptz NOT NULL, -- drafts that nobody touches end
    state          text        NOT NULL,
    submitted_at   timestamptz,
    decided_by     uuid,
    decided_at     timestamptz,
    reason         text        NOT NULL DEFAULT '', -- why it was sent back
    CONSTRAINT history_imports_pkey PRIMARY KEY (id),
    CONSTRAINT history_imports_state_check CHECK (state IN ('draft', 'submitted', 'returned', 'approved', 'discarded')),
    CONSTRAINT history_imports_submitted_check CHECK (state NOT IN ('submitted', 'returned', 'approved') OR submitted_at IS NOT NULL),
    CONSTRAINT history_imports_decided_check CHECK ((state IN ('returned', 'approved')) = (decided_by IS NOT NULL)
        AND (decided_by IS NULL) = (decided_at IS NULL) AND (state = 'returned') = (reason <> '')),
    CONSTRAINT history_imports_own_check CHECK (decided_by <> uploaded_by) -- two persons
);
CREATE UNIQUE INDEX history_imports_open_key ON history_imports (team_id, uploaded_by) WHERE state IN ('draft', 'returned'); -- one is gone on with
CREATE INDEX history_imports_waiting_idx ON history_imports (region_path text_pattern_ops, submitted_at) WHERE state = 'submitted';
CREATE INDEX history_imports_team_idx ON history_imports (team_id, created_at DESC);

-- What its uploader works on: the file and the rows with names, sealed.
CREATE TABLE history_drafts (
    import_id   uuid  NOT NULL,
    sealed_rows bytea NOT NULL,
    sealed_file bytea,
    CONSTRAINT history_drafts_pkey PRIMARY KEY (import_id),
    CONSTRAINT history_drafts_import_fkey FOREIGN KEY (import_id) REFERENCES history_imports (id)
);

-- A row as it was handed in, of a person by id.
CREATE TABLE history_rows (
    id            uuid NOT NULL,
    import_id     uuid NOT NULL,
    place         int  NOT NULL, -- from 1
    volunteer_id  uuid NOT NULL,
    day           date NOT NULL,
    title         text NOT NULL,
    minutes       int  NOT NULL,
    page          int  NOT NULL, -- of the register, by number of the picture; 0: not said
    struck_reason text NOT NULL DEFAULT '', -- struck by who approved, because
    CONSTRAINT history_rows_pkey PRIMARY KEY (id),
    CONSTRAINT history_rows_import_fkey FOREIGN KEY (import_id) REFERENCES history_imports (id),
    CONSTRAINT history_rows_place_key UNIQUE (import_id, place),
    CONSTRAINT history_rows_minutes_check CHECK (minutes BETWEEN 1 AND 1440),
    CONSTRAINT history_rows_title_check CHECK (title <> ''),
    CONSTRAINT history_rows_page_check CHECK (page >= 0)
);
CREATE INDEX history_rows_waiting_idx ON history_rows (volunteer_id, day);

-- The register's pages, sealed: they hold other people's names.
CREATE TABLE history_pages (
    id        uuid        NOT NULL,
    import_id uuid        NOT NULL,
    number    int         NOT NULL, -- from 1; a page that was taken away leaves its number
    kind      text        NOT NULL,
    size      int         NOT NULL, -- bytes, opened
    sealed    bytea       NOT NULL,
    added_at  timestamptz NOT NULL,
    CONSTRAINT history_pages_pkey PRIMARY KEY (id),
    CONSTRAINT history_pages_import_fkey FOREIGN KEY (import_id) REFERENCES history_imports (id),
    CONSTRAINT history_pages_number_key UNIQUE (import_id, number),
    CONSTRAINT history_pages_kind_check CHECK (kind IN ('jpeg', 'pdf'))
);
ALTER TABLE history_pages ALTER COLUMN sealed SET STORAGE EXTERNAL; -- what is sealed cannot be made smaller

-- Who looked at a page of somebody else's import, and when.
CREATE TABLE history_reads (
    id      uuid        NOT NULL,
    page_id uuid        NOT NULL,
    read_by uuid        NOT NULL,
    read_at timestamptz NOT NULL,
    CONSTRAINT history_reads_pkey PRIMARY KEY (id),
    CONSTRAINT history_reads_page_fkey FOREIGN KEY (page_id) REFERENCES history_pages (id)
);

-- The rows that became lines. The same activity of one person on one day counts
-- once, whoever imports it and however often, under whichever record.
CREATE TABLE history_posted (
    row_id    uuid NOT NULL,
    person_id uuid NOT NULL, -- one of the person's records, the same whichever is asked
    day       date NOT NULL,
    title     text NOT NULL,
    minutes   int  NOT NULL,
    CONSTRAINT history_posted_pkey PRIMARY KEY (row_id),
    CONSTRAINT history_posted_row_fkey FOREIGN KEY (row_id) REFERENCES history_rows (id),
    CONSTRAINT history_posted_once_key UNIQUE (person_id, day, title, minutes)
);

-- All records that are one person with this one.
-- +goose StatementBegin
CREATE FUNCTION records_of(volunteer uuid) RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
    WITH RECURSIVE person AS (
        SELECT volunteer::text AS id
        UNION
        SELECT CASE WHEN k.id = p.id THEN k.name ELSE k.id END
        FROM person p
        JOIN known k ON k.kind = 'merged' AND (k.id = p.id OR k.name = p.id)
    )
    SELECT id::uuid FROM person
$$;
-- +goose StatementEnd

-- Two persons, whichever records they have; and nobody approves a row about themself.
-- +goose StatementBegin
CREATE FUNCTION history_takes_two() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state IN ('approved', 'discarded') THEN
        RAISE EXCEPTION 'an import that was approved or dropped is never changed' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'history_imports_once_check';
    END IF;
    IF NEW.decided_by IS NULL THEN
        RETURN NEW;
    END IF;
    IF NEW.uploaded_by IN (SELECT records_of(NEW.decided_by)) THEN
        RAISE EXCEPTION 'another person than the uploader decides' USING ERRCODE = 'check_violation', CONSTRAINT = 'history_imports_own_check';
    END IF;
    IF NEW.state = 'approved' AND EXISTS (
        SELECT FROM history_rows r
        WHERE r.import_id = NEW.id AND r.struck_reason = '' AND r.volunteer_id IN (SELECT records_of(NEW.decided_by))
    ) THEN
        RAISE EXCEPTION 'nobody approves their own hours' USING ERRCODE = 'check_violation', CONSTRAINT = 'history_imports_self_check';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER history_takes_two BEFORE UPDATE ON history_imports
    FOR EACH ROW EXECUTE FUNCTION history_takes_two();

-- What was approved stays as it was looked at: its rows and its pages.
-- +goose StatementBegin
CREATE FUNCTION history_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM history_imports i WHERE i.id = OLD.import_id AND i.state = 'approved') THEN
        RAISE EXCEPTION 'rows and pages of an approved import are never changed' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'history_stays_check';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
-- +goose StatementEnd
CREATE TRIGGER history_rows_stay BEFORE UPDATE OR DELETE ON history_rows FOR EACH ROW EXECUTE FUNCTION history_stays();
CREATE TRIGGER history_pages_stay BEFORE UPDATE OR DELETE ON history_pages FOR EACH ROW EXECUTE FUNCTION history_stays();
CREATE TRIGGER history_posted_is_for_ever BEFORE UPDATE OR DELETE OR TRUNCATE ON history_posted
    FOR EACH STATEMENT EXECUTE FUNCTION entries_are_for_ever();

GRANT SELECT, INSERT ON history_imports, history_drafts, history_rows, history_pages, history_reads, history_posted TO hours;
GRANT UPDATE (touched_at, state, submitted_at, decided_by, decided_at, reason) ON history_imports TO hours;
GRANT UPDATE (sealed_rows, sealed_file), DELETE ON history_drafts TO hours;
GRANT UPDATE (struck_reason), DELETE ON history_rows TO hours;
GRANT DELETE ON history_pages TO hours;
