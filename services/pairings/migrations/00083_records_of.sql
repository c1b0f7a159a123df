-- +goose Up

-- All records of the human being that one of them names. The gates of a companion
-- parent ask for her records by their index; with person_of over whole tables each
-- look at one of them went through all companions and all trainings of the city.
-- +goose StatementBegin
CREATE FUNCTION records_of(record uuid) RETURNS SETOF uuid LANGUAGE sql STABLE ROWS 2 AS $$
    WITH RECURSIVE same (id) AS (
        SELECT person_of(record)
        UNION
        SELECT k.volunteer_id FROM known_people k JOIN same ON k.merged_into = same.id
    )
    SELECT id FROM same
$$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE OR REPLACE FUNCTION companion_gates(companion uuid, at timestamptz) RETURNS TABLE (gate text, shown boolean, good_until timestamptz)
LANGUAGE sql STABLE AS $$
    WITH newest AS (
        SELECT DISTINCT ON (kind) kind, passed, good_until
        FROM companion_evidence
        WHERE companion_id = companion AND kind <> 'interview'
        ORDER BY kind, n DESC
    ), views AS (
        SELECT DISTINCT ON (person_of(by_id)) passed, good_until
        FROM companion_evidence
        WHERE companion_id = companion AND kind = 'interview'
        ORDER BY person_of(by_id), n DESC
    ), good AS (
        SELECT kind AS gate, good_until FROM newest WHERE passed
        UNION ALL
        (SELECT 'interview', v.good_until FROM views v WHERE NOT EXISTS (SELECT FROM views WHERE NOT passed) ORDER BY v.good_until DESC OFFSET 1 LIMIT 1)
        UNION ALL
        SELECT 'training', max(coalesce(t.ends_at, 'infinity'))
        FROM companions c CROSS JOIN LATERAL records_of(c.volunteer_id) AS r (id) JOIN known_trainings t ON t.volunteer_id = r.id
        WHERE c.id = companion AND t.state = 'confirmed' AND t.starts_at <= at
    )
    SELECT g.gate, good.good_until IS NOT NULL, nullif(good.good_until, 'infinity')
    FROM unnest(ARRAY['identity', 'training', 'conduct', 'offence', 'interview']) AS g (gate) LEFT JOIN good ON good.gate = g.gate
$$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE OR REPLACE FUNCTION companion_conflict(companion uuid, volunteer uuid, approver uuid) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN EXISTS (SELECT FROM known_people WHERE volunteer_id = person_of(volunteer) AND erased) THEN 'companions_erased_check'
        WHEN EXISTS (SELECT FROM known_people WHERE volunteer_id = person_of(volunteer) AND minor) THEN 'companions_adult_check'
        WHEN person_of(approver) = person_of(volunteer) OR EXISTS (
            SELECT FROM companion_evidence
            WHERE companion_id = companion AND (kind = 'interview' AND person_of(by_id) = person_of(approver)
                OR kind IN ('offence', 'interview') AND person_of(by_id) = person_of(volunteer))
        ) THEN 'companions_persons_check'
        WHEN EXISTS (
            SELECT FROM records_of(volunteer) AS r (id) JOIN companions c ON c.volunteer_id = r.id
                LEFT JOIN companions mine ON mine.id = companion -- of two who turn out to be one the first stays
            WHERE c.id <> companion AND c.state IN ('approved', 'suspended')
                AND (c.approved_at, c.id) < (coalesce(mine.approved_at, 'infinity'), companion)
        ) THEN 'companions_once_check'
    END
$$;
-- +goose StatementEnd
