-- +goose Up

-- 名册导出: records that leave the house in a file, because another authority asks for
-- a list. The file is made when it is taken, and kept nowhere. More than fifty need
-- another person's yes.
CREATE TABLE child_exports (
    id          uuid        NOT NULL,
    officer_id  uuid        NOT NULL, -- who may take it
    region_path text        NOT NULL,
    child_ids   uuid[]      NOT NULL, -- as it was asked for; who has left since is not in the file
    reason      text        NOT NULL, -- for whom and what for, without anybody's name
    asked_at    timestamptz NOT NULL,
    decided_by  uuid,
    decided_at  timestamptz,
    approved    boolean,
    answer      text,        -- why not
    ends_at     timestamptz, -- until when it can be taken and its password seen; NULL: not yet
    taken       int         NOT NULL DEFAULT 0,
    CONSTRAINT child_exports_pkey PRIMARY KEY (id),
    CONSTRAINT child_exports_reason_check CHECK (reason <> ''),
    CONSTRAINT child_exports_children_check CHECK (cardinality(child_ids) BETWEEN 1 AND 5000),
    CONSTRAINT child_exports_decided_check CHECK ((decided_by IS NULL) = (decided_at IS NULL) AND (decided_by IS NULL) = (approved IS NULL)),
    CONSTRAINT child_exports_many_check CHECK (ends_at IS NULL OR cardinality(child_ids) <= 50 OR coalesce(approved, false)),
    CONSTRAINT child_exports_ends_check CHECK (ends_at <= coalesce(decided_at, asked_at) + interval '24 hours')
);
CREATE INDEX child_exports_region_idx ON child_exports (region_path text_pattern_ops, asked_at);

-- Who decides is another person than who asked, also under another record.
-- +goose StatementBegin
CREATE FUNCTION child_exports_persons_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF person_of(NEW.decided_by) = person_of(NEW.officer_id) THEN
        RAISE EXCEPTION 'decided by who asked' USING ERRCODE = 'check_violation', CONSTRAINT = 'child_exports_persons_check';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER child_exports_persons_check BEFORE INSERT OR UPDATE ON child_exports
    FOR EACH ROW EXECUTE FUNCTION child_exports_persons_check();

GRANT SELECT, INSERT, UPDATE (decided_by, decided_at, approved, answer, ends_at, taken) ON child_exports TO pairings;
