-- +goose Up
-- A dissolved brigade may have become part of another, whose leaders look after
-- what it left open.
ALTER TABLE known_teams ADD COLUMN successor_id uuid; -- NULL: it has none
CREATE INDEX known_teams_successor_idx ON known_teams (successor_id) WHERE successor_id IS NOT NULL;

-- The last handing over (交接) of each brigade that was heard of: at each newer
-- one the shifts to come get new keys.
CREATE TABLE known_handovers (
    team_id uuid        NOT NULL,
    to_id   uuid        NOT NULL,
    at      timestamptz NOT NULL,
    version bigint      NOT NULL,
    CONSTRAINT known_handovers_pkey PRIMARY KEY (team_id)
);

GRANT SELECT, INSERT, UPDATE ON known_handovers TO tasks;
