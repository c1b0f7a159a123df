package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// birthdaysAtOnce is how many people come of age in one transaction.
const birthdaysAtOnce = 200

// ComeOfAge makes adults of those whose eighteenth birthday has come, and
// tells the others: their names may stand on boards from now on, if they want
// it. What is due is read from the table, so that days on which Qihe did not
// run are made up for. It is called now and then.
func (a *App) ComeOfAge(ctx context.Context) error {
	for {
		n := 0
		err := a.db.InTx(ctx, func(q postgres.Querier) (err error) {
			n, err = a.someComeOfAge(ctx, q)
			return err
		})
		if err != nil || n < birthdaysAtOnce {
			return err
		}
	}
}

func (a *App) someComeOfAge(ctx context.Context, q postgres.Querier) (int, error) {
	now := a.clock.Now()
	people, err := store.LockOfAge(ctx, q, a.vault, now, birthdaysAtOnce)
	if err != nil {
		return 0, err
	}
	for _, v := range people {
		if !v.ComeOfAge(now) {
			continue
		}
		if err := a.holdMinor(ctx, q, &v); err != nil { // nobody has to consent any more
			return 0, err
		}
		if err := a.endGuardiansWord(ctx, q, &v); err != nil {
			return 0, err
		}
		if err := store.UpdateVolunteer(ctx, q, a.vault, v); err != nil {
			return 0, err
		}
		if err := store.InsertRecord(ctx, q, domain.NewRecord("", "volunteer.of_age", "volunteer", v.ID, now).About(v.ID)); err != nil {
			return 0, err
		}
		if err := outbox.Append(ctx, q, now, volunteerChanged(v)); err != nil {
			return 0, err
		}
	}
	return len(people), nil
}

// endGuardiansWord takes back what a guardian agreed to for somebody who is
// grown up now, or whose guardian has taken back everything.
func (a *App) endGuardiansWord(ctx context.Context, q postgres.Querier, v *domain.Volunteer) error {
	said, err := store.ListConsents(ctx, q, v.ID)
	if err != nil {
		return err
	}
	ended := domain.EndGuardiansWord(said, id.New, a.clock.Now())
	for _, c := range ended {
		v.SetConsent(c.Purpose, false)
	}
	return store.InsertConsents(ctx, q, ended)
}
