-- +goose Up

-- How the five groups of records are written for the national system
-- (志愿服务记录与证明出具办法 art. 4): which columns under which headings, each one of
-- our own fields. Version 1 comes with the program; these are the later ones,
-- which are only added, so that every file can say by which it was written.
CREATE TABLE national_mappings (
    version int         NOT NULL,
    sheets  jsonb       NOT NULL,
    source  text        NOT NULL, -- the template's file name; empty: edited by hand
    set_by  uuid        NOT NULL,
    set_at  timestamptz NOT NULL,
    CONSTRAINT national_mappings_pkey PRIMARY KEY (version), -- two who set it at once: one of them
    CONSTRAINT national_mappings_version_check CHECK (version >= 2)
);
CREATE TRIGGER national_mappings_are_for_ever BEFORE UPDATE OR DELETE OR TRUNCATE ON national_mappings
    FOR EACH STATEMENT EXECUTE FUNCTION reports_are_for_ever();

GRANT SELECT, INSERT ON national_mappings TO hours;
