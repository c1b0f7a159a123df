-- +goose Up

-- Finds the lines that take back, which the boards read at their start, and the
-- lines of some days, in which figures by reporting unit are summed: lines come
-- about in the order of their days, so that blocks will do.
CREATE INDEX entries_back_idx ON entries (id) WHERE minutes < 0;
CREATE INDEX entries_day_idx ON entries USING brin (day) WITH (pages_per_range = 16);
CREATE INDEX entries_team_idx ON entries (team_id, seq DESC);
