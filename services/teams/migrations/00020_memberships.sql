-- +goose Up
-- A membership is asked for before it is one: by the volunteer (applied) or by
-- the brigade (invited). What never came about is declined; only what was
-- active once is ended. The others hear of active and ended, nothing else.
ALTER TABLE memberships
    ADD COLUMN requested_by uuid,                     -- NULL: by a roster, or before Qihe
    ADD COLUMN requested_at timestamptz,              -- NULL: never asked for, put in by a roster
    ADD COLUMN word         text NOT NULL DEFAULT '', -- what was said with it
    ADD COLUMN decided_by   uuid,                     -- who said yes or no; NULL: nobody, or Qihe at a date that was due
    ADD COLUMN decided_at   timestamptz,
    ADD COLUMN ending       text NOT NULL DEFAULT '', -- how it came to its end
    ADD COLUMN reason       text NOT NULL DEFAULT '', -- why; for the member to read
    ADD COLUMN ended_by     uuid,
    ADD COLUMN ended_at     timestamptz,
    DROP CONSTRAINT memberships_state_check,
    ADD CONSTRAINT memberships_state_check CHECK (state IN ('applied', 'invited', 'active', 'declined', 'ended')),
    ADD CONSTRAINT memberships_ending_check CHECK (ending IN ('', 'declined', 'withdrawn', 'expired', 'left', 'removed', 'dissolved', 'merged', 'erased')
        AND (ending = '' OR state IN ('declined', 'ended'))),
    ADD CONSTRAINT memberships_requested_by_fkey FOREIGN KEY (requested_by) REFERENCES volunteers (id),
    ADD CONSTRAINT memberships_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES volunteers (id),
    ADD CONSTRAINT memberships_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES volunteers (id),
    -- An application is decided by another person, an invitation by the volunteer (条例 art. 25).
    ADD CONSTRAINT memberships_two_persons_check CHECK (state <> 'active' OR decided_by IS NULL OR decided_by <> requested_by),
    ADD CONSTRAINT memberships_applied_check CHECK (state <> 'applied' OR requested_by = volunteer_id AND role = 'member'),
    ADD CONSTRAINT memberships_invited_check CHECK (state <> 'invited' OR requested_by <> volunteer_id AND role = 'member');

-- One person is one thing in a team, or has asked to be, or is asked; what was before is kept.
CREATE UNIQUE INDEX memberships_open_key ON memberships (team_id, volunteer_id) WHERE state IN ('applied', 'invited', 'active');
DROP INDEX memberships_active_key;
CREATE INDEX memberships_waiting_idx ON memberships (team_id, id) WHERE state IN ('applied', 'invited');
CREATE INDEX memberships_invited_idx ON memberships (requested_at) WHERE state = 'invited';

-- Join codes and claim links of before a handover end with it.
ALTER TABLE teams ADD COLUMN IF NOT EXISTS join_epoch bigint NOT NULL DEFAULT 0;

-- Whom a leader asked, as she typed it, masked: the same line whether somebody
-- with that number is registered or not, so that nobody learns it here.
CREATE TABLE invitations (
    id         uuid        NOT NULL,
    team_id    uuid        NOT NULL,
    invited_by uuid        NOT NULL,
    sent_to    text        NOT NULL, -- 138****5678, HB26*****34
    at         timestamptz NOT NULL,
    CONSTRAINT invitations_pkey PRIMARY KEY (id),
    CONSTRAINT invitations_team_id_fkey FOREIGN KEY (team_id) REFERENCES teams (id),
    CONSTRAINT invitations_invited_by_fkey FOREIGN KEY (invited_by) REFERENCES volunteers (id)
);
CREATE INDEX invitations_team_id_idx ON invitations (team_id, at DESC);

GRANT SELECT, INSERT, DELETE ON invitations TO teams;
