-- +goose Up
-- A brigade's life: names that cannot be taken twice, one leader at most, and
-- the handing over from one to the next.

-- 类别: a list that changes rarely. A retired one stays with the brigades that have it.
CREATE TABLE team_categories (
    code       text   NOT NULL,
    name       text   NOT NULL,
    position   int    NOT NULL,
    retired_on date,            -- from that day on no brigade can take it; NULL: in use
    version    bigint NOT NULL,
    CONSTRAINT team_categories_pkey PRIMARY KEY (code),
    CONSTRAINT team_categories_name_key UNIQUE (name),
    CONSTRAINT team_categories_code_check CHECK (code ~ '^[a-z][a-z_]{0,29}$'),
    CONSTRAINT team_categories_version_check CHECK (version >= 1)
);
INSERT INTO team_categories (code, name, position, version)
VALUES ('village', '村', 1, 1), ('community', '社区', 2, 1), ('township', '乡镇（街道）', 3, 1), ('organ', '机关', 4, 1),
    ('school', '学校', 5, 1), ('firm', '企业', 6, 1), ('hospital', '医院', 7, 1), ('law', '法律服务', 8, 1),
    ('association', '社会团体', 9, 1), ('other', '其他', 10, 1);

-- No two brigades of a county are called the same while both exist: the first
-- six digits of a code are its county's, or the city's for the city's own. A
-- draft takes no name yet.
CREATE UNIQUE INDEX teams_name_key ON teams (left(region_code, 6), name) WHERE state IN ('submitted', 'active', 'suspended');
CREATE INDEX teams_created_by_idx ON teams (created_by) WHERE created_by IS NOT NULL;
CREATE INDEX teams_waiting_idx ON teams (name, id) WHERE state = 'submitted';

-- Every handover of a brigade makes its join codes and claim links worthless.
ALTER TABLE teams ADD COLUMN IF NOT EXISTS join_epoch bigint NOT NULL DEFAULT 0;

CREATE UNIQUE INDEX memberships_leader_key ON memberships (team_id) WHERE role = 'leader' AND state = 'active';

-- 交接: asked for by the leader and accepted by the next one, or done by the office alone.
CREATE TABLE team_handovers (
    id          uuid        NOT NULL,
    team_id     uuid        NOT NULL,
    from_id     uuid,                  -- NULL: the office gave a leader to a brigade that had none
    to_id       uuid        NOT NULL,
    proposed_by uuid        NOT NULL,  -- the leader, or the officer who acted alone
    state       text        NOT NULL,
    reason      text        NOT NULL,  -- the office's
    proposed_at timestamptz NOT NULL,
    decided_at  timestamptz,
    version     bigint      NOT NULL,
    CONSTRAINT team_handovers_pkey PRIMARY KEY (id),
    CONSTRAINT team_handovers_team_id_fkey FOREIGN KEY (team_id) REFERENCES teams (id),
    CONSTRAINT team_handovers_from_id_fkey FOREIGN KEY (from_id) REFERENCES volunteers (id),
    CONSTRAINT team_handovers_to_id_fkey FOREIGN KEY (to_id) REFERENCES volunteers (id),
    CONSTRAINT team_handovers_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES volunteers (id),
    CONSTRAINT team_handovers_state_check CHECK (state IN ('proposed', 'accepted', 'declined', 'withdrawn', 'appointed')),
    CONSTRAINT team_handovers_decided_check CHECK ((state = 'proposed') = (decided_at IS NULL)),
    CONSTRAINT team_handovers_two_persons_check CHECK (to_id <> proposed_by AND to_id IS DISTINCT FROM from_id), -- nobody hands over to themself
    CONSTRAINT team_handovers_reason_check CHECK ((state = 'appointed') = (reason <> '')),
    CONSTRAINT team_handovers_version_check CHECK (version >= 1)
);
CREATE UNIQUE INDEX team_handovers_open_key ON team_handovers (team_id) WHERE state = 'proposed';
CREATE INDEX team_handovers_to_id_idx ON team_handovers (to_id) WHERE state = 'proposed';
CREATE INDEX team_handovers_team_id_idx ON team_handovers (team_id, proposed_at);

GRANT SELECT, INSERT, UPDATE ON team_categories, team_handovers TO teams;
