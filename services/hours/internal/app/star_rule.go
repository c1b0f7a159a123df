package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// StarRuleView is a rule with the name of who set it.
type StarRuleView struct {
	domain.StarRule
	SetByName string // empty: Qihe's first rules
}

// StarRules is all that was ever set, and whether the reader may add to it.
type StarRules struct {
	Today  domain.Day
	MaySet bool
	Rules  []StarRuleView
}

// ListStarRules is for anybody signed in: how stars are reached is no secret.
func (a *App) ListStarRules(ctx context.Context) (StarRules, error) {
	who, err := auth.From(ctx)
	if err != nil {
		return StarRules{}, err
	}
	s := StarRules{Today: domain.DayOf(a.clock.Now()), MaySet: who.AdministersCity()}
	var rules []domain.StarRule
	if err := a.db.Read(ctx, func(q postgres.Querier) (err error) {
		rules, err = store.ListStarRules(ctx, q)
		return err
	}); err != nil {
		return StarRules{}, err
	}
	var ids []string
	for _, r := range rules {
		if r.SetBy != "" {
			ids = append(ids, r.SetBy)
		}
	}
	persons := a.people.Find(ctx, ids)
	for _, r := range rules {
		view := StarRuleView{StarRule: r}
		if r.SetBy != "" {
			view.SetByName = persons[r.SetBy].FullName()
		}
		s.Rules = append(s.Rules, view)
	}
	return s, nil
}

// SetStarRule sets how stars are reached, from a day on. It is for administrators
// of the city; others get Forbidden.
func (a *App) SetStarRule(ctx context.Context, r domain.StarRule) error {
	who, err := auth.From(ctx)
	if err != nil {
		return err
	}
	if !who.AdministersCity() {
		return errNoCityAdministrator
	}
	_, err = idempotency.Do(ctx, a.db, a.clock.Now(), "set_star_rule", r, func(q postgres.Querier) (struct{}, error) {
		set, err := domain.NewStarRule(r, who.VolunteerID, a.clock.Now())
		if err != nil {
			return struct{}{}, err
		}
		return struct{}{}, store.InsertStarRule(ctx, q, set)
	})
	return err
}
