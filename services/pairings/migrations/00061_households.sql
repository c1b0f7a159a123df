-- +goose Up

-- Families in hardship (爱心助困一帮一). What is not sealed says nothing of who they are:
-- where, how many, which kinds of hardship, how far things are. Names, papers, the
-- address, the telephone number and what they need are sealed under the family's own
-- key (data_keys).
CREATE TABLE households (
    id            uuid        NOT NULL,
    number        int         NOT NULL GENERATED ALWAYS AS IDENTITY, -- what people call the record by before they open it
    region_code   text        NOT NULL,
    region_path   text        NOT NULL,
    kinds         text[]      NOT NULL, -- see domain.HouseholdKinds
    size          int         NOT NULL, -- how many they are
    state         text        NOT NULL, -- see domain.HouseholdState
    state_at      timestamptz NOT NULL,
    sealed        bytea       NOT NULL, -- domain.Family
    registered_by uuid        NOT NULL,
    registered_at timestamptz NOT NULL,
    officer_id    uuid        NOT NULL, -- who has the case
    erase_at      timestamptz,          -- when the record is erased; NULL: there is a consent
    hold_reason   text,                 -- why it is not erased all the same; NULL: it is
    hold_by       uuid,
    version       bigint      NOT NULL,
    CONSTRAINT households_pkey PRIMARY KEY (id),
    CONSTRAINT households_id_fkey FOREIGN KEY (id) REFERENCES data_keys,
    CONSTRAINT households_number_key UNIQUE (number),
    CONSTRAINT households_kinds_check CHECK (cardinality(kinds) > 0
        AND kinds <@ ARRAY ['dibao', 'tekun', 'dibao_edge', 'monitored', 'alone', 'cancer', 'other']),
    CONSTRAINT households_size_check CHECK (size BETWEEN 1 AND 20),
    CONSTRAINT households_state_check CHECK (state IN ('registered', 'consented', 'consent_withdrawn', 'erased')),
    CONSTRAINT households_hold_check CHECK ((hold_reason IS NULL) = (hold_by IS NULL) AND hold_reason <> '')
);
CREATE INDEX households_region_idx ON households (region_path text_pattern_ops, number);
CREATE INDEX households_erase_idx ON households (erase_at) WHERE erase_at IS NOT NULL;

-- Keyed fingerprints of the ID numbers of a family's members: nobody is registered in
-- two families, also not by two officers at the same moment, and nobody sees whose
-- number it is.
CREATE TABLE household_papers (
    paper_index  bytea NOT NULL,
    household_id uuid  NOT NULL,
    CONSTRAINT household_papers_pkey PRIMARY KEY (paper_index),
    CONSTRAINT household_papers_household_id_fkey FOREIGN KEY (household_id) REFERENCES households
);
CREATE INDEX household_papers_household_idx ON household_papers (household_id);

-- 家庭同意: on a numbered paper form that an officer recorded.
CREATE TABLE household_consents (
    id           uuid        NOT NULL,
    household_id uuid        NOT NULL,
    form_number  text        NOT NULL,
    sealed       bytea       NOT NULL, -- domain.ConsentForm: witness and archive place
    given_on     date        NOT NULL,
    ends_at      timestamptz NOT NULL,
    recorded_by  uuid        NOT NULL,
    recorded_at  timestamptz NOT NULL,
    withdrawn_at timestamptz,
    withdrawn_by uuid,
    CONSTRAINT household_consents_pkey PRIMARY KEY (id),
    CONSTRAINT household_consents_household_id_fkey FOREIGN KEY (household_id) REFERENCES households,
    CONSTRAINT household_consents_form_number_key UNIQUE (form_number),
    CONSTRAINT household_consents_ends_check CHECK (ends_at > recorded_at),
    CONSTRAINT household_consents_withdrawn_check CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL))
);
CREATE INDEX household_consents_household_idx ON household_consents (household_id, recorded_at);
CREATE TRIGGER withdrawals_stay BEFORE UPDATE ON household_consents
    FOR EACH ROW EXECUTE FUNCTION withdrawals_stay();

-- 帮扶: one helper (a volunteer by herself, or as who answers for a brigade) stands by
-- one family.
CREATE TABLE aid_cases (
    id              uuid        NOT NULL,
    household_id    uuid        NOT NULL,
    region_path     text        NOT NULL, -- the family's
    helper_id       uuid        NOT NULL,
    team_id         uuid,                 -- the brigade that she answers for; NULL: she helps by herself
    state           text        NOT NULL, -- opened | planned | running | ended
    state_at        timestamptz NOT NULL,
    opened_by       uuid        NOT NULL,
    opened_at       timestamptz NOT NULL,
    agreed_at       timestamptz,          -- when the helper said yes
    plan            bytea,                -- domain.AidPlan, sealed under the family's key
    planned_by      uuid,
    refused_for     text,                 -- why a plan was not approved, a word; NULL: it was not refused
    approved_by     uuid,
    approved_at     timestamptz,
    review_due_at   timestamptz,          -- while it runs: the end of the quarter that is to be reviewed
    remind_at       timestamptz,          -- when the clock next has to say so
    reminders       int         NOT NULL DEFAULT 0, -- how many were given for this quarter
    ended_for       text,                 -- see domain.AidEndings
    ended_by        uuid,                 -- NULL: nobody did, the consent ran out or the helper is gone
    version         bigint      NOT NULL,
    CONSTRAINT aid_cases_pkey PRIMARY KEY (id),
    CONSTRAINT aid_cases_household_id_fkey FOREIGN KEY (household_id) REFERENCES households,
    CONSTRAINT aid_cases_state_check CHECK (state IN ('opened', 'planned', 'running', 'ended')),
    CONSTRAINT aid_cases_plan_check CHECK (state NOT IN ('planned', 'running') OR plan IS NOT NULL AND planned_by IS NOT NULL),
    CONSTRAINT aid_cases_approved_check CHECK ((approved_by IS NULL) = (approved_at IS NULL) AND (state <> 'running' OR approved_by IS NOT NULL AND agreed_at IS NOT NULL)),
    CONSTRAINT aid_cases_review_check CHECK ((review_due_at IS NOT NULL) = (state = 'running')),
    CONSTRAINT aid_cases_ended_check CHECK ((ended_for IS NOT NULL) = (state = 'ended'))
);
CREATE UNIQUE INDEX aid_cases_open_key ON aid_cases (household_id) WHERE state <> 'ended'; -- one family, one lead helper
CREATE INDEX aid_cases_helper_idx ON aid_cases (helper_id);
CREATE INDEX aid_cases_region_idx ON aid_cases (region_path text_pattern_ops, state);
CREATE INDEX aid_cases_remind_idx ON aid_cases (remind_at) WHERE remind_at IS NOT NULL;

-- Visits and calls, also those that were only tried: appended, never changed.
CREATE TABLE aid_visits (
    id          uuid        NOT NULL,
    aid_case_id uuid        NOT NULL,
    by_id       uuid        NOT NULL,
    way         text        NOT NULL, -- visit | call | errand
    outcome     text        NOT NULL, -- done | nobody_home | no_answer | put_off
    visited_at  timestamptz NOT NULL,
    minutes     int         NOT NULL, -- 0 of an attempt
    sealed      bytea       NOT NULL, -- domain.AidNote, under the family's key
    recorded_at timestamptz NOT NULL,
    CONSTRAINT aid_visits_pkey PRIMARY KEY (id),
    CONSTRAINT aid_visits_aid_case_id_fkey FOREIGN KEY (aid_case_id) REFERENCES aid_cases,
    CONSTRAINT aid_visits_way_check CHECK (way IN ('visit', 'call', 'errand')),
    CONSTRAINT aid_visits_outcome_check CHECK (outcome IN ('done', 'nobody_home', 'no_answer', 'put_off')),
    CONSTRAINT aid_visits_minutes_check CHECK (minutes BETWEEN 0 AND 480 AND (outcome = 'done') = (minutes > 0)),
    CONSTRAINT aid_visits_past_check CHECK (visited_at <= recorded_at)
);
CREATE INDEX aid_visits_case_idx ON aid_visits (aid_case_id, visited_at);

-- 季度评估: one for a quarter.
CREATE TABLE aid_reviews (
    id          uuid        NOT NULL,
    aid_case_id uuid        NOT NULL,
    quarter     text        NOT NULL, -- 2026Q4
    result      text        NOT NULL, -- on_course | adjust | goal_met
    sealed      bytea       NOT NULL, -- domain.AidNote, under the family's key
    by_id       uuid        NOT NULL,
    reviewed_at timestamptz NOT NULL,
    CONSTRAINT aid_reviews_pkey PRIMARY KEY (id),
    CONSTRAINT aid_reviews_aid_case_id_fkey FOREIGN KEY (aid_case_id) REFERENCES aid_cases,
    CONSTRAINT aid_reviews_quarter_key UNIQUE (aid_case_id, quarter),
    CONSTRAINT aid_reviews_result_check CHECK (result IN ('on_course', 'adjust', 'goal_met'))
);

-- A purpose may be about one family instead of one child. One about a region is about
-- children: it opens no family.
ALTER TABLE purposes
    ADD COLUMN household_id uuid,
    ADD CONSTRAINT purposes_household_id_fkey FOREIGN KEY (household_id) REFERENCES households,
    ADD CONSTRAINT purposes_subject_check CHECK (child_id IS NULL OR household_id IS NULL);

GRANT SELECT, INSERT, UPDATE (kinds, size, state, state_at, sealed, officer_id, erase_at, hold_reason, hold_by, version) ON households TO pairings;
GRANT SELECT, INSERT, DELETE ON household_papers TO pairings;
GRANT SELECT, INSERT, UPDATE (withdrawn_at, withdrawn_by) ON household_consents TO pairings;
GRANT SELECT, INSERT, UPDATE (state, state_at, agreed_at, plan, planned_by, refused_for, approved_by, approved_at, review_due_at, remind_at, reminders, ended_for, ended_by, version) ON aid_cases TO pairings;
GRANT SELECT, INSERT ON aid_visits, aid_reviews TO pairings;
