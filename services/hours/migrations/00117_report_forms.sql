-- +goose Up

-- 月报, 年报: the forms that offices fill, each the province's own workbook with
-- what its cells show. How a form is filled is a version that is only added.
CREATE TABLE report_files (
    id      uuid  NOT NULL,
    name    text  NOT NULL,
    content bytea NOT NULL, -- xlsx, as it was uploaded
    CONSTRAINT report_files_pkey PRIMARY KEY (id),
    CONSTRAINT report_files_size_check CHECK (length(content) BETWEEN 1 AND 3145728)
);

CREATE TABLE report_forms (
    id          uuid        NOT NULL,
    region_path text        NOT NULL, -- whose report it is
    period_kind text        NOT NULL,
    created_by  uuid        NOT NULL,
    created_at  timestamptz NOT NULL,
    CONSTRAINT report_forms_pkey PRIMARY KEY (id),
    CONSTRAINT report_forms_kind_check CHECK (period_kind IN ('month', 'quarter', 'year'))
);

CREATE TABLE report_form_versions (
    form_id      uuid        NOT NULL,
    version      int         NOT NULL,
    name         text        NOT NULL,
    addressee    text        NOT NULL, -- 报送单位
    cut_off_day  int         NOT NULL, -- 0: the month's last
    cut_off_next boolean     NOT NULL, -- of the month after the period
    cut_to_cut   boolean     NOT NULL, -- counts from cut-off day to cut-off day
    valid_from   date        NOT NULL, -- for periods that end on this day or later
    file_id      uuid        NOT NULL,
    bindings     jsonb       NOT NULL,
    set_by       uuid        NOT NULL,
    set_at       timestamptz NOT NULL,
    CONSTRAINT report_form_versions_pkey PRIMARY KEY (form_id, version),
    CONSTRAINT report_form_versions_form_fkey FOREIGN KEY (form_id) REFERENCES report_forms (id),
    CONSTRAINT report_form_versions_file_fkey FOREIGN KEY (file_id) REFERENCES report_files (id),
    CONSTRAINT report_form_versions_name_check CHECK (name <> ''),
    CONSTRAINT report_form_versions_cut_off_check CHECK (cut_off_day BETWEEN 0 AND 28 AND NOT (cut_to_cut AND (cut_off_next OR cut_off_day = 0)))
);

-- +goose StatementBegin
CREATE FUNCTION reports_are_for_ever() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a report is never changed: send it back, and a further version is frozen' USING ERRCODE = 'restrict_violation';
END $$;
-- +goose StatementEnd
CREATE TRIGGER report_files_are_for_ever BEFORE UPDATE OR DELETE OR TRUNCATE ON report_files
    FOR EACH STATEMENT EXECUTE FUNCTION reports_are_for_ever();
CREATE TRIGGER report_form_versions_are_for_ever BEFORE UPDATE OR DELETE OR TRUNCATE ON report_form_versions
    FOR EACH STATEMENT EXECUTE FUNCTION reports_are_for_ever();

GRANT SELECT, INSERT ON report_files, report_forms, report_form_versions TO hours;
