-- +goose Up
-- What those who lead the team decided about claims that were held: one tap
-- accepts what somebody's phone kept, or leaves it aside; within two minutes it
-- is taken back. Insert-only, as the claims are; the last row of a claim counts.
CREATE TABLE claim_looks (
    claim_id uuid        NOT NULL,
    turn     int         NOT NULL, -- from 1
    verdict  text        NOT NULL,
    actor_id uuid        NOT NULL,
    at       timestamptz NOT NULL,
    before   jsonb,                -- what was known of the attendance; NULL: nothing
    version  bigint      NOT NULL, -- of the attendance afterwards; 0: nothing was changed
    CONSTRAINT claim_looks_pkey PRIMARY KEY (claim_id, turn),
    CONSTRAINT claim_looks_claim_fkey FOREIGN KEY (claim_id) REFERENCES claims (id),
    CONSTRAINT claim_looks_verdict_check CHECK (verdict IN ('accept', 'dismiss', 'undo'))
);

GRANT SELECT, INSERT ON claim_looks TO tasks;
