-- +goose Up
-- New numbers for which somebody vouched face to face. The number proves
-- itself when its holder signs in with it. Numbers stand here as blind index
-- and masked; the one before, sealed, until it can no longer be put back.
CREATE TABLE phone_changes (
    id           uuid        NOT NULL,
    volunteer_id uuid        NOT NULL,
    vouched_by   uuid        NOT NULL,
    phone_index  bytea       NOT NULL,
    phone_masked text        NOT NULL,
    before       bytea,                -- NULL: there was none, or it is forgotten
    state        text        NOT NULL,
    created_at   timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL,
    decided_at   timestamptz,          -- since when it is in its state; NULL while open
    undo_until   timestamptz,          -- set when done
    undone_by    uuid,
    CONSTRAINT phone_changes_pkey PRIMARY KEY (id),
    CONSTRAINT phone_changes_volunteer_id_fkey FOREIGN KEY (volunteer_id) REFERENCES volunteers (id),
    CONSTRAINT phone_changes_vouched_by_fkey FOREIGN KEY (vouched_by) REFERENCES volunteers (id),
    CONSTRAINT phone_changes_undone_by_fkey FOREIGN KEY (undone_by) REFERENCES volunteers (id),
    CONSTRAINT phone_changes_two_persons_check CHECK (vouched_by <> volunteer_id),
    CONSTRAINT phone_changes_undone_by_check CHECK (undone_by <> volunteer_id),
    CONSTRAINT phone_changes_state_check CHECK (state IN ('open', 'done', 'taken', 'replaced', 'undone')),
    CONSTRAINT phone_changes_expires_at_check CHECK (expires_at > created_at)
);
-- One number is for one person, and one person gets one, at a time.
CREATE UNIQUE INDEX phone_changes_volunteer_open_idx ON phone_changes (volunteer_id) WHERE state = 'open';
CREATE UNIQUE INDEX phone_changes_phone_open_idx ON phone_changes (phone_index) WHERE state = 'open';
CREATE INDEX phone_changes_volunteer_id_idx ON phone_changes (volunteer_id, created_at DESC);
CREATE INDEX phone_changes_vouched_by_idx ON phone_changes (vouched_by, created_at DESC);

GRANT SELECT, INSERT, DELETE ON phone_changes TO teams;
GRANT UPDATE (state, before, decided_at, undo_until, undone_by) ON phone_changes TO teams;
