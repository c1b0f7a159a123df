-- +goose Up

-- The ledger. A line is written once and never changed: the run-time role may
-- only insert, and a trigger stops even the owner. What was wrong is undone by
-- a line that says so.
--
-- (tx, seq) is the ledger's order. tx is the number of the transaction that
-- wrote the line; all lines below the oldest transaction still open are there
-- for good, so whoever follows the ledger in this order misses none and meets
-- none twice. seq alone would not do: numbers of a sequence become visible in
-- another order than they were drawn.
CREATE TABLE entries (
    id             uuid        NOT NULL,
    tx             xid8        NOT NULL DEFAULT pg_current_xact_id(),
    seq            bigint      GENERATED ALWAYS AS IDENTITY,
    volunteer_id   uuid        NOT NULL,
    team_id        uuid        NOT NULL,
    programme_id   uuid        NOT NULL,
    region_path    text        NOT NULL, -- as it was then; a subtree is a prefix
    reporting_unit text        NOT NULL,
    kind           text        NOT NULL,
    account        text        NOT NULL, -- which of the three sums it counts in
    verification   text        NOT NULL,
    minutes        int         NOT NULL,
    started_at     timestamptz NOT NULL,
    ended_at       timestamptz NOT NULL,
    day            date        GENERATED ALWAYS AS ((started_at AT TIME ZONE 'Asia/Shanghai')::date) STORED,
    source_kind    text        NOT NULL, -- what it is credited for
    source_id      uuid        NOT NULL,
    title          text        NOT NULL,
    confirmed_by   uuid        NOT NULL,
    confirmed_at   timestamptz NOT NULL,
    recorded_at    timestamptz NOT NULL,
    CONSTRAINT entries_pkey PRIMARY KEY (id),
    CONSTRAINT entries_source_key UNIQUE (source_kind, source_id), -- one attendance is credited once, one line reversed once
    CONSTRAINT entries_kind_check CHECK (kind IN ('service', 'training', 'adjustment', 'reversal', 'import')),
    CONSTRAINT entries_account_check CHECK (CASE
        WHEN kind IN ('service', 'training', 'import') THEN account = kind
        ELSE account IN ('service', 'training', 'import') END),
    CONSTRAINT entries_verification_check CHECK (verification IN ('A', 'B', 'C', 'D')),
    CONSTRAINT entries_source_kind_check CHECK (source_kind IN ('attendance', 'entry')),
    CONSTRAINT entries_sign_check CHECK (CASE kind
        WHEN 'reversal' THEN minutes < 0
        WHEN 'adjustment' THEN minutes <> 0
        ELSE minutes > 0 END),
    CONSTRAINT entries_interval_check CHECK (ended_at > started_at),
    CONSTRAINT entries_minutes_check CHECK (abs(minutes) <= 1440 -- a day; nobody serves longer at a time
        AND abs(minutes) <= ceil(extract(epoch FROM ended_at - started_at) / 60)),
    CONSTRAINT entries_own_check CHECK (confirmed_by <> volunteer_id) -- nobody confirms themself; persons, not roles
);
CREATE INDEX entries_order_idx ON entries (tx, seq);
CREATE INDEX entries_volunteer_idx ON entries (volunteer_id, seq DESC);

-- +goose StatementBegin
CREATE FUNCTION entries_are_for_ever() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a line of the ledger is never changed: write a reversal' USING ERRCODE = 'restrict_violation';
END $$;
-- +goose StatementEnd
CREATE TRIGGER entries_are_for_ever BEFORE UPDATE OR DELETE OR TRUNCATE ON entries
    FOR EACH STATEMENT EXECUTE FUNCTION entries_are_for_ever();

-- Sums of the ledger, one row per volunteer, day and place, written with the
-- lines. Any period and any scope is a sum of these rows. They are no truth of
-- their own: `hours check` compares them with the ledger.
CREATE TABLE totals (
    volunteer_id uuid NOT NULL,
    day          date NOT NULL,
    team_id      uuid NOT NULL,
    programme_id uuid NOT NULL,
    region_path  text NOT NULL,
    account      text NOT NULL,
    minutes      int  NOT NULL,
    entries      int  NOT NULL,
    CONSTRAINT totals_pkey PRIMARY KEY (volunteer_id, day, team_id, programme_id, region_path, account)
);

-- What other services call their things, newest version only. Never people:
-- their names are kept nowhere but with teams. No foreign keys, so that events
-- may come in any order. (tx, seq) is the order of changes, as in the ledger,
-- so that every replica hears of every change.
CREATE SEQUENCE known_seq;
CREATE TABLE known (
    kind        text   NOT NULL,
    id          text   NOT NULL,
    name        text   NOT NULL,
    region_path text   NOT NULL, -- of a region its own, of a team its home, else empty
    version     bigint NOT NULL,
    tx          xid8   NOT NULL DEFAULT pg_current_xact_id(),
    seq         bigint NOT NULL DEFAULT nextval('known_seq'),
    CONSTRAINT known_pkey PRIMARY KEY (kind, id),
    CONSTRAINT known_kind_check CHECK (kind IN ('region', 'team', 'programme'))
);
CREATE INDEX known_order_idx ON known (tx, seq);

GRANT SELECT ON entries TO hours;
GRANT INSERT (id, volunteer_id, team_id, programme_id, region_path, reporting_unit, kind, account, verification, minutes,
    started_at, ended_at, source_kind, source_id, title, confirmed_by, confirmed_at, recorded_at) ON entries TO hours; -- but not tx: a line cannot be slipped in behind a reader
GRANT SELECT, INSERT, UPDATE ON totals, known TO hours;
GRANT USAGE ON SEQUENCE known_seq TO hours;
