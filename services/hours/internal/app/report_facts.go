package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// LearnActivities keeps for reports which shifts were held and for how many
// people. Events of earlier releases do not say enough, and are not counted.
func (a *App) LearnActivities(ctx context.Context, q postgres.Querier, events []tasksv1.ShiftConfirmed) error {
	var known []domain.KnownActivity
	for _, e := range events {
		if e.StartsAt.IsZero() {
			continue
		}
		kind := domain.Service
		if e.Kind == string(domain.Training) {
			kind = domain.Training
		}
		known = append(known, domain.KnownActivity{
			ShiftID: e.ShiftID, TaskID: e.TaskID, TeamID: e.TeamID, ProgrammeID: e.ProgrammeID, RegionPath: e.RegionPath, ReportingUnit: e.ReportingUnit,
			Kind: kind, Title: e.TaskTitle, Day: domain.DayOf(e.StartsAt), Confirmed: e.Confirmed, PeopleServed: e.PeopleServed, Version: e.Version,
		})
	}
	return store.InsertActivities(ctx, q, known)
}

// learnBrigades keeps for reports which brigades there are. Events of earlier
// releases do not say since when, and are not counted.
func learnBrigades(ctx context.Context, q postgres.Querier, events []teamsv1.TeamChanged) error {
	var known []domain.KnownBrigade
	for _, e := range events {
		if e.FoundedAt.IsZero() {
			continue
		}
		founded := domain.DayOf(e.FoundedAt)
		since := founded
		if !e.StateSince.IsZero() {
			since = domain.DayOf(e.StateSince)
		}
		known = append(known, domain.KnownBrigade{
			TeamID: e.TeamID, RegionPath: e.RegionPath, ReportingUnit: e.ReportingUnit, State: e.State, StateSince: since, FoundedOn: founded, Version: e.Version,
		})
	}
	return store.InsertBrigades(ctx, q, known)
}
