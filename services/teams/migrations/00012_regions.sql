-- +goose Up
-- Divisions are found by what people type, and can be renamed, moved and merged.
ALTER TABLE regions
    ADD COLUMN initials    text   NOT NULL DEFAULT '',   -- of the name's pinyin
    ADD COLUMN grams       text[] NOT NULL DEFAULT '{}', -- what the name is found by (package pinyin); the service fills in rows without
    ADD COLUMN merged_into text,                         -- which division this one became part of; its code is in old lines for ever
    ADD CONSTRAINT regions_merged_into_fkey FOREIGN KEY (merged_into) REFERENCES regions (code),
    ADD CONSTRAINT regions_merged_check CHECK (merged_into IS NULL OR merged_into <> code AND level IN ('township', 'village'));
CREATE INDEX regions_grams_idx ON regions USING gin (grams);
CREATE INDEX regions_path_idx ON regions (path text_pattern_ops);

GRANT INSERT, UPDATE (name, path, parent_code, initials, grams, merged_into, version) ON regions TO teams;
