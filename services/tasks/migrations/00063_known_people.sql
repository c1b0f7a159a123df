-- +goose Up
-- What teams told of who may take part: minors without a guardian's consent,
-- and papers 资质. No row: nothing speaks against it, and no paper.
CREATE TABLE known_volunteers (
    volunteer_id       uuid    NOT NULL,
    minor              boolean NOT NULL,
    waits_for_guardian boolean NOT NULL,
    version            bigint  NOT NULL,
    CONSTRAINT known_volunteers_pkey PRIMARY KEY (volunteer_id)
);

CREATE TABLE known_qualifications (
    qualification_id uuid        NOT NULL,
    volunteer_id     uuid        NOT NULL,
    kind             text        NOT NULL,
    state            text        NOT NULL,
    valid_from       timestamptz NOT NULL,
    valid_until      timestamptz, -- NULL: for good
    version          bigint      NOT NULL,
    CONSTRAINT known_qualifications_pkey PRIMARY KEY (qualification_id)
);
CREATE INDEX known_qualifications_volunteer_idx ON known_qualifications (volunteer_id) WHERE state = 'confirmed';

GRANT SELECT, INSERT, UPDATE ON known_volunteers, known_qualifications TO tasks;
