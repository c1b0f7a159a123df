-- +goose Up

-- Children who were referred. What is not sealed says nothing of who a child is:
-- where, how old, and how far things are. Names, papers, addresses and telephone
-- numbers are sealed under the child's own key (data_keys).
CREATE TABLE children (
    id          uuid        NOT NULL,
    number      int         NOT NULL GENERATED ALWAYS AS IDENTITY, -- what people call the record by before they open it
    region_code text        NOT NULL, -- the village's
    region_path text        NOT NULL,
    birth_year  int         NOT NULL,
    sex         text        NOT NULL, -- female | male
    state       text        NOT NULL, -- see domain.ChildState
    sealed      bytea       NOT NULL, -- domain.ChildPerson
    paper_index bytea,                -- of the ID number, for finding who was referred twice; NULL: not known
    referred_by uuid        NOT NULL,
    referred_at timestamptz NOT NULL,
    officer_id  uuid,                 -- the child-care officer who has the case; NULL: nobody yet
    version     bigint      NOT NULL,
    CONSTRAINT children_pkey PRIMARY KEY (id),
    CONSTRAINT children_id_fkey FOREIGN KEY (id) REFERENCES data_keys,
    CONSTRAINT children_number_key UNIQUE (number),
    CONSTRAINT children_paper_index_key UNIQUE (paper_index),
    CONSTRAINT children_sex_check CHECK (sex IN ('female', 'male')),
    CONSTRAINT children_birth_year_check CHECK (birth_year BETWEEN 1990 AND 2200)
);
CREATE INDEX children_region_idx ON children (region_path text_pattern_ops, state);

GRANT SELECT, INSERT, UPDATE (state, sealed, officer_id, version) ON children TO pairings;
