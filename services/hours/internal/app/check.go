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
}

// OK reports whether everything agrees.
func (c Check) OK() bool { return c.WrongTotals == 0 && c.WrongBoards == 0 }

// CheckTotals compares the table of totals with the ledger, and the sums in
// memory with the ledger as far as they have counted it, sum by sum. In memory
// a merged record's lines are the survivor's.
func (a *App) CheckTotals(ctx context.Context) (Check, error) {
	a.counting.Lock()
	inMemory, position, place, merged := a.boards.Sums(), a.boards.Position(), a.place, a.boards.Merged()
	a.counting.Unlock()
	c, inLedger := Check{Lines: position}, map[domain.Sum]domain.Total{}
	err := a.db.InSnapshot(ctx, func(q postgres.Querier) error {
		if _, err := q.ExecContext(ctx, "SET LOCAL statement_timeout = '5min'"); err != nil {
			return fmt.Errorf("allow a long read: %w", err)
		}
		var err error
		if c.WrongTotals, err = store.CountWrongTotals(ctx, q); err != nil {
			return err
		}
		return store.EachCounted(ctx, q, place, func(t domain.Total) {
			if survivor, ok := merged[t.VolunteerID]; ok {
				t.VolunteerID = survivor
			}
			sum := inLedger[t.Sum]
			inLedger[t.Sum] = domain.Total{Sum: t.Sum, Minutes: sum.Minutes + t.Minutes, Entries: sum.Entries + t.Entries}
		})
	})
	for sum, t := range inLedger {
		if inMemory[sum] != t {
			c.WrongBoards++
		}
		delete(inMemory, sum)
	}
	for _, t := range inMemory { // what the ledger does not have at all
		if t.Minutes != 0 || t.Entries != 0 {
			c.WrongBoards++
		}
	}
	return c, err
}
