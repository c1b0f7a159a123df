-- +goose Up
-- What the gate did not see to the end: a check-out that was forgotten
-- (unconfirmed, by the clock), somebody's own word afterwards (declared), a tap
-- that was taken back (undone). None of them brings a minute before somebody
-- else has decided.
ALTER TABLE attendances
    DROP CONSTRAINT attendances_state_check,
    ADD CONSTRAINT attendances_state_check CHECK (state IN ('open', 'unconfirmed', 'declared', 'closed', 'confirmed', 'rejected', 'undone')),
    ADD COLUMN entered_by uuid; -- who entered it afterwards; NULL: what is known was seen on the spot
CREATE INDEX attendances_open_idx ON attendances (shift_id) WHERE state = 'open';

-- Taps that were taken back within two minutes, with what they had said;
-- insert-only, as the claims are, which stay.
CREATE TABLE attendance_undos (
    id            uuid        NOT NULL,
    attendance_id uuid        NOT NULL,
    actor_id      uuid        NOT NULL,
    kind          text        NOT NULL,
    tapped_at     timestamptz NOT NULL,
    undone_at     timestamptz NOT NULL,
    CONSTRAINT attendance_undos_pkey PRIMARY KEY (id),
    CONSTRAINT attendance_undos_attendance_fkey FOREIGN KEY (attendance_id) REFERENCES attendances (id),
    CONSTRAINT attendance_undos_kind_check CHECK (kind IN ('in', 'out')),
    CONSTRAINT attendance_undos_soon_check CHECK (undone_at <= tapped_at + interval '2 minutes')
);

GRANT SELECT, INSERT ON attendance_undos TO tasks;
