-- +goose Up

-- Who answers for a child, and what it needs. What says who somebody is lies sealed
-- in circle (domain.Circle); needs are words of a short list.
ALTER TABLE children
    ADD COLUMN circle        bytea,
    ADD COLUMN needs         text[] NOT NULL DEFAULT '{}',
    ADD COLUMN companion_sex text   NOT NULL DEFAULT 'any', -- female | male | any
    ADD COLUMN state_at      timestamptz,                   -- since when the state is what it is
    ADD COLUMN erase_at      timestamptz,                   -- when the record is erased; NULL: there is a consent
    ADD COLUMN hold_reason   text,                          -- why it is not erased all the same; NULL: it is
    ADD COLUMN hold_by       uuid,
    ADD CONSTRAINT children_needs_check CHECK (needs <@ ARRAY ['company', 'study', 'family_calls', 'health', 'feelings', 'safety']),
    ADD CONSTRAINT children_companion_sex_check CHECK (companion_sex IN ('female', 'male', 'any')),
    ADD CONSTRAINT children_hold_check CHECK ((hold_reason IS NULL) = (hold_by IS NULL) AND hold_reason <> '');
UPDATE children SET state_at = referred_at, erase_at = referred_at + interval '90 days';
ALTER TABLE children ALTER COLUMN state_at SET NOT NULL;
CREATE INDEX children_erase_idx ON children (erase_at) WHERE erase_at IS NOT NULL;

-- One-time links with which a guardian answers, and sees afterwards who read. The
-- link's key is kept nowhere: its hash is. What the guardian proves herself with is
-- kept as a keyed fingerprint, bound to the link.
CREATE TABLE consent_links (
    id             uuid        NOT NULL,
    child_id       uuid        NOT NULL,
    secret_hash    bytea       NOT NULL,
    proofs         bytea[]     NOT NULL, -- of the last four characters of her phone and her ID number
    consent_ends   timestamptz NOT NULL, -- until when a consent given by it is good
    made_by        uuid        NOT NULL,
    made_at        timestamptz NOT NULL,
    answer_by      timestamptz NOT NULL,
    wrong_tries    int         NOT NULL DEFAULT 0,
    last_wrong_at  timestamptz,
    answered_at    timestamptz,
    agreed         boolean,
    ended_at       timestamptz, -- another took its place
    CONSTRAINT consent_links_pkey PRIMARY KEY (id),
    CONSTRAINT consent_links_child_id_fkey FOREIGN KEY (child_id) REFERENCES children,
    CONSTRAINT consent_links_secret_hash_key UNIQUE (secret_hash),
    CONSTRAINT consent_links_proofs_check CHECK (cardinality(proofs) > 0),
    CONSTRAINT consent_links_answer_check CHECK ((answered_at IS NULL) = (agreed IS NULL)),
    CONSTRAINT consent_links_week_check CHECK (answered_at < answer_by AND answer_by <= made_at + interval '7 days')
);
CREATE INDEX consent_links_child_idx ON consent_links (child_id, made_at);

-- 监护人同意: on a numbered paper form that an officer recorded, or by a link.
CREATE TABLE consents (
    id           uuid        NOT NULL,
    child_id     uuid        NOT NULL,
    way          text        NOT NULL, -- paper | link
    link_id      uuid,
    form_number  text,                 -- of the paper
    sealed       bytea,                -- domain.ConsentForm: witness and archive place
    picture      bytea,                -- of the signature, sealed; NULL: not there yet, and the consent counts for nothing
    for_data     boolean     NOT NULL, -- 处理未成年人个人信息（单独同意）
    for_pairing  boolean     NOT NULL,
    for_phone    boolean     NOT NULL, -- the companion parent may telephone
    given_on     date        NOT NULL,
    ends_at      timestamptz NOT NULL,
    recorded_by  uuid,                 -- NULL: the guardian herself
    recorded_at  timestamptz NOT NULL,
    withdrawn_at timestamptz,
    withdrawn_by uuid,                 -- who recorded it; NULL: the guardian herself
    CONSTRAINT consents_pkey PRIMARY KEY (id),
    CONSTRAINT consents_child_id_fkey FOREIGN KEY (child_id) REFERENCES children,
    CONSTRAINT consents_link_id_fkey FOREIGN KEY (link_id) REFERENCES consent_links,
    CONSTRAINT consents_link_id_key UNIQUE (link_id),
    CONSTRAINT consents_form_number_key UNIQUE (form_number),
    CONSTRAINT consents_way_check CHECK (
        way = 'paper' AND link_id IS NULL AND form_number IS NOT NULL AND sealed IS NOT NULL AND recorded_by IS NOT NULL
        OR way = 'link' AND link_id IS NOT NULL AND form_number IS NULL AND picture IS NULL AND recorded_by IS NULL),
    CONSTRAINT consents_needed_check CHECK (for_data AND for_pairing),
    CONSTRAINT consents_ends_check CHECK (ends_at > recorded_at)
);
ALTER TABLE consents ALTER COLUMN picture SET STORAGE EXTERNAL; -- what is sealed cannot be made smaller
CREATE INDEX consents_child_idx ON consents (child_id, recorded_at);

-- 孩子自己的意愿, in the child's own words. The newest counts.
CREATE TABLE child_wishes (
    id          uuid        NOT NULL,
    child_id    uuid        NOT NULL,
    wants       boolean     NOT NULL,
    talked_on   date        NOT NULL,
    sealed      bytea       NOT NULL, -- domain.WishWords
    recorded_by uuid        NOT NULL, -- who talked with the child
    recorded_at timestamptz NOT NULL,
    CONSTRAINT child_wishes_pkey PRIMARY KEY (id),
    CONSTRAINT child_wishes_child_id_fkey FOREIGN KEY (child_id) REFERENCES children
);
CREATE INDEX child_wishes_child_idx ON child_wishes (child_id, talked_on, recorded_at);

-- The gates. Without a consent that is good a child goes no further than referred,
-- without its own wish no further than consented, whoever writes it. What later
-- states are called is no matter of this function: they stand behind both gates.
-- +goose StatementBegin
CREATE FUNCTION children_are_gated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'referred' THEN
            RAISE EXCEPTION 'a child begins as referred' USING ERRCODE = 'check_violation', CONSTRAINT = 'children_begins_check';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.state = 'erased' AND NEW.state <> 'erased' THEN
        RAISE EXCEPTION 'who is erased stays so' USING ERRCODE = 'check_violation', CONSTRAINT = 'children_erased_check';
    END IF;
    IF NEW.state = OLD.state OR NEW.state IN ('referred', 'consent_withdrawn', 'erased') THEN
        RETURN NEW;
    END IF;
    IF NOT EXISTS (
        SELECT FROM consents c
        WHERE c.child_id = NEW.id AND c.withdrawn_at IS NULL AND c.ends_at > NEW.state_at AND (c.way = 'link' OR c.picture IS NOT NULL)) THEN
        RAISE EXCEPTION 'no consent of the guardian' USING ERRCODE = 'check_violation', CONSTRAINT = 'children_consent_check';
    END IF;
    IF NEW.state <> 'consented' AND NOT coalesce((
        SELECT w.wants FROM child_wishes w WHERE w.child_id = NEW.id ORDER BY w.talked_on DESC, w.recorded_at DESC LIMIT 1), false) THEN
        RAISE EXCEPTION 'the child does not wish it, or was not asked' USING ERRCODE = 'check_violation', CONSTRAINT = 'children_wish_check';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER children_are_gated BEFORE INSERT OR UPDATE ON children
    FOR EACH ROW EXECUTE FUNCTION children_are_gated();

-- A withdrawal stays. Whoever agrees again gives another consent.
-- +goose StatementBegin
CREATE FUNCTION withdrawals_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.withdrawn_at IS NOT NULL THEN
        RAISE EXCEPTION 'a consent that was withdrawn is never changed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER withdrawals_stay BEFORE UPDATE ON consents
    FOR EACH ROW EXECUTE FUNCTION withdrawals_stay();

-- After a withdrawal no key is handed out but to who has the case, who must carry it
-- out, and to the guardian herself. The share lock makes an opening that comes at
-- the same moment wait for the withdrawal.
-- +goose StatementBegin
CREATE FUNCTION withdrawn_stays_closed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.basis NOT IN ('case', 'guardian')
        AND (SELECT state FROM children WHERE id = NEW.subject_id FOR SHARE) = 'consent_withdrawn' THEN
        RAISE EXCEPTION 'the guardian withdrew her consent' USING ERRCODE = 'check_violation', CONSTRAINT = 'openings_withdrawn_check';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER withdrawn_stays_closed BEFORE INSERT ON openings
    FOR EACH ROW EXECUTE FUNCTION withdrawn_stays_closed();

GRANT UPDATE (circle, needs, companion_sex, state_at, erase_at, hold_reason, hold_by, paper_index) ON children TO pairings;
GRANT SELECT, INSERT, UPDATE (wrong_tries, last_wrong_at, answered_at, agreed, ended_at) ON consent_links TO pairings;
GRANT SELECT, INSERT, UPDATE (picture, withdrawn_at, withdrawn_by) ON consents TO pairings;
GRANT SELECT, INSERT ON child_wishes TO pairings;
