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
	"github.com/qihe-volunteers/qihe/shared/vault"
)

const qualificationColumns = `f.id, f.volunteer_id, f.kind, f.issuer, f.number_sealed, f.issued_on, f.valid_until, f.state, f.claimed_by, f.claimed_at,
	COALESCE(f.decided_by::text, '') AS decided_by, f.decided_at, f.reason, COALESCE(f.source, '') AS source, f.version`

type qualificationRow struct {
	ID           string              `db:"id"`
	VolunteerID  string              `db:"volunteer_id"`
	Kind         string              `db:"kind"`
	Issuer       string              `db:"issuer"`
	NumberSealed []byte              `db:"number_sealed"`
	IssuedOn     time.Time           `db:"issued_on"`
	ValidUntil   sql.Null[time.Time] `db:"valid_until"`
	State        string              `db:"state"`
	ClaimedBy    string              `db:"claimed_by"`
	ClaimedAt    time.Time           `db:"claimed_at"`
	DecidedBy    string              `db:"decided_by"`
	DecidedAt    sql.Null[time.Time] `db:"decided_at"`
	Reason       string              `db:"reason"`
	Source       string              `db:"source"`
	Version      int64               `db:"version"`
}

func qualificationPlace(id string) vault.Place {
	return vault.Place{Table: "qualifications", Column: "number_sealed", Row: id}
}

func (r qualificationRow) qualification(v *vault.Vault) (domain.Qualification, error) {
	number, err := open(v, r.NumberSealed, qualificationPlace(r.ID))
	if err != nil {
		return domain.Qualification{}, err
	}
	f := domain.Qualification{
		ID: r.ID, VolunteerID: r.VolunteerID, Kind: r.Kind, Issuer: r.Issuer, Number: number, IssuedOn: cityDay(r.IssuedOn),
		State: domain.QualificationState(r.State), ClaimedBy: r.ClaimedBy, ClaimedAt: r.ClaimedAt.UTC(), DecidedBy: r.DecidedBy,
		DecidedAt: orZero(r.DecidedAt), Reason: r.Reason, Source: r.Source, Version: r.Version,
	}
	if r.ValidUntil.Valid {
		f.ValidUntil = cityDay(r.ValidUntil.V)
	}
	return f, nil
}

func qualifications(v *vault.Vault, rows []qualificationRow) ([]domain.Qualification, error) {
	list := make([]domain.Qualification, len(rows))
	for i, row := range rows {
		var err error
		if list[i], err = row.qualification(v); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// LockQualification returns a paper and holds its row, or returns
// domain.ErrNoQualification.
func LockQualification(ctx context.Context, q postgres.Querier, v *vault.Vault, id string) (domain.Qualification, error) {
	const query = `
		SELECT ` + qualificationColumns + `
		FROM qualifications f
		WHERE f.id = $1
		FOR NO KEY UPDATE`

	var row qualificationRow
	err := sqlx.GetContext(ctx, q, &row, query, id)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.Qualification{}, domain.ErrNoQualification
	}
	if err != nil {
		return domain.Qualification{}, fmt.Errorf("lock qualification %s: %w", id, err)
	}
	return row.qualification(v)
}

// ListQualificationsOf returns somebody's papers: what counts or waits first,
// then the newest.
func ListQualificationsOf(ctx context.Context, q postgres.Querier, v *vault.Vault, volunteerID string) ([]domain.Qualification, error) {
	const query = `
		SELECT ` + qualificationColumns + `
		FROM qualifications f
		WHERE f.volunteer_id = $1
		ORDER BY f.state IN ('refused', 'withdrawn'), f.id DESC
		LIMIT 200`

	var rows []qualificationRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, volunteerID); err != nil {
		return nil, fmt.Errorf("list qualifications of %s: %w", volunteerID, err)
	}
	return qualifications(v, rows)
}

// LockQualificationsOf returns all papers of two records and holds their rows.
func LockQualificationsOf(ctx context.Context, q postgres.Querier, v *vault.Vault, oneID, otherID string) ([]domain.Qualification, error) {
	const query = `
		SELECT ` + qualificationColumns + `
		FROM qualifications f
		WHERE f.volunteer_id IN ($1, $2)
		ORDER BY f.id
		FOR NO KEY UPDATE`

	var rows []qualificationRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, oneID, otherID); err != nil {
		return nil, fmt.Errorf("lock qualifications of %s and %s: %w", oneID, otherID, err)
	}
	return qualifications(v, rows)
}

// QueuedQualification is a paper that waits, with whose it is.
type QueuedQualification struct {
	Qualification domain.Qualification
	KindName      string
	Name          string
	Number        string // 志愿者编号
	TeamName      string // one of the person's; empty for none
}

// ListWaitingQualifications returns a page of the papers that wait and whose
// people are at home, or in a team, in a region and below it, who has waited
// longest first. Everybody belongs to the city. Page.After is a paper's id.
func ListWaitingQualifications(ctx context.Context, q postgres.Querier, v *vault.Vault, region domain.Region, page Page) ([]QueuedQualification, error) {
	const query = `
		SELECT ` + qualificationColumns + `, k.name AS kind_name, v.name, v.number, COALESCE((
				SELECT t.name
				FROM memberships m
				JOIN teams t ON t.id = m.team_id
				WHERE m.volunteer_id = f.volunteer_id AND m.state = 'active'
				ORDER BY m.since, m.id
				LIMIT 1
			), '') AS team_name
		FROM qualifications f
		JOIN qualification_kinds k ON k.code = f.kind
		JOIN volunteers v ON v.id = f.volunteer_id
		WHERE f.state = 'claimed' AND ($3::uuid IS NULL OR f.id > $3::uuid) AND ($2 = 'city'
			OR EXISTS (SELECT FROM regions r WHERE r.code = v.region_code AND starts_with(r.path, $1))
			OR EXISTS (
				SELECT FROM memberships m
				JOIN teams t ON t.id = m.team_id
				JOIN regions r ON r.code = t.region_code
				WHERE m.volunteer_id = v.id AND m.state = 'active' AND starts_with(r.path, $1)
			))
		ORDER BY f.id
		LIMIT $4`

	var rows []struct {
		qualificationRow
		KindName string `db:"kind_name"`
		Name     string `db:"name"`
		Number   string `db:"number"`
		TeamName string `db:"team_name"`
	}
	after := sql.NullString{String: page.After, Valid: page.After != ""}
	if err := sqlx.SelectContext(ctx, q, &rows, query, region.Path, region.Level, after, page.Limit); err != nil {
		return nil, fmt.Errorf("list qualifications that wait in %s: %w", region.Code, err)
	}
	queue := make([]QueuedQualification, len(rows))
	for i, row := range rows {
		f, err := row.qualification(v)
		if err != nil {
			return nil, err
		}
		queue[i] = QueuedQualification{f, row.KindName, row.Name, row.Number, row.TeamName}
	}
	return queue, nil
}

// InsertQualification adds a paper, its number sealed. It returns
// domain.ErrQualificationWaits when one of its kind waits already, and
// domain.ErrOwnQualification when it is confirmed by its own person.
func InsertQualification(ctx context.Context, q postgres.Querier, v *vault.Vault, f domain.Qualification) error {
	const query = `
		INSERT INTO qualifications (id, volunteer_id, kind, issuer, number_sealed, issued_on, valid_until, state, claimed_by, claimed_at,
			decided_by, decided_at, reason, version, source)
		VALUES ($1, $2, $3, $4, $5, $6::date, $7::date, $8, $9, $10, NULLIF($11, '')::uuid, $12, $13, $14, NULLIF($15, ''))`

	var sealed []byte
	if f.Number != "" {
		var err error
		if sealed, err = v.Seal(f.Number, qualificationPlace(f.ID)); err != nil {
			return err
		}
	}
	_, err := q.ExecContext(ctx, query, f.ID, f.VolunteerID, f.Kind, f.Issuer, sealed, dateOrNull(f.IssuedOn), dateOrNull(f.ValidUntil), f.State,
		f.ClaimedBy, f.ClaimedAt, f.DecidedBy, orNull(f.DecidedAt), f.Reason, f.Version, f.Source)
	return asQualification(err, "insert", f.ID)
}

// UpdateQualification writes back whose it is and how it was decided. It
// returns what InsertQualification does.
func UpdateQualification(ctx context.Context, q postgres.Querier, f domain.Qualification) error {
	const query = `
		UPDATE qualifications
		SET volunteer_id = $2, state = $3, decided_by = NULLIF($4, '')::uuid, decided_at = $5, reason = $6, version = $7
		WHERE id = $1`

	_, err := q.ExecContext(ctx, query, f.ID, f.VolunteerID, f.State, f.DecidedBy, orNull(f.DecidedAt), f.Reason, f.Version)
	return asQualification(err, "update", f.ID)
}

func asQualification(err error, what, id string) error {
	switch {
	case postgres.Violated(err, "qualifications_claimed_key"):
		return domain.ErrQualificationWaits
	case postgres.Violated(err, "qualifications_two_persons_check"):
		return domain.ErrOwnQualification
	case err != nil:
		return fmt.Errorf("%s qualification %s: %w", what, id, err)
	}
	return nil
}
