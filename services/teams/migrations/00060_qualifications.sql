-- +goose Up
-- What somebody may do because of a paper (条例 art. 16: 法律援助, 心理咨询), and
-- the list of such papers, which the federation keeps. A kind that is no longer
-- offered stays with those who have it.
CREATE TABLE qualification_kinds (
    code         text    NOT NULL,
    name         text    NOT NULL,
    place        int     NOT NULL, -- in the list
    offered      boolean NOT NULL,
    expires      boolean NOT NULL, -- it ends on a day
    months       int     NOT NULL, -- how long it usually lasts; 0: as the paper says
    needs_number boolean NOT NULL,
    needs_issuer boolean NOT NULL,
    CONSTRAINT qualification_kinds_pkey PRIMARY KEY (code),
    CONSTRAINT qualification_kinds_name_key UNIQUE (name),
    CONSTRAINT qualification_kinds_name_check CHECK (name <> ''),
    CONSTRAINT qualification_kinds_months_check CHECK (months BETWEEN 0 AND 600 AND (expires OR months = 0))
);
INSERT INTO qualification_kinds (code, name, place, offered, expires, months, needs_number, needs_issuer) VALUES
    ('lawyer', '律师执业证', 10, true, true, 12, true, true),                -- checked every year
    ('legal_worker', '基层法律服务工作者证', 20, true, true, 12, true, true),
    ('counsellor', '心理咨询师', 30, true, false, 0, true, true),
    ('social_worker', '社会工作者职业资格', 40, true, true, 36, true, true), -- registered for three years
    ('mediator', '人民调解员', 50, true, true, 36, false, true),
    ('first_aid', '急救员证', 60, true, true, 36, true, true),
    ('teacher', '教师资格证', 70, true, false, 0, true, true),
    ('nurse', '护士执业证', 80, true, true, 60, true, true),
    ('family_guide', '家庭教育指导师', 90, true, false, 0, true, true),
    ('companion_training', '代理家长岗前培训', 100, true, true, 12, false, true);

-- One paper of one person. That it is over is not a state: whoever asks
-- compares valid_until, the last good day, with the clock.
CREATE TABLE qualifications (
    id            uuid        NOT NULL,
    volunteer_id  uuid        NOT NULL,
    kind          text        NOT NULL,
    issuer        text        NOT NULL,
    number_sealed bytea,                -- the paper's number: it leads to a person in public registers
    issued_on     date        NOT NULL,
    valid_until   date,                 -- NULL: for good
    state         text        NOT NULL,
    claimed_by    uuid        NOT NULL, -- the person, or the officer who wrote it down
    claimed_at    timestamptz NOT NULL,
    decided_by    uuid,                 -- who confirmed, refused or withdrew it last
    decided_at    timestamptz,
    reason        text        NOT NULL DEFAULT '',
    told_end      smallint    NOT NULL DEFAULT 0, -- the person knows: 1 that it ends soon, 2 that it has ended
    version       bigint      NOT NULL,
    CONSTRAINT qualifications_pkey PRIMARY KEY (id),
    CONSTRAINT qualifications_volunteer_id_fkey FOREIGN KEY (volunteer_id) REFERENCES volunteers (id),
    CONSTRAINT qualifications_kind_fkey FOREIGN KEY (kind) REFERENCES qualification_kinds (code),
    CONSTRAINT qualifications_claimed_by_fkey FOREIGN KEY (claimed_by) REFERENCES volunteers (id),
    CONSTRAINT qualifications_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES volunteers (id),
    CONSTRAINT qualifications_state_check CHECK (state IN ('claimed', 'confirmed', 'refused', 'withdrawn')),
    CONSTRAINT qualifications_decided_check CHECK ((state = 'claimed') = (decided_by IS NULL) AND (state = 'claimed') = (decided_at IS NULL)),
    CONSTRAINT qualifications_reason_check CHECK (state <> 'refused' OR reason <> ''),
    CONSTRAINT qualifications_period_check CHECK (valid_until >= issued_on),
    CONSTRAINT qualifications_told_end_check CHECK (told_end BETWEEN 0 AND 2)
);
-- One of a kind waits at a time; a new paper may wait while the old one is good.
CREATE UNIQUE INDEX qualifications_claimed_key ON qualifications (volunteer_id, kind) WHERE state = 'claimed';
CREATE INDEX qualifications_volunteer_id_idx ON qualifications (volunteer_id, id);
CREATE INDEX qualifications_waiting_idx ON qualifications (id) WHERE state = 'claimed';
CREATE INDEX qualifications_ending_idx ON qualifications (valid_until) WHERE state = 'confirmed' AND told_end < 2;

-- Two ids are one person when one was merged into the other, or both into a third.
-- +goose StatementBegin
CREATE FUNCTION same_person(a uuid, b uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT COALESCE((SELECT COALESCE(merged_into, id) FROM volunteers WHERE id = a) = (SELECT COALESCE(merged_into, id) FROM volunteers WHERE id = b), false)
$$;
-- +goose StatementEnd

-- Nobody confirms or refuses a paper of their own, under whichever record.
-- +goose StatementBegin
CREATE FUNCTION qualifications_are_decided_by_others() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state IN ('confirmed', 'refused') AND same_person(NEW.decided_by, NEW.volunteer_id) THEN
        RAISE EXCEPTION 'qualification % is decided by its own person', NEW.id USING ERRCODE = 'check_violation', CONSTRAINT = 'qualifications_two_persons_check';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER qualifications_two_persons_check BEFORE INSERT OR UPDATE ON qualifications
    FOR EACH ROW EXECUTE FUNCTION qualifications_are_decided_by_others();

GRANT SELECT, INSERT, UPDATE ON qualification_kinds TO teams;
GRANT SELECT, INSERT, UPDATE, DELETE ON qualifications TO teams; -- DELETE: 注销
