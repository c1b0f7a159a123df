-- +goose Up
-- 活动记录: what came of a shift, a few sentences and photos, for everybody to read.
-- The row is there from the first photo on.
CREATE TABLE activity_records (
    shift_id   uuid        NOT NULL,
    team_id    uuid        NOT NULL, -- as is the next: of a shift that is over, they stay
    starts_at  timestamptz NOT NULL,
    summary    text        NOT NULL,
    written_by uuid        NOT NULL,
    written_at timestamptz NOT NULL,
    CONSTRAINT activity_records_pkey PRIMARY KEY (shift_id),
    CONSTRAINT activity_records_shift_fkey FOREIGN KEY (shift_id) REFERENCES shifts (id) ON DELETE CASCADE,
    CONSTRAINT activity_records_summary_check CHECK (length(summary) <= 1000)
);
CREATE INDEX activity_records_team_idx ON activity_records (team_id, starts_at DESC, shift_id DESC);

GRANT SELECT, INSERT, UPDATE ON activity_records TO tasks;
