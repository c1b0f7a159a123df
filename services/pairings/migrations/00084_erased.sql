-- +goose Up

-- For the list of who was erased, which the service keeps outside the database.
CREATE INDEX data_keys_destroyed_idx ON data_keys (subject_id) WHERE destroyed_at IS NOT NULL;
