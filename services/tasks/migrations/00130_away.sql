-- +goose Up
-- Location as a signal (docs/check-in.md): that a phone, whose owner consented,
-- found itself far from the place of the shift. One bit, and the row is it;
-- where the phone was is kept nowhere. Rows go when the consent is taken back
-- and when the attendance was decided.
ALTER TABLE known_volunteers
    ADD COLUMN location_consent boolean NOT NULL DEFAULT false;

CREATE TABLE aways (
    attendance_id uuid        NOT NULL,
    volunteer_id  uuid        NOT NULL, -- whose consent it was told under
    told_at       timestamptz NOT NULL,
    CONSTRAINT aways_pkey PRIMARY KEY (attendance_id)
);
CREATE INDEX aways_volunteer_idx ON aways (volunteer_id);

ALTER TABLE anomalies
    DROP CONSTRAINT anomalies_rule_check,
    ADD CONSTRAINT anomalies_rule_check CHECK (rule IN ('overlap', 'hours', 'travel', 'codes_apart', 'device', 'round', 'place'));

GRANT SELECT, INSERT, DELETE ON aways TO tasks;
