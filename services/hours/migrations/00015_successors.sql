-- +goose Up
-- A dissolved brigade that became part of another keeps its hours and its name;
-- its successor is named beside it.
ALTER TABLE known ADD COLUMN successor_id text NOT NULL DEFAULT ''; -- of a team; '' for none
