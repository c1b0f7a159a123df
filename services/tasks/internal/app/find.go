package app

import (
	"context"
	"time"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/store"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

const (
	ledBack  = 60 * 24 * time.Hour // how long an unconfirmed shift stays on its leader's page
	ledAhead = 14 * 24 * time.Hour
)

// FindTask returns a task as the reader sees it. It returns NotFound for a
// draft of a team that the reader does not lead.
func (a *App) FindTask(ctx context.Context, taskID string) (view TaskView, err error) {
	err = a.read(ctx, func(q postgres.Querier, reader crew) error {
		task, err := store.FindTask(ctx, q, taskID)
		if err != nil {
			return err
		}
		if task.State == domain.TaskDraft && !reader.leads(task.TeamID) {
			return store.ErrNoSuchTask
		}
		view, err = a.viewTask(ctx, q, reader, task)
		return err
	})
	return view, err
}

// ListShifts returns published shifts, soonest first. Without EndingAfter it
// begins now.
func (a *App) ListShifts(ctx context.Context, f domain.ListingFilter) (views []ShiftView, err error) {
	if f.EndingAfter.IsZero() {
		f.EndingAfter = a.clock.Now()
	}
	f.States = []domain.ShiftState{domain.ShiftOpen, domain.ShiftConfirmed}
	err = a.read(ctx, func(q postgres.Querier, reader crew) error {
		if f.OnlyMine {
			if nothing, err := a.onlyMine(ctx, q, reader, &f, a.clock.Now()); err != nil || nothing {
				return err
			}
		}
		listings, err := store.ListListings(ctx, q, f)
		if err != nil {
			return err
		}
		views, err = a.viewShifts(ctx, q, reader, listings)
		return err
	})
	return views, err
}

// ListMyShifts returns the shifts for which the reader holds a seat, under
// whichever record of theirs, soonest first. Without EndingAfter it begins with today's.
func (a *App) ListMyShifts(ctx context.Context, f domain.ListingFilter) (views []ShiftView, err error) {
	if f.EndingAfter.IsZero() {
		f.EndingAfter = startOfDay(a.clock.Now())
	}
	err = a.read(ctx, func(q postgres.Querier, reader crew) error {
		f.SignedUp = reader.self
		listings, err := store.ListListings(ctx, q, f)
		if err != nil {
			return err
		}
		views, err = a.viewShifts(ctx, q, reader, listings)
		return err
	})
	return views, err
}

// LedShift is a shift that the reader looks after, with its counts.
type LedShift struct {
	ShiftView
	Counts domain.Counts
}

// ListLedShifts returns the shifts of the reader's teams that wait for
// confirmation or come within two weeks, soonest first.
func (a *App) ListLedShifts(ctx context.Context) (led []LedShift, err error) {
	now := a.clock.Now()
	err = a.read(ctx, func(q postgres.Querier, reader crew) error {
		if len(reader.led) == 0 {
			return nil
		}
		listings, err := store.ListListings(ctx, q, domain.ListingFilter{
			TeamIDs: reader.led, EndingAfter: now.Add(-ledBack), StartsBefore: now.Add(ledAhead), Opened: true,
			States: []domain.ShiftState{domain.ShiftOpen, domain.ShiftPaused}, Limit: 200,
		})
		if err != nil {
			return err
		}
		led, err = a.viewLed(ctx, q, reader, listings)
		for i := range led {
			led[i].Helps = !led[i].Mine
		}
		return err
	})
	return led, err
}

const ledTasks = 40 // drafts and the newest tasks of a leader's teams: to find last week's is enough

// ListLedTasks returns the drafts and the newest tasks of the reader's teams.
func (a *App) ListLedTasks(ctx context.Context) (tasks []domain.LedTask, err error) {
	err = a.read(ctx, func(q postgres.Querier, reader crew) error {
		if len(reader.led) == 0 {
			return nil
		}
		tasks, err = store.ListLedTasks(ctx, q, reader.led, ledTasks)
		return err
	})
	return tasks, err
}

func (a *App) viewLed(ctx context.Context, q postgres.Querier, reader crew, listings []domain.Listing) ([]LedShift, error) {
	views, err := a.viewShifts(ctx, q, reader, listings)
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(listings))
	for i, l := range listings {
		ids[i] = l.ID
	}
	counts, err := store.CountShifts(ctx, q, ids)
	if err != nil {
		return nil, err
	}
	led := make([]LedShift, len(views))
	for i, v := range views {
		led[i] = LedShift{ShiftView: v, Counts: counts[v.ID]}
	}
	return led, nil
}

// read runs f for whoever is signed in, outside a transaction.
func (a *App) read(ctx context.Context, f func(q postgres.Querier, reader crew) error) error {
	return a.db.Read(ctx, func(q postgres.Querier) error {
		reader, err := a.crewOf(ctx, q)
		if err != nil {
			return err
		}
		return f(q, reader)
	})
}

func startOfDay(t time.Time) time.Time {
	y, m, d := t.In(clock.City).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, clock.City)
}

// WaitingShift is a shift of which something waits for the federation.
type WaitingShift struct {
	ShiftView
	Waiting  int  // people
	Township bool // nobody else was there: from the township up
}

// ListWaitingShifts returns the shifts that wait for the reader's office to
// confirm them, longest first; of nobody who holds no such office.
func (a *App) ListWaitingShifts(ctx context.Context, region string) (waiting []WaitingShift, err error) {
	err = a.read(ctx, func(q postgres.Querier, reader crew) error {
		offices := reader.RegionsDecided()
		if len(offices) == 0 {
			return nil
		}
		found, err := store.ListOfficeShifts(ctx, q, offices, region, 200)
		if err != nil {
			return err
		}
		waiting, err = a.viewWaiting(ctx, q, reader, found)
		return err
	})
	return waiting, err
}

func (a *App) viewWaiting(ctx context.Context, q postgres.Querier, reader crew, found []store.OfficeShift) ([]WaitingShift, error) {
	ids := make([]string, len(found))
	for i, f := range found {
		ids[i] = f.ShiftID
	}
	listings, err := store.ListListings(ctx, q, domain.ListingFilter{IDs: ids})
	if err != nil {
		return nil, err
	}
	views, err := a.viewShifts(ctx, q, reader, listings)
	if err != nil {
		return nil, err
	}
	byID := make(map[string]ShiftView, len(views))
	for _, v := range views {
		byID[v.ID] = v
	}
	var waiting []WaitingShift
	for _, f := range found {
		if v, ok := byID[f.ShiftID]; ok {
			waiting = append(waiting, WaitingShift{ShiftView: v, Waiting: f.Waiting, Township: f.Township})
		}
	}
	return waiting, nil
}
