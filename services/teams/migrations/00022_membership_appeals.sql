-- +goose Up
-- Whoever was removed may ask the office; a third person decides.
CREATE TABLE membership_appeals (
    id            uuid        NOT NULL,
    membership_id uuid        NOT NULL,
    volunteer_id  uuid        NOT NULL,
    removed_by    uuid        NOT NULL,
    removed_at    timestamptz NOT NULL,
    word          text        NOT NULL,
    state         text        NOT NULL,
    requested_at  timestamptz NOT NULL,
    decided_by    uuid,
    decided_at    timestamptz,
    reason        text        NOT NULL DEFAULT '',
    version       bigint      NOT NULL,
    CONSTRAINT membership_appeals_pkey PRIMARY KEY (id),
    CONSTRAINT membership_appeals_removal_key UNIQUE (membership_id, removed_at), -- one for each removal
    CONSTRAINT membership_appeals_membership_id_fkey FOREIGN KEY (membership_id) REFERENCES memberships (id),
    CONSTRAINT membership_appeals_volunteer_id_fkey FOREIGN KEY (volunteer_id) REFERENCES volunteers (id),
    CONSTRAINT membership_appeals_removed_by_fkey FOREIGN KEY (removed_by) REFERENCES volunteers (id),
    CONSTRAINT membership_appeals_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES volunteers (id),
    CONSTRAINT membership_appeals_state_check CHECK (state IN ('open', 'upheld', 'reversed')),
    CONSTRAINT membership_appeals_decided_check CHECK ((state = 'open') = (decided_by IS NULL) AND (state = 'open') = (decided_at IS NULL)),
    CONSTRAINT membership_appeals_third_person_check CHECK (decided_by NOT IN (removed_by, volunteer_id))
);
CREATE INDEX membership_appeals_open_idx ON membership_appeals (id) WHERE state = 'open';

GRANT SELECT, INSERT, UPDATE ON membership_appeals TO teams;
