-- +goose Up
-- What else moves when two records become one: what was said about consents,
-- as it was said and when. A no that follows from the merge itself says so.
ALTER TABLE consents
    DROP CONSTRAINT consents_said_by_check,
    ADD CONSTRAINT consents_said_by_check CHECK (said_by IN ('self', 'guardian', 'taken_over', 'merged'));

GRANT UPDATE (volunteer_id) ON consents TO teams;
