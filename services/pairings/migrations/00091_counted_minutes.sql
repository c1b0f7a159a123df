-- +goose Up

-- Whoever confirms a contact may say that it counts for other minutes than were recorded,
-- and why. What was recorded stays beside it.
ALTER TABLE contacts
    ADD COLUMN counted     int,  -- minutes that it counts for; NULL: those that were recorded
    ADD COLUMN counted_why text, -- a word of domain.CountedReasons
    ADD CONSTRAINT contacts_counted_check CHECK ((counted IS NULL) = (counted_why IS NULL)
        AND (counted IS NULL OR made AND state = 'confirmed' AND counted BETWEEN 1 AND 480 AND counted <> minutes));
GRANT UPDATE (counted, counted_why) ON contacts TO pairings;
