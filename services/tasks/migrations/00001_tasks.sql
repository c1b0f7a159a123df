-- +goose Up

-- What others told us: small read models, a row per fact, newest version only,
-- no foreign keys, so that events may come in any order.
CREATE TABLE known_teams (
    team_id        uuid   NOT NULL,
    name           text   NOT NULL,
    region_path    text   NOT NULL,
    reporting_unit text   NOT NULL,
    state          text   NOT NULL,
    version        bigint NOT NULL,
    CONSTRAINT known_teams_pkey PRIMARY KEY (team_id)
);
CREATE INDEX known_teams_region_path_idx ON known_teams (region_path text_pattern_ops);

CREATE TABLE known_memberships (
    membership_id uuid   NOT NULL,
    team_id       uuid   NOT NULL,
    volunteer_id  uuid   NOT NULL,
    role          text   NOT NULL,
    state         text   NOT NULL,
    version       bigint NOT NULL,
    CONSTRAINT known_memberships_pkey PRIMARY KEY (membership_id)
);
CREATE INDEX known_memberships_volunteer_idx ON known_memberships (volunteer_id, team_id);

CREATE TABLE programmes (
    id       uuid   NOT NULL,
    name     text   NOT NULL,
    position int    NOT NULL,
    version  bigint NOT NULL,
    CONSTRAINT programmes_pkey PRIMARY KEY (id),
    CONSTRAINT programmes_name_key UNIQUE (name)
);

CREATE TABLE tasks (
    id            uuid             NOT NULL,
    team_id       uuid             NOT NULL,
    programme_id  uuid             NOT NULL,
    created_by    uuid             NOT NULL,
    title         text             NOT NULL,
    description   text             NOT NULL,
    place         text             NOT NULL,
    latitude      double precision NOT NULL,
    longitude     double precision NOT NULL,
    risks         text             NOT NULL,
    risky         boolean          NOT NULL,
    insurance     text             NOT NULL,
    bring         text             NOT NULL,
    contact_name  text             NOT NULL,
    contact_phone text             NOT NULL,
    state         text             NOT NULL,
    created_at    timestamptz      NOT NULL,
    published_at  timestamptz,
    version       bigint           NOT NULL,
    CONSTRAINT tasks_pkey PRIMARY KEY (id),
    CONSTRAINT tasks_programme_fkey FOREIGN KEY (programme_id) REFERENCES programmes (id),
    CONSTRAINT tasks_state_check CHECK (state IN ('draft', 'published')),
    CONSTRAINT tasks_published_check CHECK ((state = 'draft') = (published_at IS NULL))
);
CREATE INDEX tasks_team_idx ON tasks (team_id);

CREATE TABLE shifts (
    id            uuid        NOT NULL,
    task_id       uuid        NOT NULL,
    starts_at     timestamptz NOT NULL,
    ends_at       timestamptz NOT NULL,
    capacity      int         NOT NULL,
    taken         int         NOT NULL,
    key           bytea       NOT NULL,
    state         text        NOT NULL,
    people_served int         NOT NULL,
    confirmed_at  timestamptz,
    version       bigint      NOT NULL,
    CONSTRAINT shifts_pkey PRIMARY KEY (id),
    CONSTRAINT shifts_task_fkey FOREIGN KEY (task_id) REFERENCES tasks (id),
    CONSTRAINT shifts_times_check CHECK (ends_at > starts_at),
    CONSTRAINT shifts_seats_check CHECK (taken BETWEEN 0 AND capacity), -- never more volunteers than seats, whatever the code does
    CONSTRAINT shifts_state_check CHECK (state IN ('open', 'confirmed'))
);
CREATE INDEX shifts_task_idx ON shifts (task_id);
CREATE INDEX shifts_starts_at_idx ON shifts (starts_at, id);
CREATE INDEX shifts_ends_at_open_idx ON shifts (ends_at) WHERE state = 'open';

CREATE TABLE sign_ups (
    id           uuid        NOT NULL,
    shift_id     uuid        NOT NULL,
    volunteer_id uuid        NOT NULL,
    state        text        NOT NULL,
    signed_up_at timestamptz NOT NULL,
    withdrawn_at timestamptz,
    reason       text        NOT NULL,
    version      bigint      NOT NULL,
    CONSTRAINT sign_ups_pkey PRIMARY KEY (id),
    CONSTRAINT sign_ups_shift_fkey FOREIGN KEY (shift_id) REFERENCES shifts (id),
    CONSTRAINT sign_ups_person_key UNIQUE (shift_id, volunteer_id),
    CONSTRAINT sign_ups_state_check CHECK (state IN ('confirmed', 'withdrawn'))
);
CREATE INDEX sign_ups_volunteer_idx ON sign_ups (volunteer_id) WHERE state = 'confirmed';

CREATE TABLE attendances (
    id             uuid        NOT NULL,
    shift_id       uuid        NOT NULL,
    volunteer_id   uuid        NOT NULL,
    state          text        NOT NULL,
    checked_in_at  timestamptz NOT NULL,
    in_method      text        NOT NULL,
    checked_out_at timestamptz,
    out_method     text        NOT NULL,
    verification   text        NOT NULL, -- empty until confirmed
    credited_from  timestamptz,
    credited_to    timestamptz,
    minutes        int         NOT NULL,
    confirmed_by   uuid,
    confirmed_at   timestamptz,
    reason         text        NOT NULL,
    version        bigint      NOT NULL,
    CONSTRAINT attendances_pkey PRIMARY KEY (id),
    CONSTRAINT attendances_shift_fkey FOREIGN KEY (shift_id) REFERENCES shifts (id),
    CONSTRAINT attendances_person_key UNIQUE (shift_id, volunteer_id),
    CONSTRAINT attendances_state_check CHECK (state IN ('open', 'closed', 'confirmed', 'rejected')),
    CONSTRAINT attendances_times_check CHECK (checked_out_at > checked_in_at),
    CONSTRAINT attendances_own_check CHECK (confirmed_by <> volunteer_id), -- nobody confirms themself; persons, not roles
    CONSTRAINT attendances_decided_check CHECK ((state IN ('confirmed', 'rejected')) = (confirmed_by IS NOT NULL AND confirmed_at IS NOT NULL)),
    CONSTRAINT attendances_minutes_check CHECK (minutes >= 0 AND (state = 'confirmed' OR minutes = 0))
);
CREATE INDEX attendances_volunteer_idx ON attendances (volunteer_id);

-- What was shown to prove presence, as it came; insert-only.
CREATE TABLE claims (
    id           uuid        NOT NULL, -- made by the phone, kept for ever: sending again is harmless
    shift_id     uuid        NOT NULL,
    volunteer_id uuid        NOT NULL,
    actor_id     uuid        NOT NULL,
    kind         text        NOT NULL,
    method       text        NOT NULL,
    proved_at    timestamptz NOT NULL,
    received_at  timestamptz NOT NULL,
    CONSTRAINT claims_pkey PRIMARY KEY (id),
    CONSTRAINT claims_kind_check CHECK (kind IN ('in', 'out')),
    CONSTRAINT claims_method_check CHECK (method IN ('link', 'digits', 'tap', 'own'))
);
CREATE INDEX claims_shift_idx ON claims (shift_id, volunteer_id);

CREATE TABLE code_tries (
    shift_id     uuid NOT NULL,
    volunteer_id uuid NOT NULL,
    tries        int  NOT NULL,
    CONSTRAINT code_tries_pkey PRIMARY KEY (shift_id, volunteer_id)
);

GRANT SELECT, INSERT, UPDATE ON known_teams, known_memberships, programmes, tasks, shifts, sign_ups, attendances, code_tries TO tasks;
GRANT SELECT, INSERT ON claims TO tasks;
