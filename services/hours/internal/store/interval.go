package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// ErrOverlap says that the same person is already credited for some of the time.
var ErrOverlap = apperr.New(apperr.Conflict, "hours_overlap", "这段时间已经记过这个人的另一次服务，同一段时间只能记一次。", "This person is already credited for some of this time; the same time counts once.")

// InsertIntervals takes for each line of which the time is known its stretch, for
// whoever of the people it is. It returns ErrOverlap when one of them has some of the time already.
func InsertIntervals(ctx context.Context, q postgres.Querier, entries []domain.Entry, people map[string]domain.Person) error {
	const query = `
		INSERT INTO credited_intervals (entry_id, volunteer_id, during)
		SELECT entry_id, volunteer_id, tstzrange(started_at, ended_at)
		FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::timestamptz[]) AS i (entry_id, volunteer_id, started_at, ended_at)`

	type entry = domain.Entry
	entries = slices.DeleteFunc(slices.Clone(entries), func(e entry) bool { return !e.Timed() })
	if len(entries) == 0 {
		return nil
	}
	_, err := q.ExecContext(ctx, query,
		postgres.Column(entries, func(e entry) string { return e.ID }),
		postgres.Column(entries, func(e entry) string { return people[e.VolunteerID].Key() }),
		postgres.Column(entries, func(e entry) time.Time { return e.From }),
		postgres.Column(entries, func(e entry) time.Time { return e.To }))
	if postgres.Violated(err, "credited_intervals_overlap") {
		return ErrOverlap
	}
	if err != nil {
		return fmt.Errorf("insert %d credited intervals: %w", len(entries), err)
	}
	return nil
}

// FreeInterval gives back the time of a line that is reversed.
func FreeInterval(ctx context.Context, q postgres.Querier, entryID string) error {
	if _, err := q.ExecContext(ctx, `DELETE FROM credited_intervals WHERE entry_id = $1`, entryID); err != nil {
		return fmt.Errorf("free the time of entry %s: %w", entryID, err)
	}
	return nil
}

// EachStretch calls f for every stretch that one of the records was credited
// for within the time.
func EachStretch(ctx context.Context, q postgres.Querier, records []string, from, to time.Time, f func(volunteerID string, s domain.Stretch)) error {
	const query = `
		SELECT volunteer_id, entry_id, lower(during), upper(during)
		FROM credited_intervals
		WHERE volunteer_id = ANY ($1::uuid[]) AND during && tstzrange($2, $3)
		ORDER BY lower(during)`

	err := each(ctx, q, query, []any{postgres.Array(records), from, to}, func(rows *sqlx.Rows) error {
		var volunteerID string
		var s domain.Stretch
		if err := rows.Scan(&volunteerID, &s.EntryID, &s.From, &s.To); err != nil {
			return err
		}
		s.From, s.To = s.From.UTC(), s.To.UTC()
		f(volunteerID, s)
		return nil
	})
	if err != nil {
		return fmt.Errorf("list what %d records were credited for: %w", len(records), err)
	}
	return nil
}
