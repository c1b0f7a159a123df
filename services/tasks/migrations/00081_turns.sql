-- +goose Up
-- Whose turn it is to confirm an attendance, as the ladder has it (ADR 43):
-- empty until the shift is over, then those who lead the team, a deputy, one
-- member who was there, the office, or the township.
ALTER TABLE attendances
    ADD COLUMN turn text NOT NULL DEFAULT '',
    ADD COLUMN turn_of uuid,           -- the one member whom the system picked
    ADD COLUMN turn_until timestamptz, -- when the next rung is due; NULL on the last
    ADD CONSTRAINT attendances_turn_check CHECK (turn IN ('', 'leader', 'deputy', 'member', 'office', 'township')),
    ADD CONSTRAINT attendances_turn_of_check CHECK ((turn = 'member') = (turn_of IS NOT NULL)),
    ADD CONSTRAINT attendances_turn_own_check CHECK (turn_of <> volunteer_id);
DROP INDEX attendances_open_idx;
CREATE INDEX attendances_unturned_idx ON attendances (shift_id) WHERE turn = '' AND state IN ('open', 'unconfirmed', 'declared', 'closed');
CREATE INDEX attendances_turn_until_idx ON attendances (turn_until) WHERE turn_until IS NOT NULL AND state IN ('open', 'unconfirmed', 'declared', 'closed');
CREATE INDEX attendances_office_idx ON attendances (shift_id) WHERE turn IN ('office', 'township') AND state IN ('open', 'unconfirmed', 'declared', 'closed');

-- Who lives with whom, as one of them said: they do not confirm each other.
-- Insert-only; the pair in the order of their ids.
CREATE TABLE households (
    one_id      uuid        NOT NULL,
    other_id    uuid        NOT NULL,
    declared_by uuid        NOT NULL,
    declared_at timestamptz NOT NULL,
    CONSTRAINT households_pkey PRIMARY KEY (one_id, other_id),
    CONSTRAINT households_order_check CHECK (one_id < other_id)
);
CREATE INDEX households_other_idx ON households (other_id);

GRANT SELECT, INSERT ON households TO tasks;
