-- +goose Up
-- Changing places 换班: a link that somebody with a seat makes, and who took the
-- seat by it. Both consent: one by making it, the other by taking.
CREATE TABLE swaps (
    id               uuid        NOT NULL,
    sign_up_id       uuid        NOT NULL, -- whose seat it is
    shift_id         uuid        NOT NULL,
    giver_id         uuid        NOT NULL,
    hash             bytea       NOT NULL, -- of the secret in the link, which is not kept
    state            text        NOT NULL,
    made_at          timestamptz NOT NULL,
    ends_at          timestamptz NOT NULL,
    taker_id         uuid,
    taken_at         timestamptz,
    taken_sign_up_id uuid,                 -- the taker's, for the shift
    other_shift_id   uuid,                 -- of an exchange: the shift of the seat that the giver got
    other_sign_up_id uuid,                 -- what was the taker's there
    back_sign_up_id  uuid,                 -- what is the giver's there
    undone_by        uuid,
    undone_at        timestamptz,
    CONSTRAINT swaps_pkey PRIMARY KEY (id),
    CONSTRAINT swaps_hash_key UNIQUE (hash),
    CONSTRAINT swaps_state_check CHECK (state IN ('open', 'ended', 'taken', 'undone')),
    CONSTRAINT swaps_persons_check CHECK (taker_id <> giver_id),
    CONSTRAINT swaps_taken_check CHECK ((state IN ('taken', 'undone')) = (taker_id IS NOT NULL AND taken_at IS NOT NULL AND taken_sign_up_id IS NOT NULL)),
    CONSTRAINT swaps_exchange_check CHECK ((other_shift_id IS NULL) = (other_sign_up_id IS NULL) AND (other_shift_id IS NULL) = (back_sign_up_id IS NULL)),
    CONSTRAINT swaps_undone_check CHECK ((state = 'undone') = (undone_by IS NOT NULL AND undone_at IS NOT NULL))
);
CREATE UNIQUE INDEX swaps_open_key ON swaps (sign_up_id) WHERE state = 'open'; -- one link for a seat at a time
CREATE INDEX swaps_shift_idx ON swaps (shift_id) WHERE state = 'taken';
CREATE INDEX swaps_other_shift_idx ON swaps (other_shift_id) WHERE state = 'taken';

GRANT SELECT, INSERT, UPDATE ON swaps TO tasks;
