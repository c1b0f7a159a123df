-- +goose Up

-- Whether a region has boards, from a day on. Rows are only added: what held on a
-- day is the newest row of the last day that had come. Switched off, there are
-- none for the region and all below it, whatever is set there.
CREATE TABLE board_switches (
    id          uuid        NOT NULL,
    region_path text        NOT NULL,
    valid_from  date        NOT NULL, -- a day of the city
    off         boolean     NOT NULL,
    reason      text        NOT NULL,
    set_by      uuid        NOT NULL,
    set_at      timestamptz NOT NULL,
    CONSTRAINT board_switches_pkey PRIMARY KEY (id),
    CONSTRAINT board_switches_reason_check CHECK (reason <> '')
);

GRANT SELECT, INSERT ON board_switches TO hours;
