-- +goose Up
-- What the registry needs to grow by itself: people who are not claimed yet,
-- identities, brigades with a life, memberships that are asked for, and a
-- record of who did what and who looked at what.

-- 志愿者编号 are drawn from one sequence; a number that was drawn and not used is no harm.
CREATE SEQUENCE volunteer_serials AS bigint MINVALUE 1 MAXVALUE 9999999;

ALTER TABLE volunteers
    ADD COLUMN state       text   NOT NULL DEFAULT 'active',
    ADD COLUMN region_code text,                      -- where the person is at home; NULL: not told
    ADD COLUMN sex         text   NOT NULL DEFAULT '', -- female | male | '' not told
    ADD COLUMN id_kind     text   NOT NULL DEFAULT '', -- which paper id_sealed is the number of; '' none
    ADD COLUMN id_sealed   bytea,                     -- number of the identity paper
    ADD COLUMN id_index    bytea,                     -- its blind index, to notice the same person twice
    ADD COLUMN adult_on    date,                      -- a minor's eighteenth birthday; NULL: an adult, as far as is known
    ADD COLUMN merged_into uuid,                      -- whose record this one became part of
    ADD COLUMN initials    text   NOT NULL DEFAULT '', -- of the name's pinyin
    ADD COLUMN grams       text[] NOT NULL DEFAULT '{}', -- what the name is found by (package pinyin)
    ADD CONSTRAINT volunteers_state_check CHECK (state IN ('unclaimed', 'active', 'merged', 'erased')),
    ADD CONSTRAINT volunteers_region_code_fkey FOREIGN KEY (region_code) REFERENCES regions (code),
    ADD CONSTRAINT volunteers_sex_check CHECK (sex IN ('', 'female', 'male')),
    ADD CONSTRAINT volunteers_id_kind_check CHECK (id_kind IN ('', 'resident', 'hk_macao_taiwan', 'passport', 'foreign_resident')),
    ADD CONSTRAINT volunteers_id_check CHECK ((id_sealed IS NULL) = (id_index IS NULL) AND (id_sealed IS NULL) = (id_kind = '')),
    ADD CONSTRAINT volunteers_id_index_key UNIQUE (id_index),
    ADD CONSTRAINT volunteers_merged_into_fkey FOREIGN KEY (merged_into) REFERENCES volunteers (id),
    ADD CONSTRAINT volunteers_merged_check CHECK ((state = 'merged') = (merged_into IS NOT NULL));
CREATE INDEX volunteers_grams_idx ON volunteers USING gin (grams);
CREATE INDEX volunteers_name_idx ON volunteers (name, id);
CREATE INDEX volunteers_merged_into_idx ON volunteers (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX volunteers_adult_on_idx ON volunteers (adult_on) WHERE adult_on IS NOT NULL;

ALTER TABLE teams
    ADD COLUMN category     text    NOT NULL DEFAULT '', -- 类别
    ADD COLUMN description  text    NOT NULL DEFAULT '',
    ADD COLUMN imported     boolean NOT NULL DEFAULT false, -- came with a roster, to be approved in one batch
    ADD COLUMN headcount    int     NOT NULL DEFAULT 0,     -- people a roster counted without naming them
    ADD COLUMN created_by   uuid,                        -- NULL: by a roster, or before Qihe
    ADD COLUMN state_reason text    NOT NULL DEFAULT '',
    ADD COLUMN state_since  timestamptz,                 -- NULL: since it was founded
    ADD COLUMN successor_id uuid,                        -- of a dissolved brigade that became part of another
    ADD COLUMN initials     text    NOT NULL DEFAULT '',
    ADD COLUMN grams        text[]  NOT NULL DEFAULT '{}',
    ADD CONSTRAINT teams_headcount_check CHECK (headcount >= 0),
    ADD CONSTRAINT teams_created_by_fkey FOREIGN KEY (created_by) REFERENCES volunteers (id),
    ADD CONSTRAINT teams_successor_id_fkey FOREIGN KEY (successor_id) REFERENCES teams (id),
    ADD CONSTRAINT teams_successor_check CHECK (successor_id IS NULL OR state = 'dissolved' AND successor_id <> id);
CREATE INDEX teams_grams_idx ON teams USING gin (grams);
CREATE INDEX teams_name_idx ON teams (name, id);
CREATE INDEX teams_successor_id_idx ON teams (successor_id) WHERE successor_id IS NOT NULL;

-- Who did what to whom and why, and who looked at whose data: lines that are
-- never changed. They hold ids and our own words, no data of a person.
CREATE TABLE audit_records (
    id           uuid        NOT NULL,
    at           timestamptz NOT NULL,
    actor_id     uuid,                 -- NULL: Qihe itself, at a date that was due
    act          text        NOT NULL, -- "grant.given", "volunteer.read", "roster.exported"
    subject_kind text        NOT NULL, -- volunteer | team | grant | region | roster …
    subject_id   text        NOT NULL,
    volunteer_id uuid,                 -- whose data it was, when it was one person's
    reason       text        NOT NULL DEFAULT '',
    CONSTRAINT audit_records_pkey PRIMARY KEY (id)
);
CREATE INDEX audit_records_at_idx ON audit_records (at, id);
CREATE INDEX audit_records_subject_idx ON audit_records (subject_kind, subject_id, at);
CREATE INDEX audit_records_volunteer_id_idx ON audit_records (volunteer_id, at) WHERE volunteer_id IS NOT NULL;
CREATE INDEX audit_records_actor_id_idx ON audit_records (actor_id, at);

GRANT USAGE ON SEQUENCE volunteer_serials TO teams;
GRANT INSERT, UPDATE ON volunteers, teams, memberships TO teams;
GRANT SELECT, INSERT ON audit_records TO teams;
