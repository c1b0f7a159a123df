-- +goose Up

-- What brigades are called, as teams told it: newest version only.
CREATE TABLE known_teams (
    team_id uuid   NOT NULL,
    name    text   NOT NULL,
    version bigint NOT NULL,
    CONSTRAINT known_teams_pkey PRIMARY KEY (team_id)
);

-- Which reminders of a trial's end were given, so that each is given once.
CREATE TABLE pairing_reminders (
    pairing_id uuid        NOT NULL,
    ends_at    timestamptz NOT NULL,
    days       int         NOT NULL,
    told_at    timestamptz NOT NULL,
    CONSTRAINT pairing_reminders_pkey PRIMARY KEY (pairing_id, ends_at, days),
    CONSTRAINT pairing_reminders_pairing_id_fkey FOREIGN KEY (pairing_id) REFERENCES pairings
);

-- 结对密码: what a companion parent types before anything of a child is shown on her
-- phone. Kept is a fingerprint under a key that is never in the database.
CREATE TABLE pairing_pins (
    volunteer_id  uuid        NOT NULL,
    mark          bytea       NOT NULL,
    set_at        timestamptz NOT NULL,
    wrong_tries   int         NOT NULL DEFAULT 0,
    last_wrong_at timestamptz,
    CONSTRAINT pairing_pins_pkey PRIMARY KEY (volunteer_id)
);

-- Until when it need not be typed again, in one session.
CREATE TABLE pairing_passes (
    session_id   text        NOT NULL,
    volunteer_id uuid        NOT NULL,
    good_until   timestamptz NOT NULL,
    CONSTRAINT pairing_passes_pkey PRIMARY KEY (session_id)
);
CREATE INDEX pairing_passes_until_idx ON pairing_passes (good_until);

GRANT SELECT, INSERT, UPDATE ON known_teams TO pairings;
GRANT SELECT, INSERT ON pairing_reminders TO pairings;
GRANT SELECT, INSERT, UPDATE, DELETE ON pairing_pins, pairing_passes TO pairings;
