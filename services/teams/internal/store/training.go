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

const trainingColumns = `n.id, n.volunteer_id, n.title, n.organiser, n.held_on, n.minutes, n.certificate_number, COALESCE(n.source, '') AS source, ` + notedColumns

type trainingRow struct {
	ID                string    `db:"id"`
	VolunteerID       string    `db:"volunteer_id"`
	Title             string    `db:"title"`
	Organiser         string    `db:"organiser"`
	HeldOn            time.Time `db:"held_on"`
	Minutes           int       `db:"minutes"`
	CertificateNumber string    `db:"certificate_number"`
	Source            string    `db:"source"`
	notedRow
}

func (r trainingRow) training() domain.Training {
	return domain.Training{
		ID: r.ID, VolunteerID: r.VolunteerID, Title: r.Title, Organiser: r.Organiser, HeldOn: cityDay(r.HeldOn), Minutes: r.Minutes,
		CertificateNumber: r.CertificateNumber, Source: r.Source, Noted: r.noted(),
	}
}

// ListTrainingsOf returns somebody's trainings, the newest first.
func ListTrainingsOf(ctx context.Context, q postgres.Querier, volunteerID string) ([]domain.Training, error) {
	const query = `
		SELECT ` + trainingColumns + `
		FROM trainings n
		WHERE n.volunteer_id = $1
		ORDER BY n.held_on DESC, n.id DESC
		LIMIT 200`

	var rows []trainingRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, volunteerID); err != nil {
		return nil, fmt.Errorf("list trainings of %s: %w", volunteerID, err)
	}
	list := make([]domain.Training, len(rows))
	for i, row := range rows {
		list[i] = row.training()
	}
	return list, nil
}

// FillTrainings adds many trainings of people who are there, each told by its
// source, as the tables' owner.
func FillTrainings(ctx context.Context, q postgres.Querier, trainings []domain.Training) error {
	const query = `
		INSERT INTO trainings (id, volunteer_id, title, organiser, held_on, minutes, certificate_number, source, recorded_at)
		SELECT id, volunteer_id, title, organiser, held_on, minutes, certificate_number, source, recorded_at
		FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::date[], $6::int[], $7::text[], $8::text[], $9::timestamptz[])
			AS n (id, volunteer_id, title, organiser, held_on, minutes, certificate_number, source, recorded_at)`

	type n = domain.Training
	if _, err := q.ExecContext(ctx, query,
		postgres.Column(trainings, func(x n) string { return x.ID }),
		postgres.Column(trainings, func(x n) string { return x.VolunteerID }),
		postgres.Column(trainings, func(x n) string { return x.Title }),
		postgres.Column(trainings, func(x n) string { return x.Organiser }),
		postgres.Column(trainings, func(x n) string { return x.HeldOn.Format(time.DateOnly) }),
		postgres.Column(trainings, func(x n) int64 { return int64(x.Minutes) }),
		postgres.Column(trainings, func(x n) string { return x.CertificateNumber }),
		postgres.Column(trainings, func(x n) string { return x.Source }),
		postgres.Column(trainings, func(x n) time.Time { return x.RecordedAt })); err != nil {
		return fmt.Errorf("fill %d trainings: %w", len(trainings), err)
	}
	return nil
}

// LockTraining returns a training and holds its row, or returns domain.ErrNoTraining.
func LockTraining(ctx context.Context, q postgres.Querier, id string) (domain.Training, error) {
	const query = `
		SELECT ` + trainingColumns + `
		FROM trainings n
		WHERE n.id = $1
		FOR NO KEY UPDATE`

	var row trainingRow
	err := sqlx.GetContext(ctx, q, &row, query, id)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.Training{}, domain.ErrNoTraining
	}
	if err != nil {
		return domain.Training{}, fmt.Errorf("lock training %s: %w", id, err)
	}
	return row.training(), nil
}

// InsertTraining adds a training, to whose record its person's is now. One
// that was told before by the same source, and one of somebody who has left,
// is passed over. It returns domain.ErrOwnRecord for one that its person
// writes down.
func InsertTraining(ctx context.Context, q postgres.Querier, t domain.Training) error {
	const query = `
		INSERT INTO trainings (id, volunteer_id, title, organiser, held_on, minutes, certificate_number, source, recorded_by, recorded_at)
		SELECT $1, COALESCE(v.merged_into, v.id), $3, $4, $5::date, $6, $7, NULLIF($8, ''), NULLIF($9, '')::uuid, $10
		FROM volunteers v
		WHERE v.id = $2 AND v.state <> 'erased'
		ON CONFLICT DO NOTHING`

	_, err := q.ExecContext(ctx, query, t.ID, t.VolunteerID, t.Title, t.Organiser, dateOrNull(t.HeldOn), t.Minutes, t.CertificateNumber,
		t.Source, t.RecordedBy, t.RecordedAt)
	if postgres.Violated(err, "trainings_two_persons_check") {
		return domain.ErrOwnRecord
	}
	if err != nil {
		return fmt.Errorf("insert training %s: %w", t.ID, err)
	}
	return nil
}

// UpdateTraining writes back that it was withdrawn.
func UpdateTraining(ctx context.Context, q postgres.Querier, t domain.Training) error {
	return updateNoted(ctx, q, "trainings", t.ID, t.Noted)
}

// MoveTrainings gives those of a merged record to the one that stays. What one
// source told of both counts once.
func MoveTrainings(ctx context.Context, q postgres.Querier, m Move) error {
	const withdraw = `
		UPDATE trainings
		SET withdrawn_by = $3, withdrawn_at = $4, reason = '合并记录时发现重复'
		WHERE volunteer_id = $1 AND withdrawn_at IS NULL
			AND source IN (SELECT source FROM trainings WHERE volunteer_id = $2 AND withdrawn_at IS NULL)`

	if _, err := q.ExecContext(ctx, withdraw, m.GoneID, m.SurvivorID, m.By, m.At); err != nil {
		return fmt.Errorf("withdraw trainings that %s has twice: %w", m.SurvivorID, err)
	}
	return moveNoted(ctx, q, "trainings", m)
}
