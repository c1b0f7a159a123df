package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

const pairingColumns = `id, child_id, companion_id, volunteer_id, team_id, region_code, region_path, state, state_at, proposed_by, proposed_at, sex_reason,
	volunteer_agreed_at, guardian_agreed_at, guardian_agreed_by, guardian_form, guardian_link_id, officer_agreed_by, officer_agreed_at, trial_ends_at,
	reviewed_by, reviewed_at, supervisor_id, deputy_id, away_from, away_until, told_id, plan, paused_from, paused_reason, paused_by,
	closed_reason, closed_by, farewell_on::text, handed_over_to, handover, due_at, version`

type pairingRow struct {
	ID                string                        `db:"id"`
	ChildID           string                        `db:"child_id"`
	CompanionID       string                        `db:"companion_id"`
	VolunteerID       string                        `db:"volunteer_id"`
	TeamID            sql.Null[string]              `db:"team_id"`
	RegionCode        string                        `db:"region_code"`
	RegionPath        string                        `db:"region_path"`
	State             domain.PairingState           `db:"state"`
	StateAt           time.Time                     `db:"state_at"`
	ProposedBy        string                        `db:"proposed_by"`
	ProposedAt        time.Time                     `db:"proposed_at"`
	SexReason         sql.Null[string]              `db:"sex_reason"`
	VolunteerAgreedAt sql.Null[time.Time]           `db:"volunteer_agreed_at"`
	GuardianAgreedAt  sql.Null[time.Time]           `db:"guardian_agreed_at"`
	GuardianAgreedBy  sql.Null[string]              `db:"guardian_agreed_by"`
	GuardianForm      sql.Null[string]              `db:"guardian_form"`
	GuardianLinkID    sql.Null[string]              `db:"guardian_link_id"`
	OfficerAgreedBy   sql.Null[string]              `db:"officer_agreed_by"`
	OfficerAgreedAt   sql.Null[time.Time]           `db:"officer_agreed_at"`
	TrialEndsAt       sql.Null[time.Time]           `db:"trial_ends_at"`
	ReviewedBy        sql.Null[string]              `db:"reviewed_by"`
	ReviewedAt        sql.Null[time.Time]           `db:"reviewed_at"`
	SupervisorID      string                        `db:"supervisor_id"`
	DeputyID          string                        `db:"deputy_id"`
	AwayFrom          sql.Null[time.Time]           `db:"away_from"`
	AwayUntil         sql.Null[time.Time]           `db:"away_until"`
	ToldID            sql.Null[string]              `db:"told_id"`
	Plan              string                        `db:"plan"`
	PausedFrom        sql.Null[domain.PairingState] `db:"paused_from"`
	PausedReason      sql.Null[string]              `db:"paused_reason"`
	PausedBy          sql.Null[string]              `db:"paused_by"`
	ClosedReason      sql.Null[string]              `db:"closed_reason"`
	ClosedBy          sql.Null[string]              `db:"closed_by"`
	FarewellOn        sql.Null[string]              `db:"farewell_on"`
	HandedOverTo      sql.Null[string]              `db:"handed_over_to"`
	Handover          []byte                        `db:"handover"`
	DueAt             sql.Null[time.Time]           `db:"due_at"`
	Version           int64                         `db:"version"`
}

func (r pairingRow) pairing() domain.Pairing {
	return domain.Pairing{
		ID: r.ID, ChildID: r.ChildID, CompanionID: r.CompanionID, VolunteerID: r.VolunteerID, TeamID: r.TeamID.V, RegionCode: r.RegionCode, RegionPath: r.RegionPath,
		State: r.State, StateAt: r.StateAt.UTC(), ProposedBy: r.ProposedBy, ProposedAt: r.ProposedAt.UTC(), SexReason: r.SexReason.V,
		VolunteerAgreedAt: instant(r.VolunteerAgreedAt), GuardianAgreedAt: instant(r.GuardianAgreedAt), GuardianAgreedBy: r.GuardianAgreedBy.V,
		GuardianForm: r.GuardianForm.V, GuardianLinkID: r.GuardianLinkID.V, OfficerAgreedBy: r.OfficerAgreedBy.V, OfficerAgreedAt: instant(r.OfficerAgreedAt),
		TrialEndsAt: instant(r.TrialEndsAt), ReviewedBy: r.ReviewedBy.V, ReviewedAt: instant(r.ReviewedAt),
		SupervisorID: r.SupervisorID, DeputyID: r.DeputyID, AwayFrom: instant(r.AwayFrom), AwayUntil: instant(r.AwayUntil), ToldID: r.ToldID.V, Plan: r.Plan,
		PausedFrom: r.PausedFrom.V, PausedReason: r.PausedReason.V, PausedBy: r.PausedBy.V, ClosedReason: r.ClosedReason.V, ClosedBy: r.ClosedBy.V,
		FarewellOn: r.FarewellOn.V, HandedOverTo: r.HandedOverTo.V, Handover: r.Handover, DueAt: instant(r.DueAt), Version: r.Version,
	}
}

// refusalOf is what a gate of the database says to a person.
func refusalOf(err error) error {
	for constraint, refusal := range map[string]error{
		"pairings_child_key": domain.ErrPairingTwice, "pairings_child_check": domain.ErrPairingChild, "pairings_companion_check": domain.ErrPairingCompanion,
		"pairings_most_check": domain.ErrPairingMost, "pairings_persons_check": domain.ErrPairingPersons, "pairings_over_check": domain.ErrNoPairing,
		"pairings_way_check": domain.ErrPairingMoved, "pairings_agreements_check": domain.ErrPairingAgreed,
	} {
		if postgres.Violated(err, constraint) {
			return refusal
		}
	}
	return nil
}

// FindPairingRules returns the rules as they are in force.
func FindPairingRules(ctx context.Context, q postgres.Querier, now time.Time) (r domain.PairingRules, err error) {
	const query = `
		SELECT most_open, trial_months
		FROM pairing_rules
		WHERE in_force <= $1
		ORDER BY in_force DESC
		LIMIT 1`

	if err := q.QueryRowxContext(ctx, query, now).Scan(&r.MostOpen, &r.TrialMonths); err != nil {
		return r, fmt.Errorf("find the rules of pairings: %w", err)
	}
	return r, nil
}

// InsertPairing keeps what is proposed. The database refuses what cannot be: see refusalOf.
func InsertPairing(ctx context.Context, q postgres.Querier, p domain.Pairing) error {
	const query = `
		INSERT INTO pairings (id, child_id, companion_id, volunteer_id, team_id, region_code, region_path, state, state_at, proposed_by, proposed_at, sex_reason,
			supervisor_id, deputy_id, told_id, plan, due_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`

	_, err := q.ExecContext(ctx, query, p.ID, p.ChildID, p.CompanionID, p.VolunteerID, nullable(p.TeamID), p.RegionCode, p.RegionPath, p.State, p.StateAt,
		p.ProposedBy, p.ProposedAt, nullable(p.SexReason), p.SupervisorID, p.DeputyID, nullable(p.ToldID), p.Plan, nullable(p.DueAt), p.Version)
	if refusal := refusalOf(err); refusal != nil {
		return refusal
	}
	if err != nil {
		return fmt.Errorf("keep a pairing: %w", err)
	}
	return nil
}

// UpdatePairing writes how far things are. The database refuses what cannot be: see refusalOf.
func UpdatePairing(ctx context.Context, q postgres.Querier, p domain.Pairing) error {
	const query = `
		UPDATE pairings
		SET team_id = $2, state = $3, state_at = $4, volunteer_agreed_at = $5, guardian_agreed_at = $6, guardian_agreed_by = $7, guardian_form = $8,
			guardian_link_id = $9, officer_agreed_by = $10, officer_agreed_at = $11, trial_ends_at = $12, reviewed_by = $13, reviewed_at = $14,
			supervisor_id = $15, deputy_id = $16, away_from = $17, away_until = $18, told_id = $19, plan = $20, paused_from = $21, paused_reason = $22,
			paused_by = $23, closed_reason = $24, closed_by = $25, farewell_on = $26, handed_over_to = $27, handover = $28, due_at = $29, version = $30
		WHERE id = $1`

	_, err := q.ExecContext(ctx, query, p.ID, nullable(p.TeamID), p.State, p.StateAt, nullable(p.VolunteerAgreedAt), nullable(p.GuardianAgreedAt),
		nullable(p.GuardianAgreedBy), nullable(p.GuardianForm), nullable(p.GuardianLinkID), nullable(p.OfficerAgreedBy), nullable(p.OfficerAgreedAt),
		nullable(p.TrialEndsAt), nullable(p.ReviewedBy), nullable(p.ReviewedAt), p.SupervisorID, p.DeputyID, nullable(p.AwayFrom), nullable(p.AwayUntil),
		nullable(p.ToldID), p.Plan, nullable(string(p.PausedFrom)), nullable(p.PausedReason), nullable(p.PausedBy), nullable(p.ClosedReason), nullable(p.ClosedBy),
		nullable(p.FarewellOn), nullable(p.HandedOverTo), p.Handover, nullable(p.DueAt), p.Version)
	if refusal := refusalOf(err); refusal != nil {
		return refusal
	}
	if err != nil {
		return fmt.Errorf("update pairing %s: %w", p.ID, err)
	}
	return nil
}

// FindPairing returns a pairing, or domain.ErrNoPairing. What is sealed stays so.
func FindPairing(ctx context.Context, q postgres.Querier, pairingID string) (domain.Pairing, error) {
	const query = `
		SELECT ` + pairingColumns + `
		FROM pairings
		WHERE id = $1`
	return findPairing(ctx, q, query, pairingID)
}

// LockPairing is FindPairing for an update. Whoever also locks does it in this order:
// companion, child, pairing.
func LockPairing(ctx context.Context, q postgres.Querier, pairingID string) (domain.Pairing, error) {
	const query = `
		SELECT ` + pairingColumns + `
		FROM pairings
		WHERE id = $1
		FOR UPDATE`
	return findPairing(ctx, q, query, pairingID)
}

// LockOpenPairing returns the pairing of a child that is open, for an update, or
// domain.ErrNoPairing. The child is locked before.
func LockOpenPairing(ctx context.Context, q postgres.Querier, childID string) (domain.Pairing, error) {
	const query = `
		SELECT ` + pairingColumns + `
		FROM pairings
		WHERE child_id = $1 AND state <> 'closed'
		FOR UPDATE`
	return findPairing(ctx, q, query, childID)
}

func findPairing(ctx context.Context, q postgres.Querier, query string, args ...any) (domain.Pairing, error) {
	var row pairingRow
	err := sqlx.GetContext(ctx, q, &row, query, args...)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.Pairing{}, domain.ErrNoPairing
	}
	if err != nil {
		return domain.Pairing{}, fmt.Errorf("find a pairing: %w", err)
	}
	return row.pairing(), nil
}

// ListMyPairings returns the pairings of a person under any of their records: open ones,
// the oldest first.
func ListMyPairings(ctx context.Context, q postgres.Querier, volunteerID string) ([]domain.Pairing, error) {
	const query = `
		SELECT ` + pairingColumns + `
		FROM pairings
		WHERE volunteer_id IN (SELECT records_of($1))
			AND state <> 'closed'
		ORDER BY proposed_at, id`
	return listPairings(ctx, q, query, volunteerID)
}

// ListPairingsOf returns the pairings of a companion parent that are open.
func ListPairingsOf(ctx context.Context, q postgres.Querier, companionID string) ([]domain.Pairing, error) {
	const query = `
		SELECT ` + pairingColumns + `
		FROM pairings
		WHERE companion_id = $1 AND state <> 'closed'
		ORDER BY id`
	return listPairings(ctx, q, query, companionID)
}

func listPairings(ctx context.Context, q postgres.Querier, query string, args ...any) ([]domain.Pairing, error) {
	var rows []pairingRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, args...); err != nil {
		return nil, fmt.Errorf("list pairings: %w", err)
	}
	pairings := make([]domain.Pairing, len(rows))
	for i, r := range rows {
		pairings[i] = r.pairing()
	}
	return pairings, nil
}
