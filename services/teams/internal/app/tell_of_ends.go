package app

import (
	"context"
	"time"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// endsAtOnce is how many papers are looked at in one transaction.
const endsAtOnce = 200

// TellOfEnds tells people thirty days before a paper of theirs ends, and when
// it has ended, once each: what was told stands beside the paper, written with
// the notice. Days on which Qihe did not run are made up for; a paper that was
// renewed meanwhile is passed over. It is called now and then.
func (a *App) TellOfEnds(ctx context.Context) error {
	for {
		n := 0
		err := a.db.InTx(ctx, func(q postgres.Querier) (err error) {
			n, err = a.tellOfSomeEnds(ctx, q)
			return err
		})
		if err != nil || n < endsAtOnce {
			return err
		}
	}
}

func (a *App) tellOfSomeEnds(ctx context.Context, q postgres.Querier) (int, error) {
	now := a.clock.Now()
	ending, err := store.LockEndingQualifications(ctx, q, a.vault, now, endsAtOnce)
	if err != nil {
		return 0, err
	}
	var notices []domain.Notice
	for _, e := range ending {
		f, kind := e.Qualification, domain.NoticeQualificationEnds
		if f.Expired(now) {
			kind = domain.NoticeQualificationOver
		}
		if err := store.UpdateToldEnd(ctx, q, f, now); err != nil {
			return 0, err
		}
		if e.Renewed {
			continue
		}
		words := domain.Words{"qualification": e.KindName, "day": f.ValidUntil.In(clock.City).Format(time.DateOnly)}
		notices = append(notices, domain.NewNotice(kind, f.VolunteerID, "qualification", f.ID, words, now))
	}
	return len(ending), a.notify(ctx, q, notices...)
}
