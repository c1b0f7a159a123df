-- +goose Up

-- Everybody whom a key is held for, with where they are: nothing here says who they are.
-- Concerns are none of them: who reads this must not learn of one (ADR 74).
CREATE VIEW subjects AS
    SELECT id, 'child' AS kind, number, region_path FROM children
    UNION ALL
    SELECT id, 'companion', NULL, region_path FROM companions
    UNION ALL
    SELECT id, 'household', number, region_path FROM households;

-- For what was opened in a month.
CREATE INDEX openings_at_idx ON openings (opened_at);
CREATE INDEX purposes_emergency_idx ON purposes (asked_at) WHERE emergency;

GRANT SELECT ON subjects TO pairings;
