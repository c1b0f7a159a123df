package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

const honourColumns = `n.id, n.volunteer_id, n.title, n.level, n.issuer, n.awarded_on, n.document_number, ` + notedColumns

type honourRow struct {
	ID             string    `db:"id"`
	VolunteerID    string    `db:"volunteer_id"`
	Title          string    `db:"title"`
	Level          string    `db:"level"`
	Issuer         string    `db:"issuer"`
	AwardedOn      time.Time `db:"awarded_on"`
	DocumentNumber string    `db:"document_number"`
	notedRow
}

func (r honourRow) honour() domain.Honour {
	return domain.Honour{
		ID: r.ID, VolunteerID: r.VolunteerID, Title: r.Title, Level: r.Level, Issuer: r.Issuer, AwardedOn: cityDay(r.AwardedOn),
		DocumentNumber: r.DocumentNumber, Noted: r.noted(),
	}
}

// ListHonoursOf returns somebody's honours, the newest first.
func ListHonoursOf(ctx context.Context, q postgres.Querier, volunteerID string) ([]domain.Honour, error) {
	const query = `
		SELECT ` + honourColumns + `
		FROM honours n
		WHERE n.volunteer_id = $1
		ORDER BY n.awarded_on DESC, n.id DESC
		LIMIT 200`

	var rows []honourRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, volunteerID); err != nil {
		return nil, fmt.Errorf("list honours of %s: %w", volunteerID, err)
	}
	list := make([]domain.Honour, len(rows))
	for i, row := range rows {
		list[i] = row.honour()
	}
	return list, nil
}

// LockHonour returns an honour and holds its row, or returns domain.ErrNoHonour.
func LockHonour(ctx context.Context, q postgres.Querier, id string) (domain.Honour, error) {
	const query = `
		SELECT ` + honourColumns + `
		FROM honours n
		WHERE n.id = $1
		FOR NO KEY UPDATE`

	var row honourRow
	err := sqlx.GetContext(ctx, q, &row, query, id)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.Honour{}, domain.ErrNoHonour
	}
	if err != nil {
		return domain.Honour{}, fmt.Errorf("lock honour %s: %w", id, err)
	}
	return row.honour(), nil
}

// InsertHonour adds an honour. It returns domain.ErrOwnRecord for one that its
// person writes down.
func InsertHonour(ctx context.Context, q postgres.Querier, h domain.Honour) error {
	const query = `
		INSERT INTO honours (id, volunteer_id, title, level, issuer, awarded_on, document_number, recorded_by, recorded_at)
		VALUES ($1, $2, $3, $4, $5, $6::date, $7, $8, $9)`

	_, err := q.ExecContext(ctx, query, h.ID, h.VolunteerID, h.Title, h.Level, h.Issuer, dateOrNull(h.AwardedOn), h.DocumentNumber, h.RecordedBy, h.RecordedAt)
	if postgres.Violated(err, "honours_two_persons_check") {
		return domain.ErrOwnRecord
	}
	if err != nil {
		return fmt.Errorf("insert honour %s: %w", h.ID, err)
	}
	return nil
}

// UpdateHonour writes back that it was withdrawn.
func UpdateHonour(ctx context.Context, q postgres.Querier, h domain.Honour) error {
	return updateNoted(ctx, q, "honours", h.ID, h.Noted)
}

// MoveHonours gives those of a merged record to the one that stays.
func MoveHonours(ctx context.Context, q postgres.Querier, m Move) error {
	return moveNoted(ctx, q, "honours", m)
}
