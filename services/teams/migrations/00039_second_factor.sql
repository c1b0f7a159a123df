-- +goose Up
-- What a person proves herself with besides the phone: passkeys, a code app
-- (TOTP), and ten recovery codes for the day both are lost.
CREATE TABLE passkeys (
    id            uuid        NOT NULL,
    volunteer_id  uuid        NOT NULL,
    credential_id bytea       NOT NULL, -- the authenticator's name for it
    sealed        bytea       NOT NULL, -- public key, counter and the rest, as the library keeps it
    name          text        NOT NULL, -- given by its owner: "办公室电脑"
    created_at    timestamptz NOT NULL,
    used_at       timestamptz,
    CONSTRAINT passkeys_pkey PRIMARY KEY (id),
    CONSTRAINT passkeys_credential_id_key UNIQUE (credential_id),
    CONSTRAINT passkeys_volunteer_id_fkey FOREIGN KEY (volunteer_id) REFERENCES volunteers (id)
);
CREATE INDEX passkeys_volunteer_id_idx ON passkeys (volunteer_id);

CREATE TABLE totp_secrets (
    volunteer_id uuid        NOT NULL,
    sealed       bytea       NOT NULL,
    created_at   timestamptz NOT NULL,
    confirmed_at timestamptz,          -- NULL: shown, but no code came back yet
    last_step    bigint      NOT NULL, -- the newest half minute a code of which was taken: none is taken twice
    CONSTRAINT totp_secrets_pkey PRIMARY KEY (volunteer_id),
    CONSTRAINT totp_secrets_volunteer_id_fkey FOREIGN KEY (volunteer_id) REFERENCES volunteers (id)
);

CREATE TABLE recovery_codes (
    hash         bytea       NOT NULL, -- SHA-256 of 80 random bits
    volunteer_id uuid        NOT NULL,
    created_at   timestamptz NOT NULL,
    used_at      timestamptz,
    CONSTRAINT recovery_codes_pkey PRIMARY KEY (volunteer_id, hash),
    CONSTRAINT recovery_codes_volunteer_id_fkey FOREIGN KEY (volunteer_id) REFERENCES volunteers (id)
);

-- What a passkey was asked to sign, one at a time for each session and purpose.
CREATE TABLE passkey_challenges (
    session_id uuid        NOT NULL,
    purpose    text        NOT NULL,
    data       bytea       NOT NULL,
    expires_at timestamptz NOT NULL,
    CONSTRAINT passkey_challenges_pkey PRIMARY KEY (session_id, purpose),
    CONSTRAINT passkey_challenges_purpose_check CHECK (purpose IN ('enrol', 'step_up'))
);
CREATE INDEX passkey_challenges_expires_at_idx ON passkey_challenges (expires_at);

-- Wrong codes of a person, of an app or for recovery.
CREATE TABLE factor_tries (
    volunteer_id uuid        NOT NULL,
    wrong        int         NOT NULL,
    last_at      timestamptz NOT NULL,
    CONSTRAINT factor_tries_pkey PRIMARY KEY (volunteer_id),
    CONSTRAINT factor_tries_volunteer_id_fkey FOREIGN KEY (volunteer_id) REFERENCES volunteers (id),
    CONSTRAINT factor_tries_wrong_check CHECK (wrong BETWEEN 0 AND 5)
);

ALTER TABLE sessions ADD COLUMN second_factor_at timestamptz; -- when it was last proved with one; NULL: never

GRANT SELECT, INSERT, DELETE ON passkeys, totp_secrets, recovery_codes, passkey_challenges, factor_tries TO teams;
GRANT UPDATE (sealed, used_at) ON passkeys TO teams;
GRANT UPDATE (sealed, created_at, confirmed_at, last_step) ON totp_secrets TO teams;
GRANT UPDATE (used_at) ON recovery_codes TO teams;
GRANT UPDATE (data, expires_at) ON passkey_challenges TO teams;
GRANT UPDATE (wrong, last_at) ON factor_tries TO teams;
GRANT UPDATE (second_factor_at) ON sessions TO teams;
