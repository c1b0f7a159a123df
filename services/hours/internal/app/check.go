package app

import (
	"context"
	"fmt"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// Check is what CheckTotals found.
type Check struct {
	Lines       int64 // of the ledger, as far as the boards have counted them
	WrongTotals int   // sums in the table that differ from the ledger
	WrongBoards int   // sums in memory that differ from the ledger up to there
	WrongImport int   // lines of history that no approved row of a register bears out, and the reverse
	WrongHolds  int   // lines of which more is held from settling, or let go, than there is
}

// OK reports whether everything agrees.
func (c Check) OK() bool {
	return c.WrongTotals == 0 && c.WrongBoards == 0 && c.WrongHolds == 0 && c.WrongImport == 0
}

// String says it in one line.
func (c Check) String() string {
	return fmt.Sprintf("%d lines of the ledger: %d totals wrong in the table, %d in memory, %d held from settling wrongly, %d of history that no register bears out",
		c.Lines, c.WrongTotals, c.WrongBoards, c.WrongHolds, c.WrongImport)
}

// CheckTotals compares the table of totals with the ledger, and the sums in
// memory with the ledger as far as they have counted it, sum by sum. In memory
// a merged record's lines are the survivor's. Sums name the day on which they
// settle, so what is settled is compared with them, for every day.
func (a *App) CheckTotals(ctx context.Context) (Check, error) {
	a.counting.Lock()
	lines, changes := a.boards.Sums()
	position, place, merged := a.boards.Position(), a.place, a.boards.Merged()
	a.counting.Unlock()
	c := Check{Lines: position}
	err := a.db.InSnapshot(ctx, func(q postgres.Querier) error {
		if err := allowLongRead(ctx, q); err != nil {
			return err
		}
		var err error
		if c.WrongTotals, err = store.CountWrongTotals(ctx, q); err != nil {
			return err
		}
		if c.WrongHolds, err = store.CountWronglyHeld(ctx, q); err != nil {
			return err
		}
		if c.WrongImport, err = store.CountWrongHistory(ctx, q); err != nil {
			return err
		}
		inLedger := tally{merged: merged, sums: map[domain.Sum]domain.Total{}}
		if err := store.EachCounted(ctx, q, place.Lines, inLedger.add); err != nil {
			return err
		}
		c.WrongBoards = inLedger.differs(lines)
		clear(inLedger.sums)
		if err := store.EachChangeCounted(ctx, q, place.Changes, func(t domain.Total) { t.Entries, t.Services = 1, domain.ServiceOf(t.Minutes); inLedger.add(t) }); err != nil {
			return err
		}
		c.WrongBoards += inLedger.differs(changes)
		return nil
	})
	return c, err
}

// tally sums what the ledger has, each merged record's as the survivor's.
type tally struct {
	merged map[string]string
	sums   map[domain.Sum]domain.Total
}

func (y tally) add(t domain.Total) {
	if survivor, ok := y.merged[t.VolunteerID]; ok {
		t.VolunteerID = survivor
	}
	sum := y.sums[t.Sum]
	y.sums[t.Sum] = domain.Total{Sum: t.Sum, Minutes: sum.Minutes + t.Minutes, Entries: sum.Entries + t.Entries, Services: sum.Services + t.Services}
}

// differs returns how many sums are not the same in memory, and takes those from there.
func (y tally) differs(inMemory map[domain.Sum]domain.Total) (wrong int) {
	for sum, t := range y.sums {
		if inMemory[sum] != t {
			wrong++
		}
		delete(inMemory, sum)
	}
	for _, t := range inMemory { // what the ledger does not have at all
		if t.Minutes != 0 || t.Entries != 0 || t.Services != 0 {
			wrong++
		}
	}
	return wrong
}
