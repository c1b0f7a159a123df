package app

import (
	"context"
	"slices"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/people"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// ReadIdentities returns who people are by their papers, by id, for another
// service that writes it onto paper; whoever is not known or was erased is left
// out. That it was read is recorded as ReadPhones does.
func (a *App) ReadIdentities(ctx context.Context, asked people.IdentitiesQuery) (map[string]people.Identity, error) {
	if len(asked.IDs) > people.MaxAsk {
		return nil, apperr.For("ids", errAsksTooMany)
	}
	known := slices.DeleteFunc(slices.Clone(asked.IDs), func(one string) bool { return !id.Valid(one) })
	identities := map[string]people.Identity{}
	err := a.db.InTx(ctx, func(q postgres.Querier) error {
		found, err := store.FindVolunteers(ctx, q, a.vault, known)
		if err != nil {
			return err
		}
		persons, err := a.withSurvivors(ctx, q, found)
		if err != nil {
			return err
		}
		var records []domain.Record
		for _, p := range persons {
			who := p.Volunteer
			if p.Survivor != nil {
				who = *p.Survivor
			}
			if who.State == domain.VolunteerErased {
				continue
			}
			one := people.Identity{Name: who.Name, Number: who.Number, IDKind: string(who.IDKind), IDNumber: who.IDMasked()}
			if slices.Contains(asked.Whole, p.ID) {
				one.IDNumber = who.IDNumber
			}
			identities[p.ID] = one
			record := domain.NewRecord(asked.ReaderID, "volunteer.identity-read", "volunteer", who.ID, a.clock.Now())
			records = append(records, record.About(who.ID).Because(asked.Reason))
		}
		return store.InsertRecords(ctx, q, records)
	})
	if err != nil {
		return nil, err
	}
	return identities, nil
}
