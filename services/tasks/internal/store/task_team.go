package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// ListTaskTeams returns the brigades that were asked to join a task, in the
// order in which they were.
func ListTaskTeams(ctx context.Context, q postgres.Querier, taskID string) ([]domain.JointTeam, error) {
	const query = `
		SELECT j.task_id, j.team_id, COALESCE(k.name, '') AS team_name, j.state, j.asked_by, j.asked_at, j.answered_by, j.answered_at, j.version
		FROM task_teams j
		LEFT JOIN known_teams k ON k.team_id = j.team_id
		WHERE j.task_id = $1
		ORDER BY j.asked_at, j.team_id`

	var rows []struct {
		TaskID     string              `db:"task_id"`
		TeamID     string              `db:"team_id"`
		TeamName   string              `db:"team_name"`
		State      string              `db:"state"`
		AskedBy    string              `db:"asked_by"`
		AskedAt    time.Time           `db:"asked_at"`
		AnsweredBy sql.Null[string]    `db:"answered_by"`
		AnsweredAt sql.Null[time.Time] `db:"answered_at"`
		Version    int64               `db:"version"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, taskID); err != nil {
		return nil, fmt.Errorf("list who was asked to join task %s: %w", taskID, err)
	}
	teams := make([]domain.JointTeam, len(rows))
	for i, r := range rows {
		teams[i] = domain.JointTeam{
			TaskID: r.TaskID, TeamID: r.TeamID, TeamName: r.TeamName, State: domain.JointState(r.State),
			AskedBy: r.AskedBy, AskedAt: r.AskedAt.UTC(), AnsweredBy: r.AnsweredBy.V, AnsweredAt: utc(r.AnsweredAt), Version: r.Version,
		}
	}
	return teams, nil
}

// UpsertTaskTeam writes where a brigade stands with a task. Whoever does holds
// the task's row.
func UpsertTaskTeam(ctx context.Context, q postgres.Querier, j domain.JointTeam) error {
	const query = `
		INSERT INTO task_teams (task_id, team_id, state, asked_by, asked_at, answered_by, answered_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (task_id, team_id) DO UPDATE
		SET state = excluded.state, asked_by = excluded.asked_by, asked_at = excluded.asked_at,
			answered_by = excluded.answered_by, answered_at = excluded.answered_at, version = excluded.version`

	if _, err := q.ExecContext(ctx, query, j.TaskID, j.TeamID, j.State, j.AskedBy, j.AskedAt, nullText(j.AnsweredBy), nullTime(j.AnsweredAt), j.Version); err != nil {
		return fmt.Errorf("write that team %s is asked to join task %s: %w", j.TeamID, j.TaskID, err)
	}
	return nil
}

// ListJoined returns the ids of the brigades that joined each of the tasks.
func ListJoined(ctx context.Context, q postgres.Querier, taskIDs []string) (map[string][]string, error) {
	const query = `
		SELECT task_id, team_id
		FROM task_teams
		WHERE task_id = ANY ($1::uuid[]) AND state = 'joined'
		ORDER BY task_id, answered_at, team_id`

	var rows []struct {
		TaskID string `db:"task_id"`
		TeamID string `db:"team_id"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, postgres.Array(taskIDs)); err != nil {
		return nil, fmt.Errorf("list who joined %d tasks: %w", len(taskIDs), err)
	}
	joined := map[string][]string{}
	for _, r := range rows {
		joined[r.TaskID] = append(joined[r.TaskID], r.TeamID)
	}
	return joined, nil
}

// ListHolders returns the brigades that hold a task now, the host first, then
// in the order in which they joined. What became part of another is that other.
func ListHolders(ctx context.Context, q postgres.Querier, taskID string) ([]domain.Holder, error) {
	const query = `
		WITH RECURSIVE now AS (
			SELECT t.team_id AS original, t.team_id, 0 AS place
			FROM tasks t
			WHERE t.id = $1
			UNION
			(SELECT j.team_id, j.team_id, (row_number() OVER (ORDER BY j.answered_at, j.team_id))::int
			FROM task_teams j
			WHERE j.task_id = $1 AND j.state = 'joined')
			UNION
			SELECT now.original, k.successor_id, now.place
			FROM now
			JOIN known_teams k ON k.team_id = now.team_id AND k.successor_id IS NOT NULL
		)
		SELECT now.original, now.team_id, now.place, COALESCE(k.name, '') AS name, COALESCE(k.region_path, '') AS region_path, COALESCE(k.reporting_unit, '') AS reporting_unit
		FROM now
		LEFT JOIN known_teams k ON k.team_id = now.team_id
		WHERE k.successor_id IS NULL
		ORDER BY now.place, now.original`

	var rows []struct {
		Original      string `db:"original"`
		TeamID        string `db:"team_id"`
		Place         int    `db:"place"`
		Name          string `db:"name"`
		RegionPath    string `db:"region_path"`
		ReportingUnit string `db:"reporting_unit"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, taskID); err != nil {
		return nil, fmt.Errorf("list who holds task %s: %w", taskID, err)
	}
	var holders []domain.Holder
	at := map[string]int{}
	for _, r := range rows {
		i, known := at[r.TeamID]
		if !known {
			i = len(holders)
			at[r.TeamID] = i
			holders = append(holders, domain.Holder{TeamID: r.TeamID, Name: r.Name, RegionPath: r.RegionPath, ReportingUnit: r.ReportingUnit, Host: r.Place == 0})
		}
		holders[i].Originals = append(holders[i].Originals, r.Original)
	}
	return holders, nil
}

// ListChoices returns for which brigade each of these records chose to come, of
// those who chose.
func ListChoices(ctx context.Context, q postgres.Querier, taskID string, volunteerIDs []string) (map[string]string, error) {
	const query = `
		SELECT volunteer_id, team_id
		FROM task_choices
		WHERE task_id = $1 AND volunteer_id = ANY ($2::uuid[])`

	var rows []Member
	if err := sqlx.SelectContext(ctx, q, &rows, query, taskID, postgres.Array(volunteerIDs)); err != nil {
		return nil, fmt.Errorf("list choices of task %s: %w", taskID, err)
	}
	chosen := make(map[string]string, len(rows))
	for _, r := range rows {
		chosen[r.VolunteerID] = r.TeamID
	}
	return chosen, nil
}

// UpsertChoice writes for which brigade somebody comes.
func UpsertChoice(ctx context.Context, q postgres.Querier, taskID, volunteerID, teamID string, now time.Time) error {
	const query = `
		INSERT INTO task_choices (task_id, volunteer_id, team_id, chosen_at)
		VALUES ($1, $2, $3, $4)
		ON CONFLICT (task_id, volunteer_id) DO UPDATE
		SET team_id = excluded.team_id, chosen_at = excluded.chosen_at`

	if _, err := q.ExecContext(ctx, query, taskID, volunteerID, teamID, now); err != nil {
		return fmt.Errorf("write a choice of task %s: %w", taskID, err)
	}
	return nil
}
