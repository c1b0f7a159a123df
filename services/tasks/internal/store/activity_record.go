package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

type recordRow struct {
	ShiftID       string    `db:"shift_id"`
	TaskID        string    `db:"task_id"`
	TeamID        string    `db:"team_id"`
	RegionPath    string    `db:"region_path"`
	Title         string    `db:"title"`
	Place         string    `db:"place"`
	ProgrammeName string    `db:"programme_name"`
	StartsAt      time.Time `db:"starts_at"`
	EndsAt        time.Time `db:"ends_at"`
	Summary       string    `db:"summary"`
	PeopleServed  int       `db:"people_served"`
	Came          int       `db:"came"`
	Minutes       int       `db:"minutes"`
	WrittenAt     time.Time `db:"written_at"`
}

// ListRecords returns records, the newest shift first.
func ListRecords(ctx context.Context, q postgres.Querier, f domain.RecordFilter) ([]domain.ActivityRecord, error) {
	query := `
		SELECT r.shift_id, s.task_id, r.team_id, COALESCE(k.region_path, '') AS region_path, t.title, t.place, p.name AS programme_name,
			r.starts_at, s.ends_at, r.summary, s.people_served, a.came, a.minutes, r.written_at
		FROM activity_records r
		JOIN shifts s ON s.id = r.shift_id
		JOIN tasks t ON t.id = s.task_id
		JOIN programmes p ON p.id = t.programme_id
		LEFT JOIN known_teams k ON k.team_id = r.team_id
		CROSS JOIN LATERAL (
			SELECT count(*) AS came, COALESCE(sum(minutes), 0) AS minutes FROM attendances WHERE shift_id = r.shift_id AND state = 'confirmed'
		) a
		WHERE `
	args := []any{f.TeamID + f.TaskID + f.ShiftID, f.Limit, f.Empty}
	switch {
	case f.TeamID != "":
		query += `r.team_id = $1`
	case f.TaskID != "":
		query += `s.task_id = $1`
	default:
		query += `r.shift_id = $1`
	}
	query += ` AND ($3 OR r.summary <> '' OR EXISTS (SELECT FROM photos o WHERE o.shift_id = r.shift_id AND o.taken_down_at IS NULL))`
	if f.After.ID != "" {
		query += ` AND (r.starts_at, r.shift_id) < ($4, $5::uuid)`
		args = append(args, f.After.StartsAt, f.After.ID)
	}
	query += `
		ORDER BY r.starts_at DESC, r.shift_id DESC
		LIMIT $2`

	var rows []recordRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, args...); err != nil {
		return nil, fmt.Errorf("list records: %w", err)
	}
	records := make([]domain.ActivityRecord, len(rows))
	for i, r := range rows {
		records[i] = domain.ActivityRecord{
			ShiftID: r.ShiftID, TaskID: r.TaskID, TeamID: r.TeamID, RegionPath: r.RegionPath, Title: r.Title, Place: r.Place, ProgrammeName: r.ProgrammeName,
			StartsAt: r.StartsAt.UTC(), EndsAt: r.EndsAt.UTC(), Summary: r.Summary, PeopleServed: r.PeopleServed, Came: r.Came, Minutes: r.Minutes,
			WrittenAt: r.WrittenAt.UTC(),
		}
	}
	return records, nil
}

// UpsertRecord writes the summary of a shift, whose record it begins if need be.
func UpsertRecord(ctx context.Context, q postgres.Querier, l domain.Listing, summary, by string, now time.Time) error {
	const query = `
		INSERT INTO activity_records (shift_id, team_id, starts_at, summary, written_by, written_at)
		VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT ON CONSTRAINT activity_records_pkey DO UPDATE
		SET summary = excluded.summary, written_by = excluded.written_by, written_at = excluded.written_at`

	return writeRecord(ctx, q, query, l, summary, by, now)
}

// InsertRecord begins the record of a shift, unless it has one.
func InsertRecord(ctx context.Context, q postgres.Querier, l domain.Listing, by string, now time.Time) error {
	const query = `
		INSERT INTO activity_records (shift_id, team_id, starts_at, summary, written_by, written_at)
		VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT ON CONSTRAINT activity_records_pkey DO NOTHING`

	return writeRecord(ctx, q, query, l, "", by, now)
}

func writeRecord(ctx context.Context, q postgres.Querier, query string, l domain.Listing, summary, by string, now time.Time) error {
	if _, err := q.ExecContext(ctx, query, l.ID, l.TeamID, l.StartsAt, summary, by, now); err != nil {
		return fmt.Errorf("write the record of shift %s: %w", l.ID, err)
	}
	return nil
}
