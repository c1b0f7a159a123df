package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

type feedRow struct {
	ID       string           `db:"id"`
	MadeBy   string           `db:"made_by"`
	TeamID   sql.Null[string] `db:"team_id"`
	TeamName string           `db:"team_name"`
	MadeAt   time.Time        `db:"made_at"`
}

const feedsQuery = `
	SELECT f.id, f.made_by, f.team_id, COALESCE(k.name, '') AS team_name, f.made_at
	FROM feeds f
	LEFT JOIN known_teams k ON k.team_id = f.team_id
	WHERE f.revoked_at IS NULL AND `

func (r feedRow) feed() domain.Feed {
	return domain.Feed{ID: r.ID, MadeBy: r.MadeBy, TeamID: r.TeamID.V, TeamName: r.TeamName, MadeAt: r.MadeAt.UTC()}
}

// FindFeed returns the feed with this hash while it is good, or domain.ErrNoSuchFeed.
func FindFeed(ctx context.Context, q postgres.Querier, hash []byte) (domain.Feed, error) {
	var row feedRow
	err := sqlx.GetContext(ctx, q, &row, feedsQuery+`f.hash = $1`, hash)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.Feed{}, domain.ErrNoSuchFeed
	}
	if err != nil {
		return domain.Feed{}, fmt.Errorf("find a feed: %w", err)
	}
	return row.feed(), nil
}

// ListFeeds returns the good feeds of a person and of teams.
func ListFeeds(ctx context.Context, q postgres.Querier, volunteerID string, teamIDs []string) ([]domain.Feed, error) {
	var rows []feedRow
	if err := sqlx.SelectContext(ctx, q, &rows, feedsQuery+`(f.team_id IS NULL AND f.made_by = $1 OR f.team_id = ANY ($2::uuid[])) ORDER BY f.team_id NULLS FIRST`,
		volunteerID, postgres.Array(teamIDs)); err != nil {
		return nil, fmt.Errorf("list feeds: %w", err)
	}
	feeds := make([]domain.Feed, len(rows))
	for i, r := range rows {
		feeds[i] = r.feed()
	}
	return feeds, nil
}

// InsertFeed adds a feed. It waits for whoever adds one of the same person or
// team at the same time, and fails then.
func InsertFeed(ctx context.Context, q postgres.Querier, f domain.Feed) error {
	const query = `
		INSERT INTO feeds (id, made_by, team_id, hash, made_at)
		VALUES ($1, $2, $3, $4, $5)`

	if _, err := q.ExecContext(ctx, query, f.ID, f.MadeBy, nullText(f.TeamID), f.Hash, f.MadeAt); err != nil {
		return fmt.Errorf("insert feed %s: %w", f.ID, err)
	}
	return nil
}

// RevokeFeeds makes the addresses of a person or a team worthless.
func RevokeFeeds(ctx context.Context, q postgres.Querier, subject string, now time.Time) error {
	const query = `
		UPDATE feeds
		SET revoked_at = $2
		WHERE COALESCE(team_id, made_by) = $1 AND revoked_at IS NULL`

	if _, err := q.ExecContext(ctx, query, subject, now); err != nil {
		return fmt.Errorf("revoke feeds: %w", err)
	}
	return nil
}

type feedShiftRow struct {
	ShiftID       string              `db:"id"`
	TaskID        string              `db:"task_id"`
	Title         string              `db:"title"`
	Place         string              `db:"place"`
	TeamName      string              `db:"team_name"`
	ProgrammeName string              `db:"programme_name"`
	StartsAt      time.Time           `db:"starts_at"`
	EndsAt        time.Time           `db:"ends_at"`
	State         string              `db:"state"`
	Reason        string              `db:"reason"`
	Sequence      int64               `db:"sequence"`
	PublishedAt   sql.Null[time.Time] `db:"published_at"`
}

// ListFeedShifts returns the published shifts of a team between two instants,
// or, without one, those for which the person holds a seat.
func ListFeedShifts(ctx context.Context, q postgres.Querier, teamID string, person domain.Person, since, until time.Time) ([]domain.FeedShift, error) {
	query := `
		SELECT s.id, s.task_id, t.title, t.place, COALESCE(k.name, '') AS team_name, p.name AS programme_name, s.starts_at, s.ends_at, s.state, s.reason,
			s.version + t.version AS sequence, t.published_at
		FROM shifts s
		JOIN tasks t ON t.id = s.task_id
		JOIN programmes p ON p.id = t.programme_id
		LEFT JOIN known_teams k ON k.team_id = t.team_id
		WHERE t.state <> 'draft' AND s.starts_at >= $1 AND s.starts_at < $2 AND `
	args := []any{since, until}
	if teamID != "" {
		query += `(t.team_id = $3 OR EXISTS (SELECT FROM task_teams j WHERE j.task_id = t.id AND j.team_id = $3 AND j.state = 'joined'))`
		args = append(args, teamID)
	} else {
		query += `s.id IN (SELECT u.shift_id FROM sign_ups u WHERE u.volunteer_id = ANY ($3::uuid[]) AND u.state IN ('confirmed', 'no_show'))`
		args = append(args, postgres.Array(person.IDs()))
	}
	query += `
		ORDER BY s.starts_at, s.id
		LIMIT 500`

	var rows []feedShiftRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, args...); err != nil {
		return nil, fmt.Errorf("list shifts of a feed: %w", err)
	}
	shifts := make([]domain.FeedShift, len(rows))
	for i, r := range rows {
		shifts[i] = domain.FeedShift{
			ShiftID: r.ShiftID, TaskID: r.TaskID, Title: r.Title, Place: r.Place, TeamName: r.TeamName, ProgrammeName: r.ProgrammeName,
			StartsAt: r.StartsAt.UTC(), EndsAt: r.EndsAt.UTC(), State: domain.ShiftState(r.State), Reason: r.Reason, Sequence: r.Sequence, PublishedAt: utc(r.PublishedAt),
		}
	}
	return shifts, nil
}
