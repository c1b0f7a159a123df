-- +goose Up

-- A key for everything that is held about one child, one family or one companion
-- parent. It is wrapped: sealed by a key that is never in the database. Destroyed,
-- it leaves its row, and all that it sealed is unreadable for ever. A backup of the
-- database leaves this table's rows out; they have a backup of their own of which
-- only the newest is kept, so that a backup of last week does not bring back who
-- was erased since.
CREATE TABLE data_keys (
    subject_id   uuid        NOT NULL,
    kind         text        NOT NULL, -- child | household | companion
    version      int         NOT NULL DEFAULT 1,
    wrapped      bytea,                -- NULL: destroyed
    made_at      timestamptz NOT NULL,
    destroyed_at timestamptz,
    destroyed_by uuid,
    reason       text,                 -- why it was destroyed
    CONSTRAINT data_keys_pkey PRIMARY KEY (subject_id),
    CONSTRAINT data_keys_kind_check CHECK (kind IN ('child', 'household', 'companion')),
    CONSTRAINT data_keys_destroyed_check CHECK (
        (wrapped IS NULL) = (destroyed_at IS NOT NULL) AND (wrapped IS NULL) = (destroyed_by IS NOT NULL) AND (wrapped IS NULL) = (reason IS NOT NULL))
);

-- 查看记录: who had whose key, for what, on what grounds. A key is handed out by
-- open_vault alone, which writes the row; the service cannot read data_keys.
CREATE TABLE openings (
    id         uuid        NOT NULL,
    subject_id uuid        NOT NULL,
    person_id  uuid,                 -- who asked, as teams knows them; NULL: the holder of a link of the family's
    act        text        NOT NULL, -- read | write
    basis      text        NOT NULL, -- see domain.Basis
    basis_id   uuid,                 -- of the purpose, the pairing, the link
    what       text        NOT NULL, -- which page or file
    opened_at  timestamptz NOT NULL,
    n          bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
    CONSTRAINT openings_pkey PRIMARY KEY (id),
    CONSTRAINT openings_subject_id_fkey FOREIGN KEY (subject_id) REFERENCES data_keys,
    CONSTRAINT openings_act_check CHECK (act IN ('read', 'write')),
    CONSTRAINT openings_what_check CHECK (what <> '')
);
CREATE INDEX openings_subject_idx ON openings (subject_id, opened_at);
CREATE INDEX openings_person_idx ON openings (person_id, opened_at);

-- Those that the transparency log has not taken in yet.
CREATE TABLE openings_to_log (
    opening_id uuid NOT NULL,
    CONSTRAINT openings_to_log_pkey PRIMARY KEY (opening_id),
    CONSTRAINT openings_to_log_opening_id_fkey FOREIGN KEY (opening_id) REFERENCES openings
);

-- Where each stands in the log. The hashes are in log_tiles.
CREATE TABLE opening_leaves (
    index      bigint NOT NULL,
    opening_id uuid   NOT NULL,
    CONSTRAINT opening_leaves_pkey PRIMARY KEY (index),
    CONSTRAINT opening_leaves_opening_id_key UNIQUE (opening_id),
    CONSTRAINT opening_leaves_opening_id_fkey FOREIGN KEY (opening_id) REFERENCES openings
);

-- +goose StatementBegin
CREATE FUNCTION openings_are_for_ever() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an opening of the vault is never changed' USING ERRCODE = 'restrict_violation';
END $$;
-- +goose StatementEnd
CREATE TRIGGER openings_are_for_ever BEFORE UPDATE OR DELETE OR TRUNCATE ON openings
    FOR EACH STATEMENT EXECUTE FUNCTION openings_are_for_ever();

-- Hands out keys, and writes for each who has it: one without the other cannot be.
-- A subject that is unknown or erased is left out.
-- +goose StatementBegin
CREATE FUNCTION open_vault(ids uuid[], subjects uuid[], person uuid, act text, basis text, basis_id uuid, what text, at timestamptz)
RETURNS TABLE (subject_id uuid, version int, wrapped bytea)
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH opened AS (
        INSERT INTO openings (id, subject_id, person_id, act, basis, basis_id, what, opened_at)
        SELECT asked.id, k.subject_id, person, act, basis, basis_id, what, at
        FROM unnest(ids, subjects) AS asked (id, subject_id)
            JOIN data_keys k ON k.subject_id = asked.subject_id
        WHERE k.wrapped IS NOT NULL
        RETURNING openings.id, openings.subject_id
    ), waiting AS (
        INSERT INTO openings_to_log (opening_id) SELECT opened.id FROM opened
    )
    SELECT k.subject_id, k.version, k.wrapped
    FROM opened JOIN data_keys k ON k.subject_id = opened.subject_id
$$;
-- +goose StatementEnd
REVOKE ALL ON FUNCTION open_vault(uuid[], uuid[], uuid, text, text, uuid, text, timestamptz) FROM PUBLIC;

-- Destroys a key.
-- +goose StatementBegin
CREATE FUNCTION destroy_key(subject uuid, by_whom uuid, because text, at timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE data_keys SET wrapped = NULL, destroyed_at = at, destroyed_by = by_whom, reason = because
    WHERE subject_id = subject AND wrapped IS NOT NULL;
    RETURN FOUND;
END $$;
-- +goose StatementEnd
REVOKE ALL ON FUNCTION destroy_key(uuid, uuid, text, timestamptz) FROM PUBLIC;

GRANT INSERT, SELECT (subject_id, kind, version, made_at, destroyed_at, destroyed_by, reason) ON data_keys TO pairings;
GRANT SELECT ON openings TO pairings;
GRANT SELECT, DELETE ON openings_to_log TO pairings;
GRANT SELECT, INSERT ON opening_leaves TO pairings;
GRANT EXECUTE ON FUNCTION open_vault(uuid[], uuid[], uuid, text, text, uuid, text, timestamptz) TO pairings;
GRANT EXECUTE ON FUNCTION destroy_key(uuid, uuid, text, timestamptz) TO pairings;
