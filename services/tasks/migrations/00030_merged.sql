-- +goose Up
-- Two records of one person that teams made one. What was done under the
-- record that went stays as it is; whoever compares persons asks here, for the
-- rule that nobody confirms themself compares persons, not records.
CREATE TABLE known_merges (
    volunteer_id uuid   NOT NULL, -- the record that went
    merged_into  uuid   NOT NULL, -- whose it is now
    version      bigint NOT NULL,
    CONSTRAINT known_merges_pkey PRIMARY KEY (volunteer_id)
);
CREATE INDEX known_merges_merged_into_idx ON known_merges (merged_into);

GRANT SELECT, INSERT, UPDATE ON known_merges TO tasks;
