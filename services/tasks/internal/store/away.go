package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// ListPlaceConsents returns who of these records consented that their phone
// compares places.
func ListPlaceConsents(ctx context.Context, q postgres.Querier, volunteerIDs []string) (map[string]bool, error) {
	const query = `
		SELECT volunteer_id
		FROM known_volunteers
		WHERE volunteer_id = ANY ($1::uuid[]) AND location_consent`

	return idSet(ctx, q, query, postgres.Array(volunteerIDs))
}

// LockPlaceConsent reports whether somebody consents now, and keeps it so until
// the transaction ends: a withdrawal comes before or after it.
func LockPlaceConsent(ctx context.Context, q postgres.Querier, volunteerID string) (consents bool, err error) {
	const query = `
		SELECT location_consent
		FROM known_volunteers
		WHERE volunteer_id = $1
		FOR SHARE`

	err = sqlx.GetContext(ctx, q, &consents, query, volunteerID)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("lock a consent: %w", err)
	}
	return consents, nil
}

// FindPlacedAttendance returns the attendance, undecided as yet, that a person's
// own claim with network since then was about, or domain.ErrNoClaimToPlace.
func FindPlacedAttendance(ctx context.Context, q postgres.Querier, claimID string, person domain.Person, since time.Time) (attendanceID string, err error) {
	const query = `
		SELECT a.id
		FROM claims c
		JOIN attendances a ON a.shift_id = c.shift_id AND a.volunteer_id = c.volunteer_id AND a.stretch = 0
		WHERE c.id = $1 AND c.actor_id = ANY ($2::uuid[]) AND c.volunteer_id = ANY ($2::uuid[]) AND c.device_id IS NULL AND c.doubt = ''
			AND c.received_at >= $3 AND a.state NOT IN ('confirmed', 'rejected', 'undone')`

	err = sqlx.GetContext(ctx, q, &attendanceID, query, claimID, postgres.Array(person.IDs()), since)
	if errors.Is(err, sql.ErrNoRows) {
		return "", domain.ErrNoClaimToPlace
	}
	if err != nil {
		return "", fmt.Errorf("find what a claim was about: %w", err) // which claim is in no log
	}
	return attendanceID, nil
}

// InsertAway keeps that a phone is far from the place; again it changes nothing.
func InsertAway(ctx context.Context, q postgres.Querier, attendanceID, volunteerID string, at time.Time) error {
	const query = `
		INSERT INTO aways (attendance_id, volunteer_id, told_at)
		VALUES ($1, $2, $3)
		ON CONFLICT ON CONSTRAINT aways_pkey DO NOTHING`

	if _, err := q.ExecContext(ctx, query, attendanceID, volunteerID, at); err != nil {
		return fmt.Errorf("insert away: %w", err)
	}
	return nil
}

// ListAways returns the attendances of a shift whose phone was far from the place.
func ListAways(ctx context.Context, q postgres.Querier, shiftID string) (map[string]bool, error) {
	const query = `
		SELECT w.attendance_id
		FROM attendances a
		JOIN aways w ON w.attendance_id = a.id
		WHERE a.shift_id = $1`

	return idSet(ctx, q, query, shiftID)
}

// DeleteUnconsentedAways forgets what the phones of those told who do not
// consent any more.
func DeleteUnconsentedAways(ctx context.Context, q postgres.Querier, people []domain.KnownVolunteer) error {
	const query = `
		DELETE FROM aways
		WHERE volunteer_id IN (SELECT volunteer_id FROM known_volunteers WHERE volunteer_id = ANY ($1::uuid[]) AND NOT location_consent)`

	if _, err := q.ExecContext(ctx, query, postgres.Column(people, func(k domain.KnownVolunteer) string { return k.VolunteerID })); err != nil {
		return fmt.Errorf("delete places without consent: %w", err)
	}
	return nil
}

// HasAways reports whether anything is kept at all.
func HasAways(ctx context.Context, q postgres.Querier) (has bool, err error) {
	if err := sqlx.GetContext(ctx, q, &has, `SELECT EXISTS (SELECT 1 FROM aways)`); err != nil {
		return false, fmt.Errorf("find places: %w", err)
	}
	return has, nil
}

// DeleteSettledAways forgets what was told of attendances that are decided or
// taken back, of shifts that are settled or do not take place, and before then.
func DeleteSettledAways(ctx context.Context, q postgres.Querier, before time.Time) error {
	const query = `
		DELETE FROM aways w
		USING attendances a, shifts s
		WHERE a.id = w.attendance_id AND s.id = a.shift_id
			AND (a.state IN ('confirmed', 'rejected', 'undone') OR s.state IN ('confirmed', 'cancelled') OR w.told_at < $1)`

	if _, err := q.ExecContext(ctx, query, before); err != nil {
		return fmt.Errorf("delete settled places: %w", err)
	}
	return nil
}

func idSet(ctx context.Context, q postgres.Querier, query string, arg any) (map[string]bool, error) {
	var ids []string
	if err := sqlx.SelectContext(ctx, q, &ids, query, arg); err != nil {
		return nil, fmt.Errorf("list places: %w", err)
	}
	set := make(map[string]bool, len(ids))
	for _, id := range ids {
		set[id] = true
	}
	return set, nil
}
