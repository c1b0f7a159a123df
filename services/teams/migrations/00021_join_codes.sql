-- +goose Up
-- A leader's code for the brigade's WeChat group. The code itself is the handle
-- and a signature made with the key file: a stolen table opens no brigade.
CREATE TABLE join_codes (
    id           uuid        NOT NULL,
    team_id      uuid        NOT NULL,
    handle       bytea       NOT NULL, -- 64 random bits
    epoch        bigint      NOT NULL, -- teams.join_epoch when it was made
    created_by   uuid        NOT NULL,
    created_at   timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL,
    withdrawn_at timestamptz,
    uses         int         NOT NULL, -- people who joined by it
    CONSTRAINT join_codes_pkey PRIMARY KEY (id),
    CONSTRAINT join_codes_handle_key UNIQUE (handle),
    CONSTRAINT join_codes_team_id_fkey FOREIGN KEY (team_id) REFERENCES teams (id),
    CONSTRAINT join_codes_created_by_fkey FOREIGN KEY (created_by) REFERENCES volunteers (id),
    CONSTRAINT join_codes_life_check CHECK (expires_at BETWEEN created_at + interval '1 hour' AND created_at + interval '7 days')
);
CREATE INDEX join_codes_team_id_idx ON join_codes (team_id, expires_at);

GRANT SELECT, INSERT ON join_codes TO teams;
GRANT UPDATE (withdrawn_at, uses) ON join_codes TO teams;
