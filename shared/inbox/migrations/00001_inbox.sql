-- +goose Up

-- What each consumer of this service has applied, for as long as a stream may
-- deliver it again.
CREATE TABLE inbox (
    consumer    text        NOT NULL,
    event_id    uuid        NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT inbox_pkey PRIMARY KEY (consumer, event_id)
);

-- Rows arrive in the order of time, so a few pages of index are enough to prune by it.
CREATE INDEX inbox_received_at ON inbox USING brin (received_at);

-- Events given up, with all that is needed to try them again.
CREATE TABLE dead_letters (
    id          uuid        NOT NULL,
    consumer    text        NOT NULL,
    event_id    text        NOT NULL, -- not a UUID when that was the fault
    subject     text        NOT NULL,
    body        bytea       NOT NULL, -- not JSON when that was the fault
    occurred_at timestamptz NOT NULL,
    error       text        NOT NULL,
    attempts    integer     NOT NULL,
    died_at     timestamptz NOT NULL DEFAULT now(),
    redriven_at timestamptz, -- null: still to be looked at
    CONSTRAINT dead_letters_pkey PRIMARY KEY (id),
    CONSTRAINT dead_letters_event UNIQUE (consumer, event_id)
);

-- +goose StatementBegin
DO $$
DECLARE
    service text := regexp_replace(current_user, '_owner$', '');
BEGIN
    EXECUTE format('GRANT SELECT, INSERT, DELETE ON inbox TO %I', service);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE ON dead_letters TO %I', service);
END $$;
-- +goose StatementEnd
