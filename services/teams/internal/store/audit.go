package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// InsertRecord adds a line of the audit, in the transaction that does what it
// says: what could not be recorded was not done, and not shown.
func InsertRecord(ctx context.Context, q postgres.Querier, r domain.Record) error {
	const query = `
		INSERT INTO audit_records (id, at, actor_id, act, subject_kind, subject_id, volunteer_id, reason)
		VALUES ($1, $2, NULLIF($3, '')::uuid, $4, $5, $6, NULLIF($7, '')::uuid, $8)`

	if _, err := q.ExecContext(ctx, query, r.ID, r.At, r.ActorID, r.Act, r.SubjectKind, r.SubjectID, r.VolunteerID, r.Reason); err != nil {
		return fmt.Errorf("record %s of %s %s: %w", r.Act, r.SubjectKind, r.SubjectID, err)
	}
	return nil
}

// RecordFilter says which lines of the audit are wanted; what is empty lets everything through.
type RecordFilter struct {
	Act      string
	PersonID string    // who did it or whose data it was
	About    string    // whose data it was, by whomever else
	From     time.Time // the first instant
	Until    time.Time // the first instant no longer
	Paths    []string  // of divisions: about people and teams there, or by officers and volunteers of there; nil: everywhere
	After    string    // id of the last line of the page before
	Limit    int
}

// ListRecords returns lines of the audit, newest first.
func ListRecords(ctx context.Context, q postgres.Querier, f RecordFilter) ([]domain.Record, error) {
	const query = `
		SELECT a.id, a.at, COALESCE(a.actor_id::text, '') AS actor_id, a.act, a.subject_kind, a.subject_id,
			COALESCE(a.volunteer_id::text, '') AS volunteer_id, a.reason
		FROM audit_records a
		WHERE ($1 = '' OR a.act = $1)
			AND ($2 = '' OR a.volunteer_id = NULLIF($2, '')::uuid OR a.actor_id = NULLIF($2, '')::uuid)
			AND ($3 = '' OR a.volunteer_id = NULLIF($3, '')::uuid AND a.actor_id IS DISTINCT FROM NULLIF($3, '')::uuid)
			AND ($4::timestamptz IS NULL OR a.at >= $4)
			AND ($5::timestamptz IS NULL OR a.at < $5)
			AND ($6 = '' OR (a.at, a.id) < (SELECT at, id FROM audit_records WHERE id = NULLIF($6, '')::uuid))
			AND ($7::text[] IS NULL OR EXISTS (
				SELECT 1
				FROM regions r
				WHERE r.path LIKE ANY ($7) AND r.code IN (
					SELECT v.region_code FROM volunteers v WHERE v.id IN (a.volunteer_id, a.actor_id)
					UNION ALL
					SELECT t.region_code FROM memberships m JOIN teams t ON t.id = m.team_id WHERE m.volunteer_id IN (a.volunteer_id, a.actor_id)
					UNION ALL
					SELECT g.region_code FROM staff_grants g WHERE g.volunteer_id IN (a.volunteer_id, a.actor_id)
					UNION ALL
					SELECT t.region_code FROM teams t WHERE a.subject_kind = 'team' AND t.id::text = a.subject_id
					UNION ALL
					SELECT a.subject_id WHERE a.subject_kind = 'region'
				)
			))
		ORDER BY a.at DESC, a.id DESC
		LIMIT $8`

	var paths any
	if f.Paths != nil {
		below := make([]string, len(f.Paths))
		for i, path := range f.Paths {
			below[i] = path + "%"
		}
		paths = postgres.Array(below)
	}
	var rows []struct {
		ID          string    `db:"id"`
		At          time.Time `db:"at"`
		ActorID     string    `db:"actor_id"`
		Act         string    `db:"act"`
		SubjectKind string    `db:"subject_kind"`
		SubjectID   string    `db:"subject_id"`
		VolunteerID string    `db:"volunteer_id"`
		Reason      string    `db:"reason"`
	}
	err := sqlx.SelectContext(ctx, q, &rows, query, f.Act, f.PersonID, f.About, orNull(f.From), orNull(f.Until), f.After, paths, f.Limit)
	if err != nil {
		return nil, fmt.Errorf("list the audit: %w", err)
	}
	records := make([]domain.Record, len(rows))
	for i, r := range rows {
		r.At = r.At.UTC()
		records[i] = domain.Record(r)
	}
	return records, nil
}

// ListActs returns the acts that the audit knows of, in their order.
func ListActs(ctx context.Context, q postgres.Querier) ([]string, error) {
	const query = `
		SELECT DISTINCT act
		FROM audit_records
		ORDER BY act`

	acts := []string{}
	if err := sqlx.SelectContext(ctx, q, &acts, query); err != nil {
		return nil, fmt.Errorf("list acts: %w", err)
	}
	return acts, nil
}

// InsertRecords adds many lines with one statement.
func InsertRecords(ctx context.Context, q postgres.Querier, records []domain.Record) error {
	const query = `
		INSERT INTO audit_records (id, at, actor_id, act, subject_kind, subject_id, volunteer_id, reason)
		SELECT id, at, NULLIF(actor_id, '')::uuid, act, subject_kind, subject_id, NULLIF(volunteer_id, '')::uuid, reason
		FROM unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[])
			AS r (id, at, actor_id, act, subject_kind, subject_id, volunteer_id, reason)`

	if len(records) == 0 {
		return nil
	}
	_, err := q.ExecContext(ctx, query,
		postgres.Column(records, func(r domain.Record) string { return r.ID }),
		postgres.Column(records, func(r domain.Record) string { return r.At.Format(time.RFC3339Nano) }),
		postgres.Column(records, func(r domain.Record) string { return r.ActorID }),
		postgres.Column(records, func(r domain.Record) string { return r.Act }),
		postgres.Column(records, func(r domain.Record) string { return r.SubjectKind }),
		postgres.Column(records, func(r domain.Record) string { return r.SubjectID }),
		postgres.Column(records, func(r domain.Record) string { return r.VolunteerID }),
		postgres.Column(records, func(r domain.Record) string { return r.Reason }))
	if err != nil {
		return fmt.Errorf("record %d acts: %w", len(records), err)
	}
	return nil
}

// PastAct is a line of the audit with the name of who did it.
type PastAct struct {
	ID        string         `db:"id"`
	At        time.Time      `db:"at"`
	Act       string         `db:"act"`
	ActorName sql.NullString `db:"actor_name"` // none: Qihe itself
	Reason    string         `db:"reason"`
}

// ListTeamRecords returns what was done to a brigade, the newest first.
// Page.After is a line's id.
func ListTeamRecords(ctx context.Context, q postgres.Querier, teamID string, page Page) ([]PastAct, error) {
	const query = `
		SELECT a.id, a.at, a.act, v.name AS actor_name, a.reason
		FROM audit_records a
		LEFT JOIN volunteers v ON v.id = a.actor_id
		WHERE a.subject_kind = 'team' AND a.subject_id = $1
			AND ($2::uuid IS NULL OR (a.at, a.id) < (SELECT at, id FROM audit_records WHERE id = $2::uuid))
		ORDER BY a.at DESC, a.id DESC
		LIMIT $3`

	var acts []PastAct
	after := sql.NullString{String: page.After, Valid: page.After != ""}
	if err := sqlx.SelectContext(ctx, q, &acts, query, teamID, after, page.Limit); err != nil {
		return nil, fmt.Errorf("list records of team %s: %w", teamID, err)
	}
	return acts, nil
}
