-- +goose Up
-- What somebody wants to be told of, and how. No row: as at first.
CREATE TABLE notice_preferences (
    volunteer_id uuid        NOT NULL,
    muted        text[]      NOT NULL, -- kinds that do not come into the inbox
    no_text      text[]      NOT NULL, -- important kinds that do not come as a text message
    quiet        boolean     NOT NULL, -- no text messages at night
    changed_at   timestamptz NOT NULL,
    CONSTRAINT notice_preferences_pkey PRIMARY KEY (volunteer_id),
    CONSTRAINT notice_preferences_volunteer_id_fkey FOREIGN KEY (volunteer_id) REFERENCES volunteers (id)
);

-- Text messages that are to be sent, and for a month those that were. The
-- phone is not here: it is looked up at the moment of sending.
CREATE TABLE text_messages (
    id           uuid        NOT NULL,
    volunteer_id uuid        NOT NULL,
    kind         text        NOT NULL,
    subject_kind text        NOT NULL,
    subject_id   text        NOT NULL,
    words        jsonb       NOT NULL,
    created_at   timestamptz NOT NULL,
    due_at       timestamptz NOT NULL, -- while it waits: when to send it, or to try again
    useless_at   timestamptz NOT NULL, -- from then on it helps nobody any more
    attempts     int         NOT NULL,
    sent_at      timestamptz,
    dropped_at   timestamptz,          -- given up: useless, unwanted, no phone or tried too often
    CONSTRAINT text_messages_pkey PRIMARY KEY (id),
    CONSTRAINT text_messages_volunteer_id_fkey FOREIGN KEY (volunteer_id) REFERENCES volunteers (id),
    CONSTRAINT text_messages_attempts_check CHECK (attempts >= 0),
    CONSTRAINT text_messages_end_check CHECK (sent_at IS NULL OR dropped_at IS NULL)
);
-- While news of a thing waits, newer news of it takes its place: one message, not two.
CREATE UNIQUE INDEX text_messages_waiting_key ON text_messages (volunteer_id, subject_kind, subject_id) WHERE sent_at IS NULL AND dropped_at IS NULL;
CREATE INDEX text_messages_due_at_idx ON text_messages (due_at) WHERE sent_at IS NULL AND dropped_at IS NULL;
CREATE INDEX text_messages_sent_at_idx ON text_messages (sent_at) WHERE sent_at IS NOT NULL;
CREATE INDEX text_messages_created_at_idx ON text_messages (created_at);

GRANT SELECT, INSERT, UPDATE, DELETE ON notice_preferences, text_messages TO teams;
