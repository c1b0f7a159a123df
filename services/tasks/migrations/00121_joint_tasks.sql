-- +goose Up
-- 多队联办: other brigades that the posting one asked to hold an activity with it.
CREATE TABLE task_teams (
    task_id     uuid        NOT NULL,
    team_id     uuid        NOT NULL,
    state       text        NOT NULL,
    asked_by    uuid        NOT NULL,
    asked_at    timestamptz NOT NULL,
    answered_by uuid,
    answered_at timestamptz,
    version     bigint      NOT NULL,
    CONSTRAINT task_teams_pkey PRIMARY KEY (task_id, team_id),
    CONSTRAINT task_teams_task_fkey FOREIGN KEY (task_id) REFERENCES tasks (id),
    CONSTRAINT task_teams_state_check CHECK (state IN ('asked', 'joined', 'declined', 'withdrawn')),
    CONSTRAINT task_teams_answered_check CHECK ((state = 'asked') = (answered_by IS NULL AND answered_at IS NULL))
);
CREATE INDEX task_teams_team_idx ON task_teams (team_id) WHERE state = 'joined';

-- For which of them somebody comes who is in several; no row: see docs/joint.md.
CREATE TABLE task_choices (
    task_id      uuid        NOT NULL,
    volunteer_id uuid        NOT NULL,
    team_id      uuid        NOT NULL,
    chosen_at    timestamptz NOT NULL,
    CONSTRAINT task_choices_pkey PRIMARY KEY (task_id, volunteer_id),
    CONSTRAINT task_choices_task_fkey FOREIGN KEY (task_id) REFERENCES tasks (id)
);

GRANT SELECT, INSERT, UPDATE ON task_teams, task_choices TO tasks;
