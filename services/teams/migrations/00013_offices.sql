-- +goose Up
-- 妇联组织 and 妇女之家. What stands here is public: the phone is the office's, not a person's.
CREATE TABLE offices (
    id            uuid             NOT NULL,
    kind          text             NOT NULL,
    name          text             COLLATE "zh-x-icu" NOT NULL,
    initials      text             NOT NULL,
    grams         text[]           NOT NULL,
    region_code   text             NOT NULL,
    address       text             NOT NULL,
    phone         text             NOT NULL,
    demonstration text             NOT NULL, -- 示范 status of a 妇女之家
    is_venue      boolean          NOT NULL, -- activities can be held here
    latitude      double precision,
    longitude     double precision,
    state         text             NOT NULL,
    version       bigint           NOT NULL,
    CONSTRAINT offices_pkey PRIMARY KEY (id),
    CONSTRAINT offices_region_code_fkey FOREIGN KEY (region_code) REFERENCES regions (code),
    CONSTRAINT offices_kind_check CHECK (kind IN ('federation', 'home')),
    CONSTRAINT offices_name_check CHECK (name <> ''),
    CONSTRAINT offices_demonstration_check CHECK (demonstration IN ('', 'province', 'city', 'county') AND (kind = 'home' OR demonstration = '')),
    CONSTRAINT offices_venue_check CHECK (NOT is_venue OR address <> ''),
    CONSTRAINT offices_point_check CHECK ((latitude IS NULL) = (longitude IS NULL) AND latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180),
    CONSTRAINT offices_state_check CHECK (state IN ('open', 'closed')),
    CONSTRAINT offices_version_check CHECK (version >= 1)
);
-- One federation answers for a region, so that every brigade has one that is nearest.
CREATE UNIQUE INDEX offices_federation_key ON offices (region_code) WHERE kind = 'federation' AND state = 'open';
CREATE INDEX offices_region_code_idx ON offices (region_code);
CREATE INDEX offices_grams_idx ON offices USING gin (grams);

-- Which office supervises a brigade, if an officer chose one; else the nearest up the tree.
ALTER TABLE teams
    ADD COLUMN office_id uuid,
    ADD CONSTRAINT teams_office_id_fkey FOREIGN KEY (office_id) REFERENCES offices (id);
CREATE INDEX teams_office_id_idx ON teams (office_id) WHERE office_id IS NOT NULL;

GRANT SELECT, INSERT, UPDATE ON offices TO teams;
