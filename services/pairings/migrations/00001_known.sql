-- +goose Up

-- What teams told of regions and of who is an officer where: newest version only,
-- people by id. No foreign keys, so that events may come in any order.
CREATE TABLE known_regions (
    code    text   NOT NULL,
    name    text   NOT NULL,
    path    text   NOT NULL, -- codes from the city down, each followed by a slash
    version bigint NOT NULL,
    CONSTRAINT known_regions_pkey PRIMARY KEY (code)
);
CREATE INDEX known_regions_path_idx ON known_regions (path text_pattern_ops);

CREATE TABLE known_grants (
    grant_id     uuid        NOT NULL,
    volunteer_id uuid        NOT NULL,
    role         text        NOT NULL, -- viewer | coordinator | child_care | administrator
    region_path  text        NOT NULL,
    state        text        NOT NULL, -- active | ended: withdrawn; one that ends by its date stays active
    starts_at    timestamptz NOT NULL,
    ends_at      timestamptz, -- NULL: until it is withdrawn
    version      bigint      NOT NULL,
    CONSTRAINT known_grants_pkey PRIMARY KEY (grant_id)
);

GRANT SELECT, INSERT, UPDATE ON known_regions, known_grants TO pairings;
