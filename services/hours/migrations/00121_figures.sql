-- +goose Up

-- Finds the lines that take back, which the boards read at their start, and the
-- lines of a brigade.
CREATE INDEX entries_back_idx ON entries (id) WHERE minutes < 0;
CREATE INDEX entries_team_idx ON entries (team_id, seq DESC);
