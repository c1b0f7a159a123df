package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// NewBatch is what somebody wants to send, and what for.
type NewBatch struct {
	NationalQuery
	Purpose string
	Again   bool // also what was refused and is as it was: the reason lay elsewhere
}

// mayTakeOut returns who asks if they may take people's identities out: an
// administrator of the city, with a second factor.
func mayTakeOut(ctx context.Context) (auth.Principal, error) {
	who, err := auth.From(ctx)
	if err != nil {
		return who, err
	}
	if !who.AdministersCity() {
		return who, errNoCityAdministrator
	}
	return who, who.RequireStrong()
}

// MakeBatch remembers everything that is new or changed as sent, and returns the id of
// the batch; its file is taken with TakeBatch. Two who do it at once get one each, or
// domain.ErrBatchTaken: nothing is in two batches.
func (a *App) MakeBatch(ctx context.Context, n NewBatch) (batchID string, err error) {
	who, err := mayTakeOut(ctx)
	if err != nil {
		return "", err
	}
	scope, region, err := a.nationalScope(ctx, n.NationalQuery)
	if err != nil {
		return "", err
	}
	b, err := domain.NewNationalBatch(0, domain.NationalBatch{RegionPath: region.RegionPath, First: scope.First, Last: scope.Last, Purpose: n.Purpose}, who.VolunteerID, scope.Now)
	if err != nil {
		return "", err
	}
	j, err := a.judge(ctx, scope, n.Again) // teams is asked before anything is locked
	if err != nil {
		return "", err
	}
	return idempotency.Do(ctx, a.db, a.clock.Now(), "make_national_batch", n, func(q postgres.Querier) (string, error) {
		if len(j.rows) == 0 {
			return "", domain.ErrBatchEmpty
		}
		if b.Number, err = store.NextBatchNumber(ctx, q); err != nil {
			return "", err
		}
		b.MappingVersion = j.mapping.Version
		if err := store.InsertBatch(ctx, q, b); err != nil {
			return "", err
		}
		return b.ID, store.InsertNationalRows(ctx, q, b.ID, j.rows)
	})
}
