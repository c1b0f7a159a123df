-- +goose Up
-- 志愿者卡: who holds a card shows its QR code to the leader. The code is a
-- random token: found by its hash, and sealed, so that the card can be printed
-- again. The database alone makes no card.
CREATE TABLE volunteer_cards (
    id           uuid        NOT NULL,
    volunteer_id uuid        NOT NULL,
    serial       int         NOT NULL, -- 第几张 of this person
    token_hash   bytea       NOT NULL, -- SHA-256 of 96 random bits
    token_sealed bytea       NOT NULL,
    issued_by    uuid        NOT NULL,
    issued_at    timestamptz NOT NULL,
    ended_by     uuid,
    ended_at     timestamptz,          -- 挂失 or replaced; a card that is older than that counted until then
    CONSTRAINT volunteer_cards_pkey PRIMARY KEY (id),
    CONSTRAINT volunteer_cards_token_hash_key UNIQUE (token_hash),
    CONSTRAINT volunteer_cards_serial_key UNIQUE (volunteer_id, serial),
    CONSTRAINT volunteer_cards_volunteer_id_fkey FOREIGN KEY (volunteer_id) REFERENCES volunteers (id),
    CONSTRAINT volunteer_cards_issued_by_fkey FOREIGN KEY (issued_by) REFERENCES volunteers (id),
    CONSTRAINT volunteer_cards_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES volunteers (id),
    CONSTRAINT volunteer_cards_serial_check CHECK (serial > 0),
    CONSTRAINT volunteer_cards_ended_check CHECK ((ended_at IS NULL) = (ended_by IS NULL) AND ended_at >= issued_at)
);
-- One card of a person counts.
CREATE UNIQUE INDEX volunteer_cards_valid_key ON volunteer_cards (volunteer_id) WHERE ended_at IS NULL;

GRANT SELECT, INSERT, DELETE ON volunteer_cards TO teams; -- deleted when its person is erased
GRANT UPDATE (ended_by, ended_at) ON volunteer_cards TO teams;
