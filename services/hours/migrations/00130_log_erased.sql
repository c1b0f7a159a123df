-- +goose Up

-- Who was erased from the log. A line may still be written about them afterwards,
-- a reversal for instance: its mark is made with a salt that nobody keeps. With a
-- new salt their old lines would look as if they were another person's.
CREATE TABLE log_erased (
    person_id uuid NOT NULL,
    CONSTRAINT log_erased_pkey PRIMARY KEY (person_id)
);
INSERT INTO log_erased (person_id)
SELECT p.person_id
FROM log_leaves l
JOIN entries e ON e.id = l.entry_id
CROSS JOIN LATERAL (VALUES (e.volunteer_id), (e.confirmed_by)) AS p (person_id)
WHERE NOT EXISTS (SELECT FROM log_salts s WHERE s.person_id = p.person_id)
GROUP BY p.person_id;

GRANT SELECT, INSERT ON log_erased TO hours;
