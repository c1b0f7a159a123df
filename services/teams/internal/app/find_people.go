package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/people"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

var errAsksTooMany = apperr.New(apperr.Invalid, "too_many_ids", "一次问的人太多了。", "Too many people are asked for at once.")

// FindPeople returns the people with these ids, in any order; whoever is not
// known is left out. At most people.MaxAsk can be asked for. It is for other
// services, behind the internal secret; who may see a name is decided there.
func (a *App) FindPeople(ctx context.Context, ids []string) ([]KnownPerson, error) {
	if len(ids) > people.MaxAsk {
		return nil, apperr.For("ids", errAsksTooMany)
	}
	known := make([]string, 0, len(ids))
	for _, one := range ids {
		if id.Valid(one) {
			known = append(known, one)
		}
	}
	var found []KnownPerson
	err := a.db.Read(ctx, func(q postgres.Querier) error {
		people, err := store.FindVolunteers(ctx, q, a.vault, known)
		if err != nil {
			return err
		}
		found, err = a.withSurvivors(ctx, q, people)
		return err
	})
	return found, err
}

// KnownPerson is a person, and whom a merged record became part of.
type KnownPerson struct {
	domain.Volunteer
	Survivor *domain.Volunteer // nil unless merged
}

func (a *App) withSurvivors(ctx context.Context, q postgres.Querier, people []domain.Volunteer) ([]KnownPerson, error) {
	known := make([]KnownPerson, len(people))
	var ids []string
	for i, v := range people {
		known[i].Volunteer = v
		if v.MergedInto != "" {
			ids = append(ids, v.MergedInto)
		}
	}
	if len(ids) == 0 {
		return known, nil
	}
	survivors, err := store.FindVolunteers(ctx, q, a.vault, ids)
	if err != nil {
		return nil, err
	}
	byID := map[string]*domain.Volunteer{}
	for i := range survivors {
		byID[survivors[i].ID] = &survivors[i]
	}
	for i := range known {
		known[i].Survivor = byID[known[i].MergedInto]
	}
	return known, nil
}
