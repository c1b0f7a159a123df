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

const appealColumns = `a.id, a.membership_id, a.volunteer_id, a.removed_by, a.removed_at, a.word, a.state, a.requested_at,
	COALESCE(a.decided_by::text, '') AS decided_by, a.decided_at, a.reason, a.version`

type appealRow struct {
	ID           string              `db:"id"`
	MembershipID string              `db:"membership_id"`
	VolunteerID  string              `db:"volunteer_id"`
	RemovedBy    string              `db:"removed_by"`
	RemovedAt    time.Time           `db:"removed_at"`
	Word         string              `db:"word"`
	State        string              `db:"state"`
	RequestedAt  time.Time           `db:"requested_at"`
	DecidedBy    string              `db:"decided_by"`
	DecidedAt    sql.Null[time.Time] `db:"decided_at"`
	Reason       string              `db:"reason"`
	Version      int64               `db:"version"`
}

func (r appealRow) appeal() domain.Appeal {
	return domain.Appeal{
		ID: r.ID, MembershipID: r.MembershipID, VolunteerID: r.VolunteerID, RemovedBy: r.RemovedBy, RemovedAt: r.RemovedAt.UTC(),
		Word: r.Word, State: domain.AppealState(r.State), RequestedAt: r.RequestedAt.UTC(), DecidedBy: r.DecidedBy,
		DecidedAt: orZero(r.DecidedAt), Reason: r.Reason, Version: r.Version,
	}
}

// LockAppeal returns an appeal and holds its row, or returns domain.ErrNoAppeal.
func LockAppeal(ctx context.Context, q postgres.Querier, id string) (domain.Appeal, error) {
	const query = `
		SELECT ` + appealColumns + `
		FROM membership_appeals a
		WHERE a.id = $1
		FOR NO KEY UPDATE`

	var row appealRow
	err := sqlx.GetContext(ctx, q, &row, query, id)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.Appeal{}, domain.ErrNoAppeal
	}
	if err != nil {
		return domain.Appeal{}, fmt.Errorf("lock appeal %s: %w", id, err)
	}
	return row.appeal(), nil
}

// FindAppealTeam returns the team that an appeal is about, or domain.ErrNoAppeal.
func FindAppealTeam(ctx context.Context, q postgres.Querier, appealID string) (string, error) {
	const query = `
		SELECT m.team_id
		FROM membership_appeals a
		JOIN memberships m ON m.id = a.membership_id
		WHERE a.id = $1`

	var teamID string
	err := sqlx.GetContext(ctx, q, &teamID, query, appealID)
	if errors.Is(err, sql.ErrNoRows) {
		return "", domain.ErrNoAppeal
	}
	if err != nil {
		return "", fmt.Errorf("find team of appeal %s: %w", appealID, err)
	}
	return teamID, nil
}

// ListAppealsOf returns somebody's appeals, the newest first.
func ListAppealsOf(ctx context.Context, q postgres.Querier, volunteerID string) ([]domain.Appeal, error) {
	const query = `
		SELECT ` + appealColumns + `
		FROM membership_appeals a
		JOIN memberships m ON m.id = a.membership_id
		WHERE m.volunteer_id = $1
		ORDER BY a.id DESC
		LIMIT 200`

	var rows []appealRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, volunteerID); err != nil {
		return nil, fmt.Errorf("list appeals of %s: %w", volunteerID, err)
	}
	appeals := make([]domain.Appeal, len(rows))
	for i, row := range rows {
		appeals[i] = row.appeal()
	}
	return appeals, nil
}

// QueuedAppeal is an appeal with what an officer needs to judge it.
type QueuedAppeal struct {
	Appeal        domain.Appeal
	TeamID        string
	TeamName      string
	Name          string // who was removed
	Number        string
	RemoverName   string
	RemovalReason string
}

// ListOpenAppeals returns a page of the appeals that wait in a region and
// below it, who has waited longest first. Page.After is an appeal's id.
func ListOpenAppeals(ctx context.Context, q postgres.Querier, regionPath string, page Page) ([]QueuedAppeal, error) {
	const query = `
		SELECT ` + appealColumns + `, m.team_id, t.name AS team_name, v.name, v.number, r.name AS remover_name, m.reason AS removal_reason
		FROM membership_appeals a
		JOIN memberships m ON m.id = a.membership_id
		JOIN teams t ON t.id = m.team_id
		JOIN regions g ON g.code = t.region_code
		JOIN volunteers v ON v.id = a.volunteer_id
		JOIN volunteers r ON r.id = a.removed_by
		WHERE a.state = 'open' AND starts_with(g.path, $1) AND ($2::uuid IS NULL OR a.id > $2::uuid)
		ORDER BY a.id
		LIMIT $3`

	var rows []struct {
		appealRow
		TeamID        string `db:"team_id"`
		TeamName      string `db:"team_name"`
		Name          string `db:"name"`
		Number        string `db:"number"`
		RemoverName   string `db:"remover_name"`
		RemovalReason string `db:"removal_reason"`
	}
	after := sql.NullString{String: page.After, Valid: page.After != ""}
	if err := sqlx.SelectContext(ctx, q, &rows, query, regionPath, after, page.Limit); err != nil {
		return nil, fmt.Errorf("list appeals in %s: %w", regionPath, err)
	}
	queue := make([]QueuedAppeal, len(rows))
	for i, row := range rows {
		queue[i] = QueuedAppeal{row.appeal(), row.TeamID, row.TeamName, row.Name, row.Number, row.RemoverName, row.RemovalReason}
	}
	return queue, nil
}

// InsertAppeal adds an appeal. It returns domain.ErrMoved when the removal was
// appealed against before.
func InsertAppeal(ctx context.Context, q postgres.Querier, a domain.Appeal) error {
	const query = `
		INSERT INTO membership_appeals (id, membership_id, volunteer_id, removed_by, removed_at, word, state, requested_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`

	_, err := q.ExecContext(ctx, query, a.ID, a.MembershipID, a.VolunteerID, a.RemovedBy, a.RemovedAt, a.Word, a.State, a.RequestedAt, a.Version)
	if postgres.Violated(err, "membership_appeals_removal_key") {
		return domain.ErrMoved
	}
	if err != nil {
		return fmt.Errorf("insert appeal against the end of %s: %w", a.MembershipID, err)
	}
	return nil
}

// UpdateAppeal writes back how an appeal was decided.
func UpdateAppeal(ctx context.Context, q postgres.Querier, a domain.Appeal) error {
	const query = `
		UPDATE membership_appeals
		SET state = $2, decided_by = NULLIF($3, '')::uuid, decided_at = $4, reason = $5, version = $6
		WHERE id = $1`

	if _, err := q.ExecContext(ctx, query, a.ID, a.State, a.DecidedBy, orNull(a.DecidedAt), a.Reason, a.Version); err != nil {
		return fmt.Errorf("update appeal %s: %w", a.ID, err)
	}
	return nil
}
