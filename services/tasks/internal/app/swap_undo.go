package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/store"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// UndoSwap puts both back where they were before a change of places, until the
// shift begins and while the seats are where it put them. Undoing it twice
// changes nothing. Others than those who lead the team get NotFound; it returns
// ErrSwapStarted, ErrSwapMoved and ErrNoWayBack.
func (a *App) UndoSwap(ctx context.Context, swapID string) error {
	var touched []string
	_, err := idempotency.Do(ctx, a.db, a.clock.Now(), "undo_swap", swapID, func(q postgres.Querier) (struct{}, error) {
		reader, err := a.crewOf(ctx, q)
		if err != nil {
			return struct{}{}, err
		}
		c := change{now: a.clock.Now()}
		if c.swap, err = store.FindSwapByID(ctx, q, swapID); err != nil {
			return struct{}{}, err
		}
		listing, err := store.FindListing(ctx, q, c.swap.ShiftID)
		if err != nil {
			return struct{}{}, err
		}
		if !reader.leads(listing.TeamID) || c.swap.TakerID == "" { // of an open link nobody knows but who has it
			return struct{}{}, domain.ErrNoSwap
		}
		if err := c.holdPersons(ctx, q, c.swap.TakerID); err != nil || c.swap.State == domain.SwapUndone {
			return struct{}{}, err
		}
		touched = []string{c.swap.ShiftID}
		shifts := []string{c.swap.ShiftID}
		if c.swap.OtherShiftID != "" {
			shifts = append(shifts, c.swap.OtherShiftID)
		}
		if c.ring, err = lockRing(ctx, q, []domain.Person{c.giver, c.taker}, shifts...); err != nil {
			return struct{}{}, err
		}
		touched = shifts
		return struct{}{}, a.undoSwap(ctx, q, reader, listing, &c)
	})
	a.shifts.Touch(touched...)
	return err
}

func (a *App) undoSwap(ctx context.Context, q postgres.Querier, reader crew, l domain.Listing, c *change) error {
	for _, s := range c.ring.shifts {
		if !c.now.Before(s.StartsAt) {
			return domain.ErrSwapStarted
		}
	}
	if err := c.putBack(c.swap.TakenSignUpID, c.giver, c.swap.GiverID); err != nil {
		return err
	}
	if c.swap.BackSignUpID != "" {
		if err := c.putBack(c.swap.BackSignUpID, c.taker, c.swap.TakerID); err != nil {
			return err
		}
	}
	c.swap.State, c.swap.UndoneBy, c.swap.UndoneAt = domain.SwapUndone, reader.VolunteerID, c.now
	if err := a.keepPlaces(ctx, q, c); err != nil {
		return err
	}
	if a.mustFit(ctx, q, c.giver, *c.ring.shifts[c.swap.ShiftID]) != nil {
		return domain.ErrNoWayBack
	}
	if other := c.ring.shifts[c.swap.OtherShiftID]; other != nil && a.mustFit(ctx, q, c.taker, *other) != nil {
		return domain.ErrNoWayBack
	}
	return outbox.Append(ctx, q, c.now, news(tasksv1.NoticeSwapUndone, l, c.now, nil, c.swap.GiverID, c.swap.TakerID)...)
}

// putBack gives a seat that the swap moved to whoever had it, if it is still
// where the swap put it.
func (c *change) putBack(signUpID string, person domain.Person, record string) error {
	for _, u := range c.ring.signUps {
		if u.ID != signUpID || !c.swap.Stands(u) {
			continue
		}
		if _, err := c.move(u, person, record); err != nil {
			return domain.ErrSwapMoved
		}
		return nil
	}
	return domain.ErrSwapMoved
}
