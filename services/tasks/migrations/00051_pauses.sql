-- +goose Up
-- 暂停活动: an officer holds back every shift of a region and a period at once,
-- for heat or a flood, and lets them go again.
CREATE TABLE pauses (
    id          uuid        NOT NULL,
    region_path text        NOT NULL,
    since       timestamptz NOT NULL,
    until       timestamptz NOT NULL,
    reason      text        NOT NULL,
    paused_by   uuid        NOT NULL,
    paused_at   timestamptz NOT NULL,
    shifts      int         NOT NULL, -- how many it held back
    people      int         NOT NULL, -- how many sign-ups were told
    ended_by    uuid,
    ended_at    timestamptz,
    resumed     int         NOT NULL, -- how many shifts came back
    CONSTRAINT pauses_pkey PRIMARY KEY (id),
    CONSTRAINT pauses_period_check CHECK (until > since),
    CONSTRAINT pauses_reason_check CHECK (reason <> ''),
    CONSTRAINT pauses_ended_check CHECK ((ended_by IS NULL) = (ended_at IS NULL))
);
CREATE INDEX pauses_paused_at_idx ON pauses (paused_at DESC, id);
CREATE INDEX pauses_standing_idx ON pauses (until) WHERE ended_at IS NULL;

ALTER TABLE shifts ADD COLUMN pause_id uuid; -- which pause holds it back
ALTER TABLE shifts ADD CONSTRAINT shifts_pause_fkey FOREIGN KEY (pause_id) REFERENCES pauses (id);
ALTER TABLE shifts ADD CONSTRAINT shifts_paused_check CHECK (state <> 'paused' OR pause_id IS NOT NULL);
CREATE INDEX shifts_pause_idx ON shifts (pause_id) WHERE pause_id IS NOT NULL;

GRANT SELECT, INSERT, UPDATE ON pauses TO tasks;
