package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// RebuildAtOnce is about how many lines are summed in one transaction: well below
// a second, for an open one hides newer events of all services.
const RebuildAtOnce = 50_000

// Rebuilt is what RebuildTotals did.
type Rebuilt struct {
	Lines int64 // of the ledger when it began
	Sums  int64 // in the table when it ended
}

// RebuildTotals makes the table of totals anew from the ledger, while others go
// on crediting; they wait only for the moment in which the tables change places;
// a second one waits for the first.
// owner is a database opened as the owner, atOnce as RebuildAtOnce. What has gone wrong in the ledger
// itself it cannot put right: see the log for that.
func RebuildTotals(ctx context.Context, owner *postgres.DB, atOnce int64) (r Rebuilt, err error) {
	err = store.RebuildAlone(ctx, owner, func() error {
		r, err = rebuildTotals(ctx, owner, atOnce)
		return err
	})
	return r, err
}

func rebuildTotals(ctx context.Context, owner *postgres.DB, atOnce int64) (r Rebuilt, err error) {
	if err := owner.InTx(ctx, func(q postgres.Querier) error { return store.BeginRebuild(ctx, q) }); err != nil {
		return r, err
	}
	var place store.Place
	var pieces []string
	if err := owner.InSnapshot(ctx, func(q postgres.Querier) error {
		if err := allowLongRead(ctx, q); err != nil {
			return err
		}
		if place, err = store.FirstPlace(ctx, q); err != nil {
			return err
		}
		if r.Lines, err = store.CountLines(ctx, q); err != nil {
			return err
		}
		pieces, err = store.ListPieces(ctx, q, int(r.Lines/atOnce)+1)
		return err
	}); err != nil {
		return r, err
	}
	after := ""
	for _, last := range pieces {
		if err := owner.InTx(ctx, func(q postgres.Querier) error { return store.RebuildPiece(ctx, q, place, after, last) }); err != nil {
			return r, err
		}
		after = last
	}
	err = owner.InTx(ctx, func(q postgres.Querier) error {
		r.Sums, err = store.EndRebuild(ctx, q, place)
		return err
	})
	return r, err
}
