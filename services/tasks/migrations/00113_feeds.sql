-- +goose Up
-- Addresses that a calendar asks for shifts again and again: a person's own, or
-- a team's. Only the hash of the secret in an address is kept.
CREATE TABLE feeds (
    id         uuid        NOT NULL,
    made_by    uuid        NOT NULL, -- whose shifts they are, when they are no team's
    team_id    uuid,
    hash       bytea       NOT NULL,
    made_at    timestamptz NOT NULL,
    revoked_at timestamptz,
    CONSTRAINT feeds_pkey PRIMARY KEY (id),
    CONSTRAINT feeds_hash_key UNIQUE (hash)
);
CREATE UNIQUE INDEX feeds_standing_key ON feeds (COALESCE(team_id, made_by)) WHERE revoked_at IS NULL; -- one at a time

GRANT SELECT, INSERT, UPDATE ON feeds TO tasks;
