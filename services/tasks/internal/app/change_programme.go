package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// ChangeProgramme adds a line of work (without an id), renames it, retires it
// or brings it back. It is for administrators of the city, with a reason; others
// get ErrNoAdministrator.
func (a *App) ChangeProgramme(ctx context.Context, programmeID, name string, retired bool, reason string) error {
	type request struct {
		ProgrammeID, Name string
		Retired           bool
		Reason            string
	}
	p, err := auth.From(ctx)
	if err != nil {
		return err
	}
	if !p.AdministersCity() {
		return domain.ErrNoAdministrator
	}
	_, err = idempotency.Do(ctx, a.db, a.clock.Now(), "change_programme", request{programmeID, name, retired, reason}, func(q postgres.Querier) (struct{}, error) {
		change, err := a.becomes(ctx, q, programmeID, name, retired, reason, p.VolunteerID)
		if err != nil {
			return struct{}{}, err
		}
		if err := store.UpsertProgramme(ctx, q, change); err != nil {
			return struct{}{}, err
		}
		return struct{}{}, outbox.Append(ctx, q, change.ChangedAt, tasksv1.ProgrammeChanged{
			ProgrammeID: change.ID, Name: change.Name, Retired: change.Retired, Version: change.Version,
		})
	})
	return err
}

func (a *App) becomes(ctx context.Context, q postgres.Querier, programmeID, name string, retired bool, reason, by string) (domain.ProgrammeChange, error) {
	if programmeID == "" {
		all, err := store.ListProgrammes(ctx, q)
		if err != nil {
			return domain.ProgrammeChange{}, err
		}
		last := 0
		for _, p := range all {
			last = max(last, p.Position)
		}
		return domain.NewProgramme(name, reason, last+1, by, a.clock.Now())
	}
	had, err := store.LockProgramme(ctx, q, programmeID)
	if err != nil {
		return domain.ProgrammeChange{}, err
	}
	return had.Become(name, retired, reason, by, a.clock.Now())
}

// mustGoOn refuses a new task of a programme that is retired.
func mustGoOn(ctx context.Context, q postgres.Querier, programmeID string) error {
	retired, err := store.IsRetired(ctx, q, programmeID)
	if err == nil && retired {
		err = apperr.For("programme_id", domain.ErrProgrammeRetired)
	}
	return err
}
