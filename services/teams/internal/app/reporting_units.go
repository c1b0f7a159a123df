package app

import (
	"context"
	"slices"
	"time"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

var errNotCityAdministrator = apperr.New(apperr.Forbidden, "city_administrators_only", "统计单位由市妇联的管理员维护，请联系他们修改。", "Reporting units are kept by the city's administrators; please ask one of them.")

// toldAtOnce is how many events go into one statement.
const toldAtOnce = 500

// ListReportingUnits returns the reporting units in their order, retired ones
// only if wanted. Whoever is signed in may know them.
func (a *App) ListReportingUnits(ctx context.Context, retired bool) (units []store.CountedUnit, err error) {
	if _, err := auth.From(ctx); err != nil {
		return nil, err
	}
	err = a.db.Read(ctx, func(q postgres.Querier) error {
		units, err = store.ListReportingUnits(ctx, q, retired)
		return err
	})
	return units, err
}

// NewUnit is what an administrator says of a reporting unit to be added.
type NewUnit struct {
	Name     string
	Kind     domain.UnitKind
	Position int
	Reason   string
}

// AddReportingUnit adds a unit. It returns domain.ErrUnitTaken when there is
// one of the name.
func (a *App) AddReportingUnit(ctx context.Context, n NewUnit) (domain.ReportingUnit, error) {
	return idempotency.Do(ctx, a.db, a.clock.Now(), "createReportingUnit", n, func(q postgres.Querier) (domain.ReportingUnit, error) {
		actor, err := a.cityAdministrator(ctx, q)
		if err != nil {
			return domain.ReportingUnit{}, err
		}
		u, err := domain.NewReportingUnit(n.Name, n.Kind, n.Position)
		if err != nil {
			return domain.ReportingUnit{}, err
		}
		if err := store.InsertReportingUnits(ctx, q, []domain.ReportingUnit{u}); err != nil {
			return domain.ReportingUnit{}, err
		}
		return u, a.recordUnit(ctx, q, actor, "reporting_unit.added", u, n.Reason)
	})
}

// RenameReportingUnit gives a unit another name. Its brigades are counted
// under it from now on, and each of them is told to the other services; what
// was counted before keeps the name it was counted under.
func (a *App) RenameReportingUnit(ctx context.Context, name, newName, reason string) (domain.ReportingUnit, error) {
	return a.changeUnit(ctx, "renameReportingUnit", name, []string{name, newName, reason}, func(q postgres.Querier, u *domain.ReportingUnit, actor string) error {
		changed, err := u.Rename(newName)
		if err != nil || !changed {
			return err
		}
		if err := store.UpdateReportingUnit(ctx, q, name, *u); err != nil {
			return err
		}
		teams, err := store.RaiseTeamsOfUnit(ctx, q, u.Name)
		if err != nil {
			return err
		}
		if err := a.tellTeams(ctx, q, teams); err != nil {
			return err
		}
		return a.recordUnit(ctx, q, actor, "reporting_unit.renamed", *u, reason)
	})
}

// RetireReportingUnit takes a unit out of the choice for new brigades.
func (a *App) RetireReportingUnit(ctx context.Context, name, reason string) (domain.ReportingUnit, error) {
	return a.changeUnit(ctx, "retireReportingUnit", name, []string{name, reason}, func(q postgres.Querier, u *domain.ReportingUnit, actor string) error {
		if err := u.Retire(a.clock.Now()); err != nil {
			return err
		}
		if err := store.UpdateReportingUnit(ctx, q, name, *u); err != nil {
			return err
		}
		return a.recordUnit(ctx, q, actor, "reporting_unit.retired", *u, reason)
	})
}

// RestoreReportingUnit lets new brigades choose a retired unit again.
func (a *App) RestoreReportingUnit(ctx context.Context, name, reason string) (domain.ReportingUnit, error) {
	return a.changeUnit(ctx, "restoreReportingUnit", name, []string{name, reason}, func(q postgres.Querier, u *domain.ReportingUnit, actor string) error {
		if err := u.Restore(); err != nil {
			return err
		}
		if err := store.UpdateReportingUnit(ctx, q, name, *u); err != nil {
			return err
		}
		return a.recordUnit(ctx, q, actor, "reporting_unit.restored", *u, reason)
	})
}

func (a *App) changeUnit(ctx context.Context, operation, name string, request any, change func(postgres.Querier, *domain.ReportingUnit, string) error) (domain.ReportingUnit, error) {
	return idempotency.Do(ctx, a.db, a.clock.Now(), operation, request, func(q postgres.Querier) (domain.ReportingUnit, error) {
		actor, err := a.cityAdministrator(ctx, q)
		if err != nil {
			return domain.ReportingUnit{}, err
		}
		u, err := store.LockReportingUnit(ctx, q, name)
		if err != nil {
			return domain.ReportingUnit{}, err
		}
		err = change(q, &u, actor)
		return u, err
	})
}

// cityAdministrator returns who asks, if they administer all regions, and a
// refusal that says whom to ask otherwise: that there are units is no secret.
func (a *App) cityAdministrator(ctx context.Context, q postgres.Querier) (string, error) {
	p, err := auth.From(ctx)
	if err != nil {
		return "", err
	}
	root, err := store.FindRoot(ctx, q)
	if err != nil {
		return "", err
	}
	if !p.Holds("administrator", root.Path) {
		return "", errNotCityAdministrator
	}
	return p.VolunteerID, nil
}

func (a *App) recordUnit(ctx context.Context, q postgres.Querier, actor, act string, u domain.ReportingUnit, reason string) error {
	return store.InsertRecord(ctx, q, domain.NewRecord(actor, act, "reporting_unit", u.Name, a.clock.Now()).Because(reason))
}

// tellTeams tells of many brigades, some at a time.
func (a *App) tellTeams(ctx context.Context, q postgres.Querier, teams []domain.Team) error {
	return tellAll(ctx, q, a.clock.Now(), convert(teams, func(t domain.Team) outbox.Event { return teamChanged(t) }))
}

func tellAll(ctx context.Context, q postgres.Querier, at time.Time, events []outbox.Event) error {
	for some := range slices.Chunk(events, toldAtOnce) {
		if err := outbox.Append(ctx, q, at, some...); err != nil {
			return err
		}
	}
	return nil
}
