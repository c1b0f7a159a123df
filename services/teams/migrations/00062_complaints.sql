-- +goose Up
-- 评价投诉 (条例 art. 19, MZ/T 061): about a brigade, and perhaps about one of
-- its people. The office knows who complains; whom it is about never does. It
-- is kept for the star rule, which asks for exceptions and complaints.
CREATE TABLE complaints (
    id           uuid        NOT NULL, -- random: it tells nobody when it was sent
    team_id      uuid        NOT NULL,
    volunteer_id uuid,                 -- who of the brigade, when that was found out; NULL: the brigade itself
    person_word  text        NOT NULL DEFAULT '', -- who was meant, as it was typed
    complainer   uuid        NOT NULL,
    happened     text        NOT NULL,
    happened_on  date        NOT NULL,
    state        text        NOT NULL,
    received_at  timestamptz NOT NULL,
    taken_by     uuid,                 -- who looks at it
    decided_by   uuid,
    decided_at   timestamptz,
    reason       text        NOT NULL DEFAULT '',
    version      bigint      NOT NULL,
    CONSTRAINT complaints_pkey PRIMARY KEY (id),
    CONSTRAINT complaints_team_id_fkey FOREIGN KEY (team_id) REFERENCES teams (id),
    CONSTRAINT complaints_volunteer_id_fkey FOREIGN KEY (volunteer_id) REFERENCES volunteers (id),
    CONSTRAINT complaints_complainer_fkey FOREIGN KEY (complainer) REFERENCES volunteers (id),
    CONSTRAINT complaints_taken_by_fkey FOREIGN KEY (taken_by) REFERENCES volunteers (id),
    CONSTRAINT complaints_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES volunteers (id),
    CONSTRAINT complaints_state_check CHECK (state IN ('received', 'looked_at', 'upheld', 'not_upheld')),
    CONSTRAINT complaints_taken_check CHECK ((state = 'received') = (taken_by IS NULL)),
    CONSTRAINT complaints_decided_check CHECK ((state IN ('upheld', 'not_upheld')) = (decided_by IS NOT NULL)
        AND (decided_by IS NULL) = (decided_at IS NULL) AND (decided_by IS NULL OR reason <> ''))
);
CREATE INDEX complaints_open_idx ON complaints (received_at, id) WHERE state IN ('received', 'looked_at');
CREATE INDEX complaints_complainer_idx ON complaints (complainer, received_at);
CREATE INDEX complaints_volunteer_id_idx ON complaints (volunteer_id, id) WHERE volunteer_id IS NOT NULL;

-- It is decided by somebody who neither made it nor is concerned by it, under
-- whichever record: of a brigade those who lead it are concerned.
-- +goose StatementBegin
CREATE FUNCTION complaints_are_decided_by_others() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF same_person(NEW.decided_by, NEW.complainer) OR same_person(NEW.decided_by, NEW.volunteer_id) OR EXISTS (
        SELECT FROM memberships m
        WHERE m.team_id = NEW.team_id AND m.state = 'active' AND m.role IN ('leader', 'deputy') AND same_person(m.volunteer_id, NEW.decided_by)
    ) THEN
        RAISE EXCEPTION 'complaint % is decided by somebody concerned', NEW.id USING ERRCODE = 'check_violation', CONSTRAINT = 'complaints_third_person_check';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER complaints_third_person_check BEFORE INSERT OR UPDATE OF decided_by ON complaints
    FOR EACH ROW WHEN (NEW.decided_by IS NOT NULL) EXECUTE FUNCTION complaints_are_decided_by_others();

GRANT SELECT, INSERT ON complaints TO teams;
GRANT UPDATE (volunteer_id, complainer, person_word, happened, state, taken_by, decided_by, decided_at, reason, version) ON complaints TO teams;
