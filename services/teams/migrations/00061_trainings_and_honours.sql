-- +goose Up
-- Trainings that somebody has had, and what they were honoured with (条例
-- art. 19). Neither is deleted: what was wrong is withdrawn, with the reason.
CREATE TABLE trainings (
    id                 uuid        NOT NULL,
    volunteer_id       uuid        NOT NULL,
    title              text        NOT NULL,
    organiser          text        NOT NULL,
    held_on            date        NOT NULL,
    minutes            int         NOT NULL,
    certificate_number text        NOT NULL DEFAULT '',
    source             text,                 -- what a service told it by; NULL: an officer wrote it down
    recorded_by        uuid,                 -- NULL: Qihe itself, from a source
    recorded_at        timestamptz NOT NULL,
    withdrawn_by       uuid,
    withdrawn_at       timestamptz,
    reason             text        NOT NULL DEFAULT '',
    CONSTRAINT trainings_pkey PRIMARY KEY (id),
    CONSTRAINT trainings_volunteer_id_fkey FOREIGN KEY (volunteer_id) REFERENCES volunteers (id),
    CONSTRAINT trainings_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES volunteers (id),
    CONSTRAINT trainings_withdrawn_by_fkey FOREIGN KEY (withdrawn_by) REFERENCES volunteers (id),
    CONSTRAINT trainings_source_check CHECK ((source IS NULL) = (recorded_by IS NOT NULL)),
    CONSTRAINT trainings_minutes_check CHECK (minutes BETWEEN 1 AND 60000),
    CONSTRAINT trainings_withdrawn_check CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL) AND (withdrawn_at IS NULL OR reason <> ''))
);
CREATE INDEX trainings_volunteer_id_idx ON trainings (volunteer_id, held_on);
CREATE UNIQUE INDEX trainings_source_key ON trainings (volunteer_id, source) WHERE withdrawn_at IS NULL; -- told twice, kept once

CREATE TABLE honours (
    id              uuid        NOT NULL,
    volunteer_id    uuid        NOT NULL,
    title           text        NOT NULL,
    level           text        NOT NULL,
    issuer          text        NOT NULL,
    awarded_on      date        NOT NULL,
    document_number text        NOT NULL DEFAULT '', -- 文号
    recorded_by     uuid        NOT NULL,
    recorded_at     timestamptz NOT NULL,
    withdrawn_by    uuid,
    withdrawn_at    timestamptz,
    reason          text        NOT NULL DEFAULT '',
    CONSTRAINT honours_pkey PRIMARY KEY (id),
    CONSTRAINT honours_volunteer_id_fkey FOREIGN KEY (volunteer_id) REFERENCES volunteers (id),
    CONSTRAINT honours_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES volunteers (id),
    CONSTRAINT honours_withdrawn_by_fkey FOREIGN KEY (withdrawn_by) REFERENCES volunteers (id),
    CONSTRAINT honours_level_check CHECK (level IN ('nation', 'province', 'city', 'county', 'unit')),
    CONSTRAINT honours_withdrawn_check CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL) AND (withdrawn_at IS NULL OR reason <> ''))
);
CREATE INDEX honours_volunteer_id_idx ON honours (volunteer_id, awarded_on);

-- Nobody writes down what they themself were given, under whichever record.
-- +goose StatementBegin
CREATE FUNCTION records_are_made_by_others() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.withdrawn_at IS NULL AND same_person(NEW.recorded_by, NEW.volunteer_id) THEN
        RAISE EXCEPTION '% % is recorded by its own person', TG_TABLE_NAME, NEW.id USING ERRCODE = 'check_violation', CONSTRAINT = TG_TABLE_NAME || '_two_persons_check';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER trainings_two_persons_check BEFORE INSERT OR UPDATE ON trainings FOR EACH ROW EXECUTE FUNCTION records_are_made_by_others();
CREATE TRIGGER honours_two_persons_check BEFORE INSERT OR UPDATE ON honours FOR EACH ROW EXECUTE FUNCTION records_are_made_by_others();

GRANT SELECT, INSERT, DELETE ON trainings, honours TO teams; -- DELETE: 注销
GRANT UPDATE (volunteer_id, withdrawn_by, withdrawn_at, reason) ON trainings, honours TO teams;
