-- +goose Up

-- What phones sealed without network and sent later: that it arrived, and what its
-- sender was told, for ever, so that each does its work once. Not who sent it, nor what it was.
CREATE TABLE sealed_messages (
    message_id uuid        NOT NULL,
    arrived_at timestamptz NOT NULL,
    answer     text        NOT NULL,
    CONSTRAINT sealed_messages_pkey PRIMARY KEY (message_id)
);

GRANT SELECT, INSERT, UPDATE (answer) ON sealed_messages TO pairings;
