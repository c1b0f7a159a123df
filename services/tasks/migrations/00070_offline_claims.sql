-- +goose Up
-- Phones that sign what they saw without network: the key never leaves the
-- phone, the counter only goes up, and the offset says how far the phone's
-- clock was from ours when both were in touch.
CREATE TABLE devices (
    id              uuid        NOT NULL, -- made by the phone
    volunteer_id    uuid        NOT NULL, -- who was signed in there; nobody else signs with it
    public_key      bytea       NOT NULL, -- P-256, uncompressed
    first_seen_at   timestamptz NOT NULL,
    seen_at         timestamptz NOT NULL,
    clock_offset_ms bigint      NOT NULL, -- what to add to the phone's clock
    counter         bigint      NOT NULL, -- of the last claim that was taken
    CONSTRAINT devices_pkey PRIMARY KEY (id),
    CONSTRAINT devices_counter_check CHECK (counter >= 0)
);
CREATE INDEX devices_volunteer_idx ON devices (volunteer_id);

ALTER TABLE claims
    ADD COLUMN device_id   uuid,                           -- NULL: not signed by a phone
    ADD COLUMN counter     bigint,
    ADD COLUMN observed_at timestamptz,                    -- by the phone's own clock, which proves nothing
    ADD COLUMN sent_at     timestamptz,                    -- likewise
    ADD COLUMN mark        text    NOT NULL DEFAULT '',    -- the browser's, '' when it has none
    ADD COLUMN shared      boolean NOT NULL DEFAULT false, -- a phone that several people declared to share
    ADD COLUMN doubt       text    NOT NULL DEFAULT '';    -- why it changed nothing and waits for the leader
ALTER TABLE claims DROP CONSTRAINT claims_method_check;
ALTER TABLE claims ADD CONSTRAINT claims_method_check
    CHECK (method IN ('link', 'digits', 'tap', 'own', 'link_offline', 'tap_offline', 'card', 'card_offline', 'paper'));
ALTER TABLE claims ADD CONSTRAINT claims_counter_key UNIQUE (device_id, counter); -- a counter is used once, whatever the code does
CREATE INDEX claims_doubt_idx ON claims (shift_id) WHERE doubt <> '';

GRANT SELECT, INSERT, UPDATE ON devices TO tasks;
