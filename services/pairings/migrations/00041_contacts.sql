-- +goose Up

-- What other services call the line of work that contacts count for. line says which
-- it is, and stays when its name changes.
CREATE TABLE known_programmes (
    programme_id uuid   NOT NULL,
    line         text,            -- companion: what pairings with a child count for; NULL: another
    version      bigint NOT NULL,
    CONSTRAINT known_programmes_pkey PRIMARY KEY (programme_id),
    CONSTRAINT known_programmes_line_check CHECK (line IN ('companion'))
);

-- In which list the federation counts a brigade, as teams told it.
CREATE TABLE known_units (
    team_id        uuid   NOT NULL,
    reporting_unit text   NOT NULL,
    version        bigint NOT NULL,
    CONSTRAINT known_units_pkey PRIMARY KEY (team_id)
);

-- Contact plans: how often, and after how many days of silence who hears of it. Rows
-- are only added; in force on a day is the newest of the last day that had come.
CREATE TABLE contact_plans (
    id          uuid        NOT NULL,
    code        text        NOT NULL, -- pairings.plan
    valid_from  date        NOT NULL, -- a day of the city
    meet_months int         NOT NULL, -- a visit in so many months; 0: none is asked for
    call_weeks  int         NOT NULL, -- a call, or a visit, in so many weeks; 0: none
    silence     int[]       NOT NULL, -- days after the due day: volunteer, leader, township, county, city
    reason      text        NOT NULL,
    set_by      uuid,                 -- NULL: what Qihe begins with
    set_at      timestamptz NOT NULL,
    n           bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
    CONSTRAINT contact_plans_pkey PRIMARY KEY (id),
    CONSTRAINT contact_plans_code_check CHECK (code ~ '^[a-z][a-z_]{0,39}$'),
    CONSTRAINT contact_plans_often_check CHECK (meet_months BETWEEN 0 AND 12 AND call_weeks BETWEEN 0 AND 12),
    CONSTRAINT contact_plans_silence_check CHECK (array_length(silence, 1) = 5 AND array_position(silence, NULL) IS NULL
        AND silence[1] >= 0 AND silence[1] < silence[2] AND silence[2] < silence[3] AND silence[3] < silence[4] AND silence[4] < silence[5] AND silence[5] <= 180)
);
INSERT INTO contact_plans (id, code, valid_from, meet_months, call_weeks, silence, reason, set_at)
VALUES ('0190c0de-0000-7000-8000-0000000000c1', 'standard', '2026-01-01', 1, 1, '{1,3,7,14,30}', '初始设置', '2026-01-01T00:00:00+08:00');

-- 走访/联系: what companion parents did for whom they stand by, or tried to. The phone
-- makes the id, so that what is sent again is known. What was seen and said is sealed
-- under the child's own key.
CREATE TABLE contacts (
    id           uuid        NOT NULL,
    pairing_id   uuid        NOT NULL,
    volunteer_id uuid        NOT NULL, -- who was there
    kind         text        NOT NULL,
    made         boolean     NOT NULL, -- false: attempted; it never counts as made
    held_at      timestamptz NOT NULL,
    minutes      int         NOT NULL,
    attention    boolean     NOT NULL, -- something that was seen wants a look; what, is sealed
    sealed       bytea       NOT NULL, -- domain.ContactNote under the child's own key
    body_index   bytea       NOT NULL, -- keyed fingerprint of all of it: another body under the same id is noticed
    recorded_at  timestamptz NOT NULL,
    state        text        NOT NULL DEFAULT 'open',
    decided_by   uuid,
    decided_at   timestamptz,
    reason       text,                 -- why it does not count: a word of domain's
    reference    uuid,                 -- by which hours know it, and nobody else
    CONSTRAINT contacts_pkey PRIMARY KEY (id),
    CONSTRAINT contacts_pairing_id_fkey FOREIGN KEY (pairing_id) REFERENCES pairings,
    CONSTRAINT contacts_reference_key UNIQUE (reference),
    CONSTRAINT contacts_kind_check CHECK (kind IN ('visit', 'call', 'message')),
    CONSTRAINT contacts_minutes_check CHECK (CASE WHEN made THEN minutes BETWEEN 1 AND 480 ELSE minutes = 0 END),
    CONSTRAINT contacts_future_check CHECK (held_at <= recorded_at + interval '10 minutes'),
    CONSTRAINT contacts_state_check CHECK (state IN ('open', 'confirmed', 'refused')),
    CONSTRAINT contacts_decided_check CHECK ((state = 'open') = (decided_by IS NULL) AND (state = 'open') = (decided_at IS NULL) AND (state = 'refused') = (reason IS NOT NULL)),
    CONSTRAINT contacts_reference_check CHECK ((reference IS NOT NULL) = (state = 'confirmed' AND made))
);
CREATE INDEX contacts_pairing_idx ON contacts (pairing_id, held_at DESC);
CREATE INDEX contacts_open_idx ON contacts (pairing_id) WHERE state = 'open';

-- Only the companion parent of a pairing that was under way records for it, and only
-- another person than who was there decides; what was recorded and decided stays.
-- +goose StatementBegin
CREATE FUNCTION contacts_are_gated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM FROM pairings p
        WHERE p.id = NEW.pairing_id AND person_of(p.volunteer_id) = person_of(NEW.volunteer_id)
            AND (p.state IN ('trial', 'active') OR p.state IN ('paused', 'closed') AND p.officer_agreed_at IS NOT NULL AND NEW.held_at <= p.state_at)
        FOR SHARE;
        IF NOT FOUND OR NEW.state <> 'open' THEN
            RAISE EXCEPTION 'nobody else records for a pairing, and not when it is over' USING ERRCODE = 'check_violation', CONSTRAINT = 'contacts_pairing_check';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.state <> 'open' OR (OLD.id, OLD.pairing_id, OLD.volunteer_id, OLD.kind, OLD.made, OLD.held_at, OLD.minutes, OLD.sealed)
        IS DISTINCT FROM (NEW.id, NEW.pairing_id, NEW.volunteer_id, NEW.kind, NEW.made, NEW.held_at, NEW.minutes, NEW.sealed) THEN
        RAISE EXCEPTION 'what was recorded and decided stays' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'contacts_once_check';
    END IF;
    IF person_of(NEW.decided_by) = person_of(NEW.volunteer_id) THEN
        RAISE EXCEPTION 'nobody confirms themself' USING ERRCODE = 'check_violation', CONSTRAINT = 'contacts_persons_check';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER contacts_are_gated BEFORE INSERT OR UPDATE ON contacts
    FOR EACH ROW EXECUTE FUNCTION contacts_are_gated();

-- When a pairing was paused: nothing is asked for meanwhile.
CREATE TABLE pairing_pauses (
    pairing_id uuid        NOT NULL,
    paused_at  timestamptz NOT NULL,
    resumed_at timestamptz, -- NULL: not yet
    CONSTRAINT pairing_pauses_pkey PRIMARY KEY (pairing_id, paused_at),
    CONSTRAINT pairing_pauses_pairing_id_fkey FOREIGN KEY (pairing_id) REFERENCES pairings
);

-- How a pairing that is under way stands: by when somebody is to be met and called, how
-- far the silence has climbed, and when the clock looks at it again.
CREATE TABLE contact_watch (
    pairing_id uuid        NOT NULL,
    began_at   timestamptz NOT NULL, -- since when contacts are asked for
    look_at    timestamptz,          -- NULL: nothing is asked for
    meet_due   timestamptz,          -- NULL: nothing
    call_due   timestamptz,
    meet_rung  int         NOT NULL DEFAULT 0, -- see domain.Rung; 0: none
    call_rung  int         NOT NULL DEFAULT 0,
    CONSTRAINT contact_watch_pkey PRIMARY KEY (pairing_id),
    CONSTRAINT contact_watch_pairing_id_fkey FOREIGN KEY (pairing_id) REFERENCES pairings,
    CONSTRAINT contact_watch_rung_check CHECK (meet_rung BETWEEN 0 AND 5 AND call_rung BETWEEN 0 AND 5)
);
CREATE INDEX contact_watch_look_idx ON contact_watch (look_at) WHERE look_at IS NOT NULL;
CREATE INDEX contact_watch_rung_idx ON contact_watch (pairing_id) WHERE meet_rung > 0 OR call_rung > 0;

-- Which rungs were told, so that each is told once, whatever is restarted. Where several
-- came due while nothing ran, the highest was told and those below it were passed over.
CREATE TABLE silence_rungs (
    pairing_id  uuid        NOT NULL,
    duty        text        NOT NULL,
    due_at      timestamptz NOT NULL, -- which silence
    rung        int         NOT NULL,
    told_at     timestamptz NOT NULL,
    passed_over boolean     NOT NULL,
    CONSTRAINT silence_rungs_pkey PRIMARY KEY (pairing_id, duty, due_at, rung),
    CONSTRAINT silence_rungs_pairing_id_fkey FOREIGN KEY (pairing_id) REFERENCES pairings,
    CONSTRAINT silence_rungs_duty_check CHECK (duty IN ('meet', 'call')),
    CONSTRAINT silence_rungs_rung_check CHECK (rung BETWEEN 1 AND 5)
);

-- A pairing that comes under way, pauses, goes on or ends is looked at at once.
-- +goose StatementBegin
CREATE FUNCTION pairings_are_watched() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state IN ('trial', 'active') AND OLD.state = 'proposed' THEN
        INSERT INTO contact_watch (pairing_id, began_at, look_at) VALUES (NEW.id, NEW.state_at, NEW.state_at) ON CONFLICT DO NOTHING;
        RETURN NULL;
    END IF;
    IF NEW.state = 'paused' THEN
        INSERT INTO pairing_pauses (pairing_id, paused_at) VALUES (NEW.id, NEW.state_at) ON CONFLICT DO NOTHING;
    ELSIF OLD.state = 'paused' THEN
        UPDATE pairing_pauses SET resumed_at = greatest(NEW.state_at, paused_at) WHERE pairing_id = NEW.id AND resumed_at IS NULL;
    END IF;
    UPDATE contact_watch SET look_at = NEW.state_at WHERE pairing_id = NEW.id;
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER pairings_are_watched AFTER UPDATE ON pairings
    FOR EACH ROW WHEN (NEW.state <> OLD.state) EXECUTE FUNCTION pairings_are_watched();
INSERT INTO contact_watch (pairing_id, began_at, look_at)
SELECT id, state_at, state_at FROM pairings WHERE state IN ('trial', 'active', 'paused');
INSERT INTO pairing_pauses (pairing_id, paused_at)
SELECT id, state_at FROM pairings WHERE state = 'paused';

GRANT SELECT, INSERT, UPDATE ON known_programmes, known_units TO pairings;
GRANT SELECT, INSERT ON contact_plans, silence_rungs TO pairings;
GRANT SELECT, INSERT, UPDATE (state, decided_by, decided_at, reason, reference) ON contacts TO pairings;
GRANT SELECT, INSERT, UPDATE ON pairing_pauses, contact_watch TO pairings;
