package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

const aidColumns = `id, household_id, region_path, helper_id, team_id, state, state_at, opened_by, opened_at, agreed_at, plan, planned_by, refused_for,
	approved_by, approved_at, review_due_at, remind_at, reminders, ended_for, ended_by, version`

type aidRow struct {
	ID          string              `db:"id"`
	HouseholdID string              `db:"household_id"`
	RegionPath  string              `db:"region_path"`
	HelperID    string              `db:"helper_id"`
	TeamID      sql.Null[string]    `db:"team_id"`
	State       domain.AidState     `db:"state"`
	StateAt     time.Time           `db:"state_at"`
	OpenedBy    string              `db:"opened_by"`
	OpenedAt    time.Time           `db:"opened_at"`
	AgreedAt    sql.Null[time.Time] `db:"agreed_at"`
	Plan        []byte              `db:"plan"`
	PlannedBy   sql.Null[string]    `db:"planned_by"`
	RefusedFor  sql.Null[string]    `db:"refused_for"`
	ApprovedBy  sql.Null[string]    `db:"approved_by"`
	ApprovedAt  sql.Null[time.Time] `db:"approved_at"`
	ReviewDueAt sql.Null[time.Time] `db:"review_due_at"`
	RemindAt    sql.Null[time.Time] `db:"remind_at"`
	Reminders   int                 `db:"reminders"`
	EndedFor    sql.Null[string]    `db:"ended_for"`
	EndedBy     sql.Null[string]    `db:"ended_by"`
	Version     int64               `db:"version"`
}

func (r aidRow) aidCase() domain.AidCase {
	return domain.AidCase{
		ID: r.ID, HouseholdID: r.HouseholdID, RegionPath: r.RegionPath, HelperID: r.HelperID, TeamID: r.TeamID.V, State: r.State, StateAt: r.StateAt.UTC(),
		OpenedBy: r.OpenedBy, OpenedAt: r.OpenedAt.UTC(), AgreedAt: instant(r.AgreedAt), Plan: r.Plan, PlannedBy: r.PlannedBy.V, RefusedFor: r.RefusedFor.V,
		ApprovedBy: r.ApprovedBy.V, ApprovedAt: instant(r.ApprovedAt), ReviewDueAt: instant(r.ReviewDueAt), RemindAt: instant(r.RemindAt), Reminders: r.Reminders,
		EndedFor: r.EndedFor.V, EndedBy: r.EndedBy.V, Version: r.Version,
	}
}

// InsertAidCase keeps a case. The database refuses one beside another that is open
// (domain.ErrAidTwice), for a family without consent and with who cannot help.
func InsertAidCase(ctx context.Context, q postgres.Querier, c domain.AidCase) error {
	const query = `
		INSERT INTO aid_cases (id, household_id, region_path, helper_id, team_id, state, state_at, opened_by, opened_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`

	_, err := q.ExecContext(ctx, query, c.ID, c.HouseholdID, c.RegionPath, c.HelperID, nullable(c.TeamID), c.State, c.StateAt, c.OpenedBy, c.OpenedAt, c.Version)
	return aidError("keep a case", err)
}

// UpdateAidCase writes how far a case is. The database refuses what its gates forbid:
// domain.ErrAidPersons, ErrFamilyConsent, ErrAidHelper, ErrAidOver.
func UpdateAidCase(ctx context.Context, q postgres.Querier, c domain.AidCase) error {
	const query = `
		UPDATE aid_cases
		SET state = $2, state_at = $3, agreed_at = $4, plan = $5, planned_by = $6, refused_for = $7, approved_by = $8, approved_at = $9,
			review_due_at = $10, remind_at = $11, reminders = $12, ended_for = $13, ended_by = $14, version = $15
		WHERE id = $1`

	_, err := q.ExecContext(ctx, query, c.ID, c.State, c.StateAt, nullable(c.AgreedAt), c.Plan, nullable(c.PlannedBy), nullable(c.RefusedFor), nullable(c.ApprovedBy),
		nullable(c.ApprovedAt), nullable(c.ReviewDueAt), nullable(c.RemindAt), c.Reminders, nullable(c.EndedFor), nullable(c.EndedBy), c.Version)
	return aidError("write a case", err)
}

func aidError(what string, err error) error {
	for constraint, known := range map[string]error{
		"aid_cases_open_key": domain.ErrAidTwice, "aid_cases_consent_check": domain.ErrFamilyConsent, "aid_cases_helper_check": domain.ErrAidHelper, "aid_cases_team_check": domain.ErrAidTeam,
		"aid_cases_two_persons_check": domain.ErrAidPersons, "aid_cases_over_check": domain.ErrAidOver, "aid_cases_step_check": domain.ErrAidState,
	} {
		if postgres.Violated(err, constraint) {
			return known
		}
	}
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}

// FindAidCase returns a case, or domain.ErrNoAidCase. What is sealed stays so.
func FindAidCase(ctx context.Context, q postgres.Querier, aidCaseID string) (domain.AidCase, error) {
	const query = `
		SELECT ` + aidColumns + `
		FROM aid_cases
		WHERE id = $1`
	return oneAid(listAid(ctx, q, query, aidCaseID))
}

// LockAidCase is FindAidCase for an update. The family's row is locked before it.
func LockAidCase(ctx context.Context, q postgres.Querier, aidCaseID string) (domain.AidCase, error) {
	const query = `
		SELECT ` + aidColumns + `
		FROM aid_cases
		WHERE id = $1
		FOR UPDATE`
	return oneAid(listAid(ctx, q, query, aidCaseID))
}

// LockOpenAidCase returns a family's open case for an update, or domain.ErrNoAidCase.
func LockOpenAidCase(ctx context.Context, q postgres.Querier, householdID string) (domain.AidCase, error) {
	const query = `
		SELECT ` + aidColumns + `
		FROM aid_cases
		WHERE household_id = $1 AND state <> 'ended'
		FOR UPDATE`
	return oneAid(listAid(ctx, q, query, householdID))
}

func oneAid(cases []domain.AidCase, err error) (domain.AidCase, error) {
	if err == nil && len(cases) == 0 {
		err = domain.ErrNoAidCase
	}
	if err != nil {
		return domain.AidCase{}, err
	}
	return cases[0], nil
}

// ListAidCasesOf returns the cases of families, newest first.
func ListAidCasesOf(ctx context.Context, q postgres.Querier, householdIDs []string) ([]domain.AidCase, error) {
	const query = `
		SELECT ` + aidColumns + `
		FROM aid_cases
		WHERE household_id = ANY ($1::uuid[])
		ORDER BY opened_at DESC, id DESC`
	return listAid(ctx, q, query, postgres.Array(householdIDs))
}

// ListOpenAidCases returns a page of the open cases below the regions: plans that wait
// first, then those whose review is due soonest.
func ListOpenAidCases(ctx context.Context, q postgres.Querier, regionPaths []string, page Page) ([]domain.AidCase, error) {
	const place = `state <> 'planned', coalesce(review_due_at, '-infinity'), opened_at, id`
	const query = postgres.Anew + `
		SELECT ` + aidColumns + `
		FROM aid_cases
		WHERE region_path ^@ ANY ($1) AND state <> 'ended' AND ($2::uuid IS NULL OR (` + place + `) > (SELECT ` + place + ` FROM aid_cases WHERE id = $2))
		ORDER BY ` + place + `
		LIMIT $3`
	return listAid(ctx, q, query, postgres.Array(regionPaths), nullable(page.After), page.Limit)
}

// ListMyAidCases returns in which cases a person helps or did, under any of her
// records: open ones first, fifty at most.
func ListMyAidCases(ctx context.Context, q postgres.Querier, volunteerID string) ([]domain.AidCase, error) {
	const query = `
		SELECT ` + aidColumns + `
		FROM aid_cases
		WHERE helper_id IN (SELECT records_of($1))
		ORDER BY state = 'ended', opened_at DESC, id DESC
		LIMIT 50`
	return listAid(ctx, q, query, volunteerID)
}

// ListAidCasesOfTeams returns the cases that run of brigades, without those of a helper;
// fifty at most.
func ListAidCasesOfTeams(ctx context.Context, q postgres.Querier, teamIDs []string, withoutHelper string) ([]domain.AidCase, error) {
	const query = `
		SELECT ` + aidColumns + `
		FROM aid_cases
		WHERE team_id = ANY ($1::uuid[]) AND state = 'running' AND helper_id NOT IN (SELECT records_of($2))
		ORDER BY opened_at DESC, id DESC
		LIMIT 50`
	return listAid(ctx, q, query, postgres.Array(teamIDs), withoutHelper)
}

// OfBrigade reports whether a person may go to families for a brigade: an adult who is a
// member now.
func OfBrigade(ctx context.Context, q postgres.Querier, volunteerID, teamID string) (yes bool, err error) {
	const query = `SELECT of_brigade($1, $2)`

	if err := sqlx.GetContext(ctx, q, &yes, query, volunteerID, nullable(teamID)); err != nil {
		return false, fmt.Errorf("ask who is of a brigade: %w", err)
	}
	return yes, nil
}

// ListFamiliesHelpedBy returns the families with an open case of helpers who are erased,
// among those named by any of their records, in the order in which rows are locked.
func ListFamiliesHelpedBy(ctx context.Context, q postgres.Querier, volunteerIDs []string) (householdIDs []string, err error) {
	const query = `
		SELECT DISTINCT c.household_id
		FROM unnest($1::uuid[]) AS a (asked) CROSS JOIN records_of(a.asked) AS r (id) JOIN aid_cases c ON c.helper_id = r.id
			JOIN known_people k ON k.volunteer_id = person_of(r.id)
		WHERE c.state <> 'ended' AND k.erased
		ORDER BY c.household_id`

	if err := sqlx.SelectContext(ctx, q, &householdIDs, query, postgres.Array(volunteerIDs)); err != nil {
		return nil, fmt.Errorf("list families whose helpers are erased: %w", err)
	}
	return householdIDs, nil
}

// TakeAidCasesToRemind locks cases of whose review somebody has to be reminded.
func TakeAidCasesToRemind(ctx context.Context, q postgres.Querier, now time.Time, limit int) ([]domain.AidCase, error) {
	const query = `
		SELECT ` + aidColumns + `
		FROM aid_cases
		WHERE remind_at <= $1
		ORDER BY remind_at, id
		LIMIT $2
		FOR UPDATE SKIP LOCKED`
	return listAid(ctx, q, query, now, limit)
}

func listAid(ctx context.Context, q postgres.Querier, query string, args ...any) ([]domain.AidCase, error) {
	var rows []aidRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, args...); err != nil {
		return nil, fmt.Errorf("list cases: %w", err)
	}
	cases := make([]domain.AidCase, len(rows))
	for i, r := range rows {
		cases[i] = r.aidCase()
	}
	return cases, nil
}

// HouseholdNumbers returns by what numbers families are called.
func HouseholdNumbers(ctx context.Context, q postgres.Querier, householdIDs []string) (map[string]int, error) {
	const query = `SELECT id, number FROM households WHERE id = ANY ($1::uuid[])`

	var rows []struct {
		ID     string
		Number int
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, postgres.Array(householdIDs)); err != nil {
		return nil, fmt.Errorf("number families: %w", err)
	}
	numbers := make(map[string]int, len(rows))
	for _, r := range rows {
		numbers[r.ID] = r.Number
	}
	return numbers, nil
}

// InsertAidReview keeps what was found at the end of a quarter, once for each:
// domain.ErrAidReviewed.
func InsertAidReview(ctx context.Context, q postgres.Querier, r domain.AidReview) error {
	const query = `
		INSERT INTO aid_reviews (id, aid_case_id, quarter, result, sealed, by_id, reviewed_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`

	_, err := q.ExecContext(ctx, query, r.ID, r.AidCaseID, r.Quarter, r.Result, r.Sealed, r.By, r.ReviewedAt)
	if postgres.Violated(err, "aid_reviews_quarter_key") {
		return domain.ErrAidReviewed
	}
	if err != nil {
		return fmt.Errorf("keep a review: %w", err)
	}
	return nil
}

// ListAidReviews returns a case's reviews, newest first.
func ListAidReviews(ctx context.Context, q postgres.Querier, aidCaseID string) ([]domain.AidReview, error) {
	const query = `
		SELECT id, aid_case_id, quarter, result, sealed, by_id, reviewed_at
		FROM aid_reviews
		WHERE aid_case_id = $1
		ORDER BY quarter DESC`

	rows, err := q.QueryxContext(ctx, query, aidCaseID)
	if err != nil {
		return nil, fmt.Errorf("list reviews: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var reviews []domain.AidReview
	for rows.Next() {
		var r domain.AidReview
		if err := rows.Scan(&r.ID, &r.AidCaseID, &r.Quarter, &r.Result, &r.Sealed, &r.By, &r.ReviewedAt); err != nil {
			return nil, fmt.Errorf("list reviews: %w", err)
		}
		r.ReviewedAt = r.ReviewedAt.UTC()
		reviews = append(reviews, r)
	}
	return reviews, rows.Err()
}
