-- +goose Up

-- What this service has told, in the transaction in which it became true.
-- Rows are never changed; the owner prunes old ones.
--
-- (aggregate, aggregate_version, subject) is not unique: telling an aggregate
-- again at its present version is how a new service is brought up to date, and
-- that two changes do not get the same version is guarded by the aggregate's
-- own table.
CREATE TABLE outbox (
    tx                xid8        NOT NULL DEFAULT pg_current_xact_id(),
    id                bigint      GENERATED ALWAYS AS IDENTITY,
    event_id          uuid        NOT NULL,
    aggregate         text        NOT NULL,
    aggregate_version bigint      NOT NULL,
    subject           text        NOT NULL,
    body              json        NOT NULL, -- json keeps the bytes that were written, jsonb would not
    occurred_at       timestamptz NOT NULL, -- by the business's clock
    stored_at         timestamptz NOT NULL DEFAULT now(), -- by the server's, to see how long it has waited
    CONSTRAINT outbox_pkey PRIMARY KEY (tx, id),
    CONSTRAINT outbox_event_id_key UNIQUE (event_id)
);

-- How far the relay has got with each stream.
CREATE TABLE outbox_cursor (
    stream            text        NOT NULL,
    tx                xid8        NOT NULL,
    id                bigint      NOT NULL,
    epoch             bigint      NOT NULL, -- how often it began again from the first row
    stream_created_at timestamptz NOT NULL, -- the incarnation of the stream that holds the rows up to here
    stream_sequence   bigint      NOT NULL, -- the highest number that the stream has acknowledged
    CONSTRAINT outbox_cursor_pkey PRIMARY KEY (stream)
);

-- After a restore into another cluster, transaction numbers begin low again:
-- restored rows would look as if they were still being written, new ones as if
-- they had been sent. outbox_adopt notices this, puts the rows found under the
-- first transaction number, in the order of their ids, and lets the relay begin
-- again; consumers drop what they know. In one and the same cluster the test
-- can never hold, so calling it is harmless. It returns whether it did anything.
-- +goose StatementBegin
CREATE FUNCTION outbox_adopt() RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM outbox WHERE tx >= pg_snapshot_xmax(pg_current_snapshot()))
       AND NOT EXISTS (SELECT FROM outbox_cursor WHERE tx >= pg_snapshot_xmax(pg_current_snapshot())) THEN
        RETURN false;
    END IF;
    UPDATE outbox SET tx = '1';
    UPDATE outbox_cursor SET tx = '0', id = 0, epoch = epoch + 1;
    RETURN true;
END $$;
-- +goose StatementEnd

-- The run-time role is the owner's name without _owner. It may tell events,
-- but neither when (tx, id, stored_at) nor differently afterwards.
-- +goose StatementBegin
DO $$
DECLARE
    service text := regexp_replace(current_user, '_owner$', '');
BEGIN
    EXECUTE format('ALTER FUNCTION outbox_adopt() SET search_path = %I, pg_temp', current_schema());
    REVOKE ALL ON FUNCTION outbox_adopt() FROM PUBLIC;
    EXECUTE format('GRANT EXECUTE ON FUNCTION outbox_adopt() TO %I', service);
    EXECUTE format('GRANT SELECT ON outbox TO %I', service);
    EXECUTE format('GRANT INSERT (event_id, aggregate, aggregate_version, subject, body, occurred_at) ON outbox TO %I', service);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE ON outbox_cursor TO %I', service);
END $$;
-- +goose StatementEnd
