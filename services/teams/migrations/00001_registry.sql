-- +goose Up
-- Names are sorted by pinyin wherever people read them, hence their collation.

CREATE TABLE regions (
    code        text   NOT NULL, -- statistical code without the zeros of lower levels
    name        text   NOT NULL,
    path        text   NOT NULL, -- codes from the city down, each followed by a slash
    level       text   NOT NULL,
    parent_code text,            -- NULL for the city
    version     bigint NOT NULL,
    CONSTRAINT regions_pkey PRIMARY KEY (code),
    CONSTRAINT regions_parent_code_fkey FOREIGN KEY (parent_code) REFERENCES regions (code),
    CONSTRAINT regions_path_key UNIQUE (path),
    CONSTRAINT regions_path_check CHECK (path = code || '/' OR path LIKE '%/' || code || '/'),
    CONSTRAINT regions_level_check CHECK (level IN ('city', 'county', 'township', 'village')),
    CONSTRAINT regions_version_check CHECK (version >= 1)
);
CREATE INDEX regions_parent_code_idx ON regions (parent_code, code);

CREATE TABLE volunteers (
    id            uuid        NOT NULL,
    number        text        NOT NULL, -- 志愿者编号, never the number of an identity card
    name          text        COLLATE "zh-x-icu" NOT NULL,
    phone_sealed  bytea,                -- NULL: somebody without a phone
    phone_index   bytea,                -- blind index of the phone, to find who signs in
    board_consent boolean     NOT NULL,
    minor         boolean     NOT NULL,
    joined_at     timestamptz NOT NULL,
    version       bigint      NOT NULL,
    CONSTRAINT volunteers_pkey PRIMARY KEY (id),
    CONSTRAINT volunteers_number_key UNIQUE (number),
    CONSTRAINT volunteers_phone_index_key UNIQUE (phone_index),
    CONSTRAINT volunteers_phone_check CHECK ((phone_sealed IS NULL) = (phone_index IS NULL)),
    CONSTRAINT volunteers_version_check CHECK (version >= 1)
);

CREATE TABLE teams (
    id             uuid        NOT NULL,
    name           text        COLLATE "zh-x-icu" NOT NULL,
    region_code    text        NOT NULL,
    reporting_unit text        NOT NULL,
    state          text        NOT NULL,
    founded_at     timestamptz NOT NULL,
    version        bigint      NOT NULL,
    CONSTRAINT teams_pkey PRIMARY KEY (id),
    CONSTRAINT teams_region_code_fkey FOREIGN KEY (region_code) REFERENCES regions (code),
    CONSTRAINT teams_state_check CHECK (state IN ('draft', 'submitted', 'active', 'suspended', 'dissolved')),
    CONSTRAINT teams_version_check CHECK (version >= 1)
);
CREATE INDEX teams_region_code_idx ON teams (region_code);

CREATE TABLE memberships (
    id           uuid        NOT NULL,
    team_id      uuid        NOT NULL,
    volunteer_id uuid        NOT NULL,
    role         text        NOT NULL,
    state        text        NOT NULL,
    since        timestamptz NOT NULL,
    version      bigint      NOT NULL,
    CONSTRAINT memberships_pkey PRIMARY KEY (id),
    CONSTRAINT memberships_team_id_fkey FOREIGN KEY (team_id) REFERENCES teams (id),
    CONSTRAINT memberships_volunteer_id_fkey FOREIGN KEY (volunteer_id) REFERENCES volunteers (id),
    CONSTRAINT memberships_role_check CHECK (role IN ('member', 'deputy', 'leader')),
    CONSTRAINT memberships_state_check CHECK (state IN ('active', 'ended')),
    CONSTRAINT memberships_version_check CHECK (version >= 1)
);
-- One person is one thing in a team; what they were before is kept as ended.
CREATE UNIQUE INDEX memberships_active_key ON memberships (team_id, volunteer_id) WHERE state = 'active';
CREATE INDEX memberships_volunteer_id_idx ON memberships (volunteer_id);

CREATE TABLE staff_grants (
    id           uuid        NOT NULL,
    volunteer_id uuid        NOT NULL,
    role         text        NOT NULL,
    region_code  text        NOT NULL, -- and everything below it
    from_at      timestamptz NOT NULL,
    until_at     timestamptz,          -- NULL: until it is withdrawn
    granted_by   uuid,                 -- NULL: by whoever installed Qihe
    reason       text        NOT NULL,
    version      bigint      NOT NULL,
    CONSTRAINT staff_grants_pkey PRIMARY KEY (id),
    CONSTRAINT staff_grants_volunteer_id_fkey FOREIGN KEY (volunteer_id) REFERENCES volunteers (id),
    CONSTRAINT staff_grants_region_code_fkey FOREIGN KEY (region_code) REFERENCES regions (code),
    CONSTRAINT staff_grants_granted_by_fkey FOREIGN KEY (granted_by) REFERENCES volunteers (id),
    CONSTRAINT staff_grants_role_check CHECK (role IN ('viewer', 'coordinator', 'child_care', 'administrator')),
    CONSTRAINT staff_grants_period_check CHECK (until_at > from_at),
    CONSTRAINT staff_grants_two_persons_check CHECK (granted_by <> volunteer_id), -- nobody gives themself authority
    CONSTRAINT staff_grants_reason_check CHECK (reason <> ''),
    CONSTRAINT staff_grants_version_check CHECK (version >= 1)
);
CREATE INDEX staff_grants_volunteer_id_idx ON staff_grants (volunteer_id);

-- What the service may do at run time, and no more: the registry is filled by
-- its owner, and of a person only the consent can be changed here so far.
GRANT SELECT ON regions, volunteers, teams, memberships, staff_grants TO teams;
GRANT UPDATE (board_consent, version) ON volunteers TO teams;
