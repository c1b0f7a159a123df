package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// InsertContactPlan adds a plan.
func InsertContactPlan(ctx context.Context, q postgres.Querier, p domain.ContactPlan) error {
	const query = `
		INSERT INTO contact_plans (id, code, valid_from, meet_months, call_weeks, silence, reason, set_by, set_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`

	if _, err := q.ExecContext(ctx, query, p.ID, p.Code, p.ValidFrom, p.MeetMonths, p.CallWeeks, postgres.Array(p.Silence[:]), p.Reason, nullable(p.SetBy), p.SetAt); err != nil {
		return fmt.Errorf("add a contact plan: %w", err)
	}
	return nil
}

// ListContactPlans returns all that was ever set, by code, the newest first.
func ListContactPlans(ctx context.Context, q postgres.Querier) (map[string]domain.ContactPlans, error) {
	const query = `
		SELECT id, code, valid_from::text AS valid_from, meet_months, call_weeks, to_json(silence) AS silence, reason, set_by, set_at
		FROM contact_plans
		ORDER BY code, contact_plans.valid_from DESC, n DESC`

	var rows []struct {
		ID         string           `db:"id"`
		Code       string           `db:"code"`
		ValidFrom  string           `db:"valid_from"`
		MeetMonths int              `db:"meet_months"`
		CallWeeks  int              `db:"call_weeks"`
		Silence    []byte           `db:"silence"`
		Reason     string           `db:"reason"`
		SetBy      sql.Null[string] `db:"set_by"`
		SetAt      time.Time        `db:"set_at"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query); err != nil {
		return nil, fmt.Errorf("list contact plans: %w", err)
	}
	plans := map[string]domain.ContactPlans{}
	for _, r := range rows {
		p := domain.ContactPlan{
			ID: r.ID, Code: r.Code, ValidFrom: r.ValidFrom, MeetMonths: r.MeetMonths, CallWeeks: r.CallWeeks, Reason: r.Reason, SetBy: r.SetBy.V, SetAt: r.SetAt.UTC(),
		}
		if err := json.Unmarshal(r.Silence, &p.Silence); err != nil {
			return nil, fmt.Errorf("read the days of a contact plan: %w", err)
		}
		plans[r.Code] = append(plans[r.Code], p)
	}
	return plans, nil
}
