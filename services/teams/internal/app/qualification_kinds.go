package app

import (
	"context"
	"errors"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

var errQualificationKinds = apperr.New(apperr.Forbidden, "qualification_kinds_are_the_citys", "资质种类由市妇联的管理员维护，请联系他们修改。", "The list of qualifications is kept by the city's administrators; please ask one of them.")

// ListQualificationKinds returns the list of papers, those that are no longer offered too.
func (a *App) ListQualificationKinds(ctx context.Context) (kinds []domain.QualificationKind, err error) {
	if _, err := auth.From(ctx); err != nil {
		return nil, err
	}
	err = a.db.Read(ctx, func(q postgres.Querier) error {
		kinds, err = store.ListQualificationKinds(ctx, q)
		return err
	})
	return kinds, err
}

// KeepQualificationKind adds a sort of paper to the list or changes it, for
// administrators of the city. What people have already stays as it is. It
// returns domain.ErrQualificationKindThere when another one has the name.
func (a *App) KeepQualificationKind(ctx context.Context, k domain.QualificationKind) (domain.QualificationKind, error) {
	k, err := k.Check()
	if err != nil {
		return k, err
	}
	return idempotency.Do(ctx, a.db, a.clock.Now(), "putQualificationKind", k, func(q postgres.Querier) (domain.QualificationKind, error) {
		_, err := a.regionFor(ctx, q, keepQualificationKinds, cityCode)
		if errors.Is(err, domain.ErrNoRegion) {
			err = errQualificationKinds
		}
		if err != nil {
			return k, err
		}
		if err := store.UpsertQualificationKind(ctx, q, k); err != nil {
			return k, err
		}
		p, err := auth.From(ctx)
		if err != nil {
			return k, err
		}
		return k, store.InsertRecord(ctx, q, domain.NewRecord(p.VolunteerID, "qualification_kind.kept", "qualification_kind", k.Code, a.clock.Now()))
	})
}
