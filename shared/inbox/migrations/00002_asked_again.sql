-- +goose Up

-- When somebody asked for a letter to be tried again; the consumer does so, and
-- forgets that it was asked.
ALTER TABLE dead_letters ADD COLUMN asked_at timestamptz;
CREATE INDEX dead_letters_asked_idx ON dead_letters (consumer) WHERE asked_at IS NOT NULL;
