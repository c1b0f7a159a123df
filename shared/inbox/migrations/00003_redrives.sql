-- +goose Up

-- Why a letter died, as far as a program can say; see cause.go.
ALTER TABLE dead_letters ADD COLUMN cause text NOT NULL DEFAULT 'unknown';

-- Who asked for a letter to be tried again, and what became of it.
CREATE TABLE redrives (
    id        uuid        NOT NULL,
    letter_id uuid        NOT NULL,
    asked_by  text        NOT NULL, -- a volunteer's id; empty: whoever runs the machine
    asked_at  timestamptz NOT NULL DEFAULT now(),
    tried_at  timestamptz,
    error     text        NOT NULL DEFAULT '', -- why it failed again
    CONSTRAINT redrives_pkey PRIMARY KEY (id),
    CONSTRAINT redrives_letter FOREIGN KEY (letter_id) REFERENCES dead_letters (id)
);
CREATE INDEX redrives_letter_idx ON redrives (letter_id);

-- +goose StatementBegin
DO $$
BEGIN
    EXECUTE format('GRANT SELECT, INSERT, UPDATE ON redrives TO %I', regexp_replace(current_user, '_owner$', ''));
END $$;
-- +goose StatementEnd
