-- +goose Up

-- What somebody has asked to be told once more. The relay tells it, and takes it out.
CREATE TABLE outbox_again (
    event_id uuid        NOT NULL,
    asked_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT outbox_again_pkey PRIMARY KEY (event_id),
    CONSTRAINT outbox_again_event_fkey FOREIGN KEY (event_id) REFERENCES outbox (event_id) ON DELETE CASCADE
);

-- +goose StatementBegin
DO $$
BEGIN
    EXECUTE format('GRANT SELECT, DELETE ON outbox_again TO %I', regexp_replace(current_user, '_owner$', ''));
END $$;
-- +goose StatementEnd
