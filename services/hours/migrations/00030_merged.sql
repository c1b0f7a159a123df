-- +goose Up
-- Two records of one person that teams made one: id is the record that went,
-- name the id of the one it is part of now (an id, never a name). The ledger
-- keeps its lines as they are; whoever sums them reads the one as the other.
ALTER TABLE known
    DROP CONSTRAINT known_kind_check,
    ADD CONSTRAINT known_kind_check CHECK (kind IN ('region', 'team', 'programme', 'merged'));
CREATE INDEX known_merged_idx ON known (name) WHERE kind = 'merged';
