-- +goose Up
-- Everybody's inbox. Words are ids, dates and what teams and tasks are called:
-- people are named when a notice is read, so that nobody's name stays here.
CREATE TABLE notices (
    id           uuid        NOT NULL,
    volunteer_id uuid        NOT NULL, -- whose inbox
    kind         text        NOT NULL, -- "membership.approved"; the list is domain's
    subject_kind text        NOT NULL,
    subject_id   text        NOT NULL,
    words        jsonb       NOT NULL,
    urgent       boolean     NOT NULL,
    source       text,                 -- what was heard from a stream; NULL: told in the transaction that did it
    created_at   timestamptz NOT NULL,
    read_at      timestamptz,
    CONSTRAINT notices_pkey PRIMARY KEY (id),
    CONSTRAINT notices_volunteer_id_fkey FOREIGN KEY (volunteer_id) REFERENCES volunteers (id),
    CONSTRAINT notices_words_check CHECK (jsonb_typeof(words) = 'object'),
    CONSTRAINT notices_source_key UNIQUE (volunteer_id, kind, source)
);
CREATE INDEX notices_volunteer_id_idx ON notices (volunteer_id, created_at DESC, id DESC);
CREATE INDEX notices_unread_idx ON notices (volunteer_id) WHERE read_at IS NULL;
CREATE INDEX notices_created_at_idx ON notices (created_at);

GRANT SELECT, INSERT, DELETE ON notices TO teams;
GRANT UPDATE (read_at, volunteer_id) ON notices TO teams;
