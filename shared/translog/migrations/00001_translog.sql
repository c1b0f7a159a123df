-- +goose Up

-- The hashes of a log's Merkle tree (RFC 6962), in tiles: a row holds up to 256
-- hashes of 32 bytes, those of one level side by side. Level 0 are the leaves;
-- each hash of level 1 covers one full tile of level 0. Tiles only grow.
CREATE TABLE log_tiles (
    level  int    NOT NULL,
    n      bigint NOT NULL, -- of its level, from 0
    hashes bytea  NOT NULL,
    CONSTRAINT log_tiles_pkey PRIMARY KEY (level, n),
    CONSTRAINT log_tiles_hashes_check CHECK (length(hashes) BETWEEN 32 AND 8192 AND length(hashes) % 32 = 0)
);
ALTER TABLE log_tiles ALTER COLUMN hashes SET STORAGE EXTERNAL; -- hashes cannot be compressed

-- +goose StatementBegin
CREATE FUNCTION log_tiles_only_grow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'UPDATE' THEN
        RAISE EXCEPTION 'a tile of the log is never removed' USING ERRCODE = 'restrict_violation';
    END IF;
    IF (OLD.level, OLD.n) <> (NEW.level, NEW.n) OR substring(NEW.hashes FOR length(OLD.hashes)) <> OLD.hashes THEN
        RAISE EXCEPTION 'a tile of the log only grows' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER log_tiles_only_grow BEFORE UPDATE OR DELETE ON log_tiles FOR EACH ROW EXECUTE FUNCTION log_tiles_only_grow();
CREATE TRIGGER log_tiles_are_for_ever BEFORE TRUNCATE ON log_tiles FOR EACH STATEMENT EXECUTE FUNCTION log_tiles_only_grow();

-- What was signed and shown to the public: so many leaves, this root.
CREATE TABLE log_checkpoints (
    size      bigint      NOT NULL,
    note      text        NOT NULL, -- as it was signed
    signed_at timestamptz NOT NULL,
    CONSTRAINT log_checkpoints_pkey PRIMARY KEY (size)
);
-- +goose StatementBegin
CREATE FUNCTION log_checkpoints_are_for_ever() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a checkpoint is never changed' USING ERRCODE = 'restrict_violation';
END $$;
-- +goose StatementEnd
CREATE TRIGGER log_checkpoints_are_for_ever BEFORE UPDATE OR DELETE OR TRUNCATE ON log_checkpoints
    FOR EACH STATEMENT EXECUTE FUNCTION log_checkpoints_are_for_ever();

-- The run-time role is the owner's name without _owner.
-- +goose StatementBegin
DO $$
DECLARE
    service text := regexp_replace(current_user, '_owner$', '');
BEGIN
    EXECUTE format('GRANT SELECT, INSERT ON log_tiles, log_checkpoints TO %I', service);
    EXECUTE format('GRANT UPDATE (hashes) ON log_tiles TO %I', service);
END $$;
-- +goose StatementEnd
