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
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// ErrNoSuchTask tells that there is no such task, or that it is not the reader's to see.
var ErrNoSuchTask = apperr.New(apperr.NotFound, "no_such_task", "没有这个活动。", "There is no such activity.")

// ErrNoSuchProgramme tells that a task names a programme that does not exist.
var ErrNoSuchProgramme = apperr.New(apperr.Invalid, "no_such_programme", "没有这个项目，请重新选择。", "There is no such programme; please choose again.")

type taskRow struct {
	ID           string              `db:"id"`
	TeamID       string              `db:"team_id"`
	ProgrammeID  string              `db:"programme_id"`
	CreatedBy    string              `db:"created_by"`
	Title        string              `db:"title"`
	Description  string              `db:"description"`
	Place        string              `db:"place"`
	Latitude     float64             `db:"latitude"`
	Longitude    float64             `db:"longitude"`
	Risks        string              `db:"risks"`
	Risky        bool                `db:"risky"`
	Insurance    string              `db:"insurance"`
	Bring        string              `db:"bring"`
	ContactName  string              `db:"contact_name"`
	ContactPhone string              `db:"contact_phone"`
	State        string              `db:"state"`
	CreatedAt    time.Time           `db:"created_at"`
	PublishedAt  sql.Null[time.Time] `db:"published_at"`
	Reason       string              `db:"reason"`
	CampaignID   sql.Null[string]    `db:"campaign_id"`
	OnlyMembers  bool                `db:"only_members"`
	Kind         string              `db:"kind"`
	Sessions     int                 `db:"sessions_needed"`
	Version      int64               `db:"version"`
}

const taskColumns = `id, team_id, programme_id, created_by, title, description, place, latitude, longitude,
	risks, risky, insurance, bring, contact_name, contact_phone, state, created_at, published_at, reason, campaign_id, kind, sessions_needed, version, only_members`

func (r taskRow) task() domain.Task {
	return domain.Task{
		ID: r.ID, TeamID: r.TeamID, ProgrammeID: r.ProgrammeID, CreatedBy: r.CreatedBy,
		Details: domain.Details{
			Title: r.Title, Description: r.Description, Place: r.Place, Latitude: r.Latitude, Longitude: r.Longitude,
			Risks: r.Risks, Risky: r.Risky, Insurance: r.Insurance, Bring: r.Bring,
			ContactName: r.ContactName, ContactPhone: r.ContactPhone, OnlyMembers: r.OnlyMembers,
		},
		State: domain.TaskState(r.State), CreatedAt: r.CreatedAt.UTC(), PublishedAt: utc(r.PublishedAt), Reason: r.Reason, CampaignID: r.CampaignID.V,
		Kind: domain.TaskKind(r.Kind), SessionsNeeded: r.Sessions, Version: r.Version,
	}
}

// FindTask returns a task, or ErrNoSuchTask.
func FindTask(ctx context.Context, q postgres.Querier, id string) (domain.Task, error) {
	return oneTask(ctx, q, `SELECT `+taskColumns+` FROM tasks WHERE id = $1`, id)
}

// LockTask returns a task and holds its row until the transaction ends, or ErrNoSuchTask.
func LockTask(ctx context.Context, q postgres.Querier, id string) (domain.Task, error) {
	return oneTask(ctx, q, `SELECT `+taskColumns+` FROM tasks WHERE id = $1 FOR UPDATE`, id)
}

func oneTask(ctx context.Context, q postgres.Querier, query, id string) (domain.Task, error) {
	var row taskRow
	err := sqlx.GetContext(ctx, q, &row, query, id)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.Task{}, ErrNoSuchTask
	}
	if err != nil {
		return domain.Task{}, fmt.Errorf("find task %s: %w", id, err)
	}
	return row.task(), nil
}

// InsertTask adds a task. It returns ErrNoSuchProgramme when its programme does not exist.
func InsertTask(ctx context.Context, q postgres.Querier, t domain.Task) error {
	const query = `
		INSERT INTO tasks (` + taskColumns + `, words, grams)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26::text[])`

	_, err := q.ExecContext(ctx, query, t.ID, t.TeamID, t.ProgrammeID, t.CreatedBy, t.Title, t.Description, t.Place,
		t.Latitude, t.Longitude, t.Risks, t.Risky, t.Insurance, t.Bring, t.ContactName, t.ContactPhone,
		t.State, t.CreatedAt, nullTime(t.PublishedAt), t.Reason, nullText(t.CampaignID), t.Kind, t.SessionsNeeded, t.Version, t.OnlyMembers, wordsOf(t.Title, t.Place), gramsOf(t.Title, t.Place))
	if postgres.Violated(err, "tasks_campaign_fkey") {
		return apperr.For("campaign_id", domain.ErrNoSuchCampaign)
	}
	if postgres.Violated(err, "tasks_programme_fkey") {
		return apperr.For("programme_id", ErrNoSuchProgramme)
	}
	if err != nil {
		return fmt.Errorf("insert task %s: %w", t.ID, err)
	}
	return nil
}

// UpdateTaskState writes how far the task has come.
func UpdateTaskState(ctx context.Context, q postgres.Querier, t domain.Task) error {
	const query = `
		UPDATE tasks
		SET state = $2, published_at = $3, reason = $4, version = $5
		WHERE id = $1`

	if _, err := q.ExecContext(ctx, query, t.ID, t.State, nullTime(t.PublishedAt), t.Reason, t.Version); err != nil {
		return fmt.Errorf("update task %s: %w", t.ID, err)
	}
	return nil
}

// UpdateTask writes what a task says. It returns ErrNoSuchProgramme when its
// programme does not exist.
func UpdateTask(ctx context.Context, q postgres.Querier, t domain.Task) error {
	const query = `
		UPDATE tasks
		SET programme_id = $2, title = $3, description = $4, place = $5, latitude = $6, longitude = $7, risks = $8, risky = $9,
			insurance = $10, bring = $11, contact_name = $12, contact_phone = $13, version = $14, words = $15, grams = $16::text[], kind = $17, sessions_needed = $18, only_members = $19
		WHERE id = $1`
	_, err := q.ExecContext(ctx, query, t.ID, t.ProgrammeID, t.Title, t.Description, t.Place, t.Latitude, t.Longitude,
		t.Risks, t.Risky, t.Insurance, t.Bring, t.ContactName, t.ContactPhone, t.Version,
		wordsOf(t.Title, t.Place), gramsOf(t.Title, t.Place), t.Kind, t.SessionsNeeded, t.OnlyMembers)
	if postgres.Violated(err, "tasks_programme_fkey") {
		return apperr.For("programme_id", ErrNoSuchProgramme)
	}
	if err != nil {
		return fmt.Errorf("update task %s: %w", t.ID, err)
	}
	return nil
}

// DeleteDraft takes away a draft whose shifts are gone.
func DeleteDraft(ctx context.Context, q postgres.Querier, taskID string) error {
	if _, err := q.ExecContext(ctx, `DELETE FROM tasks WHERE id = $1 AND state = 'draft'`, taskID); err != nil {
		return fmt.Errorf("delete draft %s: %w", taskID, err)
	}
	return nil
}

// ListLedTasks returns the newest tasks of teams: drafts first, then by when
// their last shift begins, latest first.
func ListLedTasks(ctx context.Context, q postgres.Querier, teamIDs []string, limit int) ([]domain.LedTask, error) {
	const query = `
		SELECT t.id, t.team_id, COALESCE(k.name, '') AS team_name, p.name AS programme_name, t.title, t.place, t.state, t.kind,
			s.shifts, s.first_starts_at, s.last_starts_at
		FROM tasks t
		JOIN programmes p ON p.id = t.programme_id
		LEFT JOIN known_teams k ON k.team_id = t.team_id
		CROSS JOIN LATERAL (
			SELECT count(*) AS shifts, min(starts_at) AS first_starts_at, max(starts_at) AS last_starts_at FROM shifts WHERE task_id = t.id
		) s
		WHERE t.team_id = ANY ($1::uuid[])
		ORDER BY t.state = 'draft' DESC, COALESCE(s.last_starts_at, t.created_at) DESC, t.id
		LIMIT $2`

	var rows []struct {
		domain.LedTask
		First sql.Null[time.Time] `db:"first_starts_at"`
		Last  sql.Null[time.Time] `db:"last_starts_at"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, postgres.Array(teamIDs), limit); err != nil {
		return nil, fmt.Errorf("list tasks of teams: %w", err)
	}
	tasks := make([]domain.LedTask, len(rows))
	for i, r := range rows {
		tasks[i] = r.LedTask
		tasks[i].FirstStartsAt, tasks[i].LastStartsAt = utc(r.First), utc(r.Last)
	}
	return tasks, nil
}

// FindTaskNames returns what the task's team and programme are called; the
// team's name is empty while teams has not told of it.
func FindTaskNames(ctx context.Context, q postgres.Querier, t domain.Task) (team, programme string, err error) {
	const query = `
		SELECT COALESCE(k.name, '') AS team, p.name AS programme
		FROM programmes p
		LEFT JOIN known_teams k ON k.team_id = $1
		WHERE p.id = $2`

	var row struct {
		Team      string `db:"team"`
		Programme string `db:"programme"`
	}
	if err := sqlx.GetContext(ctx, q, &row, query, t.TeamID, t.ProgrammeID); err != nil {
		return "", "", fmt.Errorf("find names of task %s: %w", t.ID, err)
	}
	return row.Team, row.Programme, nil
}

// CopyTasks adds many tasks at once and returns how many.
func CopyTasks(ctx context.Context, q postgres.Querier, tasks iter.Seq[domain.Task]) (int64, error) {
	return copyRows(ctx, q, "tasks", taskColumns+", words, grams", tasks, func(t domain.Task) []any {
		return []any{
			t.ID, t.TeamID, t.ProgrammeID, t.CreatedBy, t.Title, t.Description, t.Place, t.Latitude, t.Longitude,
			t.Risks, t.Risky, t.Insurance, t.Bring, t.ContactName, t.ContactPhone, string(t.State), t.CreatedAt, nullTime(t.PublishedAt), t.Reason, nullText(t.CampaignID),
			string(t.Kind), t.SessionsNeeded, t.Version, t.OnlyMembers,
			wordsOf(t.Title, t.Place), gramsOf(t.Title, t.Place),
		}
	})
}
