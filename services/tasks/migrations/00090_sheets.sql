-- +goose Up
-- Printed sheets (纸质签到表). A shift has one list of lines, which only grows:
-- whoever had a seat when a sheet was printed, and empty lines for who comes
-- without one. So a person keeps the row code on every print, and whatever
-- paper was on the table fits the page on which it is typed in.
CREATE TABLE sheets (
    id         uuid        NOT NULL,
    shift_id   uuid        NOT NULL,
    code       text        NOT NULL, -- stands on the paper, to find it again
    printed_by uuid        NOT NULL,
    printed_at timestamptz NOT NULL,
    CONSTRAINT sheets_pkey PRIMARY KEY (id),
    CONSTRAINT sheets_shift_fkey FOREIGN KEY (shift_id) REFERENCES shifts (id),
    CONSTRAINT sheets_code_key UNIQUE (code)
);
CREATE INDEX sheets_shift_idx ON sheets (shift_id);

CREATE TABLE sheet_lines (
    shift_id     uuid NOT NULL,
    number       int  NOT NULL, -- from 1, in the order of printing
    code         text NOT NULL, -- the row code; its last letter checks the others
    volunteer_id uuid,          -- NULL: an empty line
    sheet_id     uuid NOT NULL, -- the print on which it first stood
    CONSTRAINT sheet_lines_pkey PRIMARY KEY (shift_id, number),
    CONSTRAINT sheet_lines_code_key UNIQUE (shift_id, code),
    CONSTRAINT sheet_lines_person_key UNIQUE (shift_id, volunteer_id),
    CONSTRAINT sheet_lines_sheet_fkey FOREIGN KEY (sheet_id) REFERENCES sheets (id)
);

-- Which claims came from which row: an hour is followed back to the paper. A
-- row says once that somebody came and once that they left, however often it
-- is typed in.
CREATE TABLE sheet_claims (
    claim_id uuid NOT NULL,
    shift_id uuid NOT NULL,
    code     text NOT NULL,
    kind     text NOT NULL,
    CONSTRAINT sheet_claims_pkey PRIMARY KEY (claim_id),
    CONSTRAINT sheet_claims_claim_fkey FOREIGN KEY (claim_id) REFERENCES claims (id),
    CONSTRAINT sheet_claims_row_fkey FOREIGN KEY (shift_id, code) REFERENCES sheet_lines (shift_id, code),
    CONSTRAINT sheet_claims_row_key UNIQUE (shift_id, code, kind),
    CONSTRAINT sheet_claims_kind_check CHECK (kind IN ('in', 'out'))
);

GRANT SELECT, INSERT ON sheets, sheet_lines, sheet_claims TO tasks; -- nobody changes what was printed or typed
