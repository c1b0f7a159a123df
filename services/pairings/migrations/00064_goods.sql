-- +goose Up

-- Batches of goods: 母亲邮包, gifts for a holiday. What was counted in, what was packed
-- into bags with a code, what was handed over and what was acknowledged. They hold no
-- name: a bag goes to a village, and who got it signs on the list that stays there.
-- Money is never handled.
CREATE TABLE goods_batches (
    id          uuid        NOT NULL,
    region_code text        NOT NULL,
    region_path text        NOT NULL,
    kind        text        NOT NULL, -- parcel | gift | other
    title       text        NOT NULL,
    donor       text        NOT NULL, -- an organisation; empty: the federation's own
    made_by     uuid        NOT NULL,
    made_at     timestamptz NOT NULL,
    counted_in  int         NOT NULL DEFAULT 0, -- kept by goods_are_counted
    bagged      int         NOT NULL DEFAULT 0, -- kept by goods_are_bagged
    CONSTRAINT goods_batches_pkey PRIMARY KEY (id),
    CONSTRAINT goods_batches_kind_check CHECK (kind IN ('parcel', 'gift', 'other')),
    CONSTRAINT goods_batches_title_check CHECK (title <> ''),
    CONSTRAINT goods_batches_out_check CHECK (bagged <= counted_in) -- never more out than in
);
CREATE INDEX goods_batches_region_idx ON goods_batches (region_path text_pattern_ops, made_at);

-- What was counted into the store, line by line: appended, a mistake is a line with minus.
CREATE TABLE goods_counts (
    id         uuid        NOT NULL,
    batch_id   uuid        NOT NULL,
    pieces     int         NOT NULL,
    note       text        NOT NULL,
    counted_by uuid        NOT NULL,
    counted_at timestamptz NOT NULL,
    CONSTRAINT goods_counts_pkey PRIMARY KEY (id),
    CONSTRAINT goods_counts_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES goods_batches,
    CONSTRAINT goods_counts_pieces_check CHECK (pieces <> 0 AND abs(pieces) <= 100000),
    CONSTRAINT goods_counts_note_check CHECK (pieces > 0 OR note <> '')
);
CREATE INDEX goods_counts_batch_idx ON goods_counts (batch_id, counted_at);

-- A bag is one piece. Its code stands on its label, and says nothing.
CREATE TABLE goods_bags (
    id          uuid        NOT NULL,
    batch_id    uuid        NOT NULL,
    number      int         NOT NULL, -- 1, 2, 3 within the batch
    code        text        NOT NULL,
    region_code text        NOT NULL, -- where it goes
    region_path text        NOT NULL,
    packed_by   uuid        NOT NULL,
    packed_at   timestamptz NOT NULL,
    handed_by   uuid,                 -- who gave it out of the store
    handed_at   timestamptz,
    got_by      uuid,                 -- who wrote down that the family has it
    got_at      timestamptz,
    CONSTRAINT goods_bags_pkey PRIMARY KEY (id),
    CONSTRAINT goods_bags_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES goods_batches,
    CONSTRAINT goods_bags_code_key UNIQUE (code),
    CONSTRAINT goods_bags_number_key UNIQUE (batch_id, number),
    CONSTRAINT goods_bags_handed_check CHECK ((handed_by IS NULL) = (handed_at IS NULL)),
    CONSTRAINT goods_bags_got_check CHECK ((got_by IS NULL) = (got_at IS NULL) AND (got_at IS NULL OR handed_at <= got_at))
);

-- Who took which batch out as a list, and what for.
CREATE TABLE goods_exports (
    id          uuid        NOT NULL,
    batch_id    uuid        NOT NULL,
    exported_by uuid        NOT NULL,
    exported_at timestamptz NOT NULL,
    purpose     text        NOT NULL,
    lines       int         NOT NULL,
    CONSTRAINT goods_exports_pkey PRIMARY KEY (id),
    CONSTRAINT goods_exports_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES goods_batches,
    CONSTRAINT goods_exports_purpose_check CHECK (purpose <> '')
);

-- The sums are kept in the batch's row, so that a check can compare them and whoever
-- packs at the same moment waits for that row.
-- +goose StatementBegin
CREATE FUNCTION goods_are_counted() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE goods_batches SET counted_in = counted_in + NEW.pieces WHERE id = NEW.batch_id;
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER goods_are_counted AFTER INSERT ON goods_counts FOR EACH ROW EXECUTE FUNCTION goods_are_counted();

-- +goose StatementBegin
CREATE FUNCTION goods_are_bagged() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE goods_batches b SET bagged = b.bagged + n.bags
    FROM (SELECT batch_id, count(*) AS bags FROM packed GROUP BY batch_id) n
    WHERE b.id = n.batch_id;
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER goods_are_bagged AFTER INSERT ON goods_bags REFERENCING NEW TABLE AS packed
    FOR EACH STATEMENT EXECUTE FUNCTION goods_are_bagged();

-- What was handed over, and acknowledged, stays so.
-- +goose StatementBegin
CREATE FUNCTION goods_bags_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.handed_at IS NOT NULL AND NEW.handed_at IS DISTINCT FROM OLD.handed_at OR OLD.got_at IS NOT NULL AND NEW.got_at IS DISTINCT FROM OLD.got_at THEN
        RAISE EXCEPTION 'a bag that was handed over stays so' USING ERRCODE = 'check_violation', CONSTRAINT = 'goods_bags_stay_check';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER goods_bags_stay BEFORE UPDATE ON goods_bags FOR EACH ROW EXECUTE FUNCTION goods_bags_stay();

GRANT SELECT, INSERT ON goods_batches, goods_counts, goods_exports TO pairings;
GRANT SELECT, INSERT, UPDATE (handed_by, handed_at, got_by, got_at) ON goods_bags TO pairings;
