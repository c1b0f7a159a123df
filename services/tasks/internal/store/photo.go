package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

type photoRow struct {
	ID          string              `db:"id"`
	TaskID      string              `db:"task_id"`
	ShiftID     sql.Null[string]    `db:"shift_id"`
	Place       int                 `db:"place"`
	Width       int                 `db:"width"`
	Height      int                 `db:"height"`
	AddedBy     string              `db:"added_by"`
	AddedAt     time.Time           `db:"added_at"`
	TakenDownBy sql.Null[string]    `db:"taken_down_by"`
	TakenDownAt sql.Null[time.Time] `db:"taken_down_at"`
	Reason      string              `db:"reason"`
	TeamID      string              `db:"team_id"`
	RegionPath  string              `db:"region_path"`
	TaskState   string              `db:"task_state"`
}

const photosQuery = `
	SELECT p.id, p.task_id, p.shift_id, p.place, p.width, p.height, p.added_by, p.added_at, p.taken_down_by, p.taken_down_at, p.reason,
		t.team_id, COALESCE(k.region_path, '') AS region_path, t.state AS task_state
	FROM photos p
	JOIN tasks t ON t.id = p.task_id
	LEFT JOIN known_teams k ON k.team_id = t.team_id `

func (r photoRow) photo() domain.Photo {
	return domain.Photo{
		ID: r.ID, TaskID: r.TaskID, ShiftID: r.ShiftID.V, Place: r.Place, Width: r.Width, Height: r.Height, AddedBy: r.AddedBy, AddedAt: r.AddedAt.UTC(),
		TakenDownBy: r.TakenDownBy.V, TakenDownAt: utc(r.TakenDownAt), Reason: r.Reason,
		TeamID: r.TeamID, RegionPath: r.RegionPath, TaskState: domain.TaskState(r.TaskState),
	}
}

// FindPhoto returns a photo, taken down or not, or domain.ErrNoSuchPhoto.
func FindPhoto(ctx context.Context, q postgres.Querier, id string) (domain.Photo, error) {
	return onePhoto(ctx, q, photosQuery+`WHERE p.id = $1`, id)
}

// LockPhoto is FindPhoto and holds the row.
func LockPhoto(ctx context.Context, q postgres.Querier, id string) (domain.Photo, error) {
	return onePhoto(ctx, q, photosQuery+`WHERE p.id = $1 FOR UPDATE OF p`, id)
}

func onePhoto(ctx context.Context, q postgres.Querier, query, id string) (domain.Photo, error) {
	var row photoRow
	err := sqlx.GetContext(ctx, q, &row, query, id)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.Photo{}, domain.ErrNoSuchPhoto
	}
	if err != nil {
		return domain.Photo{}, fmt.Errorf("find photo %s: %w", id, err)
	}
	return row.photo(), nil
}

// ListTaskPhotos returns the photos of a task itself, taken down ones too, in their order.
func ListTaskPhotos(ctx context.Context, q postgres.Querier, taskID string) ([]domain.Photo, error) {
	return manyPhotos(ctx, q, photosQuery+`WHERE p.task_id = $1 AND p.shift_id IS NULL ORDER BY p.place, p.added_at, p.id`, taskID)
}

// ListShiftPhotos returns the photos of the records of shifts, taken down ones too, in their order.
func ListShiftPhotos(ctx context.Context, q postgres.Querier, shiftIDs []string) ([]domain.Photo, error) {
	return manyPhotos(ctx, q, photosQuery+`WHERE p.shift_id = ANY ($1::uuid[]) ORDER BY p.place, p.added_at, p.id`, postgres.Array(shiftIDs))
}

func manyPhotos(ctx context.Context, q postgres.Querier, query string, arg any) ([]domain.Photo, error) {
	var rows []photoRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, arg); err != nil {
		return nil, fmt.Errorf("list photos: %w", err)
	}
	photos := make([]domain.Photo, len(rows))
	for i, r := range rows {
		photos[i] = r.photo()
	}
	return photos, nil
}

// InsertPhoto adds a photo. It returns domain.ErrPhotosFull when its place was
// taken meanwhile, domain.ErrPhotoIDTaken when its id was.
func InsertPhoto(ctx context.Context, q postgres.Querier, p domain.Photo) error {
	const query = `
		INSERT INTO photos (id, task_id, shift_id, place, width, height, added_by, added_at, reason)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '')`

	_, err := q.ExecContext(ctx, query, p.ID, p.TaskID, nullText(p.ShiftID), p.Place, p.Width, p.Height, p.AddedBy, p.AddedAt)
	switch {
	case postgres.Violated(err, "photos_place_key"):
		return domain.ErrPhotosFull.With("n", strconv.Itoa(p.Place))
	case postgres.Violated(err, "photos_pkey"):
		return domain.ErrPhotoIDTaken
	case err != nil:
		return fmt.Errorf("insert photo %s: %w", p.ID, err)
	}
	return nil
}

// UpdatePhoto writes that a photo was taken down.
func UpdatePhoto(ctx context.Context, q postgres.Querier, p domain.Photo) error {
	const query = `
		UPDATE photos
		SET taken_down_by = $2, taken_down_at = $3, reason = $4
		WHERE id = $1`

	if _, err := q.ExecContext(ctx, query, p.ID, nullText(p.TakenDownBy), nullTime(p.TakenDownAt), p.Reason); err != nil {
		return fmt.Errorf("update photo %s: %w", p.ID, err)
	}
	return nil
}
