-- +goose Up
-- 节假日 and 调休: which days are free and which are worked though they are of a
-- weekend, as the State Council says each year. Replaced a year at a time.
CREATE TABLE holidays (
    day    date        NOT NULL, -- of the city
    name   text        NOT NULL,
    works  boolean     NOT NULL, -- 调休上班
    set_by uuid        NOT NULL,
    set_at timestamptz NOT NULL,
    CONSTRAINT holidays_pkey PRIMARY KEY (day),
    CONSTRAINT holidays_name_check CHECK (name <> '')
);

GRANT SELECT, INSERT, DELETE ON holidays TO tasks;
