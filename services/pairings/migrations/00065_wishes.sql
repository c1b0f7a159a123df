-- +goose Up

-- 微心愿: a small thing that a child or a family wishes for, published without saying
-- whose it is.
CREATE TABLE wishes (
    id           uuid        NOT NULL,
    number       int         NOT NULL GENERATED ALWAYS AS IDENTITY,
    subject_id   uuid        NOT NULL, -- a child or a family
    region_path  text        NOT NULL, -- theirs
    county_path  text        NOT NULL, -- as far as sums go
    sort         text        NOT NULL, -- study | warm | play | health | home | other
    words        text        NOT NULL, -- as everybody reads them
    state        text        NOT NULL, -- see domain.WishState
    state_at     timestamptz NOT NULL,
    drafted_by   uuid        NOT NULL,
    drafted_at   timestamptz NOT NULL,
    checked_by   uuid,                 -- who read it for words that say who somebody is
    checked_at   timestamptz,
    claimed_by   uuid,
    claim_ends   timestamptz,          -- when it is everybody's again
    fulfilled_by uuid,                 -- who wrote down that it was received
    version      bigint      NOT NULL,
    CONSTRAINT wishes_pkey PRIMARY KEY (id),
    CONSTRAINT wishes_number_key UNIQUE (number),
    CONSTRAINT wishes_subject_id_fkey FOREIGN KEY (subject_id) REFERENCES data_keys,
    CONSTRAINT wishes_sort_check CHECK (sort IN ('study', 'warm', 'play', 'health', 'home', 'other')),
    CONSTRAINT wishes_state_check CHECK (state IN ('drafted', 'published', 'claimed', 'fulfilled', 'refused', 'withdrawn')),
    CONSTRAINT wishes_checked_check CHECK ((checked_by IS NULL) = (checked_at IS NULL) AND (state NOT IN ('published', 'claimed', 'fulfilled') OR checked_by IS NOT NULL)),
    CONSTRAINT wishes_claimed_check CHECK ((claimed_by IS NOT NULL) = (state IN ('claimed', 'fulfilled')) AND (claim_ends IS NOT NULL) = (state = 'claimed')),
    CONSTRAINT wishes_fulfilled_check CHECK ((fulfilled_by IS NOT NULL) = (state = 'fulfilled'))
);
CREATE INDEX wishes_region_idx ON wishes (region_path text_pattern_ops, state);
CREATE INDEX wishes_public_idx ON wishes (state, number);
CREATE INDEX wishes_claimed_idx ON wishes (claimed_by) WHERE claimed_by IS NOT NULL;
CREATE INDEX wishes_due_idx ON wishes (claim_ends) WHERE claim_ends IS NOT NULL;
CREATE INDEX wishes_subject_idx ON wishes (subject_id);

-- A wish is read by another person than who wrote it before anybody else sees it; its
-- words are never changed, only taken away when they were refused; it goes from hand to hand one step at a time; who wrote down
-- that it was received is not who claimed it; and a minor claims none.
-- +goose StatementBegin
CREATE FUNCTION wishes_are_gated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'drafted' THEN
            RAISE EXCEPTION 'a wish begins as drafted' USING ERRCODE = 'check_violation', CONSTRAINT = 'wishes_step_check';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
        ('drafted', 'published'), ('drafted', 'refused'), ('drafted', 'withdrawn'), ('published', 'claimed'), ('published', 'withdrawn'),
        ('claimed', 'published'), ('claimed', 'fulfilled'), ('claimed', 'withdrawn')) THEN
        RAISE EXCEPTION 'not one step' USING ERRCODE = 'check_violation', CONSTRAINT = 'wishes_step_check';
    END IF;
    IF NEW.words <> OLD.words AND NOT (NEW.state = 'refused' AND NEW.words = '') THEN
        RAISE EXCEPTION 'its words are never changed' USING ERRCODE = 'check_violation', CONSTRAINT = 'wishes_words_check';
    END IF;
    IF NEW.state = 'published' AND person_of(NEW.checked_by) = person_of(NEW.drafted_by) THEN
        RAISE EXCEPTION 'not theirs to check' USING ERRCODE = 'check_violation', CONSTRAINT = 'wishes_two_persons_check';
    END IF;
    IF NEW.state = 'claimed' AND EXISTS (SELECT FROM known_people WHERE volunteer_id = person_of(NEW.claimed_by) AND (minor OR erased)) THEN
        RAISE EXCEPTION 'not theirs to claim' USING ERRCODE = 'check_violation', CONSTRAINT = 'wishes_claimer_check';
    END IF;
    IF NEW.state = 'fulfilled' AND person_of(NEW.fulfilled_by) = person_of(NEW.claimed_by) THEN
        RAISE EXCEPTION 'not theirs to acknowledge' USING ERRCODE = 'check_violation', CONSTRAINT = 'wishes_acknowledged_check';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER wishes_are_gated BEFORE INSERT OR UPDATE ON wishes
    FOR EACH ROW EXECUTE FUNCTION wishes_are_gated();

GRANT SELECT, INSERT, UPDATE (words, state, state_at, checked_by, checked_at, claimed_by, claim_ends, fulfilled_by, version) ON wishes TO pairings;
