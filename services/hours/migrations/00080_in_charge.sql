-- +goose Up

-- Who leads which brigade, who is an officer of which region, and what their
-- office is called, as teams told it: newest version only, people by id. No
-- foreign keys, so that events may come in any order.
CREATE TABLE known_memberships (
    membership_id uuid   NOT NULL,
    team_id       uuid   NOT NULL,
    volunteer_id  uuid   NOT NULL,
    role          text   NOT NULL, -- member | deputy | leader
    state         text   NOT NULL, -- active | ended
    version       bigint NOT NULL,
    CONSTRAINT known_memberships_pkey PRIMARY KEY (membership_id)
);
CREATE INDEX known_memberships_leader_idx ON known_memberships (team_id, volunteer_id) WHERE role IN ('deputy', 'leader') AND state = 'active';
CREATE INDEX known_memberships_volunteer_idx ON known_memberships (volunteer_id) WHERE role IN ('deputy', 'leader') AND state = 'active';

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

CREATE TABLE known_offices (
    office_id   uuid   NOT NULL,
    kind        text   NOT NULL, -- federation | home
    name        text   NOT NULL,
    region_path text   NOT NULL,
    state       text   NOT NULL, -- open | closed
    version     bigint NOT NULL,
    CONSTRAINT known_offices_pkey PRIMARY KEY (office_id)
);
CREATE INDEX known_offices_region_idx ON known_offices (region_path);

GRANT SELECT, INSERT, UPDATE ON known_memberships, known_grants, known_offices TO hours;
