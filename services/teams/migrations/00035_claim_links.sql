-- +goose Up
-- One-time links by which people come to a record that a roster or a leader
-- made for them. Only a hash of the secret is kept. A link is for one person,
-- or for whoever of a brigade is not claimed yet: such a one goes into the
-- brigade's group, and each person finds their own name in it.
CREATE TABLE claim_links (
    id           uuid        NOT NULL,
    secret_hash  bytea       NOT NULL, -- SHA-256 of 256 random bits
    team_id      uuid,                 -- for everybody of the brigade
    volunteer_id uuid,                 -- for one person
    face_to_face boolean     NOT NULL, -- nothing is asked: whoever made it saw the person
    created_by   uuid        NOT NULL,
    created_at   timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL,
    wrong_tries  int         NOT NULL,
    ended_at     timestamptz,          -- used, or tried too often
    CONSTRAINT claim_links_pkey PRIMARY KEY (id),
    CONSTRAINT claim_links_secret_hash_key UNIQUE (secret_hash),
    CONSTRAINT claim_links_team_id_fkey FOREIGN KEY (team_id) REFERENCES teams (id),
    CONSTRAINT claim_links_volunteer_id_fkey FOREIGN KEY (volunteer_id) REFERENCES volunteers (id),
    CONSTRAINT claim_links_created_by_fkey FOREIGN KEY (created_by) REFERENCES volunteers (id),
    CONSTRAINT claim_links_for_check CHECK ((team_id IS NULL) <> (volunteer_id IS NULL)),
    CONSTRAINT claim_links_face_to_face_check CHECK (NOT face_to_face OR volunteer_id IS NOT NULL),
    CONSTRAINT claim_links_two_persons_check CHECK (created_by <> volunteer_id),
    CONSTRAINT claim_links_expires_at_check CHECK (expires_at > created_at AND expires_at <= created_at + interval '1 day'),
    CONSTRAINT claim_links_wrong_tries_check CHECK (wrong_tries BETWEEN 0 AND 30)
);
CREATE INDEX claim_links_expires_at_idx ON claim_links (expires_at);
CREATE INDEX claim_links_created_by_idx ON claim_links (created_by, created_at);
CREATE INDEX claim_links_team_id_idx ON claim_links (team_id) WHERE team_id IS NOT NULL;
CREATE INDEX claim_links_volunteer_id_idx ON claim_links (volunteer_id) WHERE volunteer_id IS NOT NULL;

-- Wrong tries at one person's digits, whatever link they came by: more links
-- give no more tries. They are forgotten a day after the last one.
CREATE TABLE claim_tries (
    volunteer_id uuid        NOT NULL,
    wrong        int         NOT NULL,
    last_at      timestamptz NOT NULL,
    CONSTRAINT claim_tries_pkey PRIMARY KEY (volunteer_id),
    CONSTRAINT claim_tries_volunteer_id_fkey FOREIGN KEY (volunteer_id) REFERENCES volunteers (id),
    CONSTRAINT claim_tries_wrong_check CHECK (wrong BETWEEN 0 AND 5)
);

-- What a person is shown of her sessions, to know which is which: in words,
-- never an address.
ALTER TABLE sessions
    ADD COLUMN device       text NOT NULL DEFAULT '', -- system and browser, as words of ours: "android wechat"
    ADD COLUMN begun_by     text NOT NULL DEFAULT 'code',
    ADD COLUMN last_seen_at timestamptz,              -- to the day; of officers to the hour. NULL: not since it began
    ADD CONSTRAINT sessions_begun_by_check CHECK (begun_by IN ('code', 'claim', 'switch'));

GRANT SELECT, INSERT, DELETE ON claim_links, claim_tries TO teams;
GRANT UPDATE (wrong_tries, ended_at) ON claim_links TO teams;
GRANT UPDATE (wrong, last_at) ON claim_tries TO teams;
GRANT UPDATE (last_seen_at) ON sessions TO teams;
