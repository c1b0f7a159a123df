package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// MakeBatch begins a batch of goods for a region, by one of its officers.
func (a *App) MakeBatch(ctx context.Context, n domain.NewBatch) (batchID string, err error) {
	now := a.clock.Now()
	return idempotency.Do(ctx, a.db, now, "makeBatch", n, func(q postgres.Querier) (string, error) {
		who, err := auth.From(ctx)
		if err != nil {
			return "", err
		}
		region, ok, err := store.FindRegion(ctx, q, n.RegionCode)
		if err == nil && (!ok || !seesFamilies(who, region.Path)) {
			err = apperr.For("region_code", errNoRegion)
		}
		if err != nil {
			return "", err
		}
		b, err := n.Make(region, who.VolunteerID, now)
		if err != nil {
			return "", err
		}
		return b.ID, store.InsertBatch(ctx, q, b)
	})
}

// batchOf returns a batch to an officer of its region. To others there is none.
func (a *App) batchOf(ctx context.Context, q postgres.Querier, batchID string) (domain.Batch, auth.Principal, error) {
	who, err := auth.From(ctx)
	if err != nil {
		return domain.Batch{}, who, err
	}
	b, err := store.FindBatch(ctx, q, batchID, a.clock.Now())
	if err == nil && !seesFamilies(who, b.RegionPath) {
		err = domain.ErrNoBatch
	}
	return b, who, err
}

// ListBatches returns a page of the batches of the caller's regions.
func (a *App) ListBatches(ctx context.Context, query ListQuery) (batches []domain.Batch, next string, err error) {
	who, err := auth.From(ctx)
	if err != nil {
		return nil, "", err
	}
	page, err := query.page()
	if err != nil {
		return nil, "", err
	}
	err = a.db.Read(ctx, func(q postgres.Querier) error {
		batches, err = store.ListBatches(ctx, q, who.RegionsAs(coordinator, childCare, administrator), page, a.clock.Now())
		batches, next = cut(batches, query.Limit, func(b domain.Batch) string { return b.ID })
		return err
	})
	return batches, next, err
}

// CountIn is what CountGoods is given.
type CountIn struct {
	BatchID string
	Pieces  int // negative: a correction
	Note    string
}

// CountGoods counts pieces of a batch into the store. It returns domain.ErrGoodsShort for
// a correction below what is packed.
func (a *App) CountGoods(ctx context.Context, n CountIn) error {
	now := a.clock.Now()
	_, err := idempotency.Do(ctx, a.db, now, "countGoods", n, func(q postgres.Querier) (string, error) {
		b, who, err := a.batchOf(ctx, q, n.BatchID)
		if err != nil {
			return "", err
		}
		c, err := b.Count(n.Pieces, n.Note, who.VolunteerID, now)
		if err != nil {
			return "", err
		}
		return c.ID, store.InsertCount(ctx, q, c)
	})
	return err
}
