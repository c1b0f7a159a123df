-- +goose Up
-- A name as it is looked for: small letters, none of the spaces, dots, brackets
-- and strokes that names hold and nobody types (买买提·艾合买提, 春风队（二）).
-- shared/pinyin makes the same of what was typed.
CREATE FUNCTION plain_name(name text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN translate(lower(normalize(name, NFKC)), ' ·•・‧.()[]{}【】〔〕「」《》<>“”‘’"''、,:;!?。-—–_/\&+*#', '');
