-- +goose Up

-- The ledger's place in its transparency log (shared/translog): which line is
-- which leaf. A line gets its index once, soon after it was committed.
--
-- A leaf says nothing of people but a mark, HMAC-SHA-256 of their id under a
-- salt of their own. Without the salt nobody can say whose the leaf is, not even
-- by trying all ids; so erasing a person is deleting one salt, and all proofs
-- stay as they are.
CREATE TABLE log_leaves (
    index          bigint NOT NULL, -- from 0
    entry_id       uuid   NOT NULL,
    mark           bytea  NOT NULL, -- of the volunteer
    confirmer_mark bytea  NOT NULL,
    CONSTRAINT log_leaves_pkey PRIMARY KEY (index),
    CONSTRAINT log_leaves_entry_key UNIQUE (entry_id),
    CONSTRAINT log_leaves_marks_check CHECK (length(mark) = 32 AND length(confirmer_mark) = 32)
);
CREATE TRIGGER log_leaves_are_for_ever BEFORE UPDATE OR DELETE OR TRUNCATE ON log_leaves
    FOR EACH STATEMENT EXECUTE FUNCTION entries_are_for_ever();

CREATE TABLE log_salts (
    person_id uuid  NOT NULL,
    salt      bytea NOT NULL,
    CONSTRAINT log_salts_pkey PRIMARY KEY (person_id),
    CONSTRAINT log_salts_salt_check CHECK (length(salt) = 32)
);

GRANT SELECT, INSERT ON log_leaves TO hours;
GRANT SELECT, INSERT, DELETE ON log_salts TO hours; -- what the service may delete: this, when somebody has themself erased
