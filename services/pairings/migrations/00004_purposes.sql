-- +goose Up

-- 查看事由: on what grounds an officer may open records that are not her own cases:
-- for a purpose that another person has approved, or in an emergency, for one child
-- and an hour at most, which two others are told of at once.
CREATE TABLE purposes (
    id          uuid        NOT NULL,
    officer_id  uuid        NOT NULL, -- who may read
    emergency   boolean     NOT NULL,
    region_path text        NOT NULL, -- whose children
    child_id    uuid,                 -- of these the only one; NULL: all
    reason      text        NOT NULL, -- without anybody's name
    asked_at    timestamptz NOT NULL,
    ends_at     timestamptz NOT NULL,
    decided_by  uuid,                 -- NULL: waits, or an emergency
    decided_at  timestamptz,
    approved    boolean,
    answer      text,                 -- why not
    CONSTRAINT purposes_pkey PRIMARY KEY (id),
    CONSTRAINT purposes_child_id_fkey FOREIGN KEY (child_id) REFERENCES children,
    CONSTRAINT purposes_reason_check CHECK (reason <> ''),
    CONSTRAINT purposes_decided_check CHECK ((decided_by IS NULL) = (decided_at IS NULL) AND (decided_by IS NULL) = (approved IS NULL)),
    CONSTRAINT purposes_two_persons_check CHECK (decided_by <> officer_id),
    CONSTRAINT purposes_emergency_check CHECK (
        NOT emergency OR child_id IS NOT NULL AND decided_by IS NULL AND ends_at <= asked_at + interval '1 hour'),
    CONSTRAINT purposes_ends_check CHECK (ends_at > asked_at AND ends_at <= asked_at + interval '31 days')
);
CREATE INDEX purposes_officer_idx ON purposes (officer_id, ends_at);
CREATE INDEX purposes_region_idx ON purposes (region_path text_pattern_ops, asked_at);

GRANT SELECT, INSERT, UPDATE (decided_by, decided_at, approved, answer) ON purposes TO pairings;
