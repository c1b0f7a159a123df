-- +goose Up

-- What the ledger's lines do not say and reports ask for: which activities were
-- held and for how many people, and which brigades there are. Everything that was
-- ever told is kept, a row for each version, so that a figure can be worked out
-- again as of any place: seq is their order. Whoever adds rows holds a lock until
-- they are committed (store/report_fact.go), so that no smaller seq comes later.
CREATE TABLE known_activities (
    shift_id       uuid   NOT NULL,
    version        bigint NOT NULL,
    seq            bigint GENERATED ALWAYS AS IDENTITY,
    task_id        uuid   NOT NULL,
    team_id        uuid   NOT NULL,
    programme_id   uuid   NOT NULL,
    region_path    text   NOT NULL,
    reporting_unit text   NOT NULL,
    kind           text   NOT NULL, -- service | training
    title          text   NOT NULL,
    day            date   NOT NULL, -- of its start
    confirmed      int    NOT NULL, -- attendances
    people_served  int    NOT NULL, -- as the leader told
    CONSTRAINT known_activities_pkey PRIMARY KEY (shift_id, version),
    CONSTRAINT known_activities_kind_check CHECK (kind IN ('service', 'training')),
    CONSTRAINT known_activities_counts_check CHECK (confirmed >= 0 AND people_served >= 0)
);
CREATE INDEX known_activities_day_idx ON known_activities (day);

CREATE TABLE known_brigades (
    team_id        uuid   NOT NULL,
    version        bigint NOT NULL,
    seq            bigint GENERATED ALWAYS AS IDENTITY,
    region_path    text   NOT NULL,
    reporting_unit text   NOT NULL,
    state          text   NOT NULL,
    state_since    date   NOT NULL,
    founded_on     date   NOT NULL,
    CONSTRAINT known_brigades_pkey PRIMARY KEY (team_id, version)
);

CREATE TRIGGER known_activities_are_for_ever BEFORE UPDATE OR DELETE OR TRUNCATE ON known_activities
    FOR EACH STATEMENT EXECUTE FUNCTION entries_are_for_ever();
CREATE TRIGGER known_brigades_are_for_ever BEFORE UPDATE OR DELETE OR TRUNCATE ON known_brigades
    FOR EACH STATEMENT EXECUTE FUNCTION entries_are_for_ever();

-- Lines are written in about the order of their days, so this small index finds a month.
CREATE INDEX entries_day_idx ON entries USING brin (day) WITH (pages_per_range = 32, autosummarize = on);

GRANT SELECT, INSERT ON known_activities, known_brigades TO hours;
