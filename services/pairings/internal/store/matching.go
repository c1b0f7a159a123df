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

// ListWaiting returns children of a region and below who wait and for whom nothing is
// proposed, in the order in which they came.
func ListWaiting(ctx context.Context, q postgres.Querier, regionPath string, limit int) ([]domain.Child, error) {
	const query = postgres.Anew + `
		SELECT ` + childColumns + `
		FROM children c
		WHERE region_path ^@ $1 AND state = 'waiting'
			AND NOT EXISTS (SELECT FROM pairings p WHERE p.child_id = c.id AND p.state <> 'closed')
		ORDER BY number
		LIMIT $2`
	return listChildren(ctx, q, query, regionPath, limit)
}

// ListCandidates returns companion parents who help in a region, below it or in one that
// holds it, and have room for one child more, each with how many they have.
func ListCandidates(ctx context.Context, q postgres.Querier, regionPath string, mostOpen, limit int) ([]domain.Candidate, error) {
	const query = postgres.Anew + `
		WITH open AS MATERIALIZED (
			SELECT person_of(volunteer_id) AS person, count(*)::int AS n
			FROM pairings
			WHERE state <> 'closed'
			GROUP BY 1
		)
		SELECT c.id, c.volunteer_id, c.region_path, to_json(c.offers) AS offers, coalesce(o.n, 0) AS open
		FROM companions c LEFT JOIN open o ON o.person = person_of(c.volunteer_id)
		WHERE (c.region_path ^@ $1 OR starts_with($1, c.region_path)) AND c.state = 'approved' AND coalesce(o.n, 0) < $2
		ORDER BY c.approved_at, c.id
		LIMIT $3`

	var rows []struct {
		ID          string
		VolunteerID string `db:"volunteer_id"`
		RegionPath  string `db:"region_path"`
		Offers      []byte
		Open        int
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, regionPath, mostOpen, limit); err != nil {
		return nil, fmt.Errorf("list who has room in %s: %w", regionPath, err)
	}
	candidates := make([]domain.Candidate, len(rows))
	for i, r := range rows {
		candidates[i] = domain.Candidate{CompanionID: r.ID, VolunteerID: r.VolunteerID, RegionPath: r.RegionPath, Open: r.Open, Free: mostOpen - r.Open}
		_ = json.Unmarshal(r.Offers, &candidates[i].Offers) // an array of text that PostgreSQL wrote
	}
	return candidates, nil
}

// ChildAndCompanion names a pair.
type ChildAndCompanion struct {
	ChildID     string `db:"child_id"`
	CompanionID string `db:"companion_id"`
}

// ListPasts returns what was between the children who wait in a region and approved
// companion parents, under whichever record they were it. What ended because it did not
// suit, or because somebody said no, is not begun again.
func ListPasts(ctx context.Context, q postgres.Querier, regionPath string) (map[ChildAndCompanion]domain.Past, error) {
	const query = postgres.Anew + `
		WITH waiting AS MATERIALIZED (
			SELECT id FROM children WHERE region_path ^@ $1 AND state = 'waiting'
		), had AS MATERIALIZED (
			SELECT p.child_id, person_of(p.volunteer_id) AS person,
				p.closed_reason IN ('not_suited', 'child_wish', 'trial_ended', 'volunteer_declined', 'guardian_declined', 'officer_declined') AS refused,
				p.trial_ends_at IS NOT NULL AS stood
			FROM pairings p JOIN waiting w ON w.id = p.child_id
			WHERE p.state = 'closed'
		), approved AS MATERIALIZED (
			SELECT id, person_of(volunteer_id) AS person FROM companions WHERE state = 'approved'
		)
		SELECT had.child_id, a.id AS companion_id, bool_or(had.refused) AS refused
		FROM had JOIN approved a USING (person)
		WHERE had.refused OR had.stood
		GROUP BY had.child_id, a.id
		UNION ALL
		SELECT m.child_id, m.companion_id, true
		FROM matching_pairs m JOIN waiting w ON w.id = m.child_id
		WHERE m.decision = 'refused'`

	var rows []struct {
		ChildAndCompanion
		Refused bool
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, regionPath); err != nil {
		return nil, fmt.Errorf("list what was between them: %w", err)
	}
	pasts := make(map[ChildAndCompanion]domain.Past, len(rows))
	for _, r := range rows {
		past := domain.PastFormer
		if r.Refused {
			past = domain.PastRefused
		}
		pasts[r.ChildAndCompanion] = max(pasts[r.ChildAndCompanion], past)
	}
	return pasts, nil
}

// InsertRun keeps a run and its pairs.
func InsertRun(ctx context.Context, q postgres.Querier, r domain.MatchingRun, pairs []domain.MatchedPair) error {
	const query = `
		INSERT INTO matching_runs (id, region_path, relax_sex, by_id, at, children, places, pairs, total, millis)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`
	const lines = `
		INSERT INTO matching_pairs (id, run_id, child_id, companion_id, cost, reasons)
		SELECT id, $1, child_id, nullif(companion_id, '')::uuid, cost, ARRAY (SELECT json_array_elements_text(reasons::json))
		FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::int[], $6::text[]) WITH ORDINALITY AS p (id, child_id, companion_id, cost, reasons, place)
		ORDER BY place`

	if _, err := q.ExecContext(ctx, query, r.ID, r.RegionPath, r.RelaxSex, r.ByID, r.At, r.Children, r.Places, r.Pairs, r.Total, r.Millis); err != nil {
		return fmt.Errorf("keep a run: %w", err)
	}
	type pair = domain.MatchedPair
	if _, err := q.ExecContext(ctx, lines, r.ID,
		postgres.Column(pairs, func(p pair) string { return p.ID }),
		postgres.Column(pairs, func(p pair) string { return p.ChildID }),
		postgres.Column(pairs, func(p pair) string { return p.CompanionID }),
		postgres.Column(pairs, func(p pair) int32 { return p.Cost }),
		postgres.Column(pairs, func(p pair) string {
			words, _ := json.Marshal(p.Reasons) // strings
			return string(words)
		})); err != nil {
		return fmt.Errorf("keep %d pairs: %w", len(pairs), err)
	}
	return nil
}

const runColumns = `id, region_path, relax_sex, by_id, at, children, places, pairs, total, millis`

type runRow struct {
	ID         string
	RegionPath string `db:"region_path"`
	RelaxSex   bool   `db:"relax_sex"`
	ByID       string `db:"by_id"`
	At         time.Time
	Children   int
	Places     int
	Pairs      int
	Total      int64
	Millis     int
}

func (r runRow) run() domain.MatchingRun {
	return domain.MatchingRun{
		ID: r.ID, RegionPath: r.RegionPath, RelaxSex: r.RelaxSex, ByID: r.ByID, At: r.At.UTC(), Children: r.Children, Places: r.Places, Pairs: r.Pairs,
		Total: r.Total, Millis: r.Millis,
	}
}

// ListRuns returns the newest twenty runs of the regions and of all below.
func ListRuns(ctx context.Context, q postgres.Querier, regionPaths []string) ([]domain.MatchingRun, error) {
	const query = postgres.Anew + `
		SELECT ` + runColumns + `
		FROM matching_runs
		WHERE region_path ^@ ANY ($1)
		ORDER BY at DESC, id DESC
		LIMIT 20`

	var rows []runRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, postgres.Array(regionPaths)); err != nil {
		return nil, fmt.Errorf("list runs: %w", err)
	}
	runs := make([]domain.MatchingRun, len(rows))
	for i, r := range rows {
		runs[i] = r.run()
	}
	return runs, nil
}

// FindRun returns a run, or domain.ErrNoRun.
func FindRun(ctx context.Context, q postgres.Querier, runID string) (domain.MatchingRun, error) {
	const query = `
		SELECT ` + runColumns + `
		FROM matching_runs
		WHERE id = $1`

	var row runRow
	err := sqlx.GetContext(ctx, q, &row, query, runID)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.MatchingRun{}, domain.ErrNoRun
	}
	if err != nil {
		return domain.MatchingRun{}, fmt.Errorf("find run %s: %w", runID, err)
	}
	return row.run(), nil
}
