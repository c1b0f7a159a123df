package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

const visitColumns = `v.id, v.aid_case_id, v.by_id, v.way, v.outcome, v.visited_at, v.minutes, v.sealed, v.recorded_at,
			v.state, v.decided_by, v.decided_at, v.reason, v.reference`

type visitRow struct {
	ID         string              `db:"id"`
	AidCaseID  string              `db:"aid_case_id"`
	By         string              `db:"by_id"`
	Way        string              `db:"way"`
	Outcome    string              `db:"outcome"`
	VisitedAt  time.Time           `db:"visited_at"`
	Minutes    int                 `db:"minutes"`
	Sealed     []byte              `db:"sealed"`
	RecordedAt time.Time           `db:"recorded_at"`
	State      domain.VisitState   `db:"state"`
	DecidedBy  sql.Null[string]    `db:"decided_by"`
	DecidedAt  sql.Null[time.Time] `db:"decided_at"`
	Reason     sql.Null[string]    `db:"reason"`
	Reference  sql.Null[string]    `db:"reference"`
}

func (r visitRow) visit() domain.AidVisit {
	return domain.AidVisit{
		ID: r.ID, AidCaseID: r.AidCaseID, By: r.By, Way: r.Way, Outcome: r.Outcome, VisitedAt: r.VisitedAt.UTC(), Minutes: r.Minutes, Sealed: r.Sealed,
		RecordedAt: r.RecordedAt.UTC(), State: r.State, DecidedBy: r.DecidedBy.V, DecidedAt: instant(r.DecidedAt), Reason: r.Reason.V, Reference: r.Reference.V,
	}
}

// InsertAidVisit keeps a visit. The database refuses one in a case that does not run,
// or by who has no part in it: domain.ErrAidState.
func InsertAidVisit(ctx context.Context, q postgres.Querier, v domain.AidVisit) error {
	const query = `
		INSERT INTO aid_visits (id, aid_case_id, by_id, way, outcome, visited_at, minutes, sealed, recorded_at, state)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`

	_, err := q.ExecContext(ctx, query, v.ID, v.AidCaseID, v.By, v.Way, v.Outcome, v.VisitedAt, v.Minutes, v.Sealed, v.RecordedAt, v.State)
	if postgres.Violated(err, "aid_visits_case_check") {
		return domain.ErrAidState
	}
	if err != nil {
		return fmt.Errorf("keep a visit: %w", err)
	}
	return nil
}

// UpdateAidVisitDecision writes what was decided. It returns domain.ErrAidVisitOwn when
// the decider is who was there.
func UpdateAidVisitDecision(ctx context.Context, q postgres.Querier, v domain.AidVisit) error {
	const query = `
		UPDATE aid_visits
		SET state = $2, decided_by = $3, decided_at = $4, reason = $5, reference = $6
		WHERE id = $1`

	_, err := q.ExecContext(ctx, query, v.ID, v.State, v.DecidedBy, v.DecidedAt, nullable(v.Reason), nullable(v.Reference))
	if postgres.Violated(err, "aid_visits_persons_check") {
		return domain.ErrAidVisitOwn
	}
	if err != nil {
		return fmt.Errorf("decide about a visit: %w", err)
	}
	return nil
}

// LockAidVisit returns a visit for an update, or domain.ErrNoAidVisit.
func LockAidVisit(ctx context.Context, q postgres.Querier, visitID string) (domain.AidVisit, error) {
	const query = `
		SELECT ` + visitColumns + `
		FROM aid_visits v
		WHERE v.id = $1
		FOR UPDATE`

	visits, err := listVisits(ctx, q, query, visitID)
	if err == nil && len(visits) == 0 {
		err = domain.ErrNoAidVisit
	}
	if err != nil {
		return domain.AidVisit{}, err
	}
	return visits[0], nil
}

// ListAidVisits returns a case's visits, newest first, a hundred at most.
func ListAidVisits(ctx context.Context, q postgres.Querier, aidCaseID string) ([]domain.AidVisit, error) {
	const query = `
		SELECT ` + visitColumns + `
		FROM aid_visits v
		WHERE v.aid_case_id = $1
		ORDER BY v.visited_at DESC, v.id DESC
		LIMIT 100`
	return listVisits(ctx, q, query, aidCaseID)
}

// ListMyAidVisits returns what a person wrote down in cases, newest first, of each case
// ten at most.
func ListMyAidVisits(ctx context.Context, q postgres.Querier, aidCaseIDs []string, volunteerID string) ([]domain.AidVisit, error) {
	const query = `
		SELECT ` + visitColumns + `
		FROM unnest($1::uuid[]) AS a (id) CROSS JOIN LATERAL (
			SELECT id
			FROM aid_visits
			WHERE aid_case_id = a.id AND by_id IN (SELECT records_of($2))
			ORDER BY visited_at DESC, id DESC
			LIMIT 10
		) mine JOIN aid_visits v ON v.id = mine.id
		ORDER BY v.visited_at DESC, v.id DESC`
	return listVisits(ctx, q, query, postgres.Array(aidCaseIDs), volunteerID)
}

// TeamAidCount are counts of the families that a brigade helps.
type TeamAidCount struct{ Asked, Running, Visits, Waiting int }

// CountTeamAid counts a brigade's open cases, and its visits since an instant.
func CountTeamAid(ctx context.Context, q postgres.Querier, teamID string, since time.Time) (c TeamAidCount, err error) {
	const query = `
		SELECT count(*) FILTER (WHERE c.state IN ('opened', 'planned')) AS asked, count(*) FILTER (WHERE c.state = 'running') AS running,
			coalesce(sum(v.made), 0) AS visits, coalesce(sum(v.waiting), 0) AS waiting
		FROM aid_cases c CROSS JOIN LATERAL (
			SELECT count(*) FILTER (WHERE visited_at >= $2) AS made, count(*) FILTER (WHERE state = 'open') AS waiting
			FROM aid_visits
			WHERE aid_case_id = c.id AND state <> 'noted'
		) v
		WHERE c.team_id = $1 AND (c.state <> 'ended' OR c.state_at >= $2)`

	if err := sqlx.GetContext(ctx, q, &c, query, teamID, since); err != nil {
		return c, fmt.Errorf("count the families of brigade %s: %w", teamID, err)
	}
	return c, nil
}

// ListAidVisitsToDecide returns what waits below the regions for a person who has the
// families' cases, or whose own visits nobody else would confirm, the oldest first.
func ListAidVisitsToDecide(ctx context.Context, q postgres.Querier, volunteerID string, regionPaths []string, limit int) ([]domain.AidVisit, error) {
	query := postgres.Anew + `
		SELECT ` + visitColumns + `
		FROM aid_visits v JOIN aid_cases c ON c.id = v.aid_case_id JOIN households h ON h.id = c.household_id
		WHERE ` + visitsToDecide("$2") + `
		ORDER BY v.visited_at, v.id
		LIMIT $3`
	return listVisits(ctx, q, query, volunteerID, postgres.Array(regionPaths), limit)
}

// visitsToDecide is what $1 may confirm of visits v to cases c of households h in the
// regions that the other parameter has.
func visitsToDecide(regionPaths string) string {
	return `v.state = 'open' AND c.region_path ^@ ANY (` + regionPaths + `) AND person_of(v.by_id) <> person_of($1)
			AND person_of(h.officer_id) IN (person_of($1), person_of(v.by_id))`
}

// ListAidVisitsByReference returns the visits below the regions whose reference begins
// so; a whole one is one visit's.
func ListAidVisitsByReference(ctx context.Context, q postgres.Querier, reference string, regionPaths []string) ([]domain.AidVisit, error) {
	const query = `
		SELECT ` + visitColumns + `
		FROM aid_visits v JOIN aid_cases c ON c.id = v.aid_case_id
		WHERE v.reference BETWEEN $1::uuid AND $2::uuid AND c.region_path ^@ ANY ($3)
		ORDER BY v.reference
		LIMIT 5`

	digits := strings.ReplaceAll(reference, "-", "")
	padded := func(with string) string { return (digits + strings.Repeat(with, 32))[:32] }
	return listVisits(ctx, q, query, padded("0"), padded("f"), postgres.Array(regionPaths))
}

func listVisits(ctx context.Context, q postgres.Querier, query string, args ...any) ([]domain.AidVisit, error) {
	var rows []visitRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, args...); err != nil {
		return nil, fmt.Errorf("list visits: %w", err)
	}
	visits := make([]domain.AidVisit, len(rows))
	for i, r := range rows {
		visits[i] = r.visit()
	}
	return visits, nil
}

// ListAidCases returns cases by their ids.
func ListAidCases(ctx context.Context, q postgres.Querier, aidCaseIDs []string) (map[string]domain.AidCase, error) {
	const query = `
		SELECT ` + aidColumns + `
		FROM aid_cases
		WHERE id = ANY ($1::uuid[])`

	cases, err := listAid(ctx, q, query, postgres.Array(aidCaseIDs))
	byID := make(map[string]domain.AidCase, len(cases))
	for _, c := range cases {
		byID[c.ID] = c
	}
	return byID, err
}
