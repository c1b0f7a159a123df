-- +goose Up
-- 统计单位: where a brigade's figures are counted. A list apart from the
-- regions: a county is in both, 市直单位 and 团体会员 are in this one only.
-- Other services keep the name as it was when something was counted, so the
-- name is the key, and brigades follow when it changes.
CREATE TABLE reporting_units (
    name       text        NOT NULL,
    kind       text        NOT NULL,
    position   int         NOT NULL, -- in lists and reports
    retired_at timestamptz,          -- NULL: new brigades may be counted here
    version    bigint      NOT NULL,
    CONSTRAINT reporting_units_pkey PRIMARY KEY (name),
    CONSTRAINT reporting_units_name_check CHECK (name <> ''),
    CONSTRAINT reporting_units_kind_check CHECK (kind IN ('county', 'development_zone', 'city_body', 'school', 'firm', 'association', 'other')),
    CONSTRAINT reporting_units_version_check CHECK (version >= 1)
);

-- What brigades are counted under already.
INSERT INTO reporting_units (name, kind, position, version)
SELECT name, kind, 10 * row_number() OVER (ORDER BY array_position(ARRAY['county', 'development_zone', 'city_body', 'school', 'firm', 'association', 'other'], kind), name), 1
FROM (
    SELECT DISTINCT t.reporting_unit AS name, CASE
        WHEN t.reporting_unit LIKE '%开发区%' OR t.reporting_unit LIKE '%示范区%' THEN 'development_zone'
        WHEN r.code IS NOT NULL THEN 'county'
        WHEN t.reporting_unit LIKE '%单位%' THEN 'city_body'
        WHEN t.reporting_unit LIKE '%学校%' THEN 'school'
        WHEN t.reporting_unit LIKE '%企业%' THEN 'firm'
        WHEN t.reporting_unit LIKE '%团体%' OR t.reporting_unit LIKE '%协会%' THEN 'association'
        ELSE 'other' END AS kind
    FROM teams t
    LEFT JOIN regions r ON r.name = t.reporting_unit AND r.level = 'county'
) units;

ALTER TABLE teams
    ADD CONSTRAINT teams_reporting_unit_fkey FOREIGN KEY (reporting_unit) REFERENCES reporting_units (name) ON UPDATE CASCADE;
CREATE INDEX teams_reporting_unit_idx ON teams (reporting_unit);

GRANT SELECT, INSERT, UPDATE ON reporting_units TO teams;
