-- +goose Up

-- What hours told of attendances whose line was corrected there: what they are
-- worth now, the newest decision only. Nothing here follows from it; whoever reads
-- a roster sees that it happened.
CREATE TABLE corrected_attendances (
    attendance_id uuid        NOT NULL,
    minutes       int         NOT NULL, -- 0: nothing counts any more
    corrected_at  timestamptz NOT NULL,
    CONSTRAINT corrected_attendances_pkey PRIMARY KEY (attendance_id),
    CONSTRAINT corrected_attendances_minutes_check CHECK (minutes >= 0)
);
GRANT SELECT, INSERT, UPDATE ON corrected_attendances TO tasks;
