package store

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// ListTries returns how often each of these people typed wrong digits at these shifts.
func ListTries(ctx context.Context, q postgres.Querier, seats []Seat) (map[Seat]int, error) {
	if len(seats) == 0 {
		return map[Seat]int{}, nil
	}
	const query = `
		SELECT shift_id, volunteer_id, tries
		FROM code_tries
		WHERE (shift_id, volunteer_id) IN (SELECT shift_id, volunteer_id FROM unnest($1::uuid[], $2::uuid[]) AS s (shift_id, volunteer_id))`

	var rows []struct {
		ShiftID     string `db:"shift_id"`
		VolunteerID string `db:"volunteer_id"`
		Tries       int    `db:"tries"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query,
		postgres.Column(seats, func(s Seat) string { return s.ShiftID }), postgres.Column(seats, func(s Seat) string { return s.VolunteerID })); err != nil {
		return nil, fmt.Errorf("list code tries: %w", err)
	}
	tries := make(map[Seat]int, len(rows))
	for _, r := range rows {
		tries[Seat{r.ShiftID, r.VolunteerID}] = r.Tries
	}
	return tries, nil
}

// UpsertTries writes how often somebody typed wrong digits.
func UpsertTries(ctx context.Context, q postgres.Querier, tries map[Seat]int) error {
	const query = `
		INSERT INTO code_tries (shift_id, volunteer_id, tries)
		SELECT shift_id, volunteer_id, tries
		FROM unnest($1::uuid[], $2::uuid[], $3::int[]) AS t (shift_id, volunteer_id, tries)
		ON CONFLICT (shift_id, volunteer_id) DO UPDATE SET tries = excluded.tries`

	seats := make([]Seat, 0, len(tries))
	for s := range tries {
		seats = append(seats, s)
	}
	if _, err := q.ExecContext(ctx, query,
		postgres.Column(seats, func(s Seat) string { return s.ShiftID }),
		postgres.Column(seats, func(s Seat) string { return s.VolunteerID }),
		postgres.Column(seats, func(s Seat) int64 { return int64(tries[s]) })); err != nil {
		return fmt.Errorf("upsert code tries: %w", err)
	}
	return nil
}
