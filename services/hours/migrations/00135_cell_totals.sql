-- +goose Up

-- What this city last told a hub (ADR 93): sums of the ledger by period and region, and no person. A figure
-- of fewer than five people is not told apart; the database refuses it, whatever the program does.
CREATE TABLE cell_totals (
    period     text        NOT NULL, -- month:2026-11, year:2026, all
    region     text        NOT NULL, -- code
    name       text        NOT NULL,
    hidden     boolean     NOT NULL,
    minutes    bigint      NOT NULL,
    services   bigint      NOT NULL,
    people     bigint      NOT NULL,
    teams      bigint      NOT NULL,
    version    bigint      NOT NULL,
    CONSTRAINT cell_totals_pkey PRIMARY KEY (period, region),
    CONSTRAINT cell_totals_small_check CHECK (CASE WHEN hidden THEN (minutes, services, people, teams) = (0, 0, 0, 0) ELSE people >= 5 END)
);

-- When that was, in one row: one replica counts at a time, and none that is behind another.
CREATE TABLE cell_rounds (
    one      boolean     NOT NULL DEFAULT true,
    told_at  timestamptz NOT NULL,
    whole_at timestamptz NOT NULL, -- when all of it was told, changed or not
    position bigint      NOT NULL, -- lines of the ledger that were counted
    CONSTRAINT cell_rounds_pkey PRIMARY KEY (one),
    CONSTRAINT cell_rounds_one_check CHECK (one)
);
INSERT INTO cell_rounds (told_at, whole_at, position) VALUES ('1970-01-01Z', '1970-01-01Z', 0);

GRANT SELECT, INSERT, UPDATE ON cell_totals TO hours;
GRANT SELECT, UPDATE ON cell_rounds TO hours;
