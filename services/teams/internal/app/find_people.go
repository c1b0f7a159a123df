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
func (a *App) FindPeople(ctx context.Context, ids []string) ([]domain.Volunteer, error) {
	if len(ids) > people.MaxAsk {
		return nil, apperr.For("ids", errAsksTooMany)
	}
	known := make([]string, 0, len(ids))
	for _, one := range ids {
		if id.Valid(one) {
			known = append(known, one)
		}
	}
	var found []domain.Volunteer
	err := a.db.Read(ctx, func(q postgres.Querier) (err error) {
		found, err = store.FindVolunteers(ctx, q, a.vault, known)
		return err
	})
	return found, err
}
