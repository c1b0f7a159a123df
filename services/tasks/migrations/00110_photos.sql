-- +goose Up
-- Photos of activities (ADR 49): of a task, chosen when it is posted, or of a
-- shift's record, added when it is over. What was taken down stays as a row, with
-- who, when and why; its bytes are gone.
CREATE TABLE photos (
    id            uuid        NOT NULL, -- made by the phone: sending again is harmless
    task_id       uuid        NOT NULL,
    shift_id      uuid,                 -- NULL: of the task itself
    place         int         NOT NULL, -- among the photos of the same
    width         int         NOT NULL,
    height        int         NOT NULL,
    added_by      uuid        NOT NULL,
    added_at      timestamptz NOT NULL,
    taken_down_by uuid,
    taken_down_at timestamptz,
    reason        text        NOT NULL, -- why it was taken down
    CONSTRAINT photos_pkey PRIMARY KEY (id),
    CONSTRAINT photos_task_fkey FOREIGN KEY (task_id) REFERENCES tasks (id) ON DELETE CASCADE,
    CONSTRAINT photos_shift_fkey FOREIGN KEY (shift_id) REFERENCES shifts (id) ON DELETE CASCADE,
    CONSTRAINT photos_place_check CHECK (place BETWEEN 1 AND CASE WHEN shift_id IS NULL THEN 3 ELSE 9 END), -- never more, whatever the code does
    CONSTRAINT photos_taken_down_check CHECK ((taken_down_by IS NULL) = (taken_down_at IS NULL) AND (taken_down_at IS NULL OR reason <> ''))
);
CREATE UNIQUE INDEX photos_place_key ON photos (COALESCE(shift_id, task_id), place) WHERE taken_down_at IS NULL;
CREATE INDEX photos_task_idx ON photos (task_id);
CREATE INDEX photos_shift_idx ON photos (shift_id) WHERE shift_id IS NOT NULL;

CREATE TABLE photo_files (
    photo_id uuid  NOT NULL,
    size     text  NOT NULL,
    bytes    bytea NOT NULL, -- JPEG, made by Qihe
    CONSTRAINT photo_files_pkey PRIMARY KEY (photo_id, size),
    CONSTRAINT photo_files_photo_fkey FOREIGN KEY (photo_id) REFERENCES photos (id) ON DELETE CASCADE,
    CONSTRAINT photo_files_size_check CHECK (size IN ('display', 'thumbnail')),
    CONSTRAINT photo_files_bytes_check CHECK (length(bytes) BETWEEN 1 AND 1048576)
);
ALTER TABLE photo_files ALTER COLUMN bytes SET STORAGE EXTERNAL; -- JPEG does not get smaller: do not try

GRANT SELECT, INSERT, UPDATE ON photos TO tasks;
GRANT SELECT, INSERT, DELETE ON photo_files TO tasks;
