-- +goose Up

-- What teams told of people: newest version only, by id.
CREATE TABLE known_people (
    volunteer_id uuid    NOT NULL,
    minor        boolean NOT NULL,
    erased       boolean NOT NULL,
    merged_into  uuid, -- whose record this is now; NULL: their own
    version      bigint  NOT NULL,
    CONSTRAINT known_people_pkey PRIMARY KEY (volunteer_id)
);
CREATE INDEX known_people_merged_idx ON known_people (merged_into) WHERE merged_into IS NOT NULL;

-- Papers that prove a training (岗前培训).
CREATE TABLE known_trainings (
    qualification_id uuid        NOT NULL,
    volunteer_id     uuid        NOT NULL,
    state            text        NOT NULL, -- claimed | confirmed | refused | withdrawn
    starts_at        timestamptz NOT NULL,
    ends_at          timestamptz, -- NULL: for good
    version          bigint      NOT NULL,
    CONSTRAINT known_trainings_pkey PRIMARY KEY (qualification_id)
);
CREATE INDEX known_trainings_volunteer_idx ON known_trainings (volunteer_id);

-- One human being may have had several records: the one that is left names the person.
-- +goose StatementBegin
CREATE FUNCTION person_of(record uuid) RETURNS uuid LANGUAGE plpgsql STABLE AS $$
DECLARE
    went_to uuid;
BEGIN
    FOR hops IN 1..8 LOOP -- events may come in any order: one that is merged itself may be named for a moment
        SELECT merged_into INTO went_to FROM known_people WHERE volunteer_id = record;
        EXIT WHEN went_to IS NULL;
        record := went_to;
    END LOOP;
    RETURN record;
END $$;
-- +goose StatementEnd

GRANT SELECT, INSERT, UPDATE ON known_people, known_trainings TO pairings;
