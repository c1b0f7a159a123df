-- +goose Up
-- What people say of themselves, what a minor's guardian has agreed to, and
-- who became part of whom.

-- A minor waits 待监护人同意 until a guardian's consent is recorded (Henan art. 8).
ALTER TABLE volunteers
    DROP CONSTRAINT volunteers_state_check,
    ADD CONSTRAINT volunteers_state_check CHECK (state IN ('unclaimed', 'active', 'waiting', 'merged', 'erased'));
CREATE INDEX volunteers_region_code_idx ON volunteers (region_code) WHERE region_code IS NOT NULL;
CREATE INDEX volunteers_state_idx ON volunteers (state, name, id) WHERE state IN ('unclaimed', 'waiting'); -- lists of what is to be done

CREATE INDEX volunteers_letter_idx ON volunteers (left(initials, 1), name, id); -- one letter typed, in the order of the list

-- A code that was asked for to register is sent to any number.
ALTER TABLE sign_in_codes ADD COLUMN registers boolean NOT NULL DEFAULT false;
CREATE INDEX sign_in_codes_registers_idx ON sign_in_codes (created_at DESC) WHERE registers;

CREATE TABLE guardian_consents (
    id             uuid        NOT NULL,
    volunteer_id   uuid        NOT NULL,
    guardian_name  bytea       NOT NULL, -- sealed
    guardian_phone bytea       NOT NULL, -- sealed
    relation       text        NOT NULL,
    form_number    text        NOT NULL, -- of the paper that the guardian signed
    archived_at    text        NOT NULL, -- the place where the paper is kept
    text_version   text        NOT NULL, -- what the guardian has read
    recorded_by    uuid        NOT NULL,
    from_at        timestamptz NOT NULL,
    withdrawn_at   timestamptz,
    CONSTRAINT guardian_consents_pkey PRIMARY KEY (id),
    CONSTRAINT guardian_consents_volunteer_id_fkey FOREIGN KEY (volunteer_id) REFERENCES volunteers (id),
    CONSTRAINT guardian_consents_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES volunteers (id),
    CONSTRAINT guardian_consents_relation_check CHECK (relation IN ('mother', 'father', 'grandparent', 'other')),
    CONSTRAINT guardian_consents_form_check CHECK (form_number <> '' AND archived_at <> ''),
    CONSTRAINT guardian_consents_period_check CHECK (withdrawn_at >= from_at),
    CONSTRAINT guardian_consents_two_persons_check CHECK (recorded_by <> volunteer_id)
);
-- One consent of a person counts at a time; earlier ones stay as they were.
CREATE UNIQUE INDEX guardian_consents_current_key ON guardian_consents (volunteer_id) WHERE withdrawn_at IS NULL;
CREATE INDEX guardian_consents_volunteer_id_idx ON guardian_consents (volunteer_id, from_at);

-- What people can do: a list that the federation keeps. A skill that is no
-- longer offered stays with those who named it.
CREATE TABLE skills (
    code    text    NOT NULL,
    name    text    NOT NULL,
    place   int     NOT NULL, -- in the list
    offered boolean NOT NULL,
    CONSTRAINT skills_pkey PRIMARY KEY (code),
    CONSTRAINT skills_name_key UNIQUE (name),
    CONSTRAINT skills_name_check CHECK (name <> '')
);
INSERT INTO skills (code, name, place, offered) VALUES
    ('first_aid', '急救护理', 10, true), ('teaching', '课业辅导', 20, true), ('law', '法律咨询', 30, true),
    ('counselling', '心理疏导', 40, true), ('mediation', '家庭调解', 50, true), ('care', '老幼照护', 60, true),
    ('arts', '文艺表演', 70, true), ('handicraft', '手工编织', 80, true), ('cooking', '烹饪面点', 90, true),
    ('haircut', '理发', 100, true), ('repair', '家电维修', 110, true), ('driving', '驾驶', 120, true),
    ('computer', '电脑手机', 130, true), ('photo', '摄影摄像', 140, true), ('writing', '写作宣传', 150, true),
    ('sign_language', '手语', 160, true), ('farming', '农技', 170, true), ('sports', '体育健身', 180, true);

CREATE TABLE person_skills (
    volunteer_id uuid NOT NULL,
    skill        text NOT NULL,
    CONSTRAINT person_skills_pkey PRIMARY KEY (volunteer_id, skill),
    CONSTRAINT person_skills_volunteer_id_fkey FOREIGN KEY (volunteer_id) REFERENCES volunteers (id),
    CONSTRAINT person_skills_skill_fkey FOREIGN KEY (skill) REFERENCES skills (code)
);
CREATE INDEX person_skills_skill_idx ON person_skills (skill);

-- When people usually have time: three bits a day from Monday morning on.
CREATE TABLE availabilities (
    volunteer_id uuid NOT NULL,
    slots        int  NOT NULL,
    CONSTRAINT availabilities_pkey PRIMARY KEY (volunteer_id),
    CONSTRAINT availabilities_volunteer_id_fkey FOREIGN KEY (volunteer_id) REFERENCES volunteers (id),
    CONSTRAINT availabilities_slots_check CHECK (slots BETWEEN 0 AND 2097151)
);

-- Nobody joins under a record that is merged, erased or waiting for a
-- guardian. The row is held: whoever merges it at this moment comes before or
-- after, never in between.
-- +goose StatementBegin
CREATE FUNCTION memberships_are_of_people_who_are_here() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    gone uuid;
BEGIN
    FOR gone IN SELECT v.id FROM volunteers v
        WHERE v.id IN (SELECT n.volunteer_id FROM new_memberships n WHERE n.state <> 'ended') ORDER BY v.id FOR SHARE
    LOOP
        NULL; -- only held
    END LOOP;
    SELECT v.id INTO gone FROM volunteers v JOIN new_memberships n ON n.volunteer_id = v.id
        WHERE n.state <> 'ended' AND v.state IN ('waiting', 'merged', 'erased') LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'volunteer % cannot join', gone USING ERRCODE = 'check_violation', CONSTRAINT = 'memberships_person_check';
    END IF;
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER memberships_person_check AFTER INSERT ON memberships REFERENCING NEW TABLE AS new_memberships
    FOR EACH STATEMENT EXECUTE FUNCTION memberships_are_of_people_who_are_here();

GRANT SELECT, INSERT ON guardian_consents TO teams;
GRANT UPDATE (withdrawn_at, volunteer_id) ON guardian_consents TO teams; -- volunteer_id: when two records become one
GRANT SELECT, INSERT, UPDATE ON skills TO teams;
GRANT SELECT, INSERT, DELETE ON person_skills TO teams;
GRANT SELECT, INSERT, UPDATE, DELETE ON availabilities TO teams;
