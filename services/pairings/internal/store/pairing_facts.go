package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// Standing is whether somebody has the authority to look after pairings of a region.
type Standing struct {
	Granted   bool
	ChangesAt time.Time // when that may be another; zero: it is not foreseen
}

// Seat is somebody who is to look after pairings of a region.
type Seat struct{ VolunteerID, RegionPath string }

// Standings are those of the supervisors and deputies of pairings.
type Standings map[Seat]Standing

// Granted says who has the authority to look after a pairing.
func (s Standings) Granted(p domain.Pairing) func(volunteerID string) bool {
	return func(volunteerID string) bool { return s[Seat{volunteerID, p.RegionPath}].Granted }
}

// ListStandings returns those of pairings, whatever records people come with.
func ListStandings(ctx context.Context, q postgres.Querier, pairings []domain.Pairing, roles []string, now time.Time) (Standings, error) {
	const query = `
		SELECT s.id, s.region_path,
			coalesce(bool_or(g.starts_at <= $4 AND (g.ends_at IS NULL OR g.ends_at > $4)), false) AS granted,
			min(CASE WHEN g.starts_at > $4 THEN g.starts_at WHEN g.ends_at > $4 THEN g.ends_at END) AS changes_at
		FROM (SELECT DISTINCT id, region_path FROM unnest($1::uuid[], $2::text[]) AS a (id, region_path)) s
			LEFT JOIN known_grants g ON g.state = 'active' AND g.role = ANY ($3) AND g.region_path <> '' AND starts_with(s.region_path, g.region_path)
				AND person_of(g.volunteer_id) = person_of(s.id)
		GROUP BY s.id, s.region_path`

	ids, paths := make([]string, 0, 2*len(pairings)), make([]string, 0, 2*len(pairings))
	for _, p := range pairings {
		ids, paths = append(ids, p.SupervisorID, p.DeputyID), append(paths, p.RegionPath, p.RegionPath)
	}
	var rows []struct {
		ID         string              `db:"id"`
		RegionPath string              `db:"region_path"`
		Granted    bool                `db:"granted"`
		ChangesAt  sql.Null[time.Time] `db:"changes_at"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, postgres.Array(ids), postgres.Array(paths), postgres.Array(roles), now); err != nil {
		return nil, fmt.Errorf("ask who has authority: %w", err)
	}
	standings := make(Standings, len(rows))
	for _, r := range rows {
		standings[Seat{r.ID, r.RegionPath}] = Standing{r.Granted, instant(r.ChangesAt)}
	}
	return standings, nil
}

// ListReadable returns which of these pairings open their child to the companion parent
// now: see within_a_pairing in the migrations.
func ListReadable(ctx context.Context, q postgres.Querier, pairingIDs []string, now time.Time) (map[string]bool, error) {
	const query = `
		SELECT id
		FROM pairings
		WHERE id = ANY ($1) AND state IN ('proposed', 'trial', 'active') AND child_consented(child_id, $2) AND companion_stands(companion_id, $2)`

	var ids []string
	if err := sqlx.SelectContext(ctx, q, &ids, query, postgres.Array(pairingIDs), now); err != nil {
		return nil, fmt.Errorf("ask which pairings can be read: %w", err)
	}
	readable := make(map[string]bool, len(ids))
	for _, one := range ids {
		readable[one] = true
	}
	return readable, nil
}

// FindPairingBefore returns the pairing that was handed over to this one, or
// domain.ErrNoPairing.
func FindPairingBefore(ctx context.Context, q postgres.Querier, pairingID string) (domain.Pairing, error) {
	const query = `
		SELECT ` + pairingColumns + `
		FROM pairings
		WHERE handed_over_to = $1`
	return findPairing(ctx, q, query, pairingID)
}

// CountOpenPairings returns how many open pairings each companion parent has, by companion.
func CountOpenPairings(ctx context.Context, q postgres.Querier, companionIDs []string) (map[string]int, error) {
	const query = `
		SELECT companion_id, count(*) AS n
		FROM pairings
		WHERE companion_id = ANY ($1) AND state <> 'closed'
		GROUP BY companion_id`

	var rows []struct {
		ID string `db:"companion_id"`
		N  int    `db:"n"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, postgres.Array(companionIDs)); err != nil {
		return nil, fmt.Errorf("count open pairings: %w", err)
	}
	counts := make(map[string]int, len(rows))
	for _, r := range rows {
		counts[r.ID] = r.N
	}
	return counts, nil
}

// CountTeamPairings returns how many pairings a brigade stands behind, by state.
func CountTeamPairings(ctx context.Context, q postgres.Querier, teamID string) (map[domain.PairingState]int, error) {
	const query = `
		SELECT state, count(*) AS n
		FROM pairings
		WHERE team_id = $1 AND state <> 'closed'
		GROUP BY state`

	var rows []struct {
		State domain.PairingState `db:"state"`
		N     int                 `db:"n"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, teamID); err != nil {
		return nil, fmt.Errorf("count the pairings of brigade %s: %w", teamID, err)
	}
	counts := make(map[domain.PairingState]int, len(rows))
	for _, r := range rows {
		counts[r.State] = r.N
	}
	return counts, nil
}

// ListDuePairings returns those that the clock has to look at, the longest due first.
func ListDuePairings(ctx context.Context, q postgres.Querier, now time.Time, limit int) (ids []string, err error) {
	const query = `
		SELECT id
		FROM pairings
		WHERE due_at <= $1
		ORDER BY due_at, id
		LIMIT $2`

	if err := sqlx.SelectContext(ctx, q, &ids, query, now, limit); err != nil {
		return nil, fmt.Errorf("list pairings that are due: %w", err)
	}
	return ids, nil
}

// WakePairings makes open pairings due that one of these people supervises or stands in
// for, under any record.
func WakePairings(ctx context.Context, q postgres.Querier, volunteerIDs []string, now time.Time) error {
	const query = `
		WITH records AS (SELECT DISTINCT r.id FROM unnest($1::uuid[]) AS a (id) CROSS JOIN records_of(a.id) AS r (id))
		UPDATE pairings
		SET due_at = $2
		WHERE state <> 'closed' AND (supervisor_id IN (SELECT id FROM records) OR deputy_id IN (SELECT id FROM records))`

	if _, err := q.ExecContext(ctx, query, postgres.Array(volunteerIDs), now); err != nil {
		return fmt.Errorf("wake pairings: %w", err)
	}
	return nil
}

// InsertPairingReminder notes that a reminder is given, and reports false for one that was.
func InsertPairingReminder(ctx context.Context, q postgres.Querier, p domain.Pairing, days int, now time.Time) (bool, error) {
	const query = `
		INSERT INTO pairing_reminders (pairing_id, ends_at, days, told_at)
		VALUES ($1, $2, $3, $4)
		ON CONFLICT ON CONSTRAINT pairing_reminders_pkey DO NOTHING`

	result, err := q.ExecContext(ctx, query, p.ID, p.TrialEndsAt, days, now)
	if err != nil {
		return false, fmt.Errorf("note a reminder: %w", err)
	}
	n, err := result.RowsAffected()
	return n == 1, err
}

// ListChildrenOf returns the children of pairings, by id. What is sealed stays so.
func ListChildrenOf(ctx context.Context, q postgres.Querier, pairings []domain.Pairing) (map[string]domain.Child, error) {
	const query = `
		SELECT ` + childColumns + `
		FROM children
		WHERE id = ANY ($1)`

	children, err := listChildren(ctx, q, query, postgres.Column(pairings, func(p domain.Pairing) string { return p.ChildID }))
	if err != nil {
		return nil, err
	}
	byID := make(map[string]domain.Child, len(children))
	for _, c := range children {
		byID[c.ID] = c
	}
	return byID, nil
}
