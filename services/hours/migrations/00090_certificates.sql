-- +goose Up

-- 志愿服务记录证明 (民发〔2015〕149号): asked for, issued, and kept in a register that
-- only grows. What a certificate says of a person, and the names of officials on
-- it, are sealed (shared/vault); in clear there are ids, sums and what was done.

-- Under whose name an office issues, and who is printed as its 负责人 and 联系方式.
-- Dated: the newest line of a division that holds on the day counts. Never changed.
CREATE TABLE certificate_issuers (
    id          uuid        NOT NULL,
    region_code text        NOT NULL,
    name        text        NOT NULL, -- as it is printed: 鹤壁市妇女联合会
    sealed      bytea       NOT NULL, -- person in charge and contact
    valid_from  date        NOT NULL,
    set_by      uuid        NOT NULL,
    set_at      timestamptz NOT NULL,
    CONSTRAINT certificate_issuers_pkey PRIMARY KEY (id),
    CONSTRAINT certificate_issuers_name_check CHECK (name <> '')
);
CREATE INDEX certificate_issuers_region_idx ON certificate_issuers (region_code, valid_from DESC, set_at DESC);

CREATE TABLE certificate_requests (
    id           uuid        NOT NULL,
    volunteer_id uuid        NOT NULL,
    region_path  text        NOT NULL, -- of the volunteer's home, as it was then: whose request it is
    first_day    date,                 -- NULL: from the beginning
    last_day     date,                 -- NULL: until now
    sealed_note  bytea,                -- what for; NULL: not told, or erased
    whole_number boolean     NOT NULL, -- the identity number in full, because the volunteer wants it so
    state        text        NOT NULL,
    asked_at     timestamptz NOT NULL,
    ended_at     timestamptz,
    CONSTRAINT certificate_requests_pkey PRIMARY KEY (id),
    CONSTRAINT certificate_requests_state_check CHECK (state IN ('waiting', 'issued', 'withdrawn')),
    CONSTRAINT certificate_requests_ended_check CHECK ((state = 'waiting') = (ended_at IS NULL)),
    CONSTRAINT certificate_requests_period_check CHECK (first_day <= last_day)
);
CREATE UNIQUE INDEX certificate_requests_waiting_key ON certificate_requests (volunteer_id) WHERE state = 'waiting';
CREATE INDEX certificate_requests_queue_idx ON certificate_requests (asked_at, id) WHERE state = 'waiting';
CREATE INDEX certificate_requests_volunteer_idx ON certificate_requests (volunteer_id, asked_at DESC);

-- The last number that a register has given. Whoever issues holds the row until
-- the certificate is committed: a rolled back certificate leaves no gap.
CREATE TABLE certificate_numbers (
    issuer text NOT NULL,
    year   int  NOT NULL,
    last   int  NOT NULL,
    CONSTRAINT certificate_numbers_pkey PRIMARY KEY (issuer, year)
);

CREATE TABLE certificates (
    id           uuid        NOT NULL,
    issuer       text        NOT NULL, -- code of the issuing office's division
    year         int         NOT NULL,
    serial       int         NOT NULL,
    code         text        NOT NULL, -- what opens the check page
    request_id   uuid,
    replaces     uuid,
    issuer_id    uuid        NOT NULL,
    volunteer_id uuid        NOT NULL,
    region_path  text        NOT NULL, -- of the request
    minutes      int         NOT NULL,
    entry_ids    uuid[]      NOT NULL, -- the lines of the ledger that make these minutes
    asked_first  date,
    asked_last   date,
    first_day    date        NOT NULL, -- of the lines
    last_day     date        NOT NULL,
    content      jsonb       NOT NULL, -- what is printed of them
    settled_on   date        NOT NULL, -- the lines had settled on this day
    position     bigint      NOT NULL, -- lines that the ledger had
    log_size     bigint      NOT NULL, -- of the checkpoint that holds the lines
    log_root     bytea       NOT NULL,
    handled_by   uuid        NOT NULL,
    issued_at    timestamptz NOT NULL,
    CONSTRAINT certificates_pkey PRIMARY KEY (id),
    CONSTRAINT certificates_number_key UNIQUE (issuer, year, serial),
    CONSTRAINT certificates_code_key UNIQUE (code),
    CONSTRAINT certificates_request_key UNIQUE (request_id),
    CONSTRAINT certificates_replaces_key UNIQUE (replaces),
    CONSTRAINT certificates_request_fkey FOREIGN KEY (request_id) REFERENCES certificate_requests (id),
    CONSTRAINT certificates_replaces_fkey FOREIGN KEY (replaces) REFERENCES certificates (id),
    CONSTRAINT certificates_issuer_fkey FOREIGN KEY (issuer_id) REFERENCES certificate_issuers (id),
    CONSTRAINT certificates_origin_check CHECK ((request_id IS NULL) <> (replaces IS NULL)),
    CONSTRAINT certificates_serial_check CHECK (serial > 0),
    CONSTRAINT certificates_minutes_check CHECK (minutes > 0 AND cardinality(entry_ids) > 0),
    CONSTRAINT certificates_days_check CHECK (first_day <= last_day),
    CONSTRAINT certificates_own_check CHECK (handled_by <> volunteer_id) -- nobody certifies themself
);
CREATE INDEX certificates_volunteer_idx ON certificates (volunteer_id, issued_at DESC);
CREATE INDEX certificates_register_idx ON certificates (issued_at DESC, id DESC);

-- How a certificate ended, once: another took its place, or an officer revoked it.
CREATE TABLE certificate_ends (
    certificate_id uuid        NOT NULL,
    state          text        NOT NULL,
    reason         text        NOT NULL,
    ended_by       uuid        NOT NULL,
    ended_at       timestamptz NOT NULL,
    CONSTRAINT certificate_ends_pkey PRIMARY KEY (certificate_id),
    CONSTRAINT certificate_ends_certificate_fkey FOREIGN KEY (certificate_id) REFERENCES certificates (id),
    CONSTRAINT certificate_ends_state_check CHECK (state IN ('replaced', 'revoked')),
    CONSTRAINT certificate_ends_reason_check CHECK (reason <> '')
);

-- What a certificate says of the person, sealed: the only part that goes when
-- they have themself erased.
CREATE TABLE certificate_faces (
    certificate_id uuid  NOT NULL,
    sealed         bytea NOT NULL,
    name_index     bytea NOT NULL, -- a blind index: finds a certificate by the whole name
    CONSTRAINT certificate_faces_pkey PRIMARY KEY (certificate_id),
    CONSTRAINT certificate_faces_certificate_fkey FOREIGN KEY (certificate_id) REFERENCES certificates (id)
);
CREATE INDEX certificate_faces_name_idx ON certificate_faces (name_index);

-- Which officer drew whose paper, or took the register out.
CREATE TABLE certificate_takings (
    id             uuid        NOT NULL,
    taken_by       uuid        NOT NULL,
    taken_at       timestamptz NOT NULL,
    certificate_id uuid,
    region         text        NOT NULL, -- of the register; empty: a paper
    purpose        text        NOT NULL,
    lines          int         NOT NULL,
    CONSTRAINT certificate_takings_pkey PRIMARY KEY (id),
    CONSTRAINT certificate_takings_what_check CHECK ((certificate_id IS NULL) = (region <> ''))
);

-- +goose StatementBegin
CREATE FUNCTION certificates_are_for_ever() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the register of certificates only grows: revoke or replace' USING ERRCODE = 'restrict_violation';
END $$;
-- +goose StatementEnd
CREATE TRIGGER certificates_are_for_ever BEFORE UPDATE OR DELETE OR TRUNCATE ON certificates
    FOR EACH STATEMENT EXECUTE FUNCTION certificates_are_for_ever();
CREATE TRIGGER certificate_ends_are_for_ever BEFORE UPDATE OR DELETE OR TRUNCATE ON certificate_ends
    FOR EACH STATEMENT EXECUTE FUNCTION certificates_are_for_ever();
CREATE TRIGGER certificate_issuers_are_for_ever BEFORE UPDATE OR DELETE OR TRUNCATE ON certificate_issuers
    FOR EACH STATEMENT EXECUTE FUNCTION certificates_are_for_ever();

GRANT SELECT, INSERT ON certificate_issuers, certificates, certificate_ends, certificate_takings TO hours;
GRANT SELECT, INSERT, UPDATE ON certificate_requests, certificate_numbers TO hours;
GRANT SELECT, INSERT, DELETE ON certificate_faces TO hours;
