-- +goose Up

-- A hub of a province: the newest that each city has told, and nothing else. No person, no brigade.
CREATE TABLE hub_totals (
    city       text        NOT NULL, -- as the stream says it came from, never as a message says
    period     text        NOT NULL, -- month:2026-11, year:2026, all
    region     text        NOT NULL,
    name       text        NOT NULL,
    whole      boolean     NOT NULL, -- all of the city
    hidden     boolean     NOT NULL,
    minutes    bigint      NOT NULL,
    services   bigint      NOT NULL,
    people     bigint      NOT NULL,
    teams      bigint      NOT NULL,
    counted_at timestamptz NOT NULL,
    version    bigint      NOT NULL,
    CONSTRAINT hub_totals_pkey PRIMARY KEY (city, period, region),
    CONSTRAINT hub_totals_small_check CHECK (CASE WHEN hidden THEN (minutes, services, people, teams) = (0, 0, 0, 0) ELSE people >= 5 END)
);

-- Which database this is: the places in the streams are kept under its name, so that a new one reads all of them.
CREATE TABLE hub_self (
    id text NOT NULL DEFAULT left(replace(gen_random_uuid()::text, '-', ''), 8),
    CONSTRAINT hub_self_pkey PRIMARY KEY (id)
);
INSERT INTO hub_self DEFAULT VALUES;

GRANT SELECT, INSERT, UPDATE ON hub_totals TO hub;
GRANT SELECT ON hub_self TO hub;
