package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// ListToDos returns what waits for the caller, as a companion parent and as an officer:
// counts, so that the first page can say it before a PIN or a second factor is asked for.
func (a *App) ListToDos(ctx context.Context) (all []domain.ToDo, err error) {
	who, err := auth.From(ctx)
	if err != nil {
		return nil, err
	}
	now := a.clock.Now()
	err = a.db.Read(ctx, func(q postgres.Querier) error {
		if all, err = store.CountMyToDos(ctx, q, who.VolunteerID, now); err != nil || len(who.Grants) == 0 {
			return err
		}
		desk, err := store.CountDeskToDos(ctx, q, store.Desk{
			VolunteerID: who.VolunteerID, Children: who.RegionsAs(childCare), Decides: who.RegionsAs(childCare, administrator),
			Families: who.RegionsAs(coordinator), Oversees: who.RegionsAs(interviewers...), Helps: who.RegionsAs(familyDesk...),
		}, now)
		all = append(all, desk...)
		return err
	})
	return all, err
}
