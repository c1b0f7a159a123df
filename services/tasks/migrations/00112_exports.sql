-- +goose Up
-- Who took which list out, and what for; insert-only.
CREATE TABLE exports (
    id          uuid        NOT NULL,
    exported_by uuid        NOT NULL,
    exported_at timestamptz NOT NULL,
    team_id     uuid,                 -- NULL: of a division
    region      text        NOT NULL, -- its code; empty: of a team
    first_day   date        NOT NULL,
    last_day    date        NOT NULL,
    purpose     text        NOT NULL,
    lines       int         NOT NULL,
    CONSTRAINT exports_pkey PRIMARY KEY (id),
    CONSTRAINT exports_scope_check CHECK ((team_id IS NULL) = (region <> '')),
    CONSTRAINT exports_purpose_check CHECK (purpose <> '')
);
CREATE INDEX exports_exported_at_idx ON exports (exported_at DESC, id);

GRANT SELECT, INSERT ON exports TO tasks;
