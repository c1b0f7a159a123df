-- +goose Up
-- A code is kept for every number that asks, known or not, so that both take
-- the same way. Numbers and addresses stand here as blind indexes only.
CREATE TABLE sign_in_codes (
    id            uuid        NOT NULL,
    phone_index   bytea       NOT NULL,
    address_index bytea       NOT NULL, -- where it was asked for
    volunteer_id  uuid,                 -- NULL: nobody has this number, nothing was sent. No foreign
                                        -- key: checking it would take longer for a known number
    salt          bytea       NOT NULL,
    hash          bytea       NOT NULL, -- argon2id of the code; six digits are tried out in no time otherwise
    guesses       int         NOT NULL,
    created_at    timestamptz NOT NULL,
    expires_at    timestamptz NOT NULL,
    used_at       timestamptz,
    CONSTRAINT sign_in_codes_pkey PRIMARY KEY (id),
    CONSTRAINT sign_in_codes_guesses_check CHECK (guesses BETWEEN 0 AND 5),
    CONSTRAINT sign_in_codes_expires_at_check CHECK (expires_at > created_at)
);
CREATE INDEX sign_in_codes_phone_index_idx ON sign_in_codes (phone_index, created_at DESC);
CREATE INDEX sign_in_codes_address_index_idx ON sign_in_codes (address_index, created_at DESC);
CREATE INDEX sign_in_codes_sent_idx ON sign_in_codes (created_at DESC) WHERE volunteer_id IS NOT NULL;
CREATE INDEX sign_in_codes_created_at_idx ON sign_in_codes (created_at);

CREATE TABLE sessions (
    id           uuid        NOT NULL,
    secret_hash  bytea       NOT NULL, -- SHA-256; the secret itself is only in the browser's cookie
    volunteer_id uuid        NOT NULL,
    created_at   timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL,
    revoked_at   timestamptz,
    version      bigint      NOT NULL,
    CONSTRAINT sessions_pkey PRIMARY KEY (id),
    CONSTRAINT sessions_secret_hash_key UNIQUE (secret_hash),
    CONSTRAINT sessions_volunteer_id_fkey FOREIGN KEY (volunteer_id) REFERENCES volunteers (id),
    CONSTRAINT sessions_expires_at_check CHECK (expires_at > created_at),
    CONSTRAINT sessions_version_check CHECK (version >= 1)
);
CREATE INDEX sessions_volunteer_id_idx ON sessions (volunteer_id);
CREATE INDEX sessions_expires_at_idx ON sessions (expires_at);

GRANT SELECT, INSERT, DELETE ON sign_in_codes, sessions TO teams;
GRANT UPDATE (guesses, used_at) ON sign_in_codes TO teams;
GRANT UPDATE (revoked_at, version) ON sessions TO teams;
