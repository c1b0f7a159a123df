-- +goose Up
-- 注销: what is kept of an erased person is the number and the day of joining,
-- so that the hours keep their owner. Everything that says who it was is gone,
-- and the database sees to it.
ALTER TABLE volunteers
    ADD CONSTRAINT volunteers_erased_check CHECK (state <> 'erased' OR
        phone_sealed IS NULL AND id_sealed IS NULL AND region_code IS NULL AND sex = '' AND adult_on IS NULL
        AND name = '已注销' AND initials = '' AND grams = '{}' AND NOT board_consent AND NOT rank_consent AND NOT location_consent);

GRANT DELETE ON guardian_consents TO teams;
