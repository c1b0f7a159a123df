-- +goose Up

-- Who co-signs the log's checkpoints, and what they signed. All of it is public,
-- and nothing is taken back: a witness that ends stays in the list.
CREATE TABLE log_witnesses (
    id     uuid        NOT NULL,
    name   text        NOT NULL,
    key    text        NOT NULL, -- public, of note's form
    reason text        NOT NULL,
    set_by uuid        NOT NULL,
    set_at timestamptz NOT NULL,
    CONSTRAINT log_witnesses_pkey PRIMARY KEY (id),
    CONSTRAINT log_witnesses_key_key UNIQUE (key)
);
CREATE TABLE log_witness_ends (
    witness_id uuid        NOT NULL,
    reason     text        NOT NULL,
    ended_by   uuid        NOT NULL,
    ended_at   timestamptz NOT NULL,
    CONSTRAINT log_witness_ends_pkey PRIMARY KEY (witness_id),
    CONSTRAINT log_witness_ends_witness_fkey FOREIGN KEY (witness_id) REFERENCES log_witnesses
);
CREATE TABLE log_cosignatures (
    size        bigint      NOT NULL,
    witness_id  uuid        NOT NULL,
    line        text        NOT NULL, -- as it stands under the note
    signed_at   timestamptz NOT NULL, -- as it says
    received_at timestamptz NOT NULL,
    CONSTRAINT log_cosignatures_pkey PRIMARY KEY (size, witness_id),
    CONSTRAINT log_cosignatures_size_fkey FOREIGN KEY (size) REFERENCES log_checkpoints,
    CONSTRAINT log_cosignatures_witness_fkey FOREIGN KEY (witness_id) REFERENCES log_witnesses
);
CREATE INDEX log_cosignatures_witness_idx ON log_cosignatures (witness_id, size);

-- +goose StatementBegin
CREATE FUNCTION log_witnesses_are_for_ever() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'who witnessed what is never changed' USING ERRCODE = 'restrict_violation';
END $$;
-- +goose StatementEnd
CREATE TRIGGER log_witnesses_are_for_ever BEFORE UPDATE OR DELETE OR TRUNCATE ON log_witnesses
    FOR EACH STATEMENT EXECUTE FUNCTION log_witnesses_are_for_ever();
CREATE TRIGGER log_witness_ends_are_for_ever BEFORE UPDATE OR DELETE OR TRUNCATE ON log_witness_ends
    FOR EACH STATEMENT EXECUTE FUNCTION log_witnesses_are_for_ever();
CREATE TRIGGER log_cosignatures_are_for_ever BEFORE UPDATE OR DELETE OR TRUNCATE ON log_cosignatures
    FOR EACH STATEMENT EXECUTE FUNCTION log_witnesses_are_for_ever();

-- The run-time role is the owner's name without _owner.
-- +goose StatementBegin
DO $$
DECLARE
    service text := regexp_replace(current_user, '_owner$', '');
BEGIN
    EXECUTE format('GRANT SELECT, INSERT ON log_witnesses, log_witness_ends, log_cosignatures TO %I', service);
END $$;
-- +goose StatementEnd
