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

const complaintColumns = `c.id, c.team_id, COALESCE(c.volunteer_id::text, '') AS volunteer_id, c.person_word, c.complainer, c.happened, c.happened_on, c.state,
	c.received_at, COALESCE(c.taken_by::text, '') AS taken_by, COALESCE(c.decided_by::text, '') AS decided_by, c.decided_at, c.reason, c.version`

type complaintRow struct {
	ID          string              `db:"id"`
	TeamID      string              `db:"team_id"`
	VolunteerID string              `db:"volunteer_id"`
	PersonWord  string              `db:"person_word"`
	Complainer  string              `db:"complainer"`
	Happened    string              `db:"happened"`
	HappenedOn  time.Time           `db:"happened_on"`
	State       string              `db:"state"`
	ReceivedAt  time.Time           `db:"received_at"`
	TakenBy     string              `db:"taken_by"`
	DecidedBy   string              `db:"decided_by"`
	DecidedAt   sql.Null[time.Time] `db:"decided_at"`
	Reason      string              `db:"reason"`
	Version     int64               `db:"version"`
}

func (r complaintRow) complaint() domain.Complaint {
	return domain.Complaint{
		ID: r.ID, TeamID: r.TeamID, VolunteerID: r.VolunteerID, PersonWord: r.PersonWord, Complainer: r.Complainer, Happened: r.Happened,
		HappenedOn: cityDay(r.HappenedOn), State: domain.ComplaintState(r.State), ReceivedAt: r.ReceivedAt.UTC(), TakenBy: r.TakenBy,
		DecidedBy: r.DecidedBy, DecidedAt: orZero(r.DecidedAt), Reason: r.Reason, Version: r.Version,
	}
}

// FindComplaint returns a complaint, or domain.ErrNoComplaint.
func FindComplaint(ctx context.Context, q postgres.Querier, id string) (domain.Complaint, error) {
	return oneComplaint(ctx, q, id, "")
}

// LockComplaint is FindComplaint and holds the row.
func LockComplaint(ctx context.Context, q postgres.Querier, id string) (domain.Complaint, error) {
	return oneComplaint(ctx, q, id, "FOR NO KEY UPDATE")
}

func oneComplaint(ctx context.Context, q postgres.Querier, id, how string) (domain.Complaint, error) {
	query := `
		SELECT ` + complaintColumns + `
		FROM complaints c
		WHERE c.id = $1 ` + how

	var row complaintRow
	err := sqlx.GetContext(ctx, q, &row, query, id)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.Complaint{}, domain.ErrNoComplaint
	}
	if err != nil {
		return domain.Complaint{}, fmt.Errorf("find complaint %s: %w", id, err)
	}
	return row.complaint(), nil
}

// FindMeant returns the id of the one person in a brigade whom a name or a
// volunteer number means, empty when it means nobody or several.
func FindMeant(ctx context.Context, q postgres.Querier, teamID, nameOrNumber string) (string, error) {
	const query = `
		SELECT v.id
		FROM memberships m
		JOIN volunteers v ON v.id = m.volunteer_id
		WHERE m.team_id = $1 AND m.state = 'active' AND (v.name = $2 OR v.number = upper($2))
		ORDER BY v.id
		LIMIT 2`

	var ids []string
	if err := sqlx.SelectContext(ctx, q, &ids, query, teamID, nameOrNumber); err != nil {
		return "", fmt.Errorf("find who of %s is meant: %w", teamID, err)
	}
	if len(ids) != 1 {
		return "", nil
	}
	return ids[0], nil
}

// CountComplaintsBy returns how many complaints somebody has sent since.
func CountComplaintsBy(ctx context.Context, q postgres.Querier, volunteerID string, since time.Time) (int, error) {
	const query = `
		SELECT count(*)
		FROM complaints
		WHERE complainer = $1 AND received_at > $2`

	var n int
	if err := sqlx.GetContext(ctx, q, &n, query, volunteerID, since); err != nil {
		return 0, fmt.Errorf("count complaints of %s: %w", volunteerID, err)
	}
	return n, nil
}

// NamedComplaint is a complaint with the names that its reader may know.
type NamedComplaint struct {
	Complaint      domain.Complaint
	TeamName       string
	Name           string // whom it is about; empty: the brigade
	ComplainerName string
	Leads          bool // the asker leads the brigade
}

const namedComplaints = `
	SELECT ` + complaintColumns + `, t.name AS team_name, COALESCE(v.name, '') AS name, s.name AS complainer_name, EXISTS (
			SELECT FROM memberships m
			WHERE m.team_id = c.team_id AND m.volunteer_id = $1 AND m.state = 'active' AND m.role IN ('leader', 'deputy')
		) AS leads
	FROM complaints c
	JOIN teams t ON t.id = c.team_id
	JOIN volunteers s ON s.id = c.complainer
	LEFT JOIN volunteers v ON v.id = c.volunteer_id`

func listComplaints(ctx context.Context, q postgres.Querier, query string, args ...any) ([]NamedComplaint, error) {
	var rows []struct {
		complaintRow
		TeamName       string `db:"team_name"`
		Name           string `db:"name"`
		ComplainerName string `db:"complainer_name"`
		Leads          bool   `db:"leads"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, args...); err != nil {
		return nil, fmt.Errorf("list complaints: %w", err)
	}
	list := make([]NamedComplaint, len(rows))
	for i, row := range rows {
		list[i] = NamedComplaint{row.complaint(), row.TeamName, row.Name, row.ComplainerName, row.Leads}
	}
	return list, nil
}

// ListOpenComplaints returns a page of the complaints that are not decided,
// about brigades of a region and below it, who has waited longest first.
// Page.After is a complaint's id.
func ListOpenComplaints(ctx context.Context, q postgres.Querier, regionPath, askerID string, page Page) ([]NamedComplaint, error) {
	const query = namedComplaints + `
		JOIN regions r ON r.code = t.region_code
		WHERE c.state IN ('received', 'looked_at') AND starts_with(r.path, $2) AND ($3::uuid IS NULL OR (c.received_at, c.id) > (SELECT received_at, id FROM complaints WHERE id = $3::uuid))
		ORDER BY c.received_at, c.id
		LIMIT $4`

	return listComplaints(ctx, q, query, askerID, regionPath, sql.NullString{String: page.After, Valid: page.After != ""}, page.Limit)
}

// ListComplaintsOf returns the complaints that somebody sent, and the decided
// ones about them, the newest first.
func ListComplaintsOf(ctx context.Context, q postgres.Querier, volunteerID string) ([]NamedComplaint, error) {
	const query = namedComplaints + `
		WHERE c.complainer = $1 OR c.volunteer_id = $1 AND c.decided_by IS NOT NULL
		ORDER BY c.received_at DESC, c.id DESC
		LIMIT 100`

	return listComplaints(ctx, q, query, volunteerID)
}

// InsertComplaint adds a complaint.
func InsertComplaint(ctx context.Context, q postgres.Querier, c domain.Complaint) error {
	const query = `
		INSERT INTO complaints (id, team_id, volunteer_id, person_word, complainer, happened, happened_on, state, received_at, version)
		VALUES ($1, $2, NULLIF($3, '')::uuid, $4, $5, $6, $7::date, $8, $9, $10)`

	_, err := q.ExecContext(ctx, query, c.ID, c.TeamID, c.VolunteerID, c.PersonWord, c.Complainer, c.Happened, dateOrNull(c.HappenedOn), c.State, c.ReceivedAt, c.Version)
	if err != nil {
		return fmt.Errorf("insert complaint %s: %w", c.ID, err)
	}
	return nil
}

// UpdateComplaint writes back where it stands. It returns domain.ErrConcerned
// when it is decided by somebody who is concerned, under whichever record.
func UpdateComplaint(ctx context.Context, q postgres.Querier, c domain.Complaint) error {
	const query = `
		UPDATE complaints
		SET state = $2, taken_by = NULLIF($3, '')::uuid, decided_by = NULLIF($4, '')::uuid, decided_at = $5, reason = $6, version = $7
		WHERE id = $1`

	_, err := q.ExecContext(ctx, query, c.ID, c.State, c.TakenBy, c.DecidedBy, orNull(c.DecidedAt), c.Reason, c.Version)
	if postgres.Violated(err, "complaints_third_person_check") {
		return domain.ErrConcerned
	}
	if err != nil {
		return fmt.Errorf("update complaint %s: %w", c.ID, err)
	}
	return nil
}

// MoveComplaints gives the complaints by and about a merged record to the one
// that stays. What one of the person's own records decided is looked at again.
func MoveComplaints(ctx context.Context, q postgres.Querier, m Move) error {
	const again = `
		UPDATE complaints
		SET state = 'looked_at', taken_by = $3, decided_by = NULL, decided_at = NULL, reason = '', version = version + 1
		WHERE decided_by = ANY ($4::uuid[]) AND (complainer IN ($1, $2) OR volunteer_id IN ($1, $2))`
	const move = `
		UPDATE complaints
		SET complainer = CASE complainer WHEN $1 THEN $2 ELSE complainer END,
			volunteer_id = CASE volunteer_id WHEN $1 THEN $2 ELSE volunteer_id END
		WHERE complainer = $1 OR volunteer_id = $1`

	if _, err := q.ExecContext(ctx, again, m.GoneID, m.SurvivorID, m.By, postgres.Array(m.Records)); err != nil {
		return fmt.Errorf("reopen complaints of %s: %w", m.SurvivorID, err)
	}
	if _, err := q.ExecContext(ctx, move, m.GoneID, m.SurvivorID); err != nil {
		return fmt.Errorf("move complaints of %s: %w", m.GoneID, err)
	}
	return nil
}
