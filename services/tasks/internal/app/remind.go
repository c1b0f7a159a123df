package app

import (
	"context"
	"slices"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

const remindAtOnce = 300

// remind is the duty of the reminders (domain.Reminders): each once for each
// start that a shift has had, whatever stops and starts meanwhile, since the
// row says of which start somebody was reminded.
func (a *App) remind(ctx context.Context) error {
	return a.db.InTx(ctx, func(q postgres.Querier) error {
		now := a.clock.Now()
		day, soon := domain.Reminders(now)
		due, err := store.LockUnreminded(ctx, q, now, day, soon, remindAtOnce)
		if err != nil || len(due) == 0 {
			return err
		}
		var ids []string
		for _, u := range due {
			ids = append(ids, u.ShiftID)
		}
		slices.Sort(ids)
		listings, err := store.ListListings(ctx, q, domain.ListingFilter{IDs: slices.Compact(ids)})
		if err != nil {
			return err
		}
		byID := map[string]domain.Listing{}
		for _, l := range listings {
			byID[l.ID] = l
		}
		var events []outbox.Event
		for i := range due {
			u, l := &due[i], byID[due[i].ShiftID]
			kind := tasksv1.NoticeTomorrow
			if u.RemindedDay = l.StartsAt; l.StartsAt.Before(soon) { // the later one says what the first would
				kind, u.RemindedSoon = tasksv1.NoticeSoon, l.StartsAt
			}
			if l.ID != "" { // of a task that was taken off nobody is reminded
				events = append(events, news(kind, l, now, nil, u.VolunteerID)...)
			}
		}
		if err := store.UpsertSignUps(ctx, q, due...); err != nil {
			return err
		}
		return outbox.Append(ctx, q, now, events...)
	})
}

// SayComing notes that the reader comes (我会来). It returns ErrNoSuchSignUp for
// somebody else's seat, or none.
func (a *App) SayComing(ctx context.Context, signUpID string) (domain.SignUp, error) {
	return idempotency.Do(ctx, a.db, a.clock.Now(), "say_coming", signUpID, func(q postgres.Querier) (domain.SignUp, error) {
		shift, u, err := a.lockOwn(ctx, q, signUpID)
		if err != nil {
			return domain.SignUp{}, err
		}
		changed, err := u.Comes(shift, a.clock.Now())
		if err != nil || !changed {
			return *u, err
		}
		if err := store.UpsertSignUps(ctx, q, *u); err != nil {
			return domain.SignUp{}, err
		}
		return *u, outbox.Append(ctx, q, a.clock.Now(), signUpChanged(*u))
	})
}

// lockOwn holds the shift and the sign-up of the reader, else ErrNoSuchSignUp.
func (a *App) lockOwn(ctx context.Context, q postgres.Querier, signUpID string) (domain.Shift, *domain.SignUp, error) {
	p, err := auth.From(ctx)
	if err != nil {
		return domain.Shift{}, nil, err
	}
	found, err := store.FindSignUp(ctx, q, signUpID)
	if err != nil {
		return domain.Shift{}, nil, err
	}
	self, err := store.FindPerson(ctx, q, p.VolunteerID)
	if err != nil {
		return domain.Shift{}, nil, err
	}
	if !self.Is(found.VolunteerID) {
		return domain.Shift{}, nil, domain.ErrNoSuchSignUp
	}
	return a.lockSeat(ctx, q, store.Seat{ShiftID: found.ShiftID, VolunteerID: found.VolunteerID})
}
