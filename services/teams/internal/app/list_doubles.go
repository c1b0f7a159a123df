package app

import (
	"context"
	"slices"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// mostDoubles is how many records are looked at beside one: in the whole city
// the commonest names have more, and then the nearest are shown.
const mostDoubles = 20

// Double is a record that may be another one of somebody's, and why.
type Double struct {
	store.ListedVolunteer
	Signs []domain.Sign
}

// ListDoubles returns the records that may be further ones of a person, the
// likeliest first, of those that whoever asks may merge.
func (a *App) ListDoubles(ctx context.Context, volunteerID string) ([]Double, error) {
	p, err := auth.From(ctx)
	if err != nil {
		return nil, err
	}
	var doubles []Double
	err = a.db.InSnapshot(ctx, func(q postgres.Querier) error {
		v, err := a.volunteerFor(ctx, q, mergeVolunteers, volunteerID)
		if err != nil {
			return err
		}
		city, err := store.FindCityPath(ctx, q)
		if err != nil {
			return err
		}
		var whole standing
		whole.hold(p, city)
		found, err := store.ListDoubles(ctx, q, a.vault, v, p.RegionsDecided(), rules[mergeVolunteers](whole), mostDoubles)
		for _, d := range found {
			doubles = append(doubles, Double{ListedVolunteer: d.ListedVolunteer, Signs: v.Alike(d.Volunteer, d.SameTeam)})
		}
		return err
	})
	slices.SortStableFunc(doubles, func(a, b Double) int { return weight(b.Signs) - weight(a.Signs) })
	return doubles, err
}

// weight is how much speaks for one person: a sign against takes one away, two
// different papers everything.
func weight(signs []domain.Sign) int {
	n := 0
	for _, s := range signs {
		switch s {
		case domain.SignPapersDiffer:
			n -= 100
		case domain.SignPhonesDiffer, domain.SignSexesDiffer:
			n--
		default:
			n++
		}
	}
	return n
}
