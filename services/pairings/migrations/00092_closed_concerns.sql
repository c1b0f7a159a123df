-- +goose Up

-- Closed concerns are erased when their time is over; the clock looks for them.
CREATE INDEX concerns_closed_idx ON concerns (closed_at) WHERE state = 'closed';
