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

// ReadPhones returns the full numbers of people, by id, for another service
// whose reader calls them now; whoever is not known or has none is left out.
// That they were read is recorded, a line for each person, in the transaction
// that reads them: without the record there is no number. Who may ask is
// decided by that service, behind the internal secret.
func (a *App) ReadPhones(ctx context.Context, asked people.PhonesQuery) (map[string]string, error) {
	if len(asked.IDs) > people.MaxAsk {
		return nil, apperr.For("ids", errAsksTooMany)
	}
	known := make([]string, 0, len(asked.IDs))
	for _, one := range asked.IDs {
		if id.Valid(one) {
			known = append(known, one)
		}
	}
	phones := map[string]string{}
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
			if who.Phone == "" {
				continue
			}
			phones[p.ID] = string(who.Phone)
			record := domain.NewRecord(asked.ReaderID, "volunteer.phone-read", "volunteer", who.ID, a.clock.Now())
			records = append(records, record.About(who.ID).Because(asked.Reason))
		}
		return store.InsertRecords(ctx, q, records)
	})
	if err != nil {
		return nil, err
	}
	return phones, nil
}
