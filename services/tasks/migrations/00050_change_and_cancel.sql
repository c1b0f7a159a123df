-- +goose Up
-- What was posted can be changed and cancelled; a cancelled shift stays, with
-- the reason, for those who had signed up. A paused one may come back.
ALTER TABLE tasks ADD COLUMN reason text NOT NULL DEFAULT ''; -- why cancelled
ALTER TABLE tasks DROP CONSTRAINT tasks_state_check;
ALTER TABLE tasks ADD CONSTRAINT tasks_state_check CHECK (state IN ('draft', 'published', 'cancelled'));
ALTER TABLE tasks ADD CONSTRAINT tasks_reason_check CHECK (state <> 'cancelled' OR reason <> '');

ALTER TABLE shifts ADD COLUMN reason text NOT NULL DEFAULT ''; -- why cancelled or paused
ALTER TABLE shifts DROP CONSTRAINT shifts_state_check;
ALTER TABLE shifts ADD CONSTRAINT shifts_state_check CHECK (state IN ('open', 'paused', 'cancelled', 'confirmed'));
ALTER TABLE shifts ADD CONSTRAINT shifts_reason_check CHECK (state NOT IN ('paused', 'cancelled') OR reason <> '');

-- A draft that nobody wants goes with its shifts; sign_ups_shift_fkey keeps
-- whatever anybody ever signed up for.
GRANT DELETE ON tasks, shifts TO tasks;
