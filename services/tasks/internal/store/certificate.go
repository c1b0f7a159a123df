package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

const certificateColumns = `id, number, task_id, volunteer_id, completed_on, grants, issued_at`

type certificateRow struct {
	ID          string    `db:"id"`
	Number      string    `db:"number"`
	TaskID      string    `db:"task_id"`
	VolunteerID string    `db:"volunteer_id"`
	CompletedOn time.Time `db:"completed_on"`
	Grants      string    `db:"grants"`
	IssuedAt    time.Time `db:"issued_at"`

	Title          string           `db:"title"`
	TeamName       sql.Null[string] `db:"team_name"`
	SessionsNeeded int              `db:"sessions_needed"`
}

const certificatesQuery = `
	SELECT c.id, c.number, c.task_id, c.volunteer_id, c.completed_on, c.grants, c.issued_at, t.title, k.name AS team_name, t.sessions_needed
	FROM certificates c
	JOIN tasks t ON t.id = c.task_id
	LEFT JOIN known_teams k ON k.team_id = t.team_id `

func (r certificateRow) certificate() domain.Certificate {
	return domain.Certificate{
		ID: r.ID, Number: r.Number, TaskID: r.TaskID, VolunteerID: r.VolunteerID,
		CompletedOn: r.CompletedOn.Format(time.DateOnly), Grants: r.Grants, IssuedAt: r.IssuedAt.UTC(),
		Title: r.Title, TeamName: r.TeamName.V, SessionsNeeded: r.SessionsNeeded,
	}
}

// FindCertificate returns the certificate with a number, or domain.ErrNoCertificate.
func FindCertificate(ctx context.Context, q postgres.Querier, number string) (domain.Certificate, error) {
	const query = certificatesQuery + `WHERE c.number = $1`

	var row certificateRow
	err := sqlx.GetContext(ctx, q, &row, query, number)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.Certificate{}, domain.ErrNoCertificate
	}
	if err != nil {
		return domain.Certificate{}, fmt.Errorf("find certificate: %w", err)
	}
	return row.certificate(), nil
}

// ListCertificatesOf returns the certificates of a person's records, newest first.
func ListCertificatesOf(ctx context.Context, q postgres.Querier, p domain.Person) ([]domain.Certificate, error) {
	const query = certificatesQuery + `
		WHERE c.volunteer_id = ANY ($1::uuid[])
		ORDER BY c.issued_at DESC, c.id DESC
		LIMIT 200`

	return manyCertificates(ctx, q, query, postgres.Array(p.IDs()))
}

// ListCertificatesFor returns those of these records' certificates that are of one class.
func ListCertificatesFor(ctx context.Context, q postgres.Querier, taskID string, volunteerIDs []string) ([]domain.Certificate, error) {
	const query = certificatesQuery + `WHERE c.task_id = $1 AND c.volunteer_id = ANY ($2::uuid[])`

	return manyCertificates(ctx, q, query, taskID, postgres.Array(volunteerIDs))
}

func manyCertificates(ctx context.Context, q postgres.Querier, query string, args ...any) ([]domain.Certificate, error) {
	var rows []certificateRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, args...); err != nil {
		return nil, fmt.Errorf("list certificates: %w", err)
	}
	certificates := make([]domain.Certificate, len(rows))
	for i, r := range rows {
		certificates[i] = r.certificate()
	}
	return certificates, nil
}

// AnyCertificate reports whether somebody has completed the class.
func AnyCertificate(ctx context.Context, q postgres.Querier, taskID string) (bool, error) {
	const query = `SELECT EXISTS (SELECT FROM certificates WHERE task_id = $1)`

	var any bool
	if err := sqlx.GetContext(ctx, q, &any, query, taskID); err != nil {
		return false, fmt.Errorf("look for certificates of class %s: %w", taskID, err)
	}
	return any, nil
}

// InsertCertificates adds certificates.
func InsertCertificates(ctx context.Context, q postgres.Querier, certificates []domain.Certificate) error {
	const query = `
		INSERT INTO certificates (` + certificateColumns + `)
		SELECT id, number, task_id, volunteer_id, completed_on, grants, issued_at
		FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::uuid[], $5::date[], $6::text[], $7::timestamptz[])
			AS c (id, number, task_id, volunteer_id, completed_on, grants, issued_at)`

	type c = domain.Certificate
	if _, err := q.ExecContext(ctx, query,
		postgres.Column(certificates, func(x c) string { return x.ID }),
		postgres.Column(certificates, func(x c) string { return x.Number }),
		postgres.Column(certificates, func(x c) string { return x.TaskID }),
		postgres.Column(certificates, func(x c) string { return x.VolunteerID }),
		postgres.Column(certificates, func(x c) string { return x.CompletedOn }),
		postgres.Column(certificates, func(x c) string { return x.Grants }),
		postgres.Column(certificates, func(x c) time.Time { return x.IssuedAt })); err != nil {
		return fmt.Errorf("insert %d certificates: %w", len(certificates), err)
	}
	return nil
}

// CopyCertificates adds many certificates at once and returns how many.
func CopyCertificates(ctx context.Context, q postgres.Querier, certificates iter.Seq[domain.Certificate]) (int64, error) {
	return copyRows(ctx, q, "certificates", certificateColumns, certificates, func(c domain.Certificate) []any {
		return []any{c.ID, c.Number, c.TaskID, c.VolunteerID, c.CompletedOn, c.Grants, c.IssuedAt}
	})
}

// ListSessions returns the confirmed sessions of these records at a class, in
// the order of their start. One about which a thing to verify was upheld does
// not count any more.
func ListSessions(ctx context.Context, q postgres.Querier, taskIDs, volunteerIDs []string) (map[string][]domain.Session, error) {
	const query = `
		SELECT s.task_id, a.shift_id, a.volunteer_id, s.starts_at, s.ends_at, a.credited_from, a.credited_to, a.minutes
		FROM attendances a
		JOIN shifts s ON s.id = a.shift_id
		WHERE s.task_id = ANY ($1::uuid[]) AND a.volunteer_id = ANY ($2::uuid[]) AND a.state = 'confirmed'
			AND NOT EXISTS (SELECT FROM anomalies n WHERE n.volunteer_id = a.volunteer_id AND n.state = 'upheld' AND a.id = ANY (n.attendance_ids))
		ORDER BY s.starts_at, a.id`

	var rows []struct {
		TaskID      string    `db:"task_id"`
		ShiftID     string    `db:"shift_id"`
		VolunteerID string    `db:"volunteer_id"`
		StartsAt    time.Time `db:"starts_at"`
		EndsAt      time.Time `db:"ends_at"`
		From        time.Time `db:"credited_from"`
		To          time.Time `db:"credited_to"`
		Minutes     int       `db:"minutes"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, postgres.Array(taskIDs), postgres.Array(volunteerIDs)); err != nil {
		return nil, fmt.Errorf("list sessions of classes: %w", err)
	}
	sessions := map[string][]domain.Session{}
	for _, r := range rows {
		sessions[r.TaskID] = append(sessions[r.TaskID], domain.Session{
			ShiftID: r.ShiftID, VolunteerID: r.VolunteerID, StartsAt: r.StartsAt.UTC(), EndsAt: r.EndsAt.UTC(), From: r.From.UTC(), To: r.To.UTC(), Minutes: r.Minutes,
		})
	}
	return sessions, nil
}
