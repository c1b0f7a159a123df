-- +goose Up

-- How many days a line of a region is open to objections, from a day on. Rows are
-- only added: what held on a day is the newest row of the last day that had come,
-- of the region itself or of the nearest above it that anything was set for.
CREATE TABLE publicity_settings (
    id          uuid        NOT NULL,
    region_path text        NOT NULL,
    valid_from  date        NOT NULL, -- a day of the city
    days        int         NOT NULL,
    reason      text        NOT NULL,
    set_by      uuid        NOT NULL,
    set_at      timestamptz NOT NULL,
    CONSTRAINT publicity_settings_pkey PRIMARY KEY (id),
    CONSTRAINT publicity_settings_days_check CHECK (days BETWEEN 3 AND 7),
    CONSTRAINT publicity_settings_reason_check CHECK (reason <> '')
);
CREATE INDEX publicity_settings_in_force_idx ON publicity_settings (region_path, valid_from DESC, set_at DESC, id DESC);

GRANT SELECT, INSERT ON publicity_settings TO hours;
