-- +goose Up
-- Finds what may be objected to now, in a brigade or in all: the newest days only.
CREATE INDEX entries_settles_idx ON entries (settles_on, team_id);
