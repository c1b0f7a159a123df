package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// SignUp gives the reader a seat in a shift, or a place on its waiting list when
// it is full; it takes up an offer. Signing up twice returns the same sign-up.
// It returns ErrShiftOver, ErrTimeConflict, ErrGuardianFirst, ErrPaperNeeded, or ErrShiftFull once it has begun.
func (a *App) SignUp(ctx context.Context, shiftID string) (domain.SignUp, error) {
	defer a.shifts.Touch(shiftID)
	return idempotency.Do(ctx, a.db, a.clock.Now(), "sign_up", shiftID, func(q postgres.Querier) (domain.SignUp, error) {
		p, err := auth.From(ctx)
		if err != nil {
			return domain.SignUp{}, err
		}
		if err := store.LockPerson(ctx, q, p.VolunteerID); err != nil {
			return domain.SignUp{}, err
		}
		self, err := store.FindPerson(ctx, q, p.VolunteerID)
		if err != nil {
			return domain.SignUp{}, err
		}
		seat, err := seatFor(ctx, q, self, store.Seat{ShiftID: shiftID, VolunteerID: p.VolunteerID})
		if err != nil {
			return domain.SignUp{}, err
		}
		shift, had, err := a.lockSeat(ctx, q, seat)
		if err != nil {
			return domain.SignUp{}, err
		}
		signUp, changed, err := shift.SignUp(seat.VolunteerID, had, a.clock.Now())
		if err != nil || !changed {
			return signUp, err
		}
		if err := a.mustTakePart(ctx, q, self, shiftID); err != nil {
			return domain.SignUp{}, err
		}
		title, startsAt, clash, err := store.FindClash(ctx, q, self, shift)
		if err != nil {
			return domain.SignUp{}, err
		}
		if clash {
			return domain.SignUp{}, domain.Clash(title, startsAt)
		}
		return signUp, a.keepSignUp(ctx, q, shift, signUp)
	})
}

func (a *App) mustTakePart(ctx context.Context, q postgres.Querier, self domain.Person, shiftID string) error {
	listing, err := store.FindListing(ctx, q, shiftID)
	if err != nil {
		return err
	}
	takesPart, err := whoTakesPart(ctx, q, listing, self)
	if err != nil {
		return err
	}
	return takesPart(self)
}

// seatFor returns the seat that a person holds or waits for at a shift, under
// whichever record; else their own.
func seatFor(ctx context.Context, q postgres.Querier, self domain.Person, own store.Seat) (store.Seat, error) {
	signUps, err := store.ListSignUps(ctx, q, personSeats(self, own.ShiftID))
	return heldSeat(self, own, signUps), err
}

// WithdrawSignUp frees the reader's seat or place on the waiting list, or
// declines what was offered; a seat passes on at once. It returns
// ErrNoSuchSignUp for somebody else's, ErrAlreadyPresent after check-in.
func (a *App) WithdrawSignUp(ctx context.Context, signUpID, reason string) (domain.SignUp, error) {
	type request struct{ SignUpID, Reason string }
	u, err := idempotency.Do(ctx, a.db, a.clock.Now(), "withdraw", request{signUpID, reason}, func(q postgres.Querier) (domain.SignUp, error) {
		shift, u, err := a.lockOwn(ctx, q, signUpID)
		if err != nil {
			return domain.SignUp{}, err
		}
		seat := store.Seat{ShiftID: u.ShiftID, VolunteerID: u.VolunteerID}
		attendances, err := store.ListAttendances(ctx, q, []store.Seat{seat})
		if err != nil {
			return domain.SignUp{}, err
		}
		at, seen := attendances[seat]
		present := seen && at.State != domain.AttendanceUndone // a tap that was a mistake keeps nobody
		changed, err := shift.Withdraw(u, present, reason, a.clock.Now())
		if err != nil || !changed {
			return *u, err
		}
		if u.Late {
			if err := a.tellLeaders(ctx, q, *u); err != nil {
				return domain.SignUp{}, err
			}
		}
		return *u, a.keepSignUp(ctx, q, shift, *u)
	})
	a.shifts.Touch(u.ShiftID)
	return u, err
}

// tellLeaders tells those who look after a team of a seat that somebody gave
// back within a day of the start; why is on their page.
func (a *App) tellLeaders(ctx context.Context, q postgres.Querier, u domain.SignUp) error {
	listing, err := store.FindListing(ctx, q, u.ShiftID)
	if err != nil {
		return err
	}
	self, err := store.FindPerson(ctx, q, u.VolunteerID)
	if err != nil {
		return err
	}
	leaders, err := othersWhoLead(ctx, q, listing.TeamID, self)
	if err != nil {
		return err
	}
	return outbox.Append(ctx, q, a.clock.Now(), news(tasksv1.NoticeWithdrawnLate, listing, a.clock.Now(), map[string]string{"person": u.VolunteerID}, leaders...)...)
}

// lockSeat holds the shift of a published task, moves its line, so that a seat
// that is free is nobody else's, and holds the person's sign-up there, if any:
// always in this order.
func (a *App) lockSeat(ctx context.Context, q postgres.Querier, seat store.Seat) (domain.Shift, *domain.SignUp, error) {
	if _, err := store.FindListing(ctx, q, seat.ShiftID); err != nil {
		return domain.Shift{}, nil, err
	}
	shift, err := store.LockShift(ctx, q, seat.ShiftID)
	if err != nil {
		return domain.Shift{}, nil, err
	}
	if err := a.moveLine(ctx, q, &shift); err != nil {
		return domain.Shift{}, nil, err
	}
	signUps, err := store.LockSignUps(ctx, q, []store.Seat{seat})
	if err != nil {
		return domain.Shift{}, nil, err
	}
	if u, ok := signUps[seat]; ok {
		return shift, &u, nil
	}
	return shift, nil, nil
}

// keepSignUp writes a sign-up that has changed and what that did to the shift,
// and moves the line: a seat may be free now, or gone.
func (a *App) keepSignUp(ctx context.Context, q postgres.Querier, s domain.Shift, u domain.SignUp) error {
	if err := store.UpdateShift(ctx, q, s); err != nil {
		return err
	}
	if err := store.UpsertSignUps(ctx, q, u); err != nil {
		return err
	}
	if err := outbox.Append(ctx, q, a.clock.Now(), signUpChanged(u)); err != nil {
		return err
	}
	return a.moveLine(ctx, q, &s)
}

func signUpChanged(u domain.SignUp) tasksv1.SignUpChanged {
	return tasksv1.SignUpChanged{
		SignUpID: u.ID, ShiftID: u.ShiftID, VolunteerID: u.VolunteerID, State: string(u.State), Version: u.Version,
	}
}
