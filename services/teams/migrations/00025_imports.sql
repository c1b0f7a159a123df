-- +goose Up
-- A roster that was uploaded, on its way: it waits to be judged, is judged (or
-- refused), confirmed, applied in one step, told to the others, done (ADR 26).
CREATE TABLE imports (
    id           uuid        NOT NULL,
    created_by   uuid        NOT NULL,
    created_at   timestamptz NOT NULL,
    team_id      uuid,                  -- a leader's import into her own brigade
    scope        text[]      NOT NULL,  -- paths of the divisions the officer may write to
    name         text        NOT NULL,  -- of the file
    size         int         NOT NULL,
    sha256       bytea       NOT NULL,
    file_sealed  bytea,                 -- NULL when it is not needed any more: it holds people's data
    state        text        NOT NULL,
    refused      text        NOT NULL DEFAULT '', -- code of the sentence
    report       jsonb,                 -- what it comes to, without a name or number of anybody
    usable_only  boolean     NOT NULL DEFAULT false,
    outdated     boolean     NOT NULL DEFAULT false, -- what was known changed after it was judged
    step         text        NOT NULL DEFAULT '', -- of the work in hand, for the bar
    step_done    int         NOT NULL DEFAULT 0,
    step_of      int         NOT NULL DEFAULT 0,
    tries        int         NOT NULL DEFAULT 0,
    worker       uuid,                  -- who works on it
    worker_until timestamptz,           -- and until when that is believed
    ended_at     timestamptz,
    CONSTRAINT imports_pkey PRIMARY KEY (id),
    CONSTRAINT imports_created_by_fkey FOREIGN KEY (created_by) REFERENCES volunteers (id),
    CONSTRAINT imports_team_id_fkey FOREIGN KEY (team_id) REFERENCES teams (id),
    CONSTRAINT imports_state_check CHECK (state IN ('waiting', 'judged', 'refused', 'confirmed', 'applied', 'done', 'discarded'))
);
CREATE INDEX imports_created_by_idx ON imports (created_by, id);
CREATE INDEX imports_work_idx ON imports (created_at) WHERE state IN ('waiting', 'confirmed', 'applied');

-- What a confirmed roster changes, as it will stand in the tables, sealed
-- already. Rows are here for the seconds between the first chunk and the step
-- that applies them; those that must be told stay until they are.
CREATE TABLE import_teams (
    import_id      uuid        NOT NULL,
    place          int         NOT NULL,
    fresh          boolean     NOT NULL,
    id             uuid        NOT NULL,
    name           text        NOT NULL,
    initials       text        NOT NULL,
    grams          text[]      NOT NULL,
    region_code    text        NOT NULL,
    reporting_unit text        NOT NULL,
    category       text        NOT NULL,
    headcount      int         NOT NULL,
    founded_at     timestamptz NOT NULL,
    version        bigint      NOT NULL,
    CONSTRAINT import_teams_pkey PRIMARY KEY (import_id, place)
);
CREATE TABLE import_volunteers (
    import_id    uuid        NOT NULL,
    place        int         NOT NULL,
    fresh        boolean     NOT NULL,
    id           uuid        NOT NULL,
    number       text        NOT NULL, -- of a fresh one, as all up to joined_at
    name         text        NOT NULL,
    initials     text        NOT NULL,
    grams        text[]      NOT NULL,
    joined_at    timestamptz NOT NULL,
    phone_sealed bytea,                -- NULL: as it is
    phone_index  bytea,
    id_sealed    bytea,
    id_index     bytea,
    sex          text        NOT NULL, -- empty: as it is
    region_code  text        NOT NULL, -- empty: as it is
    version      bigint      NOT NULL,
    CONSTRAINT import_volunteers_pkey PRIMARY KEY (import_id, place)
);
CREATE TABLE import_memberships (
    import_id    uuid        NOT NULL,
    place        int         NOT NULL,
    fresh        boolean     NOT NULL,
    id           uuid        NOT NULL,
    team_id      uuid        NOT NULL,
    volunteer_id uuid        NOT NULL,
    role         text        NOT NULL,
    since        timestamptz NOT NULL,
    version      bigint      NOT NULL,
    CONSTRAINT import_memberships_pkey PRIMARY KEY (import_id, place)
);

GRANT SELECT, INSERT, UPDATE, DELETE ON imports TO teams;
GRANT SELECT, INSERT, DELETE ON import_teams, import_volunteers, import_memberships TO teams;
