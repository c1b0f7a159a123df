package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

type anomalyRow struct {
	ID            string              `db:"id"`
	Rule          string              `db:"rule"`
	Key           string              `db:"key"`
	VolunteerID   string              `db:"volunteer_id"`
	AttendanceIDs string              `db:"attendance_ids"` // a JSON array
	ShiftID       string              `db:"shift_id"`
	TeamID        string              `db:"team_id"`
	Evidence      []byte              `db:"evidence"`
	State         string              `db:"state"`
	FoundAt       time.Time           `db:"found_at"`
	Answer        string              `db:"answer"`
	AnsweredAt    sql.Null[time.Time] `db:"answered_at"`
	Reason        string              `db:"reason"`
	DecidedBy     sql.Null[string]    `db:"decided_by"`
	DecidedAt     sql.Null[time.Time] `db:"decided_at"`
	Version       int64               `db:"version"`
}

const anomalyColumns = `a.id, a.rule, a.key, a.volunteer_id, to_json(a.attendance_ids) AS attendance_ids, a.shift_id, a.team_id, a.evidence, a.state,
	a.found_at, a.answer, a.answered_at, a.reason, a.decided_by, a.decided_at, a.version`

func (r anomalyRow) anomaly() (domain.Anomaly, error) {
	a := domain.Anomaly{
		ID: r.ID, State: domain.AnomalyState(r.State), FoundAt: r.FoundAt.UTC(), Answer: r.Answer, AnsweredAt: utc(r.AnsweredAt),
		Reason: r.Reason, DecidedBy: r.DecidedBy.V, DecidedAt: utc(r.DecidedAt), Version: r.Version,
		Finding: domain.Finding{Rule: domain.Rule(r.Rule), Key: r.Key, VolunteerID: r.VolunteerID, ShiftID: r.ShiftID, TeamID: r.TeamID},
	}
	if err := json.Unmarshal([]byte(r.AttendanceIDs), &a.AttendanceIDs); err != nil {
		return a, fmt.Errorf("read the attendances of anomaly %s: %w", r.ID, err)
	}
	if err := json.Unmarshal(r.Evidence, &a.Evidence); err != nil {
		return a, fmt.Errorf("read the evidence of anomaly %s: %w", r.ID, err)
	}
	return a, nil
}

// InsertAnomalies keeps what is found for the first time and returns that.
func InsertAnomalies(ctx context.Context, q postgres.Querier, found []domain.Anomaly) (fresh []domain.Anomaly, err error) {
	const query = `
		INSERT INTO anomalies (id, rule, key, volunteer_id, attendance_ids, shift_id, team_id, evidence, state, found_at, answer, reason, version)
		VALUES ($1, $2, $3, $4, $5::uuid[], $6, $7, $8, $9, $10, '', '', 1)
		ON CONFLICT ON CONSTRAINT anomalies_key_key DO NOTHING`

	for _, a := range found {
		evidence, err := json.Marshal(a.Evidence)
		if err != nil {
			return nil, fmt.Errorf("write the evidence of anomaly %s: %w", a.ID, err)
		}
		done, err := q.ExecContext(ctx, query, a.ID, a.Rule, a.Key, a.VolunteerID, postgres.Array(a.AttendanceIDs), a.ShiftID, a.TeamID, string(evidence), a.State, a.FoundAt)
		if err != nil {
			return nil, fmt.Errorf("insert anomaly %s: %w", a.ID, err)
		}
		if n, err := done.RowsAffected(); err == nil && n == 1 {
			fresh = append(fresh, a)
		}
	}
	return fresh, nil
}

// ListAnomalies returns what waits to be decided in the regions below these
// paths, and below the region with this code if one is given, longest first.
func ListAnomalies(ctx context.Context, q postgres.Querier, offices []string, region string, limit int) ([]domain.Anomaly, error) {
	const query = `
		SELECT ` + anomalyColumns + `
		FROM anomalies a
		JOIN known_teams k ON k.team_id = a.team_id
		WHERE a.state IN ('open', 'answered') AND k.region_path LIKE ANY ($1::text[])
			AND ($2 = '' OR '/' || k.region_path LIKE '%/' || $2 || '/%')
		ORDER BY a.found_at, a.id
		LIMIT $3`

	return manyAnomalies(ctx, q, query, postgres.Column(offices, func(path string) string { return path + "%" }), region, limit)
}

// ListAnomaliesOf returns what was asked about a person, newest first.
func ListAnomaliesOf(ctx context.Context, q postgres.Querier, p domain.Person) ([]domain.Anomaly, error) {
	const query = `
		SELECT ` + anomalyColumns + `
		FROM anomalies a
		WHERE a.volunteer_id = ANY ($1::uuid[])
		ORDER BY a.found_at DESC, a.id
		LIMIT 100`

	return manyAnomalies(ctx, q, query, postgres.Array(p.IDs()))
}

// LockAnomaly returns one and holds its row, or domain.ErrNoSuchAnomaly.
func LockAnomaly(ctx context.Context, q postgres.Querier, id string) (domain.Anomaly, error) {
	found, err := manyAnomalies(ctx, q, `SELECT `+anomalyColumns+` FROM anomalies a WHERE a.id = $1 FOR UPDATE`, id)
	if err == nil && len(found) == 0 {
		err = domain.ErrNoSuchAnomaly
	}
	if err != nil {
		return domain.Anomaly{}, err
	}
	return found[0], nil
}

func manyAnomalies(ctx context.Context, q postgres.Querier, query string, args ...any) ([]domain.Anomaly, error) {
	var rows []anomalyRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, args...); err != nil {
		return nil, fmt.Errorf("list anomalies: %w", err)
	}
	anomalies := make([]domain.Anomaly, len(rows))
	for i, r := range rows {
		var err error
		if anomalies[i], err = r.anomaly(); err != nil {
			return nil, err
		}
	}
	return anomalies, nil
}

// UpdateAnomaly writes an answer or a decision.
func UpdateAnomaly(ctx context.Context, q postgres.Querier, a domain.Anomaly) error {
	const query = `
		UPDATE anomalies
		SET state = $2, answer = $3, answered_at = $4, reason = $5, decided_by = $6, decided_at = $7, version = $8
		WHERE id = $1`

	_, err := q.ExecContext(ctx, query, a.ID, a.State, a.Answer, nullTime(a.AnsweredAt), a.Reason, nullText(a.DecidedBy), nullTime(a.DecidedAt), a.Version)
	if postgres.Violated(err, "anomalies_own_check") {
		return domain.ErrOwnAnomaly
	}
	if err != nil {
		return fmt.Errorf("update anomaly %s: %w", a.ID, err)
	}
	return nil
}

// ListAsked returns those attendances of a shift about whose device somebody is
// still asked: they are not confirmed unasked.
func ListAsked(ctx context.Context, q postgres.Querier, shiftID string) (map[string]bool, error) {
	const query = `
		SELECT unnest(attendance_ids)
		FROM anomalies
		WHERE shift_id = $1 AND state IN ('open', 'answered') AND rule = 'device'`

	var ids []string
	if err := sqlx.SelectContext(ctx, q, &ids, query, shiftID); err != nil {
		return nil, fmt.Errorf("list what is asked about shift %s: %w", shiftID, err)
	}
	asked := make(map[string]bool, len(ids))
	for _, id := range ids {
		asked[id] = true
	}
	return asked, nil
}

// InsertNight keeps that the city was looked at on a day, and reports whether
// nobody had before.
func InsertNight(ctx context.Context, q postgres.Querier, day string, at time.Time) (bool, error) {
	const query = `
		INSERT INTO anomaly_nights (day, done_at)
		VALUES ($1, $2)
		ON CONFLICT DO NOTHING`

	done, err := q.ExecContext(ctx, query, day, at)
	if err != nil {
		return false, fmt.Errorf("insert night %s: %w", day, err)
	}
	n, err := done.RowsAffected()
	return n == 1, err
}

// NightDone reports whether the city was looked at on a day.
func NightDone(ctx context.Context, q postgres.Querier, day string) (done bool, err error) {
	if err := sqlx.GetContext(ctx, q, &done, `SELECT EXISTS (SELECT 1 FROM anomaly_nights WHERE day = $1)`, day); err != nil {
		return false, fmt.Errorf("find night %s: %w", day, err)
	}
	return done, nil
}
