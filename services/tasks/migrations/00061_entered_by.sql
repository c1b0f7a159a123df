-- +goose Up
-- A sign-up that a leader wrote down for somebody who had said so in the
-- brigade's WeChat group (本人在群内报名); NULL: the person's own act.
ALTER TABLE sign_ups ADD COLUMN entered_by uuid;
