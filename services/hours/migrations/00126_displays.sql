-- +goose Up

-- 大屏链接: a key with which a screen on a wall, to which nobody is signed in,
-- reads what its region's wall shows, and nothing else. The key is not kept, only
-- its hash. A link ends on its day or when an officer ends it; rows are for ever.
CREATE TABLE displays (
    id          uuid        NOT NULL,
    region_path text        NOT NULL,
    label       text        NOT NULL, -- where the screen hangs
    hash        bytea       NOT NULL, -- SHA-256 of the key
    made_by     uuid        NOT NULL,
    made_at     timestamptz NOT NULL,
    ends_at     timestamptz NOT NULL,
    seen_at     timestamptz,          -- when a screen opened it last
    ended_by    uuid,
    ended_at    timestamptz,
    CONSTRAINT displays_pkey PRIMARY KEY (id),
    CONSTRAINT displays_hash_key UNIQUE (hash),
    CONSTRAINT displays_hash_check CHECK (length(hash) = 32),
    CONSTRAINT displays_label_check CHECK (label <> ''),
    CONSTRAINT displays_ends_check CHECK (ends_at > made_at AND ends_at <= made_at + interval '366 days'),
    CONSTRAINT displays_ended_check CHECK ((ended_at IS NULL) = (ended_by IS NULL))
);

GRANT SELECT, INSERT, UPDATE (seen_at, ended_by, ended_at) ON displays TO hours;
