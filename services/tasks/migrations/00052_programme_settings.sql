-- +goose Up
-- What holds for a line of work, from a day on. Rows are only added: what was in
-- force on a day is the newest row of the last day that had come.
CREATE TABLE programme_settings (
    id               uuid        NOT NULL,
    programme_id     uuid        NOT NULL,
    valid_from       date        NOT NULL, -- a day of the city
    needs            text[]      NOT NULL, -- codes of teams' list of papers; one of them is needed to take part
    day_cap          int         NOT NULL, -- most minutes of one person's day that are not looked at; 0: none
    rounding         int         NOT NULL, -- minutes are cut to whole multiples of it
    risky            boolean     NOT NULL, -- every activity may endanger the person: insurance is always needed
    risk_note        text        NOT NULL, -- what every activity must warn of
    meet_every       int         NOT NULL, -- contact plan of pairings, in days; 0: none
    call_every       int         NOT NULL,
    reason           text        NOT NULL,
    set_by           uuid,                 -- NULL: Qihe's first settings
    set_at           timestamptz NOT NULL,
    CONSTRAINT programme_settings_pkey PRIMARY KEY (id),
    CONSTRAINT programme_settings_programme_fkey FOREIGN KEY (programme_id) REFERENCES programmes (id) ON DELETE CASCADE,
    CONSTRAINT programme_settings_cap_check CHECK (day_cap BETWEEN 0 AND 1440),
    CONSTRAINT programme_settings_rounding_check CHECK (rounding IN (1, 5, 10, 15, 30, 60)),
    CONSTRAINT programme_settings_contact_check CHECK (meet_every BETWEEN 0 AND 366 AND call_every BETWEEN 0 AND 366)
);
CREATE INDEX programme_settings_in_force_idx ON programme_settings (programme_id, valid_from DESC, set_at DESC, id DESC);

-- 专项行动: an officer's template for a season, which a leader takes up or not.
CREATE TABLE campaigns (
    id           uuid        NOT NULL,
    region_path  text        NOT NULL, -- whose brigades see it
    programme_id uuid        NOT NULL,
    name         text        NOT NULL,
    call         text        NOT NULL, -- a sentence to the leaders
    title        text        NOT NULL, -- of the activity; what follows is proposed as well
    description  text        NOT NULL,
    risks        text        NOT NULL,
    bring        text        NOT NULL,
    first_day    date        NOT NULL,
    last_day     date        NOT NULL,
    created_by   uuid        NOT NULL,
    created_at   timestamptz NOT NULL,
    ended_at     timestamptz,
    CONSTRAINT campaigns_pkey PRIMARY KEY (id),
    CONSTRAINT campaigns_programme_fkey FOREIGN KEY (programme_id) REFERENCES programmes (id),
    CONSTRAINT campaigns_days_check CHECK (last_day >= first_day)
);
CREATE INDEX campaigns_last_day_idx ON campaigns (last_day) WHERE ended_at IS NULL;

ALTER TABLE tasks ADD COLUMN campaign_id uuid; -- taken up from; NULL: from none
ALTER TABLE tasks ADD CONSTRAINT tasks_campaign_fkey FOREIGN KEY (campaign_id) REFERENCES campaigns (id);
CREATE INDEX tasks_campaign_idx ON tasks (campaign_id) WHERE campaign_id IS NOT NULL;

GRANT SELECT, INSERT ON programme_settings TO tasks;
GRANT SELECT, INSERT, UPDATE ON campaigns TO tasks;
