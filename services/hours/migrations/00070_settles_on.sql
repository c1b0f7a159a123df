-- +goose Up

-- The time in which a posted line may be objected to (公示). On which day it ends
-- is written into the line when it is posted: a line counts as settled on that
-- day and on every later one. Nothing has to run for it, nothing can be missed,
-- and what was settled on any day can be worked out for ever.
--
-- Lines of releases before this have the first day of all: they are settled.
ALTER TABLE entries ADD COLUMN settles_on date NOT NULL DEFAULT '1970-01-01';
ALTER TABLE entries ADD CONSTRAINT entries_settles_check CHECK (settles_on = '1970-01-01'
    OR settles_on - (recorded_at AT TIME ZONE 'Asia/Shanghai')::date BETWEEN 0 AND 7);
GRANT INSERT (settles_on) ON entries TO hours;

ALTER TABLE totals ADD COLUMN settles_on date NOT NULL DEFAULT '1970-01-01';
ALTER TABLE totals
    DROP CONSTRAINT totals_pkey,
    ADD CONSTRAINT totals_pkey PRIMARY KEY (volunteer_id, day, team_id, programme_id, region_path, account, settles_on);

-- What a question about a line does to its settling, as a line of its own: while
-- it is open the line's minutes do not settle, when it is dismissed they do.
-- Settled on a day D is the sum of all lines with settles_on <= D and of all
-- changes with effective_on <= D. (tx, seq) is their order, as in the ledger.
CREATE TABLE settling_changes (
    id           uuid        NOT NULL,
    tx           xid8        NOT NULL DEFAULT pg_current_xact_id(),
    seq          bigint      GENERATED ALWAYS AS IDENTITY,
    entry_id     uuid        NOT NULL,
    minutes      int         NOT NULL,
    effective_on date        NOT NULL,
    reason       text        NOT NULL,
    source_id    uuid        NOT NULL, -- the question
    made_at      timestamptz NOT NULL,
    CONSTRAINT settling_changes_pkey PRIMARY KEY (id),
    CONSTRAINT settling_changes_entry_fkey FOREIGN KEY (entry_id) REFERENCES entries (id),
    CONSTRAINT settling_changes_source_key UNIQUE (source_id, reason), -- a question holds its line once and lets it go once
    CONSTRAINT settling_changes_reason_check CHECK (reason IN ('held', 'dismissed', 'reversed')),
    CONSTRAINT settling_changes_minutes_check CHECK (minutes <> 0 AND abs(minutes) <= 1440)
);
CREATE UNIQUE INDEX settling_changes_let_go_idx ON settling_changes (source_id) WHERE reason <> 'held';
CREATE INDEX settling_changes_order_idx ON settling_changes (tx, seq);
CREATE INDEX settling_changes_entry_idx ON settling_changes (entry_id);
CREATE TRIGGER settling_changes_are_for_ever BEFORE UPDATE OR DELETE OR TRUNCATE ON settling_changes
    FOR EACH STATEMENT EXECUTE FUNCTION entries_are_for_ever();

GRANT SELECT ON settling_changes TO hours;
GRANT INSERT (id, entry_id, minutes, effective_on, reason, source_id, made_at) ON settling_changes TO hours; -- but not tx, as in the ledger
