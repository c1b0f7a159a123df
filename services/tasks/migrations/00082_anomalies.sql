-- +goose Up
-- Things to verify (待核实): what a rule found odd. A row blocks nothing and
-- takes nothing from anybody; a person decides, after hearing whom it is about.
CREATE TABLE anomalies (
    id             uuid        NOT NULL,
    rule           text        NOT NULL,
    key            text        NOT NULL, -- what was found, so that finding it again is no news
    volunteer_id   uuid        NOT NULL, -- whom it is about
    attendance_ids uuid[]      NOT NULL,
    shift_id       uuid        NOT NULL, -- where it was found
    team_id        uuid        NOT NULL,
    evidence       jsonb       NOT NULL, -- figures, never words
    state          text        NOT NULL,
    found_at       timestamptz NOT NULL,
    answer         text        NOT NULL,
    answered_at    timestamptz,
    reason         text        NOT NULL, -- of the decision
    decided_by     uuid,
    decided_at     timestamptz,
    version        bigint      NOT NULL,
    CONSTRAINT anomalies_pkey PRIMARY KEY (id),
    CONSTRAINT anomalies_key_key UNIQUE (key),
    CONSTRAINT anomalies_rule_check CHECK (rule IN ('overlap', 'hours', 'travel', 'codes_apart', 'device', 'round')),
    CONSTRAINT anomalies_state_check CHECK (state IN ('open', 'answered', 'upheld', 'dismissed')),
    CONSTRAINT anomalies_own_check CHECK (decided_by <> volunteer_id), -- persons, not roles
    CONSTRAINT anomalies_answered_check CHECK ((answered_at IS NULL) = (answer = '')),
    CONSTRAINT anomalies_decided_check CHECK ((state IN ('upheld', 'dismissed')) = (decided_by IS NOT NULL AND decided_at IS NOT NULL AND reason <> ''))
);
CREATE INDEX anomalies_waiting_idx ON anomalies (found_at, id) WHERE state IN ('open', 'answered');
CREATE INDEX anomalies_volunteer_idx ON anomalies (volunteer_id);
CREATE INDEX anomalies_shift_idx ON anomalies (shift_id) WHERE state IN ('open', 'answered');

-- The nights on which the whole city was looked at.
CREATE TABLE anomaly_nights (
    day     date        NOT NULL,
    done_at timestamptz NOT NULL,
    CONSTRAINT anomaly_nights_pkey PRIMARY KEY (day)
);

-- Check-ins come in the order of time, so this costs next to nothing to keep;
-- it finds those of the last minutes, to see many from one phone.
CREATE INDEX claims_received_idx ON claims USING brin (received_at) WITH (pages_per_range = 8, autosummarize = on);

GRANT SELECT, INSERT, UPDATE ON anomalies TO tasks;
GRANT SELECT, INSERT ON anomaly_nights TO tasks;
