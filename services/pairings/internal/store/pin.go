package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// LockPIN returns a person's PIN for an update; ok is false for who has none.
func LockPIN(ctx context.Context, q postgres.Querier, volunteerID string) (p domain.PIN, ok bool, err error) {
	const query = `
		SELECT mark, set_at, wrong_tries, last_wrong_at
		FROM pairing_pins
		WHERE volunteer_id = $1
		FOR UPDATE`

	p.VolunteerID = volunteerID
	var last sql.Null[time.Time]
	err = q.QueryRowxContext(ctx, query, volunteerID).Scan(&p.Mark, &p.SetAt, &p.WrongTries, &last)
	if errors.Is(err, sql.ErrNoRows) {
		return p, false, nil
	}
	if err != nil {
		return p, false, fmt.Errorf("find a PIN: %w", err)
	}
	p.LastWrongAt = instant(last)
	return p, true, nil
}

// HasPIN reports whether somebody has a PIN.
func HasPIN(ctx context.Context, q postgres.Querier, volunteerID string) (has bool, err error) {
	const query = `SELECT EXISTS (SELECT FROM pairing_pins WHERE volunteer_id = $1)`

	if err := q.QueryRowxContext(ctx, query, volunteerID).Scan(&has); err != nil {
		return false, fmt.Errorf("look for a PIN: %w", err)
	}
	return has, nil
}

// UpsertPIN keeps a PIN, or that it was tried.
func UpsertPIN(ctx context.Context, q postgres.Querier, p domain.PIN) error {
	const query = `
		INSERT INTO pairing_pins (volunteer_id, mark, set_at, wrong_tries, last_wrong_at)
		VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT ON CONSTRAINT pairing_pins_pkey DO UPDATE
		SET mark = excluded.mark, set_at = excluded.set_at, wrong_tries = excluded.wrong_tries, last_wrong_at = excluded.last_wrong_at`

	if _, err := q.ExecContext(ctx, query, p.VolunteerID, p.Mark, p.SetAt, p.WrongTries, nullable(p.LastWrongAt)); err != nil {
		return fmt.Errorf("keep a PIN: %w", err)
	}
	return nil
}

// DeletePIN clears a person's PIN under any of their records, and ends what it opened.
func DeletePIN(ctx context.Context, q postgres.Querier, volunteerID string) error {
	for _, table := range []string{"pairing_passes", "pairing_pins"} {
		query := `DELETE FROM ` + table + ` WHERE volunteer_id IN (SELECT records_of($1))`
		if _, err := q.ExecContext(ctx, query, volunteerID); err != nil {
			return fmt.Errorf("clear a PIN: %w", err)
		}
	}
	return nil
}

// UpsertPass keeps until when a session need not type its person's PIN again.
func UpsertPass(ctx context.Context, q postgres.Querier, sessionID, volunteerID string, until time.Time) error {
	const query = `
		INSERT INTO pairing_passes (session_id, volunteer_id, good_until)
		VALUES ($1, $2, $3)
		ON CONFLICT ON CONSTRAINT pairing_passes_pkey DO UPDATE
		SET volunteer_id = excluded.volunteer_id, good_until = excluded.good_until`

	if _, err := q.ExecContext(ctx, query, sessionID, volunteerID, until); err != nil {
		return fmt.Errorf("keep a pass: %w", err)
	}
	return nil
}

// FindPass returns until when a session need not type its person's PIN again; zero: it has to.
func FindPass(ctx context.Context, q postgres.Querier, sessionID, volunteerID string) (until time.Time, err error) {
	const query = `
		SELECT good_until
		FROM pairing_passes
		WHERE session_id = $1 AND volunteer_id = $2`

	err = q.QueryRowxContext(ctx, query, sessionID, volunteerID).Scan(&until)
	if errors.Is(err, sql.ErrNoRows) {
		return time.Time{}, nil
	}
	if err != nil {
		return until, fmt.Errorf("find a pass: %w", err)
	}
	return until.UTC(), nil
}

// DeletePass makes a session type the PIN again.
func DeletePass(ctx context.Context, q postgres.Querier, sessionID string) error {
	const query = `DELETE FROM pairing_passes WHERE session_id = $1`

	if _, err := q.ExecContext(ctx, query, sessionID); err != nil {
		return fmt.Errorf("end a pass: %w", err)
	}
	return nil
}

// DeletePasses forgets those that ended before an instant.
func DeletePasses(ctx context.Context, q postgres.Querier, before time.Time) error {
	const query = `DELETE FROM pairing_passes WHERE good_until < $1`

	if _, err := q.ExecContext(ctx, query, before); err != nil {
		return fmt.Errorf("forget passes: %w", err)
	}
	return nil
}
