-- +goose Up
-- 只限本队: only members of the brigades that hold it take part; whoever signed
-- up before that was set stays.
ALTER TABLE tasks ADD COLUMN only_members boolean NOT NULL DEFAULT false;
