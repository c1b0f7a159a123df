package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

// LockOfAge returns minors whose eighteenth birthday has come, the oldest
// first, and holds them. Those that another replica holds are left to it.
func LockOfAge(ctx context.Context, q postgres.Querier, v *vault.Vault, now time.Time, limit int) ([]domain.Volunteer, error) {
	const query = `
		SELECT ` + volunteerColumns + `
		FROM volunteers v
		WHERE v.minor AND v.adult_on <= $1::date AND v.state NOT IN ('merged', 'erased')
		ORDER BY v.adult_on, v.id
		LIMIT $2
		FOR NO KEY UPDATE SKIP LOCKED`

	return lockVolunteers(ctx, q, v, "of age", query, now.In(clock.City).Format(time.DateOnly), limit)
}

// LockMergedInto returns the records that became part of one, and holds them.
func LockMergedInto(ctx context.Context, q postgres.Querier, v *vault.Vault, survivorID string) ([]domain.Volunteer, error) {
	const query = `
		SELECT ` + volunteerColumns + `
		FROM volunteers v
		WHERE v.merged_into = $1
		ORDER BY v.id
		FOR NO KEY UPDATE`

	return lockVolunteers(ctx, q, v, "merged", query, survivorID)
}

func lockVolunteers(ctx context.Context, q postgres.Querier, v *vault.Vault, which, query string, args ...any) ([]domain.Volunteer, error) {
	var rows []volunteerRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, args...); err != nil {
		return nil, fmt.Errorf("lock volunteers %s: %w", which, err)
	}
	people := make([]domain.Volunteer, len(rows))
	for i, row := range rows {
		var err error
		if people[i], err = row.volunteer(v); err != nil {
			return nil, err
		}
	}
	return people, nil
}

// FindVolunteerByPaper returns the id of the person whose identity paper has
// this blind index, or "".
func FindVolunteerByPaper(ctx context.Context, q postgres.Querier, idIndex []byte) (string, error) {
	const query = `
		SELECT COALESCE((SELECT id::text FROM volunteers WHERE id_index = $1), '')`

	var id string
	if err := sqlx.GetContext(ctx, q, &id, query, idIndex); err != nil {
		return "", fmt.Errorf("find volunteer by paper: %w", err)
	}
	return id, nil
}

// CountRecords returns how often somebody did an act after a time.
func CountRecords(ctx context.Context, q postgres.Querier, actorID, act string, after time.Time) (int, error) {
	const query = `
		SELECT count(*)
		FROM audit_records
		WHERE actor_id = $1 AND act = $2 AND at > $3`

	var n int
	if err := sqlx.GetContext(ctx, q, &n, query, actorID, act, after); err != nil {
		return 0, fmt.Errorf("count %s of %s: %w", act, actorID, err)
	}
	return n, nil
}

// ListRecordsOf returns the ids of two records and of all that became part of
// either: who they are, under whichever id.
func ListRecordsOf(ctx context.Context, q postgres.Querier, oneID, otherID string) ([]string, error) {
	const query = `
		SELECT id
		FROM volunteers
		WHERE id IN ($1, $2) OR merged_into IN ($1, $2)`

	var ids []string
	if err := sqlx.SelectContext(ctx, q, &ids, query, oneID, otherID); err != nil {
		return nil, fmt.Errorf("list records of %s and %s: %w", oneID, otherID, err)
	}
	return ids, nil
}
