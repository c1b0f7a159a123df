package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

type noticeRow struct {
	ID          string              `db:"id"`
	VolunteerID string              `db:"volunteer_id"`
	Kind        string              `db:"kind"`
	SubjectKind string              `db:"subject_kind"`
	SubjectID   string              `db:"subject_id"`
	Words       []byte              `db:"words"`
	Urgent      bool                `db:"urgent"`
	Source      string              `db:"source"`
	CreatedAt   time.Time           `db:"created_at"`
	ReadAt      sql.Null[time.Time] `db:"read_at"`
}

func (r noticeRow) notice() (domain.Notice, error) {
	n := domain.Notice{
		ID: r.ID, VolunteerID: r.VolunteerID, Kind: domain.NoticeKind(r.Kind), SubjectKind: r.SubjectKind, SubjectID: r.SubjectID,
		Urgent: r.Urgent, Source: r.Source, CreatedAt: r.CreatedAt.UTC(),
	}
	if r.ReadAt.Valid {
		n.ReadAt = r.ReadAt.V.UTC()
	}
	if err := json.Unmarshal(r.Words, &n.Words); err != nil {
		return n, fmt.Errorf("decode words of notice %s: %w", r.ID, err)
	}
	return n, nil
}

// ListNotices returns a page of somebody's inbox, newest first. Page.After is
// the id of one of their notices; after any other there is nothing.
func ListNotices(ctx context.Context, q postgres.Querier, volunteerID string, page Page) ([]domain.Notice, error) {
	const query = `
		SELECT id, volunteer_id, kind, subject_kind, subject_id, words, urgent, COALESCE(source, '') AS source, created_at, read_at
		FROM notices
		WHERE volunteer_id = $1
			AND ($2::uuid IS NULL OR (created_at, id) < (SELECT created_at, id FROM notices WHERE id = $2::uuid AND volunteer_id = $1))
		ORDER BY created_at DESC, id DESC
		LIMIT $3`

	var rows []noticeRow
	after := sql.NullString{String: page.After, Valid: page.After != ""}
	if err := sqlx.SelectContext(ctx, q, &rows, query, volunteerID, after, page.Limit); err != nil {
		return nil, fmt.Errorf("list notices of %s: %w", volunteerID, err)
	}
	notices := make([]domain.Notice, len(rows))
	for i, row := range rows {
		var err error
		if notices[i], err = row.notice(); err != nil {
			return nil, err
		}
	}
	return notices, nil
}

// CountUnread returns how many notices somebody has not read, at most 100.
func CountUnread(ctx context.Context, q postgres.Querier, volunteerID string) (int, error) {
	const query = `
		SELECT count(*)
		FROM (SELECT 1 FROM notices WHERE volunteer_id = $1 AND read_at IS NULL LIMIT 100) AS unread`

	var n int
	if err := sqlx.GetContext(ctx, q, &n, query, volunteerID); err != nil {
		return 0, fmt.Errorf("count unread notices of %s: %w", volunteerID, err)
	}
	return n, nil
}

// ReadNotices marks a notice of somebody and all older ones as read at t, or
// returns domain.ErrNoNotice. Those read before keep their time.
func ReadNotices(ctx context.Context, q postgres.Querier, volunteerID, upTo string, t time.Time) error {
	const find = `
		SELECT created_at
		FROM notices
		WHERE id = $1 AND volunteer_id = $2`
	const query = `
		UPDATE notices
		SET read_at = $4
		WHERE volunteer_id = $1 AND read_at IS NULL AND (created_at, id) <= ($2, $3::uuid)`

	var created time.Time
	err := sqlx.GetContext(ctx, q, &created, find, upTo, volunteerID)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.ErrNoNotice
	}
	if err != nil {
		return fmt.Errorf("find notice %s: %w", upTo, err)
	}
	if _, err := q.ExecContext(ctx, query, volunteerID, created, upTo, t); err != nil {
		return fmt.Errorf("read notices of %s: %w", volunteerID, err)
	}
	return nil
}

// DeleteNotices removes notices made before t.
func DeleteNotices(ctx context.Context, q postgres.Querier, before time.Time) error {
	const query = `
		DELETE FROM notices
		WHERE created_at < $1`

	if _, err := q.ExecContext(ctx, query, before); err != nil {
		return fmt.Errorf("delete notices before %s: %w", before, err)
	}
	return nil
}
