package hours

import (
	"context"
	"errors"
	"fmt"
)

// Check compares the totals, in the table and in memory, with the ledger and
// returns what it found in one line; the error is not nil when they differ.
func Check(ctx context.Context, cfg Config) (string, error) {
	s, err := open(ctx, cfg.withDefaults())
	defer s.close()
	if err != nil {
		return "", err
	}
	c, err := s.app.CheckTotals(ctx)
	if err != nil {
		return "", err
	}
	report := fmt.Sprintf("%d lines of the ledger: %d totals wrong in the table, %d in memory, %d held from settling wrongly",
		c.Lines, c.WrongTotals, c.WrongBoards, c.WrongHolds)
	if !c.OK() {
		return report, errors.New("the totals do not agree with the ledger")
	}
	return report, nil
}
