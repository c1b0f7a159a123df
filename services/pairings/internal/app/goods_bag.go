package app

import (
	"context"
	"strings"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// Packing is what PackBags is given.
type Packing struct {
	BatchID, RegionCode string // where they go: below the batch's region
	Bags                int
}

// Packed says which bags were packed.
type Packed struct{ First, Last int }

// PackBags packs bags for a place, each with a code. It returns domain.ErrGoodsShort,
// and packs none, when more would be packed than were counted in.
func (a *App) PackBags(ctx context.Context, n Packing) (Packed, error) {
	now := a.clock.Now()
	return idempotency.Do(ctx, a.db, now, "packBags", n, func(q postgres.Querier) (Packed, error) {
		b, who, err := a.batchOf(ctx, q, n.BatchID)
		if err != nil {
			return Packed{}, err
		}
		region, ok, err := store.FindRegion(ctx, q, n.RegionCode)
		if err == nil && (!ok || !seesFamilies(who, region.Path) || !strings.HasPrefix(region.Path, b.RegionPath)) {
			err = apperr.For("region_code", errNoRegion)
		}
		if err != nil {
			return Packed{}, err
		}
		first, err := store.InsertBags(ctx, q, b.Bags(n.Bags, region, who.VolunteerID, now))
		return Packed{first, first + n.Bags - 1}, err
	})
}

// HandOverBags notes that bags were given out of the store, from one number to another,
// and returns how many of them had not been yet. Twice changes nothing.
func (a *App) HandOverBags(ctx context.Context, batchID string, from, to int) (n int64, err error) {
	err = a.db.InTx(ctx, func(q postgres.Querier) error {
		_, who, err := a.batchOf(ctx, q, batchID)
		if err != nil {
			return err
		}
		n, err = store.HandOverBags(ctx, q, batchID, from, to, who.VolunteerID, a.clock.Now())
		return err
	})
	return n, err
}

// BagView is what whoever has a bag in hand sees of it.
type BagView struct {
	domain.Bag
	Title, Place string
}

// FindBag returns a bag to who is signed in and has its code, which stands on the label.
func (a *App) FindBag(ctx context.Context, code string) (v BagView, err error) {
	if _, err := auth.From(ctx); err != nil {
		return v, err
	}
	err = a.db.InTx(ctx, func(q postgres.Querier) error {
		v, err = a.viewBag(ctx, q, code)
		return err
	})
	return v, err
}

func (a *App) viewBag(ctx context.Context, q postgres.Querier, code string) (v BagView, err error) {
	if v.Bag, err = store.LockBag(ctx, q, domain.BagCode(code)); err != nil {
		return v, err
	}
	b, err := store.FindBatch(ctx, q, v.BatchID, a.clock.Now())
	if err != nil {
		return v, err
	}
	names, err := store.RegionNames(ctx, q, []string{v.RegionPath})
	v.Title, v.Place = b.Title, names[v.RegionPath]
	return v, err
}

// AcknowledgeBag notes, by who brought it, that the family has a bag. Twice changes
// nothing. It returns domain.ErrBagState for one that was not given out.
func (a *App) AcknowledgeBag(ctx context.Context, code string) (v BagView, err error) {
	who, err := auth.From(ctx)
	if err != nil {
		return v, err
	}
	err = a.db.InTx(ctx, func(q postgres.Querier) error {
		if v, err = a.viewBag(ctx, q, code); err != nil {
			return err
		}
		if v.Bag, err = v.Acknowledge(who.VolunteerID, a.clock.Now()); err != nil {
			return err
		}
		return store.UpdateBag(ctx, q, v.Bag)
	})
	return v, err
}
