-- +goose Up
-- A full shift has a waiting list (候补), which is the sign-ups in order of
-- signed_up_at. A seat that becomes free is offered: held for one, or open to
-- all of them (docs/signing-up.md). shifts.taken counts seats that nobody else
-- can have: confirmed ones and held offers. shifts.waiting counts the line,
-- those with an offer included.
ALTER TABLE shifts ADD COLUMN waiting int NOT NULL DEFAULT 0;
ALTER TABLE shifts ADD CONSTRAINT shifts_waiting_check CHECK (waiting >= 0);

ALTER TABLE sign_ups
    ADD COLUMN offered_at     timestamptz,
    ADD COLUMN offer_ends_at  timestamptz,
    ADD COLUMN held           boolean NOT NULL DEFAULT false,
    DROP CONSTRAINT sign_ups_state_check,
    ADD CONSTRAINT sign_ups_state_check CHECK (state IN ('applied', 'confirmed', 'waitlisted', 'offered', 'declined', 'withdrawn', 'no_show')),
    ADD CONSTRAINT sign_ups_offer_check CHECK ((state = 'offered') = (offered_at IS NOT NULL AND offer_ends_at IS NOT NULL) AND (NOT held OR state = 'offered'));
CREATE INDEX sign_ups_line_idx ON sign_ups (shift_id, signed_up_at) WHERE state IN ('waitlisted', 'offered');
CREATE INDEX sign_ups_offered_idx ON sign_ups (shift_id, offer_ends_at) WHERE state = 'offered'; -- few at any time
CREATE INDEX shifts_waiting_idx ON shifts (id) WHERE waiting > 0 AND state = 'open';
DROP INDEX sign_ups_volunteer_idx; -- my list shows what I wait for, too
CREATE INDEX sign_ups_volunteer_idx ON sign_ups (volunteer_id) WHERE state IN ('confirmed', 'waitlisted', 'offered');
