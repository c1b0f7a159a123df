package app

import (
	"context"
	"slices"
	"time"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/people"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// OfferSwap makes the link by which the reader gives their seat to somebody else
// (domain/swap.go), and returns its secret, this once; the link before is
// worthless. It keeps no answer for a repeat, because that would keep the
// secret. It returns ErrNoSuchSignUp for somebody else's, ErrNoSwapHere, and
// ErrLineFirst where people wait and there is nothing to exchange.
func (a *App) OfferSwap(ctx context.Context, signUpID string) (swap domain.Swap, secret string, err error) {
	err = a.changeSwap(ctx, signUpID, func(q postgres.Querier, self domain.Person, u domain.SignUp) error {
		r, err := lockRing(ctx, q, []domain.Person{self}, u.ShiftID)
		if err != nil {
			return err
		}
		seat := store.Seat{ShiftID: u.ShiftID, VolunteerID: u.VolunteerID}
		if swap, secret, err = domain.NewSwap(*r.shifts[u.ShiftID], r.signUps[seat], r.present(seat), a.clock.Now()); err != nil {
			return err
		}
		if err := mayMoveAnything(ctx, q, *r.shifts[u.ShiftID], a.clock.Now()); err != nil {
			return err
		}
		if err := store.EndSwaps(ctx, q, signUpID); err != nil {
			return err
		}
		return store.InsertSwap(ctx, q, swap)
	})
	return swap, secret, err
}

// TakeBackSwap makes the link for the reader's seat worthless. Twice changes nothing.
func (a *App) TakeBackSwap(ctx context.Context, signUpID string) error {
	return a.changeSwap(ctx, signUpID, func(q postgres.Querier, _ domain.Person, _ domain.SignUp) error {
		return store.EndSwaps(ctx, q, signUpID)
	})
}

// changeSwap holds the person whose sign-up it is, so that a link is made, taken
// back and taken one after the other.
func (a *App) changeSwap(ctx context.Context, signUpID string, then func(q postgres.Querier, self domain.Person, u domain.SignUp) error) error {
	return a.db.InTx(ctx, func(q postgres.Querier) error {
		p, err := auth.From(ctx)
		if err != nil {
			return err
		}
		self, err := store.FindPerson(ctx, q, p.VolunteerID)
		if err != nil {
			return err
		}
		u, err := ownSignUp(ctx, q, self, signUpID)
		if err != nil {
			return err
		}
		if err := store.LockPersons(ctx, q, self.IDs()); err != nil {
			return err
		}
		return then(q, self, u)
	})
}

func ownSignUp(ctx context.Context, q postgres.Querier, self domain.Person, signUpID string) (domain.SignUp, error) {
	u, err := store.FindSignUp(ctx, q, signUpID)
	if err == nil && !self.Is(u.VolunteerID) {
		err = domain.ErrNoSuchSignUp
	}
	return u, err
}

// mayMoveAnything returns ErrLineFirst where the seat can neither be given, since
// people wait, nor exchanged, since the task has no other shift to come.
func mayMoveAnything(ctx context.Context, q postgres.Querier, s domain.Shift, now time.Time) error {
	first := s.GivesAway()
	if first == nil {
		return nil
	}
	shifts, err := store.ListTaskShifts(ctx, q, s.TaskID)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(shifts, func(o domain.Shift) bool {
		return o.ID != s.ID && o.State == domain.ShiftOpen && now.Before(o.StartsAt)
	}) {
		return nil
	}
	return first
}

// ring holds what a change of places is decided from, locked in the one order:
// persons before (by the caller), then shifts, sign-ups and attendances by id.
type ring struct {
	shifts      map[string]*domain.Shift
	signUps     map[store.Seat]domain.SignUp
	attendances map[store.Seat]domain.Attendance
}

func lockRing(ctx context.Context, q postgres.Querier, persons []domain.Person, shiftIDs ...string) (ring, error) {
	r := ring{shifts: map[string]*domain.Shift{}}
	var seats []store.Seat
	for _, shiftID := range slices.Compact(slices.Sorted(slices.Values(shiftIDs))) {
		shift, err := store.LockShift(ctx, q, shiftID)
		if err != nil {
			return r, err
		}
		r.shifts[shiftID] = &shift
		for _, p := range persons {
			seats = append(seats, personSeats(p, shiftID)...)
		}
	}
	var err error
	if r.signUps, err = store.LockSignUps(ctx, q, seats); err != nil {
		return r, err
	}
	r.attendances, err = store.LockAttendances(ctx, q, seats)
	return r, err
}

// present reports whether somebody has checked in; a tap that was a mistake keeps nobody.
func (r ring) present(seat store.Seat) bool {
	at, seen := r.attendances[seat]
	return seen && at.State != domain.AttendanceUndone
}

// viewSwaps fills in until when the reader's own links are good.
func (a *App) viewSwaps(ctx context.Context, q postgres.Querier, views []ShiftView) error {
	var ids []string
	for _, v := range views {
		if v.SignUp != nil && v.SignUp.State == domain.SignUpConfirmed {
			ids = append(ids, v.SignUp.ID)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	until, err := store.ListOpenSwaps(ctx, q, ids, a.clock.Now())
	for i, v := range views {
		if v.SignUp != nil {
			views[i].SwapUntil = until[v.SignUp.ID]
		}
	}
	return err
}

// SwapView is what whoever opens a link sees: never who made it.
type SwapView struct {
	domain.Listing // of the seat
	Swap           domain.Swap
	Mine           bool        // the reader made it
	Seats          []ShiftView // the reader's own seats that could be given for it
}

// FindSwap returns what a link offers, to whoever is signed in. It returns
// ErrNoSwap, and ErrSwapOver for a link that is not good any more; whoever took
// the seat by it sees it still.
func (a *App) FindSwap(ctx context.Context, secret string) (view SwapView, err error) {
	err = a.read(ctx, func(q postgres.Querier, reader crew) error {
		if view.Swap, err = store.FindSwap(ctx, q, domain.SwapHash(secret)); err != nil {
			return err
		}
		now := a.clock.Now()
		if view.Mine = reader.self.Is(view.Swap.GiverID); view.Swap.State != domain.SwapTaken || !reader.self.Is(view.Swap.TakerID) {
			if err := view.Swap.Good(now); err != nil {
				return err
			}
		}
		if view.Listing, err = store.FindListing(ctx, q, view.Swap.ShiftID); err != nil || view.Mine {
			return err
		}
		listings, err := store.ListListings(ctx, q, domain.ListingFilter{TaskID: view.TaskID, SignedUp: reader.self, States: []domain.ShiftState{domain.ShiftOpen}})
		if err != nil {
			return err
		}
		mine, err := a.viewShifts(ctx, q, reader, listings)
		if err != nil {
			return err
		}
		view.Seats = slices.DeleteFunc(mine, func(v ShiftView) bool {
			return v.ID == view.Swap.ShiftID || v.SignUp == nil || v.SignUp.State != domain.SignUpConfirmed || v.Attendance != nil || !now.Before(v.StartsAt)
		})
		return nil
	})
	return view, err
}

// Swapped is a change of places as the shift's leader sees it.
type Swapped struct {
	domain.Swap
	From, To people.Person
	Undoable bool
}

// ListSwaps returns the changes of places at a shift for those who lead its
// team, latest first. Others get NotFound.
func (a *App) ListSwaps(ctx context.Context, shiftID string) (swapped []Swapped, err error) {
	var ids []string
	err = a.read(ctx, func(q postgres.Querier, reader crew) error {
		listing, err := a.mustLead(ctx, q, reader, shiftID)
		if err != nil {
			return err
		}
		swaps, err := store.ListTakenSwaps(ctx, q, shiftID)
		for _, w := range swaps {
			swapped = append(swapped, Swapped{Swap: w, Undoable: listing.State == domain.ShiftOpen && a.clock.Now().Before(listing.StartsAt)})
			ids = append(ids, w.GiverID, w.TakerID)
		}
		return err
	})
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	names := a.people.Find(ctx, ids)
	for i, w := range swapped {
		swapped[i].From, swapped[i].To = names[w.GiverID], names[w.TakerID]
	}
	return swapped, nil
}
