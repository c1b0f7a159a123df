package app

import (
	"context"
	"io"
	"time"

	"github.com/qihe-volunteers/qihe/services/hours/internal/boards"
	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// Position returns how many lines of the ledger are counted.
func (a *App) Position() int64 { return a.boards.Position() }

// Changes returns how many settling changes are counted.
func (a *App) Changes() int64 { return a.boards.Place(boards.Key{Settled: true}, "").Changes }

// RenewNames makes everything that was drawn with older names old, as Follow does each second.
func (a *App) RenewNames() { a.names.renew() }

// CatchUpBy is CatchUp for at most so many lines, to stop at many positions.
func (a *App) CatchUpBy(ctx context.Context, lines int) error {
	return a.db.Read(ctx, func(q postgres.Querier) error {
		totals, place, err := store.ListBehind(ctx, q, a.place, lines)
		if err == nil && len(totals) > 0 {
			a.count(totals, place)
		}
		return err
	})
}

// LoadCarelessly is Load without taking back the lines that will be met again.
func (a *App) LoadCarelessly(ctx context.Context) error {
	return a.db.InSnapshot(ctx, func(q postgres.Querier) error {
		place, err := store.FirstPlaces(ctx, q)
		if err != nil {
			return err
		}
		a.place, a.change = place, store.Change{TX: place.Lines.TX}
		all, err := store.PartTotals(ctx, q, 1)
		if err != nil {
			return err
		}
		return store.EachTotal(ctx, q, all[0], func(t domain.Total) { a.boards.Apply([]domain.Total{t}) })
	})
}

// LogLinesIn is LogLines in a transaction of the caller's, until all is in the log.
func (a *App) LogLinesIn(ctx context.Context, q postgres.Querier) error {
	for {
		more, done, err := a.sequencer().StepIn(ctx, q)
		if err != nil {
			return err
		}
		if done(); !more {
			return nil
		}
	}
}

// ExportLogIn is ExportLog of what a transaction sees.
func ExportLogIn(ctx context.Context, q postgres.Querier, origin string, now time.Time, to io.Writer) error {
	return exportLog(ctx, q, origin, now, to)
}
