-- +goose Up

-- When people were credited for something. Nobody is in two places: the
-- constraint refuses a second line for the same hours, whoever told of it.
-- A reversal frees its line's stretch: deleting here takes nothing from the
-- ledger. A person with several records is looked up under all of them, and
-- written under the one that they are now.
CREATE EXTENSION IF NOT EXISTS btree_gist; -- comes with PostgreSQL; lets ids stand in the constraint

CREATE TABLE credited_intervals (
    entry_id     uuid      NOT NULL,
    volunteer_id uuid      NOT NULL,
    during       tstzrange NOT NULL, -- [from, to)
    CONSTRAINT credited_intervals_pkey PRIMARY KEY (entry_id),
    CONSTRAINT credited_intervals_during_check CHECK (NOT isempty(during)),
    CONSTRAINT credited_intervals_overlap EXCLUDE USING gist (volunteer_id WITH =, during WITH &&)
);

INSERT INTO credited_intervals (entry_id, volunteer_id, during)
SELECT e.id, e.volunteer_id, tstzrange(e.started_at, e.ended_at)
FROM entries AS e
WHERE e.source_kind = 'attendance' AND NOT EXISTS (SELECT FROM entries AS r WHERE r.source_kind = 'entry' AND r.source_id = e.id)
ON CONFLICT DO NOTHING; -- what was credited twice before there was this rule is for a person to correct

-- The most minutes that one person is credited for one day, under a programme
-- or under all together. Rows are only added; in force on a day is the newest
-- of the last day that had come.
CREATE TABLE day_caps (
    id           uuid        NOT NULL,
    programme_id uuid,                 -- NULL: of all programmes together
    valid_from   date        NOT NULL, -- a day of the city
    minutes      int         NOT NULL, -- 0: no cap
    reason       text        NOT NULL,
    set_by       uuid        NOT NULL,
    set_at       timestamptz NOT NULL,
    CONSTRAINT day_caps_pkey PRIMARY KEY (id),
    CONSTRAINT day_caps_minutes_check CHECK (minutes BETWEEN 0 AND 1440)
);

-- Where less was credited than was confirmed, and by which rule.
CREATE TABLE cuts (
    source_kind  text        NOT NULL,
    source_id    uuid        NOT NULL,
    volunteer_id uuid        NOT NULL,
    title        text        NOT NULL,
    day          date        NOT NULL,
    rule         text        NOT NULL,
    cap          int         NOT NULL, -- minutes; 0 where the rule knows none
    confirmed    int         NOT NULL, -- minutes
    credited     int         NOT NULL, -- minutes; 0: there is no line
    cut_at       timestamptz NOT NULL,
    CONSTRAINT cuts_pkey PRIMARY KEY (source_kind, source_id),
    CONSTRAINT cuts_rule_check CHECK (rule IN ('overlap', 'day', 'programme')),
    CONSTRAINT cuts_minutes_check CHECK (credited >= 0 AND credited < confirmed)
);
CREATE INDEX cuts_volunteer_idx ON cuts (volunteer_id);

-- What could not be credited because the same person was already credited for
-- the same time. Nothing is lost: somebody looks, and credits it as it was or
-- says why not.
CREATE TABLE held_credits (
    id             uuid        NOT NULL, -- of the line that it would be
    volunteer_id   uuid        NOT NULL,
    team_id        uuid        NOT NULL,
    programme_id   uuid        NOT NULL,
    region_path    text        NOT NULL,
    reporting_unit text        NOT NULL,
    kind           text        NOT NULL,
    verification   text        NOT NULL,
    minutes        int         NOT NULL,
    started_at     timestamptz NOT NULL,
    ended_at       timestamptz NOT NULL,
    source_kind    text        NOT NULL,
    source_id      uuid        NOT NULL,
    title          text        NOT NULL,
    confirmed_by   uuid        NOT NULL,
    confirmed_at   timestamptz NOT NULL,
    against        uuid        NOT NULL, -- the line that has the time
    held_at        timestamptz NOT NULL,
    state          text        NOT NULL DEFAULT 'open',
    decided_by     uuid,
    decided_at     timestamptz,
    reason         text        NOT NULL DEFAULT '',
    CONSTRAINT held_credits_pkey PRIMARY KEY (id),
    CONSTRAINT held_credits_source_key UNIQUE (source_kind, source_id),
    CONSTRAINT held_credits_state_check CHECK (state IN ('open', 'credited', 'closed')),
    CONSTRAINT held_credits_decided_check CHECK ((state = 'open') = (decided_by IS NULL) AND (state = 'open') = (decided_at IS NULL) AND (state = 'open' OR reason <> '')),
    CONSTRAINT held_credits_own_check CHECK (decided_by NOT IN (volunteer_id, confirmed_by)) -- another person than those whose word it is
);
CREATE INDEX held_credits_open_idx ON held_credits (region_path text_pattern_ops, held_at) WHERE state = 'open';
CREATE INDEX held_credits_volunteer_idx ON held_credits (volunteer_id);

GRANT SELECT, INSERT, DELETE ON credited_intervals TO hours;
GRANT SELECT, INSERT ON day_caps, cuts TO hours;
GRANT SELECT, INSERT ON held_credits TO hours;
GRANT UPDATE (state, decided_by, decided_at, reason) ON held_credits TO hours;
