-- +goose Up
-- Who was reminded of which start, and who said that they come then (我会来). A
-- shift that is moved has another start: its people are reminded and asked anew.
ALTER TABLE sign_ups
    ADD COLUMN reminded_day  timestamptz,
    ADD COLUMN reminded_soon timestamptz,
    ADD COLUMN coming        timestamptz,
    ADD COLUMN late          boolean NOT NULL DEFAULT false; -- withdrawn within a day of the start (临时取消)
