package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// ProgrammeView is a programme with what holds for it today.
type ProgrammeView struct {
	domain.Programme
	Setting domain.Setting
}

// ListProgrammes returns the city-wide lines of work with what holds today.
func (a *App) ListProgrammes(ctx context.Context) (views []ProgrammeView, err error) {
	err = a.read(ctx, func(q postgres.Querier, _ crew) error {
		programmes, err := store.ListProgrammes(ctx, q)
		if err != nil {
			return err
		}
		ids := make([]string, len(programmes))
		for i, p := range programmes {
			ids[i] = p.ID
		}
		inForce, err := store.ListSettingsInForce(ctx, q, ids, domain.DayOf(a.clock.Now()))
		for _, p := range programmes {
			s, ok := inForce[p.ID]
			if !ok {
				s = domain.DefaultSetting(p.ID)
			}
			views = append(views, ProgrammeView{p, s})
		}
		return err
	})
	return views, err
}

// ListSettings returns all that was ever set for a programme, the last day
// first. It is for officers; others get ErrNoAdministrator.
func (a *App) ListSettings(ctx context.Context, programmeID string) (settings []domain.Setting, err error) {
	p, err := auth.From(ctx)
	if err != nil {
		return nil, err
	}
	if len(p.Grants) == 0 {
		return nil, domain.ErrNoAdministrator
	}
	err = a.db.Read(ctx, func(q postgres.Querier) error {
		settings, err = store.ListSettings(ctx, q, programmeID)
		return err
	})
	return settings, err
}

// SetProgramme sets what holds for a programme from a day on. It is for
// administrators of the city; others get ErrNoAdministrator.
func (a *App) SetProgramme(ctx context.Context, s domain.Setting) ([]domain.Setting, error) {
	p, err := auth.From(ctx)
	if err != nil {
		return nil, err
	}
	if !p.AdministersCity() {
		return nil, domain.ErrNoAdministrator
	}
	return idempotency.Do(ctx, a.db, a.clock.Now(), "set_programme", s, func(q postgres.Querier) ([]domain.Setting, error) {
		set, err := domain.NewSetting(s, p.VolunteerID, a.clock.Now())
		if err != nil {
			return nil, err
		}
		if err := store.InsertSetting(ctx, q, set); err != nil {
			return nil, err
		}
		return store.ListSettings(ctx, q, s.ProgrammeID)
	})
}

// settingOf returns what holds for a task: on the day of its first shift, or today.
func (a *App) settingOf(ctx context.Context, q postgres.Querier, t domain.Task, shifts []domain.Shift) (domain.Setting, error) {
	at := a.clock.Now()
	if len(shifts) > 0 {
		at = shifts[0].StartsAt
	}
	return store.FindSetting(ctx, q, t.ProgrammeID, domain.DayOf(at))
}
