package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/store"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// BatchSheet is a batch's balance sheet.
type BatchSheet struct {
	domain.Batch
	Counts  []NamedCount
	Places  []NamedPlace
	Missing []NamedBag
}

// NamedCount is a count with who counted.
type NamedCount struct {
	domain.Count
	ByName string
}

// NamedPlace is what of a batch goes to one place.
type NamedPlace struct {
	store.PlaceSum
	Name string
}

// NamedBag is a bag with where it goes and who gave it out.
type NamedBag struct {
	domain.Bag
	Place, HandedByName string
}

// OpenBatch returns a batch's balance sheet: what came in, is packed, out and
// acknowledged, place by place, and which bags are missing.
func (a *App) OpenBatch(ctx context.Context, batchID string) (s BatchSheet, err error) {
	err = a.db.InSnapshot(ctx, func(q postgres.Querier) error {
		var err error
		if s.Batch, _, err = a.batchOf(ctx, q, batchID); err != nil {
			return err
		}
		counts, err := store.ListCounts(ctx, q, batchID)
		if err != nil {
			return err
		}
		for _, c := range counts {
			s.Counts = append(s.Counts, NamedCount{Count: c})
		}
		sums, err := store.SumBagsByPlace(ctx, q, batchID)
		if err != nil {
			return err
		}
		missing, err := store.ListMissingBags(ctx, q, batchID, a.clock.Now())
		if err != nil {
			return err
		}
		paths := make([]string, 0, len(sums))
		for _, p := range sums {
			paths = append(paths, p.RegionPath)
		}
		names, err := store.RegionNames(ctx, q, paths)
		for _, p := range sums {
			s.Places = append(s.Places, NamedPlace{p, names[p.RegionPath]})
		}
		for _, b := range missing {
			s.Missing = append(s.Missing, NamedBag{Bag: b, Place: names[b.RegionPath]})
		}
		return err
	})
	if err != nil {
		return BatchSheet{}, err
	}
	var ids []string
	for _, c := range s.Counts {
		ids = append(ids, c.CountedBy)
	}
	for _, b := range s.Missing {
		ids = append(ids, b.HandedBy)
	}
	persons := a.people.Find(ctx, ids)
	for i, c := range s.Counts {
		s.Counts[i].ByName = persons[c.CountedBy].FullName()
	}
	for i, b := range s.Missing {
		s.Missing[i].HandedByName = persons[b.HandedBy].FullName()
	}
	return s, nil
}
