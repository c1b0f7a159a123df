-- +goose Up
CREATE TABLE idempotency_keys (
    principal    text        NOT NULL, -- volunteer id, or empty for an act before sign-in
    operation    text        NOT NULL,
    key          uuid        NOT NULL,
    request_hash bytea       NOT NULL,
    response     jsonb,               -- set in the transaction that inserts the row
    created_at   timestamptz NOT NULL,
    CONSTRAINT idempotency_keys_pkey PRIMARY KEY (principal, operation, key)
);
CREATE INDEX idempotency_keys_created_at_idx ON idempotency_keys (created_at);

-- The run-time role of <service>_owner's database is <service>.
-- +goose StatementBegin
DO $$ BEGIN
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON idempotency_keys TO %I', regexp_replace(current_user, '_owner$', ''));
END $$;
-- +goose StatementEnd
