-- +goose Up

-- 上报版: a form's figures for a period, frozen on the cut-off day, with how far
-- everything was counted for them. What was sent back stays; the next version
-- says why there is another.
CREATE TABLE reports (
    id           uuid        NOT NULL,
    form_id      uuid        NOT NULL,
    period       text        NOT NULL, -- month:2026-11
    version      int         NOT NULL,
    form_version int         NOT NULL,
    log_size     bigint      NOT NULL, -- lines of the ledger's log below this index are counted
    activity_seq bigint      NOT NULL,
    brigade_seq  bigint      NOT NULL,
    settled_on   date        NOT NULL, -- a day that is over: nothing can settle on it any more
    reason       text        NOT NULL,
    made_by      uuid,                 -- NULL: the clock
    frozen_at    timestamptz NOT NULL,
    CONSTRAINT reports_pkey PRIMARY KEY (id),
    CONSTRAINT reports_version_key UNIQUE (form_id, period, version), -- frozen once, however many replicas there are
    CONSTRAINT reports_form_fkey FOREIGN KEY (form_id, form_version) REFERENCES report_form_versions (form_id, version),
    CONSTRAINT reports_again_check CHECK (version >= 1 AND (version = 1) = (reason = '') AND (version = 1) = (made_by IS NULL))
);

CREATE TABLE report_figures (
    report_id uuid   NOT NULL,
    sheet     text   NOT NULL,
    cell      text   NOT NULL,
    value     bigint NOT NULL, -- minutes, or how many
    CONSTRAINT report_figures_pkey PRIMARY KEY (report_id, sheet, cell),
    CONSTRAINT report_figures_report_fkey FOREIGN KEY (report_id) REFERENCES reports (id)
);

-- 填表人, 审核人, 负责人, one after the other. Each names the one before, so that
-- the database can see that whoever reviewed is not who filled.
CREATE TABLE report_signatures (
    report_id   uuid        NOT NULL,
    place       int         NOT NULL, -- 1 filler, 2 reviewer, 3 head
    signed_by   uuid        NOT NULL,
    signed_at   timestamptz NOT NULL,
    before      int         GENERATED ALWAYS AS (NULLIF(place - 1, 0)) STORED,
    before_by   uuid,
    CONSTRAINT report_signatures_pkey PRIMARY KEY (report_id, place),
    CONSTRAINT report_signatures_key UNIQUE (report_id, place, signed_by),
    CONSTRAINT report_signatures_report_fkey FOREIGN KEY (report_id) REFERENCES reports (id),
    CONSTRAINT report_signatures_before_fkey FOREIGN KEY (report_id, before, before_by) REFERENCES report_signatures (report_id, place, signed_by),
    CONSTRAINT report_signatures_place_check CHECK (place BETWEEN 1 AND 3 AND (place = 1) = (before_by IS NULL)),
    CONSTRAINT report_signatures_own_check CHECK (place <> 2 OR signed_by <> before_by) -- nobody reviews what they filled
);

-- Who took which report out, and what for.
CREATE TABLE report_exports (
    id          uuid        NOT NULL,
    form_id     uuid        NOT NULL,
    period      text        NOT NULL,
    version     int         NOT NULL, -- 0: a preview
    format      text        NOT NULL,
    position    bigint      NOT NULL,
    exported_by uuid        NOT NULL,
    exported_at timestamptz NOT NULL,
    purpose     text        NOT NULL,
    CONSTRAINT report_exports_pkey PRIMARY KEY (id),
    CONSTRAINT report_exports_form_fkey FOREIGN KEY (form_id) REFERENCES report_forms (id),
    CONSTRAINT report_exports_format_check CHECK (format IN ('xlsx', 'pdf')),
    CONSTRAINT report_exports_purpose_check CHECK (purpose <> '')
);

CREATE TRIGGER reports_are_for_ever BEFORE UPDATE OR DELETE OR TRUNCATE ON reports
    FOR EACH STATEMENT EXECUTE FUNCTION reports_are_for_ever();
CREATE TRIGGER report_figures_are_for_ever BEFORE UPDATE OR DELETE OR TRUNCATE ON report_figures
    FOR EACH STATEMENT EXECUTE FUNCTION reports_are_for_ever();
CREATE TRIGGER report_signatures_are_for_ever BEFORE UPDATE OR DELETE OR TRUNCATE ON report_signatures
    FOR EACH STATEMENT EXECUTE FUNCTION reports_are_for_ever();

GRANT SELECT, INSERT ON reports, report_figures, report_exports TO hours;
GRANT SELECT ON report_signatures TO hours;
GRANT INSERT (report_id, place, signed_by, signed_at, before_by) ON report_signatures TO hours;
