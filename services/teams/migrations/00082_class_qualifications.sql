-- +goose Up
-- A class of the federation may give a qualification to whoever completes it:
-- told by an event, once (ADR 48). Which kinds it may give is said by the list;
-- what the law has others issue is none of them.
ALTER TABLE qualifications ADD COLUMN source text; -- what a service told it by; NULL: a person wrote it down
CREATE UNIQUE INDEX qualifications_source_key ON qualifications (source);

ALTER TABLE qualification_kinds ADD COLUMN by_class boolean NOT NULL DEFAULT false;
UPDATE qualification_kinds SET by_class = true WHERE code = 'companion_training';
