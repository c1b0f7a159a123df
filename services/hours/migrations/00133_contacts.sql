-- +goose Up

-- Service is also what a volunteer did for whom she stands by. Its source is a
-- reference that pairings made up for it: nothing here says whom it was for.
ALTER TABLE entries
    DROP CONSTRAINT entries_source_kind_check,
    ADD CONSTRAINT entries_source_kind_check CHECK (CASE kind
        WHEN 'reversal' THEN source_kind = 'entry'
        WHEN 'adjustment' THEN source_kind = 'correction'
        WHEN 'import' THEN source_kind = 'import' AND verification = 'C'
        WHEN 'service' THEN source_kind = 'attendance' OR source_kind = 'contact' AND verification IN ('C', 'D')
        ELSE source_kind = 'attendance' END);
