-- +goose Up

-- What brigades people are in, as teams told it: newest version only, people by id.
CREATE TABLE known_memberships (
    membership_id uuid   NOT NULL,
    team_id       uuid   NOT NULL,
    volunteer_id  uuid   NOT NULL,
    role          text   NOT NULL, -- member | deputy | leader
    state         text   NOT NULL, -- active | ended
    version       bigint NOT NULL,
    CONSTRAINT known_memberships_pkey PRIMARY KEY (membership_id)
);
CREATE INDEX known_memberships_volunteer_idx ON known_memberships (volunteer_id) WHERE state = 'active';
CREATE INDEX known_memberships_leader_idx ON known_memberships (team_id) WHERE role IN ('deputy', 'leader') AND state = 'active';

-- How many children a companion parent has at a time at most, and how long a trial is, as
-- it was in force when: rules are added, never changed.
CREATE TABLE pairing_rules (
    in_force     timestamptz NOT NULL,
    most_open    int         NOT NULL,
    trial_months int         NOT NULL,
    CONSTRAINT pairing_rules_pkey PRIMARY KEY (in_force),
    CONSTRAINT pairing_rules_check CHECK (most_open > 0 AND trial_months > 0)
);
INSERT INTO pairing_rules (in_force, most_open, trial_months) VALUES ('2026-01-01T00:00:00+08:00', 2, 3);

-- 结对: a child and the companion parent (代理家长) who stands by it.
CREATE TABLE pairings (
    id                  uuid        NOT NULL,
    child_id            uuid        NOT NULL,
    companion_id        uuid        NOT NULL,
    volunteer_id        uuid        NOT NULL, -- the companion's
    team_id             uuid,                 -- the brigade that stands behind it; NULL: none
    region_code         text        NOT NULL, -- the child's
    region_path         text        NOT NULL,
    state               text        NOT NULL, -- see domain.PairingState
    state_at            timestamptz NOT NULL,
    proposed_by         uuid        NOT NULL,
    proposed_at         timestamptz NOT NULL,
    sex_reason          text,                 -- why it is not the sex that was wished for; NULL: it is
    volunteer_agreed_at timestamptz,
    guardian_agreed_at  timestamptz,
    guardian_agreed_by  uuid,                 -- who recorded it; NULL: by her link
    guardian_form       text,                 -- number of the paper, when it was recorded
    guardian_link_id    uuid,                 -- her link, when it was not
    officer_agreed_by   uuid,
    officer_agreed_at   timestamptz,
    trial_ends_at       timestamptz,          -- by when the trial is reviewed
    reviewed_by         uuid,
    reviewed_at         timestamptz,
    supervisor_id       uuid        NOT NULL, -- 联系督导人
    deputy_id           uuid        NOT NULL, -- who stands in for the supervisor
    away_from           timestamptz,          -- the supervisor is away
    away_until          timestamptz,
    told_id             uuid,                 -- who was told last that she looks after it
    plan                text        NOT NULL, -- code of the contact plan
    paused_from         text,                 -- trial | active: where it goes on
    paused_reason       text,
    paused_by           uuid,                 -- NULL with a reason: by itself
    closed_reason       text,
    closed_by           uuid,                 -- NULL with a reason: by itself, or the guardian by her link
    farewell_on         date,                 -- 告别见面
    handed_over_to      uuid,                 -- the pairing that takes its place
    handover            bytea,                -- domain.HandoverNote under the child's own key
    due_at              timestamptz,          -- when the clock has to look at it; NULL: never
    version             bigint      NOT NULL,
    CONSTRAINT pairings_pkey PRIMARY KEY (id),
    CONSTRAINT pairings_child_id_fkey FOREIGN KEY (child_id) REFERENCES children,
    CONSTRAINT pairings_companion_id_fkey FOREIGN KEY (companion_id) REFERENCES companions,
    CONSTRAINT pairings_guardian_link_id_fkey FOREIGN KEY (guardian_link_id) REFERENCES consent_links,
    CONSTRAINT pairings_handed_over_to_fkey FOREIGN KEY (handed_over_to) REFERENCES pairings DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT pairings_state_check CHECK (state IN ('proposed', 'trial', 'active', 'paused', 'closed')),
    CONSTRAINT pairings_plan_check CHECK (plan <> ''),
    CONSTRAINT pairings_agreed_check CHECK (state IN ('proposed', 'closed')
        OR volunteer_agreed_at IS NOT NULL AND guardian_agreed_at IS NOT NULL AND officer_agreed_at IS NOT NULL AND trial_ends_at IS NOT NULL),
    CONSTRAINT pairings_guardian_check CHECK (
        guardian_agreed_at IS NULL AND guardian_agreed_by IS NULL AND guardian_form IS NULL AND guardian_link_id IS NULL
        OR guardian_agreed_at IS NOT NULL AND guardian_agreed_by IS NULL AND guardian_form IS NULL AND guardian_link_id IS NOT NULL
        OR guardian_agreed_at IS NOT NULL AND guardian_agreed_by IS NOT NULL AND guardian_form <> '' AND guardian_link_id IS NULL),
    CONSTRAINT pairings_officer_check CHECK ((officer_agreed_by IS NULL) = (officer_agreed_at IS NULL)),
    CONSTRAINT pairings_reviewed_check CHECK ((reviewed_by IS NULL) = (reviewed_at IS NULL) AND (state <> 'active' OR reviewed_by IS NOT NULL)),
    CONSTRAINT pairings_away_check CHECK ((away_from IS NULL) = (away_until IS NULL) AND away_from < away_until),
    CONSTRAINT pairings_paused_check CHECK (
        (state = 'paused') = (paused_from IS NOT NULL) AND (state = 'paused') = (paused_reason IS NOT NULL) AND paused_from IN ('trial', 'active')),
    CONSTRAINT pairings_closed_check CHECK (
        (state = 'closed') = (closed_reason IS NOT NULL) AND (state = 'closed' OR farewell_on IS NULL AND handed_over_to IS NULL AND handover IS NULL))
);
CREATE UNIQUE INDEX pairings_child_key ON pairings (child_id) WHERE state <> 'closed';
CREATE INDEX pairings_companion_idx ON pairings (companion_id) WHERE state <> 'closed';
CREATE INDEX pairings_volunteer_idx ON pairings (volunteer_id);
CREATE INDEX pairings_child_idx ON pairings (child_id, proposed_at);
CREATE INDEX pairings_region_idx ON pairings (region_path text_pattern_ops, state);
CREATE INDEX pairings_team_idx ON pairings (team_id) WHERE state <> 'closed';
CREATE INDEX pairings_due_idx ON pairings (due_at) WHERE due_at IS NOT NULL;

-- Whether somebody is a companion parent at an instant: approved, and nothing has ended
-- since, also when the clock has not looked yet.
-- +goose StatementBegin
CREATE FUNCTION companion_stands(companion uuid, at timestamptz) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT coalesce((
        SELECT c.state = 'approved' AND companion_conflict(c.id, c.volunteer_id, c.approved_by) IS NULL
            AND NOT EXISTS (SELECT FROM companion_gates(c.id, at) g WHERE NOT g.shown OR g.good_until <= at)
        FROM companions c WHERE c.id = companion), false)
$$;
-- +goose StatementEnd

-- Whether a child's guardian consents at an instant.
-- +goose StatementBegin
CREATE FUNCTION child_consented(child uuid, at timestamptz) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM consents c
        WHERE c.child_id = child AND c.withdrawn_at IS NULL AND c.ends_at > at AND (c.way = 'link' OR c.picture IS NOT NULL))
$$;
-- +goose StatementEnd

-- The gates. A pairing begins as proposed; it goes on with three agreements of different
-- persons, with a companion parent who stands and a child whose guardian consents at that
-- moment; what was agreed stays, and what is closed stays closed. The companion's row is
-- locked, so that proposals beside each other, and a suspension, wait.
-- +goose StatementBegin
CREATE FUNCTION pairings_are_gated() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    companion_person uuid;
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'proposed' OR NEW.volunteer_agreed_at IS NOT NULL OR NEW.guardian_agreed_at IS NOT NULL OR NEW.officer_agreed_at IS NOT NULL THEN
            RAISE EXCEPTION 'a pairing begins as proposed' USING ERRCODE = 'check_violation', CONSTRAINT = 'pairings_begins_check';
        END IF;
        PERFORM FROM companions WHERE id = NEW.companion_id AND volunteer_id = NEW.volunteer_id FOR UPDATE;
        IF NOT FOUND OR NOT companion_stands(NEW.companion_id, NEW.state_at) THEN
            RAISE EXCEPTION 'this is no companion parent now' USING ERRCODE = 'check_violation', CONSTRAINT = 'pairings_companion_check';
        END IF;
        IF (SELECT count(*) FROM pairings WHERE state <> 'closed' AND person_of(volunteer_id) = person_of(NEW.volunteer_id))
            >= (SELECT most_open FROM pairing_rules WHERE in_force <= NEW.proposed_at ORDER BY in_force DESC LIMIT 1) THEN
            RAISE EXCEPTION 'this companion parent has as many children as may be' USING ERRCODE = 'check_violation', CONSTRAINT = 'pairings_most_check';
        END IF;
        PERFORM FROM children WHERE id = NEW.child_id AND state = 'waiting' AND region_path = NEW.region_path FOR SHARE;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'this child does not wait' USING ERRCODE = 'check_violation', CONSTRAINT = 'pairings_child_check';
        END IF;
    ELSE
        IF OLD.state = 'closed' THEN
            RAISE EXCEPTION 'what is closed stays closed' USING ERRCODE = 'check_violation', CONSTRAINT = 'pairings_over_check';
        END IF;
        IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
            ('proposed', 'trial'), ('proposed', 'closed'), ('trial', 'active'), ('trial', 'paused'), ('trial', 'closed'),
            ('active', 'paused'), ('active', 'closed'), ('paused', 'trial'), ('paused', 'active'), ('paused', 'closed'))
            OR OLD.state = 'paused' AND NEW.state IN ('trial', 'active') AND NEW.state <> OLD.paused_from THEN
            RAISE EXCEPTION 'a pairing does not go this way' USING ERRCODE = 'check_violation', CONSTRAINT = 'pairings_way_check';
        END IF;
        IF OLD.volunteer_agreed_at IS NOT NULL AND NEW.volunteer_agreed_at IS DISTINCT FROM OLD.volunteer_agreed_at
            OR OLD.guardian_agreed_at IS NOT NULL AND (NEW.guardian_agreed_at, NEW.guardian_agreed_by) IS DISTINCT FROM (OLD.guardian_agreed_at, OLD.guardian_agreed_by)
            OR OLD.officer_agreed_at IS NOT NULL AND (NEW.officer_agreed_at, NEW.officer_agreed_by) IS DISTINCT FROM (OLD.officer_agreed_at, OLD.officer_agreed_by) THEN
            RAISE EXCEPTION 'what was agreed stays' USING ERRCODE = 'check_violation', CONSTRAINT = 'pairings_agreements_check';
        END IF;
    END IF;

    IF TG_OP = 'UPDATE' AND NEW.state <> OLD.state AND NEW.state IN ('trial', 'active') THEN
        PERFORM FROM companions WHERE id = NEW.companion_id FOR SHARE;
        IF NOT companion_stands(NEW.companion_id, NEW.state_at) THEN
            RAISE EXCEPTION 'this is no companion parent now' USING ERRCODE = 'check_violation', CONSTRAINT = 'pairings_companion_check';
        END IF;
        PERFORM FROM children WHERE id = NEW.child_id AND state IN ('waiting', 'paired') FOR SHARE;
        IF NOT FOUND OR NOT child_consented(NEW.child_id, NEW.state_at) THEN
            RAISE EXCEPTION 'this child does not wait' USING ERRCODE = 'check_violation', CONSTRAINT = 'pairings_child_check';
        END IF;
    END IF;

    IF TG_OP = 'INSERT' OR NEW.state IN ('trial', 'active') AND NEW.state <> OLD.state
        OR (NEW.guardian_agreed_by, NEW.officer_agreed_by, NEW.supervisor_id, NEW.deputy_id)
            IS DISTINCT FROM (OLD.guardian_agreed_by, OLD.officer_agreed_by, OLD.supervisor_id, OLD.deputy_id) THEN
        companion_person := person_of(NEW.volunteer_id);
        IF companion_person IN (person_of(NEW.proposed_by), person_of(NEW.guardian_agreed_by), person_of(NEW.officer_agreed_by),
                person_of(NEW.supervisor_id), person_of(NEW.deputy_id))
            OR person_of(NEW.officer_agreed_by) IN (person_of(NEW.proposed_by), person_of(NEW.guardian_agreed_by))
            OR person_of(NEW.supervisor_id) = person_of(NEW.deputy_id) THEN
            RAISE EXCEPTION 'these have to be different persons' USING ERRCODE = 'check_violation', CONSTRAINT = 'pairings_persons_check';
        END IF;
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER pairings_are_gated BEFORE INSERT OR UPDATE ON pairings
    FOR EACH ROW EXECUTE FUNCTION pairings_are_gated();

-- A child is paired while somebody stands by it; and one that does not wait any more,
-- because a consent or a wish is gone, keeps no pairing open.
-- +goose StatementBegin
CREATE FUNCTION children_keep_pairings() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state = 'paired' AND NOT EXISTS (SELECT FROM pairings WHERE child_id = NEW.id AND state IN ('trial', 'active', 'paused')) THEN
        RAISE EXCEPTION 'nobody stands by this child' USING ERRCODE = 'check_violation', CONSTRAINT = 'children_paired_check';
    END IF;
    IF NEW.state NOT IN ('waiting', 'paired') AND EXISTS (SELECT FROM pairings WHERE child_id = NEW.id AND state <> 'closed') THEN
        RAISE EXCEPTION 'a pairing of this child is open' USING ERRCODE = 'check_violation', CONSTRAINT = 'children_unpaired_check';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER children_keep_pairings BEFORE UPDATE OF state ON children
    FOR EACH ROW WHEN (NEW.state <> OLD.state) EXECUTE FUNCTION children_keep_pairings();

-- On the grounds of a pairing a key is handed to its companion parent while it goes on and
-- she stands, and to those who supervise it while it is open; for a week after its end she
-- may still hand in what she has to write, which shows her nothing. The pairing's row is
-- locked, so that an opening beside its end comes before it or not at all.
-- +goose StatementBegin
CREATE FUNCTION within_a_pairing() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    p   pairings%ROWTYPE;
    her boolean;
BEGIN
    SELECT * INTO p FROM pairings WHERE id = NEW.basis_id AND child_id = NEW.subject_id FOR SHARE;
    IF FOUND THEN
        her := person_of(NEW.person_id) = person_of(p.volunteer_id);
        IF p.state <> 'closed' AND child_consented(p.child_id, NEW.opened_at) AND (
            her AND p.state <> 'paused' AND companion_stands(p.companion_id, NEW.opened_at)
            OR person_of(NEW.person_id) IN (person_of(p.supervisor_id), person_of(p.deputy_id))) THEN
            RETURN NEW;
        END IF;
        IF her AND NEW.act = 'write' AND p.volunteer_agreed_at IS NOT NULL AND (p.state <> 'closed' OR p.state_at > NEW.opened_at - interval '7 days') THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'this pairing gives no grounds' USING ERRCODE = 'check_violation', CONSTRAINT = 'openings_pairing_check';
END $$;
-- +goose StatementEnd
CREATE TRIGGER within_a_pairing BEFORE INSERT ON openings
    FOR EACH ROW WHEN (NEW.basis = 'pairing') EXECUTE FUNCTION within_a_pairing();

GRANT SELECT, INSERT, UPDATE ON known_memberships TO pairings;
GRANT SELECT ON pairing_rules TO pairings;
GRANT SELECT, INSERT, UPDATE (team_id, state, state_at, volunteer_agreed_at, guardian_agreed_at, guardian_agreed_by, guardian_form, guardian_link_id,
    officer_agreed_by, officer_agreed_at, trial_ends_at, reviewed_by, reviewed_at, supervisor_id, deputy_id, away_from, away_until, told_id, plan,
    paused_from, paused_reason, paused_by, closed_reason, closed_by, farewell_on, handed_over_to, handover, due_at, version) ON pairings TO pairings;
