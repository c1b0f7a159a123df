-- +goose Up

-- What was sent to the national system. A batch is a file that an officer may
-- take for some days; it is made again each time and never kept. What is kept of a row is
-- which service, person, training, honour or complaint it was about, and the
-- fingerprint of what was written: never who somebody is.
CREATE TABLE national_batches (
    id              uuid        NOT NULL,
    number          int         NOT NULL, -- in the row numbers of the file
    region_path     text        NOT NULL,
    first_day       date,                 -- NULL: from the beginning
    last_day        date        NOT NULL,
    mapping_version int         NOT NULL,
    purpose         text        NOT NULL,
    made_by         uuid        NOT NULL,
    made_at         timestamptz NOT NULL,
    expires_at      timestamptz NOT NULL, -- not taken until then, it does not count
    taken_at        timestamptz,          -- first
    answered_by     uuid,
    answered_at     timestamptz,          -- last
    unknown_rows    int         NOT NULL DEFAULT 0, -- in what came back
    their_minutes   int         NOT NULL DEFAULT 0, -- of service, in rows that were accepted, as they say
    CONSTRAINT national_batches_pkey PRIMARY KEY (id),
    CONSTRAINT national_batches_number_key UNIQUE (number),
    CONSTRAINT national_batches_days_check CHECK (first_day <= last_day),
    CONSTRAINT national_batches_purpose_check CHECK (purpose <> ''),
    CONSTRAINT national_batches_expires_check CHECK (expires_at > made_at AND taken_at <= expires_at),
    CONSTRAINT national_batches_answered_check CHECK ((answered_at IS NULL) = (answered_by IS NULL) AND (answered_at IS NULL OR taken_at IS NOT NULL))
);

CREATE TABLE national_rows (
    batch_id     uuid  NOT NULL,
    grp          text  NOT NULL,
    place        int   NOT NULL, -- in its sheet, from 1
    subject_id   uuid  NOT NULL, -- of service the line that was credited first: a correction is a change of it
    revision     int   NOT NULL, -- of the subject, through all batches
    volunteer_id uuid  NOT NULL,
    team_id      uuid,
    change       text  NOT NULL,
    digest       bytea NOT NULL,
    minutes      int   NOT NULL, -- of service
    state        text  NOT NULL,
    reason       bytea,          -- why it was refused, sealed: it may quote a name or a number
    CONSTRAINT national_rows_pkey PRIMARY KEY (batch_id, grp, place),
    CONSTRAINT national_rows_batch_fkey FOREIGN KEY (batch_id) REFERENCES national_batches (id),
    CONSTRAINT national_rows_revision_key UNIQUE (grp, subject_id, revision), -- nothing is sent twice, whoever is quick
    CONSTRAINT national_rows_grp_check CHECK (grp IN ('basic', 'service', 'training', 'honour', 'complaint')),
    CONSTRAINT national_rows_place_check CHECK (place >= 1 AND revision >= 1),
    CONSTRAINT national_rows_change_check CHECK (change IN ('new', 'changed', 'withdrawn')),
    CONSTRAINT national_rows_state_check CHECK (state IN ('sent', 'left_out', 'accepted', 'refused', 'missing')),
    CONSTRAINT national_rows_reason_check CHECK (reason IS NULL OR state = 'refused')
);
CREATE INDEX national_rows_volunteer_idx ON national_rows (volunteer_id);

-- Who took the file out.
CREATE TABLE national_takings (
    id       uuid        NOT NULL,
    batch_id uuid        NOT NULL,
    taken_by uuid        NOT NULL,
    taken_at timestamptz NOT NULL,
    lines    int         NOT NULL,
    CONSTRAINT national_takings_pkey PRIMARY KEY (id),
    CONSTRAINT national_takings_batch_fkey FOREIGN KEY (batch_id) REFERENCES national_batches (id)
);
CREATE TRIGGER national_takings_are_for_ever BEFORE UPDATE OR DELETE OR TRUNCATE ON national_takings
    FOR EACH STATEMENT EXECUTE FUNCTION entries_are_for_ever();

GRANT SELECT, INSERT ON national_batches, national_rows, national_takings TO hours;
GRANT UPDATE (taken_at, answered_by, answered_at, unknown_rows, their_minutes) ON national_batches TO hours;
GRANT UPDATE (state, reason) ON national_rows TO hours;
