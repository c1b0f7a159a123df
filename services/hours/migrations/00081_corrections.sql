-- +goose Up

-- A question about a line of the ledger: a correction (更正) that the volunteer,
-- a leader or an officer asks for, an objection (异议) that anybody raises while
-- the line is in publicity, or what followed from a thing to verify. Another
-- person decides it. Accepted, the line is reversed and, unless nothing is left
-- of it, written anew; refused or withdrawn, it stays.
--
-- What is wanted is started_at to ended_at and minutes; 0 minutes: it did not
-- happen. turn and office_path say whose it is to decide: those who lead the
-- brigade, or the federation of a region; by when says due_on.
CREATE TABLE corrections (
    id              uuid        NOT NULL,
    entry_id        uuid        NOT NULL,
    volunteer_id    uuid        NOT NULL, -- the line's, as is all up to the region: it never changes
    team_id         uuid        NOT NULL,
    region_path     text        NOT NULL,
    asked_by        uuid        NOT NULL,
    asked_as        text        NOT NULL,
    asked_at        timestamptz NOT NULL,
    reason          text        NOT NULL,
    started_at      timestamptz NOT NULL,
    ended_at        timestamptz NOT NULL,
    minutes         int         NOT NULL,
    held            boolean     NOT NULL, -- the line does not settle while this is open
    turn            text        NOT NULL,
    office_path     text        NOT NULL, -- with turn office; a subtree is a prefix
    due_on          date        NOT NULL, -- the last day, in the city
    rises           int         NOT NULL, -- how often a last day went by
    state           text        NOT NULL,
    decided_by      uuid,
    decided_at      timestamptz,
    decision_reason text        NOT NULL,
    version         bigint      NOT NULL,
    CONSTRAINT corrections_pkey PRIMARY KEY (id),
    CONSTRAINT corrections_entry_fkey FOREIGN KEY (entry_id) REFERENCES entries (id),
    CONSTRAINT corrections_asked_as_check CHECK (asked_as IN ('volunteer', 'leader', 'officer', 'objector', 'anomaly')),
    CONSTRAINT corrections_reason_check CHECK (reason <> ''),
    CONSTRAINT corrections_wanted_check CHECK (ended_at > started_at AND minutes BETWEEN 0 AND 1440
        AND minutes <= ceil(extract(epoch FROM ended_at - started_at) / 60)),
    CONSTRAINT corrections_turn_check CHECK (CASE turn WHEN 'leader' THEN office_path = '' WHEN 'office' THEN office_path <> '' ELSE false END),
    CONSTRAINT corrections_state_check CHECK (state IN ('open', 'withdrawn', 'accepted', 'refused')),
    CONSTRAINT corrections_decided_check CHECK (
        (state IN ('accepted', 'refused')) = (decided_by IS NOT NULL)
        AND (state IN ('accepted', 'refused')) = (decision_reason <> '')
        AND (state = 'open') = (decided_at IS NULL)),
    CONSTRAINT corrections_own_check CHECK (decided_by <> asked_by AND decided_by <> volunteer_id) -- nobody decides what they asked, or what is about themself
);
CREATE UNIQUE INDEX corrections_open_key ON corrections (entry_id) WHERE state = 'open'; -- one question at a time
CREATE INDEX corrections_due_idx ON corrections (due_on) WHERE state = 'open';
CREATE INDEX corrections_entry_idx ON corrections (entry_id);
CREATE INDEX corrections_team_idx ON corrections (team_id, asked_at DESC);
CREATE INDEX corrections_asked_idx ON corrections (asked_by);

-- +goose StatementBegin
CREATE FUNCTION corrections_are_decided_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> 'open' OR (OLD.id, OLD.entry_id, OLD.volunteer_id, OLD.asked_by, OLD.asked_as, OLD.asked_at, OLD.reason)
        IS DISTINCT FROM (NEW.id, NEW.entry_id, NEW.volunteer_id, NEW.asked_by, NEW.asked_as, NEW.asked_at, NEW.reason) THEN
        RAISE EXCEPTION 'what was asked and decided is never changed' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'corrections_once_check';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER corrections_are_decided_once BEFORE UPDATE ON corrections
    FOR EACH ROW EXECUTE FUNCTION corrections_are_decided_once();

GRANT SELECT, INSERT, UPDATE ON corrections TO hours;

-- A reversal is of a line, a line after a correction of that correction.
ALTER TABLE entries
    DROP CONSTRAINT entries_source_kind_check,
    ADD CONSTRAINT entries_source_kind_check CHECK (CASE kind
        WHEN 'reversal' THEN source_kind = 'entry'
        WHEN 'adjustment' THEN source_kind = 'correction'
        ELSE source_kind = 'attendance' END);

-- What a reversal undoes is there, is no reversal itself and is undone in full,
-- for the same person in the same place; and a line after a correction is written
-- by whoever accepted that. It looks after the rows are in, so that both may
-- come in one statement and a bulk load of other lines pays nothing.
-- +goose StatementBegin
CREATE FUNCTION entries_fit_what_they_correct() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.kind = 'reversal' AND NOT EXISTS (
        SELECT FROM entries e
        WHERE e.id = NEW.source_id AND e.kind <> 'reversal' AND e.minutes = -NEW.minutes
            AND (e.volunteer_id, e.team_id, e.programme_id, e.region_path, e.account, e.started_at, e.ended_at)
                = (NEW.volunteer_id, NEW.team_id, NEW.programme_id, NEW.region_path, NEW.account, NEW.started_at, NEW.ended_at)
    ) THEN
        RAISE EXCEPTION 'a reversal undoes one line that is no reversal, in full' USING ERRCODE = 'check_violation', CONSTRAINT = 'entries_reversal_check';
    END IF;
    IF NEW.kind = 'adjustment' AND NOT EXISTS (
        SELECT FROM corrections c
        JOIN entries e ON e.id = c.entry_id
        WHERE c.id = NEW.source_id AND c.state = 'accepted' AND c.decided_by = NEW.confirmed_by
            AND (e.volunteer_id, e.team_id, e.account) = (NEW.volunteer_id, NEW.team_id, NEW.account)
            AND EXISTS (SELECT FROM entries r WHERE r.source_kind = 'entry' AND r.source_id = e.id)
    ) THEN
        RAISE EXCEPTION 'a line after a correction follows one that was accepted' USING ERRCODE = 'check_violation', CONSTRAINT = 'entries_adjustment_check';
    END IF;
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER entries_fit_what_they_correct AFTER INSERT ON entries
    FOR EACH ROW WHEN (NEW.kind IN ('reversal', 'adjustment')) EXECUTE FUNCTION entries_fit_what_they_correct();

-- Things to verify that were upheld, by attendance. Each asks about the line of
-- its attendance once, also when that is credited only later.
CREATE TABLE upheld_anomalies (
    anomaly_id    uuid    NOT NULL,
    attendance_id uuid    NOT NULL,
    rule          text    NOT NULL,
    decided_by    uuid    NOT NULL,
    asked         boolean NOT NULL,
    CONSTRAINT upheld_anomalies_pkey PRIMARY KEY (attendance_id, anomaly_id)
);
GRANT SELECT, INSERT, UPDATE ON upheld_anomalies TO hours;
