-- +goose Up
-- Staged people are written anew whenever a roster is applied, and are of no
-- use once it was: a crash may empty the table. (What is staged of brigades and
-- memberships says what the others were not told yet, and must survive one.)
ALTER TABLE import_volunteers SET UNLOGGED;
