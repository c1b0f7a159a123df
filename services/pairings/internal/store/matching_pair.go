package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

const pairColumns = `m.id, m.run_id, m.child_id, m.companion_id, m.cost, to_json(m.reasons) AS reasons, m.decision, m.reason, m.decided_by, m.decided_at, m.pairing_id, m.n`

type pairRow struct {
	ID          string
	RunID       string           `db:"run_id"`
	ChildID     string           `db:"child_id"`
	CompanionID sql.Null[string] `db:"companion_id"`
	Cost        int32
	Reasons     []byte
	Decision    sql.Null[string]
	Reason      sql.Null[string]
	DecidedBy   sql.Null[string]    `db:"decided_by"`
	DecidedAt   sql.Null[time.Time] `db:"decided_at"`
	PairingID   sql.Null[string]    `db:"pairing_id"`
	N           int64
}

func (r pairRow) pair() domain.MatchedPair {
	p := domain.MatchedPair{
		ID: r.ID, RunID: r.RunID, ChildID: r.ChildID, CompanionID: r.CompanionID.V, Cost: r.Cost, Decision: r.Decision.V, Reason: r.Reason.V,
		DecidedBy: r.DecidedBy.V, DecidedAt: instant(r.DecidedAt), PairingID: r.PairingID.V, N: r.N,
	}
	_ = json.Unmarshal(r.Reasons, &p.Reasons) // an array of text that PostgreSQL wrote
	return p
}

// PairView is a pair with what its line shows of both: nothing says who the child is.
type PairView struct {
	domain.MatchedPair
	Number          int
	BirthYear       int
	Sex             string
	ChildPath       string
	VolunteerID     string
	CompanionPath   string
	ChildStillWaits bool
}

// ListPairs returns pairs of a run after a place in it.
func ListPairs(ctx context.Context, q postgres.Querier, runID string, after int64, limit int) ([]PairView, error) {
	const query = `
		SELECT ` + pairColumns + `, c.number, c.birth_year, c.sex, c.region_path AS child_path, c.state = 'waiting' AS waits,
			coalesce(k.volunteer_id::text, '') AS volunteer_id, coalesce(k.region_path, '') AS companion_path
		FROM matching_pairs m JOIN children c ON c.id = m.child_id LEFT JOIN companions k ON k.id = m.companion_id
		WHERE m.run_id = $1 AND m.n > $2
		ORDER BY m.n
		LIMIT $3`

	var rows []struct {
		pairRow
		Number        int
		BirthYear     int `db:"birth_year"`
		Sex           string
		ChildPath     string `db:"child_path"`
		Waits         bool
		VolunteerID   string `db:"volunteer_id"`
		CompanionPath string `db:"companion_path"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, runID, after, limit); err != nil {
		return nil, fmt.Errorf("list pairs: %w", err)
	}
	pairs := make([]PairView, len(rows))
	for i, r := range rows {
		pairs[i] = PairView{
			MatchedPair: r.pair(), Number: r.Number, BirthYear: r.BirthYear, Sex: r.Sex, ChildPath: r.ChildPath, VolunteerID: r.VolunteerID,
			CompanionPath: r.CompanionPath, ChildStillWaits: r.Waits,
		}
	}
	return pairs, nil
}

// LockPair returns a pair for an update, or domain.ErrNoPair.
func LockPair(ctx context.Context, q postgres.Querier, pairID string) (domain.MatchedPair, error) {
	const query = `
		SELECT ` + pairColumns + `
		FROM matching_pairs m
		WHERE m.id = $1
		FOR UPDATE`

	var row pairRow
	err := sqlx.GetContext(ctx, q, &row, query, pairID)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.MatchedPair{}, domain.ErrNoPair
	}
	if err != nil {
		return domain.MatchedPair{}, fmt.Errorf("find pair %s: %w", pairID, err)
	}
	return row.pair(), nil
}

// UpdatePairDecided writes how a pair was decided.
func UpdatePairDecided(ctx context.Context, q postgres.Querier, p domain.MatchedPair) error {
	const query = `
		UPDATE matching_pairs
		SET decision = $2, reason = $3, decided_by = $4, decided_at = $5, pairing_id = $6
		WHERE id = $1`

	if _, err := q.ExecContext(ctx, query, p.ID, p.Decision, nullable(p.Reason), p.DecidedBy, p.DecidedAt, nullable(p.PairingID)); err != nil {
		return fmt.Errorf("decide a pair: %w", err)
	}
	return nil
}
