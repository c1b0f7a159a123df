-- +goose Up

-- Two more kinds of keys: of a concern, and of who raised it.
ALTER TABLE data_keys DROP CONSTRAINT data_keys_kind_check;
ALTER TABLE data_keys ADD CONSTRAINT data_keys_kind_check CHECK (kind IN ('child', 'household', 'companion', 'pairing', 'aid', 'concern', 'reporter'));

-- 需要帮助 / 强制报告: somebody saw what has to be told to the authorities at once
-- (《未成年人保护法》 art. 11). In the open stands where, by township, how urgent, and how far
-- things are. What was seen, of whom, and which of the nine situations it is lies sealed under
-- the concern's own key; who raised it under another one, so that reading the one is not
-- reading the other.
CREATE TABLE concerns (
    id              uuid        NOT NULL,
    number          int         NOT NULL GENERATED ALWAYS AS IDENTITY,
    region_path     text        NOT NULL, -- the township's at most
    danger          boolean     NOT NULL, -- right now
    state           text        NOT NULL, -- see domain.ConcernState
    seen_at         timestamptz NOT NULL, -- by the phone's clock
    arrived_at      timestamptz NOT NULL, -- from here the timer runs
    sealed          bytea       NOT NULL, -- domain.ConcernTold
    reporter_key    uuid        NOT NULL,
    reporter_sealed bytea       NOT NULL, -- domain.Reporter
    handler_id      uuid,                 -- the child-care officer who has it; NULL: nobody yet
    handler_since   timestamptz,
    reported_at     timestamptz,          -- to the first authority: the timer ends
    closed_by       uuid,
    closed_at       timestamptz,
    outcome         text,                 -- see domain.Outcomes
    rung            int         NOT NULL, -- how often the clock has told of it
    due_at          timestamptz,          -- when it tells the next; NULL: never
    version         bigint      NOT NULL,
    CONSTRAINT concerns_pkey PRIMARY KEY (id),
    CONSTRAINT concerns_id_fkey FOREIGN KEY (id) REFERENCES data_keys,
    CONSTRAINT concerns_number_key UNIQUE (number),
    CONSTRAINT concerns_reporter_key_key UNIQUE (reporter_key),
    CONSTRAINT concerns_reporter_key_fkey FOREIGN KEY (reporter_key) REFERENCES data_keys,
    CONSTRAINT concerns_state_check CHECK (state IN ('raised', 'reported', 'closed')),
    CONSTRAINT concerns_outcome_check CHECK (outcome IN ('in_care', 'followed_up', 'mistaken', 'double')),
    CONSTRAINT concerns_handler_check CHECK ((handler_id IS NULL) = (handler_since IS NULL)),
    CONSTRAINT concerns_reported_check CHECK ((reported_at IS NOT NULL) OR state <> 'reported'),
    CONSTRAINT concerns_closed_check CHECK ((state = 'closed') = (closed_by IS NOT NULL) AND (state = 'closed') = (closed_at IS NOT NULL) AND (state = 'closed') = (outcome IS NOT NULL)),
    -- Only what was none, or is another one's already, is closed without telling an authority.
    CONSTRAINT concerns_told_check CHECK (state <> 'closed' OR reported_at IS NOT NULL OR outcome IN ('mistaken', 'double'))
);
CREATE INDEX concerns_region_idx ON concerns (region_path text_pattern_ops, state);
CREATE INDEX concerns_due_idx ON concerns (due_at) WHERE due_at IS NOT NULL;

-- What was done, line by line.
CREATE TABLE concern_steps (
    id         uuid        NOT NULL,
    concern_id uuid        NOT NULL,
    kind       text        NOT NULL, -- taken | child | reported | note | reporter_shown | closed
    by_id      uuid        NOT NULL,
    at         timestamptz NOT NULL,
    authority  text,                 -- of a report: police | civil_affairs | education
    told_at    timestamptz,          -- of a report: when it was told them
    sealed     bytea,                -- domain.StepNote under the concern's key
    n          bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
    CONSTRAINT concern_steps_pkey PRIMARY KEY (id),
    CONSTRAINT concern_steps_concern_id_fkey FOREIGN KEY (concern_id) REFERENCES concerns,
    CONSTRAINT concern_steps_kind_check CHECK (kind IN ('taken', 'child', 'reported', 'note', 'reporter_shown', 'closed')),
    CONSTRAINT concern_steps_authority_check CHECK (authority IN ('police', 'civil_affairs', 'education')),
    CONSTRAINT concern_steps_reported_check CHECK ((kind = 'reported') = (authority IS NOT NULL) AND (kind = 'reported') = (told_at IS NOT NULL))
);
CREATE INDEX concern_steps_concern_idx ON concern_steps (concern_id, n);

-- +goose StatementBegin
CREATE FUNCTION concern_steps_are_for_ever() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was done about a concern is never changed' USING ERRCODE = 'restrict_violation';
END $$;
-- +goose StatementEnd
CREATE TRIGGER concern_steps_are_for_ever BEFORE UPDATE OR DELETE OR TRUNCATE ON concern_steps
    FOR EACH STATEMENT EXECUTE FUNCTION concern_steps_are_for_ever();

-- Reported is what has a line that says to whom; closed is what another person than who
-- had it looked at last, under whichever record; and closed stays closed.
-- +goose StatementBegin
CREATE FUNCTION concerns_gates_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'closed' THEN
        RAISE EXCEPTION 'a closed concern stays as it is' USING ERRCODE = 'check_violation', CONSTRAINT = 'concerns_over_check';
    END IF;
    IF NEW.reported_at IS DISTINCT FROM OLD.reported_at AND NOT EXISTS (SELECT FROM concern_steps WHERE concern_id = NEW.id AND kind = 'reported') THEN
        RAISE EXCEPTION 'no line says to whom it was reported' USING ERRCODE = 'check_violation', CONSTRAINT = 'concerns_reported_check';
    END IF;
    IF NEW.state = 'closed' AND (NEW.handler_id IS NULL OR person_of(NEW.closed_by) = person_of(NEW.handler_id)) THEN
        RAISE EXCEPTION 'another person than who has it closes it' USING ERRCODE = 'check_violation', CONSTRAINT = 'concerns_persons_check';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER concerns_gates_check BEFORE UPDATE ON concerns
    FOR EACH ROW EXECUTE FUNCTION concerns_gates_check();

-- On the grounds of a concern its own keys are handed to whom the service lets read it, and
-- another key, the child's, to who has it while it is open. Which child it is about lies
-- sealed; that there is a concern, that it is open, and that it is this person's, is looked
-- up here.
-- +goose StatementBegin
CREATE FUNCTION within_a_concern() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM concerns c
        WHERE c.id = NEW.basis_id
            AND (NEW.subject_id IN (c.id, c.reporter_key) OR c.state <> 'closed' AND person_of(c.handler_id) = person_of(NEW.person_id))) THEN
        RAISE EXCEPTION 'this concern gives no grounds' USING ERRCODE = 'check_violation', CONSTRAINT = 'openings_concern_check';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER within_a_concern BEFORE INSERT ON openings
    FOR EACH ROW WHEN (NEW.basis = 'concern') EXECUTE FUNCTION within_a_concern();

-- After a withdrawal a key is also handed out on these grounds: the duty to report does not
-- end with the consent.
DROP TRIGGER withdrawn_stays_closed ON openings;
CREATE TRIGGER withdrawn_stays_closed BEFORE INSERT ON openings
    FOR EACH ROW WHEN (NEW.basis <> 'concern') EXECUTE FUNCTION withdrawn_stays_closed();

GRANT SELECT, INSERT, UPDATE (state, sealed, handler_id, handler_since, reported_at, closed_by, closed_at, outcome, rung, due_at, version) ON concerns TO pairings;
GRANT SELECT, INSERT ON concern_steps TO pairings;
