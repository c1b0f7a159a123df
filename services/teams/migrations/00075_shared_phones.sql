-- +goose Up
-- A browser is known again by a secret that the portal keeps for it in a
-- cookie of its own, apart from anybody's session (ADR 34). Only its SHA-256
-- stands here; empty: it kept none.
ALTER TABLE sign_in_codes ADD COLUMN browser_hash bytea NOT NULL DEFAULT ''; -- a code is good where it was asked for only

ALTER TABLE sessions
    ADD COLUMN browser_hash bytea   NOT NULL DEFAULT '',
    ADD COLUMN shared       boolean NOT NULL DEFAULT false, -- on a phone of several people
    ADD CONSTRAINT sessions_shared_check CHECK (NOT shared OR browser_hash <> ''),
    ADD CONSTRAINT sessions_switch_check CHECK (begun_by <> 'switch' OR shared);
-- On a phone of several people one acts at a time.
CREATE UNIQUE INDEX sessions_shared_one_idx ON sessions (browser_hash) WHERE shared AND revoked_at IS NULL;

-- Phones that several people use, declared by one of them.
CREATE TABLE shared_phones (
    id           uuid        NOT NULL,
    browser_hash bytea       NOT NULL,
    declared_by  uuid        NOT NULL,
    declared_at  timestamptz NOT NULL,
    CONSTRAINT shared_phones_pkey PRIMARY KEY (id),
    CONSTRAINT shared_phones_browser_hash_key UNIQUE (browser_hash),
    CONSTRAINT shared_phones_browser_hash_check CHECK (length(browser_hash) = 32),
    CONSTRAINT shared_phones_declared_by_fkey FOREIGN KEY (declared_by) REFERENCES volunteers (id)
);

-- Who is kept on such a phone, each with a PIN that is good there only.
CREATE TABLE shared_phone_people (
    phone_id     uuid        NOT NULL,
    volunteer_id uuid        NOT NULL,
    salt         bytea       NOT NULL,
    hash         bytea       NOT NULL, -- argon2id of the PIN
    wrong        int         NOT NULL, -- tries in a row; five lock it until its person signs in there by link or code
    kept_at      timestamptz NOT NULL,
    used_at      timestamptz NOT NULL,
    CONSTRAINT shared_phone_people_pkey PRIMARY KEY (phone_id, volunteer_id),
    CONSTRAINT shared_phone_people_phone_id_fkey FOREIGN KEY (phone_id) REFERENCES shared_phones (id) ON DELETE CASCADE,
    CONSTRAINT shared_phone_people_volunteer_id_fkey FOREIGN KEY (volunteer_id) REFERENCES volunteers (id),
    CONSTRAINT shared_phone_people_wrong_check CHECK (wrong BETWEEN 0 AND 5)
);
CREATE INDEX shared_phone_people_volunteer_id_idx ON shared_phone_people (volunteer_id);
CREATE INDEX shared_phone_people_used_at_idx ON shared_phone_people (used_at);

GRANT SELECT, INSERT, DELETE ON shared_phones, shared_phone_people TO teams;
GRANT UPDATE (declared_at) ON shared_phones TO teams; -- to hold the row
GRANT UPDATE (salt, hash, wrong, kept_at, used_at) ON shared_phone_people TO teams;
