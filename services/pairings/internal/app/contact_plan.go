package app

import (
	"context"
	"maps"
	"slices"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

var errNoOfficer = apperr.New(apperr.Forbidden, "no_officer", "这一页给妇联干部看。", "This page is for officers.")

// ListedPlan is a contact plan with who set it.
type ListedPlan struct {
	domain.ContactPlan
	SetByName string // empty: what Qihe begins with
	InForce   bool
}

// ListContactPlans returns all plans that were ever set, by code, the newest first, and
// whether the reader may add one. It is for every officer; others get Forbidden.
func (a *App) ListContactPlans(ctx context.Context) (listed []ListedPlan, maySet bool, err error) {
	who, err := auth.From(ctx)
	if err != nil {
		return nil, false, err
	}
	if len(who.Grants) == 0 {
		return nil, false, errNoOfficer
	}
	var plans map[string]domain.ContactPlans
	if err := a.db.Read(ctx, func(q postgres.Querier) (err error) {
		plans, err = store.ListContactPlans(ctx, q)
		return err
	}); err != nil {
		return nil, false, err
	}
	var setters []string
	for _, code := range slices.Sorted(maps.Keys(plans)) {
		now := plans[code].On(a.clock.Now()).ID
		for _, p := range plans[code] {
			listed = append(listed, ListedPlan{ContactPlan: p, InForce: p.ID == now})
			if p.SetBy != "" {
				setters = append(setters, p.SetBy)
			}
		}
	}
	persons := a.people.Find(ctx, setters)
	for i, p := range listed {
		if p.SetBy != "" {
			listed[i].SetByName = persons[p.SetBy].FullName()
		}
	}
	return listed, who.AdministersCity(), nil
}

// AddContactPlan adds a plan that begins tomorrow or later, and looks again at the
// pairings that have it. It is for administrators of the city; others get Forbidden.
func (a *App) AddContactPlan(ctx context.Context, p domain.ContactPlan) error {
	who, err := auth.From(ctx)
	if err != nil {
		return err
	}
	if !who.AdministersCity() {
		return domain.ErrPlanCity
	}
	_, err = idempotency.Do(ctx, a.db, a.clock.Now(), "addContactPlan", p, func(q postgres.Querier) (struct{}, error) {
		now := a.clock.Now()
		set, err := domain.NewContactPlan(p, who.VolunteerID, now)
		if err != nil {
			return struct{}{}, err
		}
		if err := store.InsertContactPlan(ctx, q, set); err != nil {
			return struct{}{}, err
		}
		return struct{}{}, store.WakeWatch(ctx, q, set.Code, now)
	})
	return err
}
