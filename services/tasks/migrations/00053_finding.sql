-- +goose Up
-- Activities are found by words (package pinyin) and by place. The service fills
-- in rows without words when it starts.
ALTER TABLE tasks ADD COLUMN words text NOT NULL DEFAULT '';     -- title and place as they are compared, and their initials
ALTER TABLE tasks ADD COLUMN grams text[] NOT NULL DEFAULT '{}'; -- what these are found by
CREATE INDEX tasks_grams_idx ON tasks USING gin (grams);
CREATE INDEX tasks_place_idx ON tasks (latitude, longitude) WHERE state = 'published' AND latitude <> 0;
CREATE INDEX tasks_wordless_idx ON tasks (id) WHERE words = '';
CREATE INDEX shifts_coming_idx ON shifts (starts_at, id) WHERE state IN ('open', 'confirmed');
