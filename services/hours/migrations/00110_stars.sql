-- +goose Up

-- 星级: how many settled hours of service make a star, and for how long nothing
-- upheld may lie back. Rows are only added; in force on a day is the newest of
-- the last day that had come.
CREATE TABLE star_rules (
    id           uuid        NOT NULL,
    valid_from   date        NOT NULL, -- a day of the city
    minutes      int[]       NOT NULL, -- of the first star, the second and so on
    clean_months int         NOT NULL, -- nobody rises within so many months of something upheld about them; 0: whatever there was
    reason       text        NOT NULL,
    set_by       uuid,                 -- NULL: Qihe's first rules
    set_at       timestamptz NOT NULL,
    CONSTRAINT star_rules_pkey PRIMARY KEY (id),
    CONSTRAINT star_rules_minutes_check CHECK (cardinality(minutes) BETWEEN 1 AND 5),
    CONSTRAINT star_rules_clean_check CHECK (clean_months BETWEEN 0 AND 60)
);
INSERT INTO star_rules (id, valid_from, minutes, clean_months, reason, set_at)
VALUES ('0190c0de-0000-7000-8000-0000000000f1', '2017-12-01', '{6000,18000,36000,60000,90000}', 12, '初始设置：100、300、600、1000、1500 小时', '2017-12-01T00:00:00+08:00');

-- Who reached which star on which day, by which rule, and who lost one because
-- hours were corrected. A line is never changed; the last one is how it stands.
CREATE TABLE star_changes (
    seq          bigint      GENERATED ALWAYS AS IDENTITY,
    volunteer_id uuid        NOT NULL,
    on_day       date        NOT NULL,
    level        int         NOT NULL, -- 0: none any more
    was          int         NOT NULL,
    minutes      int         NOT NULL, -- settled service on that day
    needed       int         NOT NULL, -- for the level, by the rule
    rule_id      uuid        NOT NULL,
    made_at      timestamptz NOT NULL,
    CONSTRAINT star_changes_pkey PRIMARY KEY (volunteer_id, on_day), -- at most one a day, whoever judges it
    CONSTRAINT star_changes_level_check CHECK (level BETWEEN 0 AND 5 AND was BETWEEN 0 AND 5 AND level <> was)
);
CREATE TRIGGER star_changes_are_for_ever BEFORE UPDATE OR DELETE OR TRUNCATE ON star_changes
    FOR EACH STATEMENT EXECUTE FUNCTION entries_are_for_ever();

-- The days on which everybody was judged: a stop over days misses none.
CREATE TABLE star_days (
    day date NOT NULL,
    CONSTRAINT star_days_pkey PRIMARY KEY (day)
);

-- Complaints about people that were upheld, as teams told: an id, a day.
CREATE TABLE known_complaints (
    complaint_id uuid        NOT NULL,
    volunteer_id uuid        NOT NULL,
    decided_at   timestamptz NOT NULL,
    CONSTRAINT known_complaints_pkey PRIMARY KEY (complaint_id)
);
CREATE INDEX known_complaints_volunteer_idx ON known_complaints (volunteer_id);

GRANT SELECT, INSERT ON star_rules, star_changes, star_days, known_complaints TO hours;
