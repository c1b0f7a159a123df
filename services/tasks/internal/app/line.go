package app

import (
	"context"
	"maps"
	"slices"
	"time"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/store"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// linesAtOnce is how many shifts' lines one transaction moves; more wait for the next round.
const linesAtOnce = 50

// moveLines is the duty of the waiting lists: offers end, and seats that nobody
// has offered yet (more of them, a replica that stopped) are offered.
func (a *App) moveLines(ctx context.Context) error {
	var moved []string
	err := a.db.InTx(ctx, func(q postgres.Querier) error {
		shifts, err := store.LockDueLines(ctx, q, a.clock.Now(), linesAtOnce)
		if err != nil {
			return err
		}
		for _, s := range shifts {
			if err := a.moveLine(ctx, q, &s); err != nil {
				return err
			}
			moved = append(moved, s.ID)
		}
		return nil
	})
	a.shifts.Touch(moved...)
	return err
}

// moveLine does to the line of a shift, whose row the caller holds, what is due
// now: see domain.Shift.MoveLine. It writes what changed and tells those who
// have an offer now. Whoever frees, adds or takes a seat calls it afterwards, in
// the same transaction.
func (a *App) moveLine(ctx context.Context, q postgres.Querier, s *domain.Shift) error {
	if s.Waiting == 0 {
		return nil
	}
	if s.Taken >= s.Capacity { // the usual case: nobody moves, and a long line is not read for it
		if has, err := store.HasOffers(ctx, q, s.ID); err != nil || !has {
			return err
		}
	}
	line, err := store.LockLine(ctx, q, s.ID)
	if err != nil {
		return err
	}
	listing, err := store.FindListing(ctx, q, s.ID)
	if err != nil {
		return err
	}
	listing.Shift = *s // as it is now, written or not
	can, err := whoCan(ctx, q, listing, line)
	if err != nil {
		return err
	}
	now := a.clock.Now()
	changed := s.MoveLine(line, can, now)
	if len(changed) == 0 {
		return nil
	}
	if err := store.UpdateShift(ctx, q, *s); err != nil {
		return err
	}
	if err := store.UpsertSignUps(ctx, q, changed...); err != nil {
		return err
	}
	return outbox.Append(ctx, q, now, lineEvents(listing, changed, now)...)
}

// whoCan tells of those who wait who could take a seat now, whichever records
// they have.
func whoCan(ctx context.Context, q postgres.Querier, l domain.Listing, line []domain.SignUp) (func(domain.SignUp) bool, error) {
	ids := make([]string, len(line))
	for i, u := range line {
		ids[i] = u.VolunteerID
	}
	persons, err := store.FindPersons(ctx, q, ids)
	if err != nil {
		return nil, err
	}
	all := slices.Collect(maps.Values(persons))
	busy, err := store.ListBusy(ctx, q, recordsOf(all), l.Shift)
	if err != nil {
		return nil, err
	}
	takesPart, err := whoTakesPart(ctx, q, l, all...)
	return func(u domain.SignUp) bool {
		person := persons[u.VolunteerID]
		return !slices.ContainsFunc(person.IDs(), func(id string) bool { return busy[id] }) && takesPart(person) == nil
	}, err
}

func lineEvents(l domain.Listing, changed []domain.SignUp, now time.Time) []outbox.Event {
	var events []outbox.Event
	for _, u := range changed {
		events = append(events, signUpChanged(u))
		if u.State == domain.SignUpDeclined && now.Before(l.StartsAt) { // lapsed: who declines knows
			events = append(events, news(tasksv1.NoticeSeatLapsed, l, now, nil, u.VolunteerID)...)
		}
		if u.State != domain.SignUpOffered {
			continue
		}
		kind := tasksv1.NoticeSeatFree
		if u.Held {
			kind = tasksv1.NoticeSeatOffered
		}
		more := map[string]string{"at": l.StartsAt.Format(time.RFC3339), "until": u.OfferEndsAt.Format(time.RFC3339)}
		events = append(events, news(kind, l, now, more, u.VolunteerID)...)
	}
	return events
}
