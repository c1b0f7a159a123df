package app

import (
	"context"
	"errors"
	"time"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// TakeSwap gives the reader the seat that a link offers, for nothing or for
// their own seat otherSignUpID in another shift of the same task, and returns
// their sign-up. Both are judged by the rules of signing up as of now. Taking it
// again returns the same. It returns ErrNoSwap, ErrSwapOver, ErrOwnSwap,
// ErrLineFirst, ErrSeatGone, ErrOtherCannot and the refusals of signing up.
func (a *App) TakeSwap(ctx context.Context, secret, otherSignUpID string) (domain.SignUp, error) {
	type request struct {
		Hash          []byte
		OtherSignUpID string
	}
	var touched []string
	u, err := idempotency.Do(ctx, a.db, a.clock.Now(), "take_swap", request{domain.SwapHash(secret), otherSignUpID}, func(q postgres.Querier) (domain.SignUp, error) {
		c, err := a.openSwap(ctx, q, secret, otherSignUpID)
		if err != nil || c.done != nil {
			return c.taken(), err
		}
		touched = []string{c.swap.ShiftID, c.swap.OtherShiftID}
		return a.take(ctx, q, &c)
	})
	a.shifts.Touch(touched...)
	return u, err
}

// change is a change of places while it is made or undone.
type change struct {
	swap         domain.Swap
	giver, taker domain.Person
	ring         ring
	now          time.Time
	done         *domain.SignUp // the reader took it before

	signUps []domain.SignUp // as they are afterwards
}

func (c change) taken() domain.SignUp {
	if c.done == nil {
		return domain.SignUp{}
	}
	return *c.done
}

// openSwap reads a link, and holds both persons and all that follows from it.
func (a *App) openSwap(ctx context.Context, q postgres.Querier, secret, otherSignUpID string) (c change, err error) {
	p, err := auth.From(ctx)
	if err != nil {
		return c, err
	}
	if c.swap, err = store.FindSwap(ctx, q, domain.SwapHash(secret)); err != nil {
		return c, err
	}
	if err := c.holdPersons(ctx, q, p.VolunteerID); err != nil {
		return c, err
	}
	if c.taker.Is(c.swap.GiverID) {
		return c, domain.ErrOwnSwap
	}
	if c.swap.State == domain.SwapTaken && c.taker.Is(c.swap.TakerID) {
		u, err := store.FindSignUp(ctx, q, c.swap.TakenSignUpID)
		c.done = &u
		return c, err
	}
	if c.now = a.clock.Now(); c.swap.Good(c.now) != nil {
		return c, c.swap.Good(c.now)
	}
	c.swap.TakerID, c.swap.TakenAt, c.swap.State = p.VolunteerID, c.now, domain.SwapTaken
	shifts := []string{c.swap.ShiftID}
	if otherSignUpID != "" {
		other, err := ownSignUp(ctx, q, c.taker, otherSignUpID)
		if err != nil {
			return c, err
		}
		c.swap.OtherShiftID, c.swap.OtherSignUpID = other.ShiftID, other.ID
		shifts = append(shifts, other.ShiftID)
	}
	c.ring, err = lockRing(ctx, q, []domain.Person{c.giver, c.taker}, shifts...)
	return c, err
}

// holdPersons holds all records of both, by id, and then the swap as it is now.
func (c *change) holdPersons(ctx context.Context, q postgres.Querier, takerID string) (err error) {
	persons, err := store.FindPersons(ctx, q, []string{c.swap.GiverID, takerID})
	if err != nil {
		return err
	}
	c.giver, c.taker = persons[c.swap.GiverID], persons[takerID]
	if err := store.LockPersons(ctx, q, append(c.giver.IDs(), c.taker.IDs()...)); err != nil {
		return err
	}
	c.swap, err = store.LockSwap(ctx, q, c.swap.ID)
	return err
}

func (a *App) take(ctx context.Context, q postgres.Querier, c *change) (domain.SignUp, error) {
	listing, err := store.FindListing(ctx, q, c.swap.ShiftID)
	if err != nil {
		return domain.SignUp{}, err
	}
	from := c.ring.signUps[store.Seat{ShiftID: c.swap.ShiftID, VolunteerID: c.swap.GiverID}]
	if !c.swap.From(from) {
		return domain.SignUp{}, domain.ErrSeatGone
	}
	to, err := c.move(from, c.taker, c.swap.TakerID)
	if err != nil {
		return domain.SignUp{}, err
	}
	c.swap.TakenSignUpID = to.ID
	if c.swap.OtherShiftID == "" {
		err = listing.GivesAway()
	} else {
		err = c.giveForIt(listing)
	}
	if err != nil {
		return domain.SignUp{}, err
	}
	// Written first, so that each one's clashes are looked for without the seat they give.
	if err := a.keepPlaces(ctx, q, c); err != nil {
		return domain.SignUp{}, err
	}
	if err := a.mustFit(ctx, q, c.taker, listing.Shift); err != nil {
		return domain.SignUp{}, err
	}
	if c.swap.OtherShiftID != "" && a.mustFit(ctx, q, c.giver, *c.ring.shifts[c.swap.OtherShiftID]) != nil {
		return domain.SignUp{}, domain.ErrOtherCannot
	}
	return to, a.tellSwap(ctx, q, listing, *c)
}

// giveForIt moves the taker's own seat, in another shift of the same task, the other way.
func (c *change) giveForIt(listing domain.Listing) error {
	other := c.ring.shifts[c.swap.OtherShiftID]
	if other.TaskID != listing.TaskID || other.ID == listing.ID {
		return domain.ErrNoSuchSignUp
	}
	var theirs domain.SignUp
	for _, u := range c.ring.signUps {
		if u.ID == c.swap.OtherSignUpID {
			theirs = u
		}
	}
	back, err := c.move(theirs, c.giver, c.swap.GiverID)
	switch c.swap.BackSignUpID = back.ID; {
	case errors.Is(err, domain.ErrHasSeat): // the other has both
		return domain.ErrOtherCannot
	case errors.Is(err, domain.ErrSeatGone): // the reader has it no more, or is there
		return domain.ErrNoSwapHere
	}
	return err
}

// move gives the seat of from to a person, under the record given unless they are
// known there under another.
func (c *change) move(from domain.SignUp, person domain.Person, record string) (domain.SignUp, error) {
	shift := c.ring.shifts[from.ShiftID]
	if shift == nil || c.ring.present(store.Seat{ShiftID: from.ShiftID, VolunteerID: from.VolunteerID}) {
		return domain.SignUp{}, domain.ErrSeatGone
	}
	seat := heldSeat(person, store.Seat{ShiftID: shift.ID, VolunteerID: record}, c.ring.signUps)
	to, had := c.ring.signUps[seat]
	if !had {
		to = domain.SignUp{ID: id.New(), ShiftID: shift.ID, VolunteerID: seat.VolunteerID, State: domain.SignUpWithdrawn}
	}
	if err := shift.HandOver(&from, &to, c.now); err != nil {
		return domain.SignUp{}, err
	}
	c.signUps = append(c.signUps, from, to)
	return to, nil
}

// mustFit returns why a person could not sign up for a shift: the seat that they
// have there now left aside.
func (a *App) mustFit(ctx context.Context, q postgres.Querier, person domain.Person, s domain.Shift) error {
	if err := a.mustTakePart(ctx, q, person, s.ID); err != nil {
		return err
	}
	title, startsAt, clash, err := store.FindClash(ctx, q, person, s)
	if err == nil && clash {
		err = domain.Clash(title, startsAt)
	}
	return err
}

// keepPlaces writes a change of places and what it did to the lines, and tells it.
func (a *App) keepPlaces(ctx context.Context, q postgres.Querier, c *change) error {
	for _, s := range c.ring.shifts {
		if err := store.UpdateShift(ctx, q, *s); err != nil {
			return err
		}
	}
	if err := store.UpsertSignUps(ctx, q, c.signUps...); err != nil {
		return err
	}
	if err := store.UpdateSwap(ctx, q, c.swap); err != nil {
		return err
	}
	events := make([]outbox.Event, len(c.signUps))
	for i, u := range c.signUps {
		events[i] = signUpChanged(u)
	}
	return outbox.Append(ctx, q, c.now, events...)
}

// tellSwap tells whoever made the link that the seat went on, without a name, and
// those who lead the team who goes for whom.
func (a *App) tellSwap(ctx context.Context, q postgres.Querier, l domain.Listing, c change) error {
	leaders, err := othersWhoLead(ctx, q, l.TeamID, c.taker)
	if err != nil {
		return err
	}
	events := news(tasksv1.NoticeSeatTaken, l, c.now, nil, c.swap.GiverID)
	if other := c.ring.shifts[c.swap.OtherShiftID]; other != nil {
		theirs := l
		theirs.Shift = *other
		events = news(tasksv1.NoticeSeatExchanged, theirs, c.now, nil, c.swap.GiverID)
	}
	for _, leader := range leaders {
		if !c.giver.Is(leader) {
			events = append(events, news(tasksv1.NoticeSwapped, l, c.now, map[string]string{"person": c.swap.TakerID, "by": c.swap.GiverID}, leader)...)
		}
	}
	return outbox.Append(ctx, q, c.now, events...)
}
