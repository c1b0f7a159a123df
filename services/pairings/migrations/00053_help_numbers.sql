-- +goose Up

-- Whom to call, as it was in force when, by region: numbers are added, never changed. The
-- nearest region's newest count; the empty one is everywhere.
CREATE TABLE help_numbers (
    region_path text        NOT NULL,
    in_force    timestamptz NOT NULL,
    phones      text[]      NOT NULL,
    zh          text[]      NOT NULL, -- what each is for
    en          text[]      NOT NULL,
    set_by      uuid,                 -- NULL: came with the program
    CONSTRAINT help_numbers_pkey PRIMARY KEY (region_path, in_force),
    CONSTRAINT help_numbers_same_check CHECK (cardinality(phones) BETWEEN 1 AND 12 AND cardinality(phones) = cardinality(zh) AND cardinality(phones) = cardinality(en))
);
INSERT INTO help_numbers (region_path, in_force, phones, zh, en) VALUES ('', '2026-01-01T00:00:00+08:00',
    ARRAY['110', '120', '12345', '12338', '12355'],
    ARRAY['报警', '急救', '政务服务热线（含未成年人保护）', '妇女维权热线', '青少年服务热线'],
    ARRAY['Police', 'Ambulance', 'City hotline, also for minors', 'Women''s federation', 'Young people''s hotline']);

GRANT SELECT, INSERT ON help_numbers TO pairings;
