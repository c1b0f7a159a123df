package app

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// shiftGroup is the shifts of a task while they are changed together: all held,
// with who means to come and who has been there.
type shiftGroup struct {
	shifts   []domain.Shift
	coming   map[string][]string // volunteers by shift id
	attended map[string]int
	changed  map[string]bool
	hear     map[string]bool // shifts whose people must be told
}

// lockShifts holds all shifts of a task and their sign-ups, in this order.
func (a *App) lockShifts(ctx context.Context, q postgres.Querier, taskID string) (*shiftGroup, error) {
	shifts, err := store.LockTaskShifts(ctx, q, taskID)
	if err != nil {
		return nil, err
	}
	g := &shiftGroup{shifts: shifts, changed: map[string]bool{}, hear: map[string]bool{}}
	ids := shiftIDs(shifts)
	if g.coming, err = store.LockComing(ctx, q, ids); err != nil {
		return nil, err
	}
	g.attended, err = store.CountAttended(ctx, q, ids)
	return g, err
}

func shiftIDs(shifts []domain.Shift) []string {
	ids := make([]string, len(shifts))
	for i, s := range shifts {
		ids[i] = s.ID
	}
	return ids
}

func (g *shiftGroup) find(shiftID string) (*domain.Shift, error) {
	i := slices.IndexFunc(g.shifts, func(s domain.Shift) bool { return s.ID == shiftID })
	if i < 0 {
		return nil, domain.ErrNotPublished
	}
	return &g.shifts[i], nil
}

func (g *shiftGroup) change(w ShiftChange, now time.Time) error {
	s, err := g.find(w.ShiftID)
	if err != nil {
		return err
	}
	if s.Flexible() { // its last day is a whole one
		day, err := domain.NewPeriod(s.TaskID, s.OpenFrom, w.EndsAt, w.Capacity)
		if err != nil {
			return err
		}
		w.StartsAt, w.EndsAt = day.StartsAt, day.EndsAt
	}
	version := s.Version
	news, err := s.Change(domain.Times{StartsAt: w.StartsAt, EndsAt: w.EndsAt, Capacity: w.Capacity}, g.attended[s.ID], now)
	if err != nil {
		return err
	}
	g.changed[s.ID] = s.Version != version
	g.hear[s.ID] = news
	return nil
}

// moved returns the shifts that got another time.
func (g *shiftGroup) moved() []domain.Shift {
	var moved []domain.Shift
	for _, s := range g.shifts {
		if g.changed[s.ID] && g.hear[s.ID] {
			moved = append(moved, s)
		}
	}
	return moved
}

func (g *shiftGroup) cancel(s *domain.Shift, reason string, now time.Time) error {
	changed, err := s.Cancel(reason, g.attended[s.ID], now)
	if err == nil && changed {
		g.changed[s.ID], g.hear[s.ID] = true, true
	}
	return err
}

// allHear has everybody told who means to come to a shift that still takes place.
func (g *shiftGroup) allHear(now time.Time) {
	for _, s := range g.shifts {
		if s.State == domain.ShiftOpen && now.Before(s.EndsAt) {
			g.hear[s.ID] = true
		}
	}
}

// keep writes what changed and tells those who must hear of it, once for each
// shift of theirs; whoever does it knows.
func (g *shiftGroup) keep(ctx context.Context, q postgres.Querier, a *App, reader crew, kind tasksv1.NoticeKind) error {
	now := a.clock.Now()
	var events []outbox.Event
	for _, s := range g.shifts {
		if !g.changed[s.ID] {
			continue
		}
		if err := store.UpdateShift(ctx, q, s); err != nil {
			return err
		}
		events = append(events, shiftChanged(s))
	}
	told, err := store.ListListings(ctx, q, domain.ListingFilter{IDs: slices.DeleteFunc(shiftIDs(g.shifts), func(id string) bool { return !g.hear[id] })})
	if err != nil {
		return err
	}
	for _, l := range told {
		others := slices.DeleteFunc(slices.Clone(g.coming[l.ID]), reader.self.Is)
		events = append(events, news(kind, l, now, nil, others...)...)
	}
	return outbox.Append(ctx, q, now, events...)
}

func shiftChanged(s domain.Shift) tasksv1.ShiftChanged {
	return tasksv1.ShiftChanged{
		ShiftID: s.ID, TaskID: s.TaskID, State: string(s.State), StartsAt: s.StartsAt, EndsAt: s.EndsAt, Capacity: s.Capacity, Version: s.Version,
	}
}

// fieldOf names the input that a refusal is about; a fault of ours has none.
func fieldOf(name string, err error) apperr.Field {
	var refusal *apperr.Error
	if !errors.As(err, &refusal) {
		refusal = domain.ErrShiftTimes
	}
	return apperr.Wrong(name, refusal)
}
