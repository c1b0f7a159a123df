-- +goose Up
-- A leader takes an invitation back. Which membership it made, if anybody has
-- the number, is for that only: the leader sees the same line either way.
ALTER TABLE invitations
    ADD COLUMN membership_id uuid,        -- NULL: it reached nobody, or is older than this column
    ADD COLUMN withdrawn_at  timestamptz, -- the line stays: it counts among those of its day
    ADD CONSTRAINT invitations_membership_id_fkey FOREIGN KEY (membership_id) REFERENCES memberships (id);

GRANT UPDATE (withdrawn_at) ON invitations TO teams;
