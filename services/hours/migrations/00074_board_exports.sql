-- +goose Up
-- Who took which board out, as of where, and what for; insert-only.
CREATE TABLE board_exports (
    id          uuid        NOT NULL,
    exported_by uuid        NOT NULL,
    exported_at timestamptz NOT NULL,
    subject     text        NOT NULL,
    scope       text        NOT NULL,
    period      text        NOT NULL,
    basis       text        NOT NULL,
    position    bigint      NOT NULL, -- lines of the ledger that it had counted
    lines       int         NOT NULL,
    purpose     text        NOT NULL,
    CONSTRAINT board_exports_pkey PRIMARY KEY (id),
    CONSTRAINT board_exports_basis_check CHECK (basis IN ('posted', 'settled')),
    CONSTRAINT board_exports_purpose_check CHECK (purpose <> '')
);

GRANT SELECT, INSERT ON board_exports TO hours;
