package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// Access is what somebody else did with a person's data, or Qihe itself.
type Access struct {
	domain.Record
	Actor  domain.Volunteer // empty: Qihe itself, at a date that was due
	Office domain.Grant     // by which authority, as of that moment; empty: none
	Team   string           // which team they led that the person is in; empty: none
}

// Accesses returns who looked at the data of whoever asks, or decided about
// them, newest first (PIPL art. 44, 45), and where the next page starts.
func (a *App) Accesses(ctx context.Context, limit int, after string) (accesses []Access, next string, err error) {
	p, err := auth.From(ctx)
	if err != nil {
		return nil, "", err
	}
	if after != "" && !id.Valid(after) {
		return nil, "", apperr.For("after", errNoPlace)
	}
	err = a.db.InSnapshot(ctx, func(q postgres.Querier) error {
		accesses, err = a.accessesTo(ctx, q, p.VolunteerID, limit+1, after)
		return err
	})
	if err != nil || len(accesses) <= limit {
		return accesses, "", err
	}
	accesses = accesses[:limit]
	return accesses, accesses[limit-1].ID, nil
}

func (a *App) accessesTo(ctx context.Context, q postgres.Querier, volunteerID string, limit int, after string) ([]Access, error) {
	records, err := store.ListRecords(ctx, q, store.RecordFilter{About: volunteerID, After: after, Limit: limit})
	if err != nil {
		return nil, err
	}
	lines, err := a.named(ctx, q, records)
	if err != nil {
		return nil, err
	}
	grants := map[string][]domain.Grant{}
	led := map[string]string{}
	accesses := make([]Access, len(lines))
	for i, line := range lines {
		accesses[i] = Access{Record: line.Record, Actor: line.Actor}
		actor := line.ActorID
		if actor == "" {
			continue
		}
		if _, known := grants[actor]; !known {
			if grants[actor], err = store.ListGrants(ctx, q, actor); err != nil {
				return nil, err
			}
			if led[actor], err = store.FindTeamLedFor(ctx, q, actor, volunteerID); err != nil {
				return nil, err
			}
		}
		if then := domain.ActiveGrants(grants[actor], line.At); len(then) > 0 {
			accesses[i].Office = then[0]
		} else {
			accesses[i].Team = led[actor]
		}
	}
	return accesses, nil
}
