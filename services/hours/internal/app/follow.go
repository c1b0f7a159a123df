package app

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"time"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// How the boards come to be exact
//
// The totals and the ledger are written in one transaction, so a snapshot of
// both agrees. But a snapshot may hold a line of a young transaction and not
// yet one of an older that is still open, and then it is no beginning of the
// ledger in its order (tx, seq). Load therefore takes the totals as of one
// snapshot, takes back the few lines in them that do not lie below the oldest
// open transaction, and notes that place. From there on Follow counts every
// line once, in order, as soon as nothing can come before it any more.
//
// So every replica passes through the same states, and the number of lines
// counted, the position, names one state for all of them. No message has to
// arrive for it: wake-ups only make it quick.
//
// What holds lines from settling is in an order of its own and is followed the
// same way. There are no sums of it: at the start Load takes what lies below the
// oldest open transaction, one by one.

const (
	pollEvery  = 100 * time.Millisecond // finds what another replica has committed
	renewEvery = time.Second            // people's names are looked up again, should a change have gone unheard
	sweepEvery = 5 * time.Minute        // a board nobody asks for is dropped after five to ten minutes
	atOnce     = 5000                   // lines counted in one go

	mostReaders = 4 // connections that read the totals at the start
)

// Load fills the boards and names as of now. It is called once, before Follow.
func (a *App) Load(ctx context.Context) error {
	if err := a.readSwitches(ctx); err != nil {
		return err
	}
	err := a.db.InSnapshot(ctx, func(q postgres.Querier) error {
		if err := allowLongRead(ctx, q); err != nil {
			return err
		}
		place, err := store.FirstPlaces(ctx, q)
		if err != nil {
			return err
		}
		if err := store.EachKnown(ctx, q, a.learn); err != nil { // first: who is merged is counted as whom they became
			return err
		}
		if err := a.loadTotals(ctx, q); err != nil {
			return err
		}
		count := batches(a.boards.Apply)
		if err := store.EachEarly(ctx, q, place.Lines, func(t domain.Total) {
			t.Minutes, t.Entries, t.Services = -t.Minutes, -t.Entries, -domain.ServiceOf(t.Minutes)
			count.add(t)
		}); err != nil {
			return err
		}
		if err := store.EachChangeCounted(ctx, q, place.Changes, func(t domain.Total) { t.Services = domain.ServiceOf(t.Minutes); count.add(t) }); err != nil {
			return err
		}
		count.done()
		a.place = place
		a.change = store.Change{TX: place.Lines.TX}
		return nil
	})
	debug.FreeOSMemory() // what reading took is not needed again
	return err
}

// loadTotals counts all totals that the snapshot holds. They are read in as many
// parts as there are cores, up to mostReaders: writing out and reading a row costs
// much more than counting it.
func (a *App) loadTotals(ctx context.Context, q postgres.Querier) error {
	back, err := store.FindTakenBack(ctx, q)
	if err != nil {
		return err
	}
	stretches, err := store.PartTotals(ctx, q, min(runtime.GOMAXPROCS(0), mostReaders))
	if err != nil {
		return err
	}
	return a.db.Beside(ctx, q, len(stretches), func(ctx context.Context, q postgres.Querier, part int) error {
		if err := allowLongRead(ctx, q); err != nil {
			return err
		}
		count := batches(a.boards.Apply)
		defer count.done()
		return store.EachTotal(ctx, q, stretches[part], func(t domain.Total) {
			t.Services = t.Entries - 2*back[t.VolunteerID][t.Sum] // one for the line that takes back, one for the one that it undoes
			count.add(t)
		})
	})
}

// allowLongRead lets a statement take longer than a request may: the whole ledger does.
func allowLongRead(ctx context.Context, q postgres.Querier) error {
	if _, err := q.ExecContext(ctx, "SET LOCAL statement_timeout = '5min'"); err != nil {
		return fmt.Errorf("allow a long read: %w", err)
	}
	return nil
}

// Follow counts new lines of the ledger and takes over new names until ctx
// ends, and returns nil then. While the database is away it tries again.
func (a *App) Follow(ctx context.Context) error {
	poll, renew, sweep := time.NewTicker(pollEvery), time.NewTicker(renewEvery), time.NewTicker(sweepEvery)
	defer poll.Stop()
	defer renew.Stop()
	defer sweep.Stop()
	trouble := false
	for {
		err := a.CatchUp(ctx)
		if ctx.Err() != nil {
			return nil
		}
		if err != nil && !trouble {
			a.log.Warn("boards wait", "error", err)
		}
		if err == nil && trouble {
			a.log.Info("boards are back")
		}
		trouble = err != nil
		select {
		case <-ctx.Done():
			return nil
		case <-sweep.C:
			a.boards.Sweep()
		case <-renew.C:
			a.names.renew()
			_ = a.readSwitches(ctx) // a second later again; CatchUp says when the database is away
			a.screens.Touch(everyScreen)
		case <-a.wake:
		case <-poll.C:
		}
	}
}

// CatchUp counts all lines that are in the ledger for good, and takes over all
// changes of names. Only Follow and tests call it; never two at a time.
func (a *App) CatchUp(ctx context.Context) error {
	return a.db.Read(ctx, func(q postgres.Querier) error {
		if err := a.catchUpNames(ctx, q); err != nil {
			return err
		}
		for {
			totals, place, err := store.ListBehind(ctx, q, a.place, atOnce)
			if err == nil {
				boardsFollowed.SetToCurrentTime()
				boardsCounted.Add(float64(len(totals)))
			}
			if err != nil || len(totals) == 0 {
				return err
			}
			before, begun := a.place.Lines.TX, time.Now()
			a.count(totals, place)
			a.traceCounting(ctx, q, before, begun)
			a.feeds.wake()
			a.screens.Touch(everyScreen)
		}
	})
}

// learn takes over what another service told of one of its things.
func (a *App) learn(k domain.Known) {
	if k.Kind != domain.Merged {
		a.names.learn(k)
		return
	}
	a.counting.Lock()
	defer a.counting.Unlock()
	a.boards.Merge(k.ID, k.Name)
}

func (a *App) count(totals []domain.Total, until store.Places) {
	a.counting.Lock()
	defer a.counting.Unlock()
	a.boards.Apply(totals)
	a.place = until
}

func (a *App) catchUpNames(ctx context.Context, q postgres.Querier) error {
	for {
		changes, last, err := store.ListChanges(ctx, q, a.change, atOnce)
		if err != nil || len(changes) == 0 {
			return err
		}
		for _, k := range changes {
			a.learn(k)
		}
		a.names.renew()
		a.change = last
	}
}

// batch gathers totals so that the boards are locked seldom.
type batch struct {
	apply  func([]domain.Total)
	totals []domain.Total
}

func batches(apply func([]domain.Total)) *batch { return &batch{apply: apply} }

func (b *batch) add(t domain.Total) {
	if b.totals = append(b.totals, t); len(b.totals) == atOnce {
		b.done()
	}
}

func (b *batch) done() {
	b.apply(b.totals)
	b.totals = b.totals[:0]
}
