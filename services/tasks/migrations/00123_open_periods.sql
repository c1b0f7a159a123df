-- +goose Up
-- Tasks without fixed hours ("by the 30th", ADR 51): such a shift is its last
-- day, and people do it when they can, from open_from on. Each time that
-- somebody did it is an attendance of its own, numbered from 1.
ALTER TABLE shifts ADD COLUMN open_from timestamptz; -- NULL: it has hours
ALTER TABLE shifts ADD CONSTRAINT shifts_open_from_check CHECK (open_from <= starts_at);

ALTER TABLE attendances ADD COLUMN stretch int NOT NULL DEFAULT 0; -- 0: of a shift with hours
ALTER TABLE attendances ADD CONSTRAINT attendances_stretch_check CHECK (stretch >= 0);
ALTER TABLE attendances DROP CONSTRAINT attendances_person_key;
ALTER TABLE attendances ADD CONSTRAINT attendances_person_key UNIQUE (shift_id, volunteer_id, stretch);
