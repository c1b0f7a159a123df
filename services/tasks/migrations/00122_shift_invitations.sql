-- +goose Up
-- A leader invites members to a shift (条例 art. 25: nobody is enrolled without
-- having agreed). Whether somebody accepted is their sign-up.
CREATE TABLE shift_invitations (
    shift_id     uuid        NOT NULL,
    volunteer_id uuid        NOT NULL,
    invited_by   uuid        NOT NULL,
    invited_at   timestamptz NOT NULL,
    declined_at  timestamptz,
    CONSTRAINT shift_invitations_pkey PRIMARY KEY (shift_id, volunteer_id), -- each is told once
    CONSTRAINT shift_invitations_shift_fkey FOREIGN KEY (shift_id) REFERENCES shifts (id)
);

GRANT SELECT, INSERT, UPDATE ON shift_invitations TO tasks;
