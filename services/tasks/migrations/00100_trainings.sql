-- +goose Up
-- A class (公益培训) is an activity of kind training (ADR 47): its sessions are
-- shifts, and presence is proved as everywhere. sessions_needed is how many of
-- them complete it; a service has none.
ALTER TABLE tasks
    ADD COLUMN kind text NOT NULL DEFAULT 'service',
    ADD COLUMN sessions_needed int NOT NULL DEFAULT 0,
    ADD CONSTRAINT tasks_kind_check CHECK (kind IN ('service', 'training')),
    ADD CONSTRAINT tasks_sessions_check CHECK (CASE kind WHEN 'training' THEN sessions_needed BETWEEN 1 AND 60 ELSE sessions_needed = 0 END);
CREATE INDEX tasks_training_idx ON tasks (id) WHERE kind = 'training';

-- Which qualification who completes a class is given. Rows are only added; the
-- newest holds.
CREATE TABLE class_grants (
    id      uuid        NOT NULL,
    task_id uuid        NOT NULL,
    kind    text        NOT NULL, -- a code of teams' list of papers; empty: none any more
    months  int         NOT NULL, -- how long it is good; 0: as the list has it
    set_by  uuid        NOT NULL,
    set_at  timestamptz NOT NULL,
    CONSTRAINT class_grants_pkey PRIMARY KEY (id),
    CONSTRAINT class_grants_task_fkey FOREIGN KEY (task_id) REFERENCES tasks (id),
    CONSTRAINT class_grants_months_check CHECK (months BETWEEN 0 AND 600 AND (kind <> '' OR months = 0))
);
CREATE INDEX class_grants_task_idx ON class_grants (task_id, set_at DESC, id DESC);

-- 参训证明: one for each person who completed a class. What was attended is read
-- from the attendances whenever it is shown; nothing here is ever changed.
CREATE TABLE certificates (
    id           uuid        NOT NULL,
    number       text        NOT NULL,
    task_id      uuid        NOT NULL,
    volunteer_id uuid        NOT NULL,
    completed_on date        NOT NULL, -- the day of the session that completed it
    grants       text        NOT NULL, -- what was granted then; empty: nothing
    issued_at    timestamptz NOT NULL,
    CONSTRAINT certificates_pkey PRIMARY KEY (id),
    CONSTRAINT certificates_number_key UNIQUE (number),
    CONSTRAINT certificates_person_key UNIQUE (task_id, volunteer_id),
    CONSTRAINT certificates_task_fkey FOREIGN KEY (task_id) REFERENCES tasks (id)
);
CREATE INDEX certificates_volunteer_idx ON certificates (volunteer_id);

GRANT SELECT, INSERT ON class_grants, certificates TO tasks;
