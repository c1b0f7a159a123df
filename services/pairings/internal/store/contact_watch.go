package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

type watchRow struct {
	PairingID string              `db:"pairing_id"`
	BeganAt   time.Time           `db:"began_at"`
	LookAt    sql.Null[time.Time] `db:"look_at"`
	MeetDue   sql.Null[time.Time] `db:"meet_due"`
	CallDue   sql.Null[time.Time] `db:"call_due"`
	MeetRung  domain.Rung         `db:"meet_rung"`
	CallRung  domain.Rung         `db:"call_rung"`
}

func (r watchRow) watch() domain.ContactWatch {
	return domain.ContactWatch{
		PairingID: r.PairingID, BeganAt: r.BeganAt.UTC(), LookAt: instant(r.LookAt),
		Meet: domain.Stand{Due: instant(r.MeetDue), Rung: r.MeetRung}, Call: domain.Stand{Due: instant(r.CallDue), Rung: r.CallRung},
	}
}

const watchColumns = `w.pairing_id, w.began_at, w.look_at, w.meet_due, w.call_due, w.meet_rung, w.call_rung`

// ListWatchToLook returns the pairings whose contacts the clock has to look at.
func ListWatchToLook(ctx context.Context, q postgres.Querier, now time.Time, limit int) (pairingIDs []string, err error) {
	const query = `
		SELECT pairing_id
		FROM contact_watch
		WHERE look_at <= $1
		ORDER BY look_at, pairing_id
		LIMIT $2`

	if err := sqlx.SelectContext(ctx, q, &pairingIDs, query, now, limit); err != nil {
		return nil, fmt.Errorf("list contacts to look at: %w", err)
	}
	return pairingIDs, nil
}

// LockWatch returns how a pairing stands, for an update; ok is false where contacts were
// never asked for.
func LockWatch(ctx context.Context, q postgres.Querier, pairingID string) (w domain.ContactWatch, ok bool, err error) {
	const query = `
		SELECT ` + watchColumns + `
		FROM contact_watch w
		WHERE w.pairing_id = $1
		FOR UPDATE`

	var row watchRow
	err = sqlx.GetContext(ctx, q, &row, query, pairingID)
	if errors.Is(err, sql.ErrNoRows) {
		return w, false, nil
	}
	if err != nil {
		return w, false, fmt.Errorf("find how a pairing stands: %w", err)
	}
	return row.watch(), true, nil
}

// UpdateWatch writes how a pairing stands.
func UpdateWatch(ctx context.Context, q postgres.Querier, w domain.ContactWatch) error {
	const query = `
		UPDATE contact_watch
		SET look_at = $2, meet_due = $3, call_due = $4, meet_rung = $5, call_rung = $6
		WHERE pairing_id = $1`

	if _, err := q.ExecContext(ctx, query, w.PairingID, nullable(w.LookAt), nullable(w.Meet.Due), nullable(w.Call.Due), w.Meet.Rung, w.Call.Rung); err != nil {
		return fmt.Errorf("write how a pairing stands: %w", err)
	}
	return nil
}

// WakeWatch has the clock look again at all pairings with a plan.
func WakeWatch(ctx context.Context, q postgres.Querier, plan string, now time.Time) error {
	const query = `
		UPDATE contact_watch
		SET look_at = $2
		WHERE pairing_id IN (SELECT id FROM pairings WHERE plan = $1 AND state <> 'closed')`

	if _, err := q.ExecContext(ctx, query, plan, now); err != nil {
		return fmt.Errorf("look again at contacts: %w", err)
	}
	return nil
}

// ListWatches returns how pairings stand, by their ids.
func ListWatches(ctx context.Context, q postgres.Querier, pairingIDs []string) (map[string]domain.ContactWatch, error) {
	const query = `
		SELECT ` + watchColumns + `
		FROM contact_watch w
		WHERE w.pairing_id = ANY ($1::uuid[])`

	var rows []watchRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, postgres.Array(pairingIDs)); err != nil {
		return nil, fmt.Errorf("list how pairings stand: %w", err)
	}
	watches := make(map[string]domain.ContactWatch, len(rows))
	for _, r := range rows {
		watches[r.PairingID] = r.watch()
	}
	return watches, nil
}

// Overdue is a pairing in which somebody has not been met, or called, in time.
type Overdue struct {
	domain.ContactWatch
	VolunteerID, RegionPath, SupervisorID string
}

// ListOverdue returns those below the regions that have climbed a rung, the highest
// first, so many at most.
func ListOverdue(ctx context.Context, q postgres.Querier, regionPaths []string, limit int) ([]Overdue, error) {
	const query = postgres.Anew + `
		SELECT ` + watchColumns + `, p.volunteer_id, p.region_path, p.supervisor_id
		FROM contact_watch w JOIN pairings p ON p.id = w.pairing_id
		WHERE (w.meet_rung > 0 OR w.call_rung > 0) AND p.region_path ^@ ANY ($1)
		ORDER BY greatest(w.meet_rung, w.call_rung) DESC, least(w.meet_due, w.call_due), w.pairing_id
		LIMIT $2`

	var rows []struct {
		watchRow
		VolunteerID  string `db:"volunteer_id"`
		RegionPath   string `db:"region_path"`
		SupervisorID string `db:"supervisor_id"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, postgres.Array(regionPaths), limit); err != nil {
		return nil, fmt.Errorf("list overdue contacts: %w", err)
	}
	all := make([]Overdue, len(rows))
	for i, r := range rows {
		all[i] = Overdue{r.watch(), r.VolunteerID, r.RegionPath, r.SupervisorID}
	}
	return all, nil
}

// ListPauses returns when a pairing was paused, in the order of time.
func ListPauses(ctx context.Context, q postgres.Querier, pairingID string) ([]domain.Pause, error) {
	const query = `
		SELECT paused_at, resumed_at
		FROM pairing_pauses
		WHERE pairing_id = $1
		ORDER BY paused_at`

	var rows []struct {
		PausedAt  time.Time           `db:"paused_at"`
		ResumedAt sql.Null[time.Time] `db:"resumed_at"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, pairingID); err != nil {
		return nil, fmt.Errorf("list pauses: %w", err)
	}
	pauses := make([]domain.Pause, len(rows))
	for i, r := range rows {
		pauses[i] = domain.Pause{From: r.PausedAt.UTC(), To: instant(r.ResumedAt)}
	}
	return pauses, nil
}
