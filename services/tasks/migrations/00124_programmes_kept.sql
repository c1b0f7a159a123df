-- +goose Up
-- Lines of work come, are renamed and are retired; one that is retired takes no
-- new activities and keeps all that was done under it.
ALTER TABLE programmes ADD COLUMN retired_at timestamptz; -- NULL: it goes on

-- What each was called, since when, by whom and why; insert-only.
CREATE TABLE programme_changes (
    programme_id uuid        NOT NULL,
    version      bigint      NOT NULL, -- of the programme, from then on
    name         text        NOT NULL,
    retired      boolean     NOT NULL,
    reason       text        NOT NULL,
    changed_by   uuid        NOT NULL,
    changed_at   timestamptz NOT NULL,
    CONSTRAINT programme_changes_pkey PRIMARY KEY (programme_id, version),
    CONSTRAINT programme_changes_programme_fkey FOREIGN KEY (programme_id) REFERENCES programmes (id) ON DELETE CASCADE
);

GRANT SELECT, INSERT ON programme_changes TO tasks;
