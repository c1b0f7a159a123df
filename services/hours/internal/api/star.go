package api

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/hours/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/apperr"
)

// GetMyStar is GET /me/star.
func (h handlers) GetMyStar(ctx context.Context, _ gen.GetMyStarRequestObject) (gen.GetMyStarResponseObject, error) {
	m, err := h.app.MyStar(ctx)
	if err != nil {
		return nil, err
	}
	answer := gen.GetMyStar200JSONResponse{
		Level: m.Level, SettledMinutes: m.Settled, NextMinutes: m.Next, Levels: len(m.Rule.Minutes), Waits: m.Waits, CleanMonths: m.Rule.CleanMonths,
	}
	if m.Level > 0 {
		answer.Since = m.Since.String()
	}
	return answer, nil
}

// ListStarRules is GET /star-rules.
func (h handlers) ListStarRules(ctx context.Context, _ gen.ListStarRulesRequestObject) (gen.ListStarRulesResponseObject, error) {
	s, err := h.app.ListStarRules(ctx)
	if err != nil {
		return nil, err
	}
	list := gen.ListStarRules200JSONResponse{Today: s.Today.String(), MaySet: s.MaySet, Items: make([]gen.StarRule, len(s.Rules))}
	for i, r := range s.Rules {
		list.Items[i] = gen.StarRule{
			ValidFrom: r.ValidFrom.String(), Hours: scaled(r.Minutes, func(m int) int { return m / 60 }), CleanMonths: r.CleanMonths,
			Reason: r.Reason, SetBy: r.SetByName, SetAt: r.SetAt,
		}
	}
	return list, nil
}

// SetStarRule is POST /star-rules.
func (h handlers) SetStarRule(ctx context.Context, r gen.SetStarRuleRequestObject) (gen.SetStarRuleResponseObject, error) {
	from, ok := domain.ParseDay(r.Body.ValidFrom)
	if !ok {
		return nil, apperr.For("valid_from", domain.ErrStarDay)
	}
	minutes := scaled(r.Body.Hours, func(h int) int { return h * 60 })
	err := h.app.SetStarRule(ctx, domain.StarRule{ValidFrom: from, Minutes: minutes, CleanMonths: r.Body.CleanMonths, Reason: r.Body.Reason})
	if err != nil {
		return nil, err
	}
	return gen.SetStarRule204Response{}, nil
}

func scaled(all []int, f func(int) int) []int {
	to := make([]int, len(all))
	for i, n := range all {
		to[i] = f(n)
	}
	return to
}
