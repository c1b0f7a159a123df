package app

import (
	"context"
	"errors"
	"maps"
	"slices"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// Entered is what became of one person whom a leader signed up.
type Entered struct {
	VolunteerID string
	State       domain.SignUpState // empty when refused
	Already     bool               // it was so before
	ZH, EN      string             // why refused
}

// EnterSignUps writes down that these members said in the brigade's group that
// they come (本人在群内报名): no assignment, for each of them said so, is told,
// and can withdraw. One who cannot come is refused alone, with the reason; the
// same list again changes nothing. It returns NotFound to whoever does not lead
// the team, ErrNotOfTeam when somebody is no member.
func (a *App) EnterSignUps(ctx context.Context, shiftID string, volunteerIDs []string) ([]Entered, error) {
	type request struct {
		ShiftID      string
		VolunteerIDs []string
	}
	defer a.shifts.Touch(shiftID)
	return idempotency.Do(ctx, a.db, a.clock.Now(), "enter_sign_ups", request{shiftID, volunteerIDs}, func(q postgres.Querier) ([]Entered, error) {
		return a.enterSignUps(ctx, q, shiftID, volunteerIDs)
	})
}

func (a *App) enterSignUps(ctx context.Context, q postgres.Querier, shiftID string, volunteerIDs []string) ([]Entered, error) {
	reader, err := a.crewOf(ctx, q)
	if err != nil {
		return nil, err
	}
	listing, err := a.mustLead(ctx, q, reader, shiftID)
	if err != nil {
		return nil, err
	}
	volunteerIDs = slices.Clone(volunteerIDs)
	slices.Sort(volunteerIDs) // always in this order: two leaders never wait for each other in a circle
	volunteerIDs = slices.Compact(volunteerIDs)
	if err := mustBelong(ctx, q, listing.TeamID, volunteerIDs); err != nil {
		return nil, err
	}
	for _, id := range volunteerIDs {
		if err := store.LockPerson(ctx, q, id); err != nil {
			return nil, err
		}
	}
	persons, err := store.FindPersons(ctx, q, volunteerIDs)
	if err != nil {
		return nil, err
	}
	shift, err := store.LockShift(ctx, q, shiftID)
	if err != nil {
		return nil, err
	}
	if err := a.moveLine(ctx, q, &shift); err != nil {
		return nil, err
	}
	e := entry{app: a, listing: listing, shift: shift, by: reader.VolunteerID}
	if e.takesPart, err = whoTakesPart(ctx, q, listing, slices.Collect(maps.Values(persons))...); err != nil {
		return nil, err
	}
	for _, id := range volunteerIDs {
		if err := e.add(ctx, q, persons[id], id); err != nil {
			return nil, err
		}
	}
	return e.results, e.keep(ctx, q)
}

func mustBelong(ctx context.Context, q postgres.Querier, teamID string, volunteerIDs []string) error {
	members, err := store.ListMemberIDs(ctx, q, teamID)
	if err != nil {
		return err
	}
	for _, id := range volunteerIDs {
		if !slices.Contains(members, id) {
			return domain.ErrNotOfTeam
		}
	}
	return nil
}

// entry is the people whom a leader signs up for a shift, which is held.
type entry struct {
	app       *App
	listing   domain.Listing
	shift     domain.Shift
	by        string
	takesPart func(domain.Person) error
	changed   []domain.SignUp
	results   []Entered
}

// add signs one up, or notes why not.
func (e *entry) add(ctx context.Context, q postgres.Querier, self domain.Person, volunteerID string) error {
	signUps, err := store.LockSignUps(ctx, q, personSeats(self, e.shift.ID))
	if err != nil {
		return err
	}
	seat := heldSeat(self, store.Seat{ShiftID: e.shift.ID, VolunteerID: volunteerID}, signUps)
	var had *domain.SignUp
	if u, ok := signUps[seat]; ok {
		had = &u
	}
	before := e.shift
	u, changed, err := e.shift.SignUp(seat.VolunteerID, had, e.app.clock.Now())
	if err == nil && changed {
		err = e.takesPart(self)
	}
	if err == nil && changed {
		if title, startsAt, clash, findErr := store.FindClash(ctx, q, self, e.shift); findErr != nil {
			return findErr
		} else if clash {
			err = domain.Clash(title, startsAt)
		}
	}
	result := Entered{VolunteerID: volunteerID}
	var refusal *apperr.Error
	switch {
	case errors.As(err, &refusal):
		e.shift, result.ZH, result.EN = before, refusal.Text("zh"), refusal.Text("en")
	case err != nil:
		return err
	default:
		result.State, result.Already = u.State, !changed
	}
	if err == nil && changed {
		u.EnteredBy = e.by
		e.changed = append(e.changed, u)
	}
	e.results = append(e.results, result)
	return nil
}

// keep writes what changed and tells each person, once.
func (e *entry) keep(ctx context.Context, q postgres.Querier) error {
	if len(e.changed) == 0 {
		return nil
	}
	if err := store.UpdateShift(ctx, q, e.shift); err != nil {
		return err
	}
	if err := store.UpsertSignUps(ctx, q, e.changed...); err != nil {
		return err
	}
	now := e.app.clock.Now()
	var events []outbox.Event
	for _, u := range e.changed {
		events = append(events, signUpChanged(u))
		kind := tasksv1.NoticeSignedUp
		if u.State == domain.SignUpWaitlisted {
			kind = tasksv1.NoticeWaitlisted
		}
		events = append(events, news(kind, e.listing, now, nil, u.VolunteerID)...)
	}
	if err := outbox.Append(ctx, q, now, events...); err != nil {
		return err
	}
	return e.app.moveLine(ctx, q, &e.shift)
}
