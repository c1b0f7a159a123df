-- +goose Up

-- What a companion parent says she can give: words of the list of children's needs.
ALTER TABLE companions
    ADD COLUMN offers text[] NOT NULL DEFAULT '{}',
    ADD CONSTRAINT companions_offers_check CHECK (offers <@ ARRAY ['company', 'study', 'family_calls', 'health', 'feelings', 'safety']);

-- 配对: one look at all who wait in a region and all who have room, and what was the best
-- set of pairs then. Numbers, places, words of short lists; nothing says who a child is.
CREATE TABLE matching_runs (
    id          uuid        NOT NULL,
    region_path text        NOT NULL,
    relax_sex   boolean     NOT NULL, -- a wish for a woman or a man counts, but is no must
    by_id       uuid        NOT NULL,
    at          timestamptz NOT NULL,
    children    int         NOT NULL,
    places      int         NOT NULL,
    pairs       int         NOT NULL,
    total       bigint      NOT NULL, -- what the pairs cost together: it was proved that no set costs less
    millis      int         NOT NULL,
    CONSTRAINT matching_runs_pkey PRIMARY KEY (id)
);
CREATE INDEX matching_runs_region_idx ON matching_runs (region_path text_pattern_ops, at);

CREATE TABLE matching_pairs (
    id           uuid   NOT NULL,
    run_id       uuid   NOT NULL,
    child_id     uuid   NOT NULL,
    companion_id uuid,            -- NULL: nobody was found, reasons says why
    cost         int    NOT NULL,
    reasons      text[] NOT NULL, -- words, see domain.Weigh
    decision     text,            -- accepted | refused; NULL: not decided
    reason       text,            -- why it was refused
    decided_by   uuid,
    decided_at   timestamptz,
    pairing_id   uuid,            -- what was proposed
    n            bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    CONSTRAINT matching_pairs_pkey PRIMARY KEY (id),
    CONSTRAINT matching_pairs_run_id_fkey FOREIGN KEY (run_id) REFERENCES matching_runs,
    CONSTRAINT matching_pairs_child_id_fkey FOREIGN KEY (child_id) REFERENCES children,
    CONSTRAINT matching_pairs_companion_id_fkey FOREIGN KEY (companion_id) REFERENCES companions,
    CONSTRAINT matching_pairs_pairing_id_fkey FOREIGN KEY (pairing_id) REFERENCES pairings,
    CONSTRAINT matching_pairs_child_key UNIQUE (run_id, child_id),
    CONSTRAINT matching_pairs_decision_check CHECK (decision IN ('accepted', 'refused')),
    CONSTRAINT matching_pairs_decided_check CHECK ((decision IS NULL) = (decided_by IS NULL) AND (decision IS NULL) = (decided_at IS NULL)
        AND (decision IS NULL OR companion_id IS NOT NULL)),
    CONSTRAINT matching_pairs_accepted_check CHECK ((decision IS NOT DISTINCT FROM 'accepted') = (pairing_id IS NOT NULL)),
    CONSTRAINT matching_pairs_refused_check CHECK ((decision IS NOT DISTINCT FROM 'refused') = (reason IS NOT NULL))
);
CREATE INDEX matching_pairs_run_idx ON matching_pairs (run_id, n);
CREATE INDEX matching_pairs_refused_idx ON matching_pairs (child_id, companion_id) WHERE decision = 'refused';

-- +goose StatementBegin
CREATE FUNCTION matching_decisions_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.decision IS NOT NULL THEN
        RAISE EXCEPTION 'a pair is decided once' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER matching_decisions_stay BEFORE UPDATE ON matching_pairs
    FOR EACH ROW EXECUTE FUNCTION matching_decisions_stay();

GRANT UPDATE (offers) ON companions TO pairings;
GRANT SELECT, INSERT ON matching_runs TO pairings;
GRANT SELECT, INSERT, UPDATE (decision, reason, decided_by, decided_at, pairing_id) ON matching_pairs TO pairings;
