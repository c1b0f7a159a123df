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

// CountMyToDos returns what waits for a companion parent under any of her records.
func CountMyToDos(ctx context.Context, q postgres.Querier, volunteerID string, now time.Time) ([]domain.ToDo, error) {
	const query = `
		WITH mine AS (
			SELECT p.id, p.state, p.volunteer_agreed_at, w.meet_due, w.call_due
			FROM pairings p LEFT JOIN contact_watch w ON w.pairing_id = p.id AND p.state IN ('trial', 'active')
			WHERE p.state <> 'closed'
				AND p.volunteer_id IN (SELECT $1::uuid UNION SELECT person_of($1) UNION SELECT volunteer_id FROM known_people WHERE merged_into = person_of($1))
		)
		SELECT 'asked' AS kind, count(*) AS n, NULL::timestamptz AS due, false AS late FROM mine WHERE state = 'proposed' AND volunteer_agreed_at IS NULL
		UNION ALL
		SELECT 'meet', count(*), min(meet_due), coalesce(min(meet_due) <= $2, false) FROM mine WHERE meet_due <= $3
		UNION ALL
		SELECT 'call', count(*), min(call_due), coalesce(min(call_due) <= $2, false) FROM mine WHERE call_due <= $3`
	return countToDos(ctx, q, query, volunteerID, now, now.Add(domain.ComingUp))
}

// Desk is where somebody is an officer, by what the roles let one do there.
type Desk struct {
	VolunteerID string
	Children    []string // paths of regions in which children are looked after
	Decides     []string // in which requests to read are decided
	Families    []string // the same, about families only
	Oversees    []string // in which pairings and companion parents are overseen
	Helps       []string // in which families are helped
}

// CountDeskToDos returns what waits for an officer: of the regions, and of the pairings
// that are hers to supervise.
func CountDeskToDos(ctx context.Context, q postgres.Querier, d Desk, now time.Time) ([]domain.ToDo, error) {
	query := postgres.Anew + `
		SELECT 'concerns' AS kind, count(*) AS n, min(due_at) AS due, coalesce(bool_or(state = 'raised' AND rung > 0), false) AS late
		FROM concerns
		WHERE state <> 'closed' AND region_path ^@ ANY ($3) AND (handler_id IS NULL OR handler_id = $1)
		UNION ALL
		SELECT 'contacts', count(*), NULL, false
		FROM contacts c JOIN pairings p ON p.id = c.pairing_id
		WHERE c.state = 'open' AND person_of($1) IN (person_of(p.supervisor_id), person_of(p.deputy_id)) AND person_of(c.volunteer_id) <> person_of($1)
		UNION ALL
		SELECT 'silence', count(*), min(least(w.meet_due, w.call_due)), count(*) > 0
		FROM contact_watch w JOIN pairings p ON p.id = w.pairing_id
		WHERE (w.meet_rung > 0 OR w.call_rung > 0) AND p.region_path ^@ ANY ($6)
		UNION ALL
		SELECT 'answers', count(*), NULL, coalesce(min(proposed_at) < $7, false)
		FROM pairings
		WHERE state = 'proposed' AND officer_agreed_at IS NULL AND region_path ^@ ANY ($3) AND $1 NOT IN (proposed_by, volunteer_id) AND $1 IS DISTINCT FROM guardian_agreed_by
		UNION ALL
		SELECT 'trials', count(*), min(trial_ends_at), coalesce(min(trial_ends_at) <= $2, false)
		FROM pairings
		WHERE state = 'trial' AND trial_ends_at <= $8 AND (region_path ^@ ANY ($3) OR person_of($1) IN (person_of(supervisor_id), person_of(deputy_id)))
		UNION ALL
		SELECT 'purposes', count(*), NULL, false
		FROM purposes
		WHERE decided_by IS NULL AND NOT emergency AND ends_at > $2 AND officer_id <> $1
			AND (region_path ^@ ANY ($4) OR household_id IS NOT NULL AND region_path ^@ ANY ($5))
		UNION ALL
		SELECT 'exports', count(*), NULL, false
		FROM child_exports
		WHERE decided_by IS NULL AND ends_at IS NULL AND officer_id <> $1 AND region_path ^@ ANY ($4)
		UNION ALL
		SELECT 'applied', count(*), NULL, false
		FROM companions
		WHERE state = 'applied' AND volunteer_id <> $1 AND region_path ^@ ANY ($6)
		UNION ALL
		SELECT 'evidences', count(*), min(e.good_until), coalesce(bool_or(e.state = 'suspended'), false)
		FROM (
			SELECT c.state, g.good_until
			FROM companions c LEFT JOIN LATERAL (
				SELECT min(g.good_until) AS good_until
				FROM companion_gates(c.id, $2) g
				WHERE EXISTS (SELECT FROM companion_reminders r WHERE r.companion_id = c.id AND r.good_until > $2) AND g.good_until BETWEEN $2 AND $9
			) g ON c.state = 'approved'
			WHERE c.region_path ^@ ANY ($6) AND (c.state = 'suspended' OR c.state = 'approved' AND g.good_until IS NOT NULL)
		) e
		UNION ALL
		SELECT 'aid_visits', count(*), NULL, false
		FROM aid_visits v JOIN aid_cases c ON c.id = v.aid_case_id JOIN households h ON h.id = c.household_id
		WHERE ` + visitsToDecide("$10")
	return countToDos(ctx, q, query, d.VolunteerID, now, postgres.Array(d.Children), postgres.Array(d.Decides), postgres.Array(d.Families), postgres.Array(d.Oversees),
		now.Add(-domain.AnswersIn), now.Add(domain.ReviewBefore), now.Add(domain.RenewSoon), postgres.Array(d.Helps))
}

// countToDos returns of what a query counts what is there at all.
func countToDos(ctx context.Context, q postgres.Querier, query string, args ...any) ([]domain.ToDo, error) {
	var rows []struct {
		Kind domain.ToDoKind     `db:"kind"`
		N    int                 `db:"n"`
		Due  sql.Null[time.Time] `db:"due"`
		Late bool                `db:"late"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, args...); err != nil {
		return nil, fmt.Errorf("count what waits: %w", err)
	}
	var all []domain.ToDo
	for _, r := range rows {
		if r.N > 0 {
			all = append(all, domain.ToDo{Kind: r.Kind, Count: r.N, Due: instant(r.Due), Late: r.Late})
		}
	}
	return all, nil
}
