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

// FindRole returns what a volunteer is in a team now; domain.NoRole when nothing.
func FindRole(ctx context.Context, q postgres.Querier, teamID, volunteerID string) (domain.Role, error) {
	const query = `
		SELECT role
		FROM memberships
		WHERE team_id = $1 AND volunteer_id = $2 AND state = 'active'`

	var role string
	err := sqlx.GetContext(ctx, q, &role, query, teamID, volunteerID)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.NoRole, nil
	}
	if err != nil {
		return domain.NoRole, fmt.Errorf("find role of %s in team %s: %w", volunteerID, teamID, err)
	}
	return domain.Role(role), nil
}

// CountMembers returns how many people are in a team now.
func CountMembers(ctx context.Context, q postgres.Querier, teamID string) (int, error) {
	const query = `
		SELECT count(*)
		FROM memberships
		WHERE team_id = $1 AND state = 'active'`

	var n int
	if err := sqlx.GetContext(ctx, q, &n, query, teamID); err != nil {
		return 0, fmt.Errorf("count members of team %s: %w", teamID, err)
	}
	return n, nil
}

// TeamOf is one of somebody's teams and what they are in it.
type TeamOf struct {
	TeamID   string `db:"team_id"`
	TeamName string `db:"team_name"`
	Role     string `db:"role"`
}

// ListTeamsOf returns somebody's teams, those they lead first, then by name.
func ListTeamsOf(ctx context.Context, q postgres.Querier, volunteerID string) ([]TeamOf, error) {
	const query = `
		SELECT m.team_id, t.name AS team_name, m.role
		FROM memberships m
		JOIN teams t ON t.id = m.team_id
		WHERE m.volunteer_id = $1 AND m.state = 'active'
		ORDER BY array_position(ARRAY['leader', 'deputy', 'member'], m.role), t.name, t.id`

	teams := []TeamOf{}
	if err := sqlx.SelectContext(ctx, q, &teams, query, volunteerID); err != nil {
		return nil, fmt.Errorf("list teams of %s: %w", volunteerID, err)
	}
	return teams, nil
}

// membershipColumns are read into a membershipRow; the table is called m.
const membershipColumns = `m.id, m.team_id, m.volunteer_id, m.role, m.state, m.since, COALESCE(m.requested_by::text, '') AS requested_by,
	m.requested_at, m.word, COALESCE(m.decided_by::text, '') AS decided_by, m.decided_at, m.ending, m.reason,
	COALESCE(m.ended_by::text, '') AS ended_by, m.ended_at, m.version`

type membershipRow struct {
	ID          string              `db:"id"`
	TeamID      string              `db:"team_id"`
	VolunteerID string              `db:"volunteer_id"`
	Role        string              `db:"role"`
	State       string              `db:"state"`
	Since       time.Time           `db:"since"`
	RequestedBy string              `db:"requested_by"`
	RequestedAt sql.Null[time.Time] `db:"requested_at"`
	Word        string              `db:"word"`
	DecidedBy   string              `db:"decided_by"`
	DecidedAt   sql.Null[time.Time] `db:"decided_at"`
	Ending      string              `db:"ending"`
	Reason      string              `db:"reason"`
	EndedBy     string              `db:"ended_by"`
	EndedAt     sql.Null[time.Time] `db:"ended_at"`
	Version     int64               `db:"version"`
}

func (r membershipRow) membership() domain.Membership {
	return domain.Membership{
		ID:          r.ID,
		TeamID:      r.TeamID,
		VolunteerID: r.VolunteerID,
		Role:        domain.Role(r.Role),
		State:       domain.MembershipState(r.State),
		Since:       r.Since.UTC(),
		RequestedBy: r.RequestedBy,
		RequestedAt: orZero(r.RequestedAt),
		Word:        r.Word,
		DecidedBy:   r.DecidedBy,
		DecidedAt:   orZero(r.DecidedAt),
		Ending:      domain.Ending(r.Ending),
		Reason:      r.Reason,
		EndedBy:     r.EndedBy,
		EndedAt:     orZero(r.EndedAt),
		Version:     r.Version,
	}
}

// FindMembership returns a membership in whatever state, or domain.ErrNoMembership.
func FindMembership(ctx context.Context, q postgres.Querier, id string) (domain.Membership, error) {
	const query = `
		SELECT ` + membershipColumns + `
		FROM memberships m
		WHERE m.id = $1`

	return getMembership(ctx, q, query, id)
}

// LockMembership is FindMembership and holds the row until the transaction
// ends. Who locks its team too does that first.
func LockMembership(ctx context.Context, q postgres.Querier, id string) (domain.Membership, error) {
	const query = `
		SELECT ` + membershipColumns + `
		FROM memberships m
		WHERE m.id = $1
		FOR NO KEY UPDATE`

	return getMembership(ctx, q, query, id)
}

// FindActiveMembership returns what somebody is in a team now, or domain.ErrNoMembership.
func FindActiveMembership(ctx context.Context, q postgres.Querier, teamID, volunteerID string) (domain.Membership, error) {
	const query = `
		SELECT ` + membershipColumns + `
		FROM memberships m
		WHERE m.team_id = $1 AND m.volunteer_id = $2 AND m.state = 'active'`

	return getMembership(ctx, q, query, teamID, volunteerID)
}

// LockNewestMembership returns somebody's open membership in a team, else the
// one that ended last, and holds its row; domain.ErrNoMembership when they
// never had anything to do with it. The team must be locked.
func LockNewestMembership(ctx context.Context, q postgres.Querier, teamID, volunteerID string) (domain.Membership, error) {
	const query = `
		SELECT ` + membershipColumns + `
		FROM memberships m
		WHERE m.team_id = $1 AND m.volunteer_id = $2
		ORDER BY m.state IN ('applied', 'invited', 'active') DESC, COALESCE(m.ended_at, m.decided_at, m.since) DESC, m.id DESC
		LIMIT 1
		FOR NO KEY UPDATE`

	return getMembership(ctx, q, query, teamID, volunteerID)
}

func getMembership(ctx context.Context, q postgres.Querier, query string, args ...any) (domain.Membership, error) {
	var row membershipRow
	err := sqlx.GetContext(ctx, q, &row, query, args...)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.Membership{}, domain.ErrNoMembership
	}
	if err != nil {
		return domain.Membership{}, fmt.Errorf("find membership %v: %w", args, err)
	}
	return row.membership(), nil
}

// InsertMemberships adds active memberships; teams and volunteers must be there.
// It returns domain.ErrNotHere for somebody whose record takes none.
func InsertMemberships(ctx context.Context, q postgres.Querier, memberships []domain.Membership) error {
	const query = `
		INSERT INTO memberships (id, team_id, volunteer_id, role, state, since, version)
		SELECT id, team_id, volunteer_id, role, 'active', since, version
		FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::timestamptz[], $6::bigint[])
			AS m (id, team_id, volunteer_id, role, since, version)`

	_, err := q.ExecContext(ctx, query,
		postgres.Column(memberships, func(m domain.Membership) string { return m.ID }),
		postgres.Column(memberships, func(m domain.Membership) string { return m.TeamID }),
		postgres.Column(memberships, func(m domain.Membership) string { return m.VolunteerID }),
		postgres.Column(memberships, func(m domain.Membership) string { return string(m.Role) }),
		postgres.Column(memberships, func(m domain.Membership) string { return m.Since.Format(time.RFC3339Nano) }),
		postgres.Column(memberships, func(m domain.Membership) int64 { return m.Version }))
	if postgres.Violated(err, "memberships_person_check") {
		return domain.ErrNotHere
	}
	if err != nil {
		return fmt.Errorf("insert %d memberships: %w", len(memberships), err)
	}
	return nil
}

// InsertMembership adds a membership in whatever state. It returns
// domain.ErrMoved when the person has an open one in the team already.
func InsertMembership(ctx context.Context, q postgres.Querier, m domain.Membership) error {
	const query = `
		INSERT INTO memberships (id, team_id, volunteer_id, role, state, since, requested_by, requested_at, word,
			decided_by, decided_at, ending, reason, ended_by, ended_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, NULLIF($7, '')::uuid, $8, $9, NULLIF($10, '')::uuid, $11, $12, $13, NULLIF($14, '')::uuid, $15, $16)`

	_, err := q.ExecContext(ctx, query, m.ID, m.TeamID, m.VolunteerID, m.Role, m.State, m.Since, m.RequestedBy, orNull(m.RequestedAt), m.Word,
		m.DecidedBy, orNull(m.DecidedAt), m.Ending, m.Reason, m.EndedBy, orNull(m.EndedAt), m.Version)
	if postgres.Violated(err, "memberships_open_key") {
		return domain.ErrMoved
	}
	if postgres.Violated(err, "memberships_person_check") {
		return domain.ErrNotHere
	}
	if err != nil {
		return fmt.Errorf("insert membership %s: %w", m.ID, err)
	}
	return nil
}

// UpdateMembership writes back what can change of a membership. It returns
// domain.ErrMoved when it would be open beside another one.
func UpdateMembership(ctx context.Context, q postgres.Querier, m domain.Membership) error {
	const query = `
		UPDATE memberships
		SET role = $2, state = $3, since = $4, decided_by = NULLIF($5, '')::uuid, decided_at = $6, ending = $7, reason = $8,
			ended_by = NULLIF($9, '')::uuid, ended_at = $10, version = $11
		WHERE id = $1`

	_, err := q.ExecContext(ctx, query, m.ID, m.Role, m.State, m.Since, m.DecidedBy, orNull(m.DecidedAt), m.Ending, m.Reason,
		m.EndedBy, orNull(m.EndedAt), m.Version)
	if postgres.Violated(err, "memberships_open_key") {
		return domain.ErrMoved
	}
	if err != nil {
		return fmt.Errorf("update membership %s: %w", m.ID, err)
	}
	return nil
}

// FindLeader returns who leads a team now; empty for nobody.
func FindLeader(ctx context.Context, q postgres.Querier, teamID string) (string, error) {
	const query = `
		SELECT volunteer_id
		FROM memberships
		WHERE team_id = $1 AND role = 'leader' AND state = 'active'`

	var id string
	err := sqlx.GetContext(ctx, q, &id, query, teamID)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("find leader of team %s: %w", teamID, err)
	}
	return id, nil
}
