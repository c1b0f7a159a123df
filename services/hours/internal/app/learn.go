package app

import (
	"context"
	"maps"
	"slices"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/translog"
)

// LearnProgrammes keeps what programmes are called.
func (a *App) LearnProgrammes(ctx context.Context, q postgres.Querier, events []tasksv1.ProgrammeChanged) error {
	return learn(ctx, q, events, func(e tasksv1.ProgrammeChanged) domain.Known {
		return domain.Known{Kind: domain.Programme, ID: e.ProgrammeID, Name: e.Name, Version: e.Version}
	})
}

// LearnTeams keeps what teams are called and where they are at home, and for
// reports how they came and went.
func (a *App) LearnTeams(ctx context.Context, q postgres.Querier, events []teamsv1.TeamChanged) error {
	if err := learnBrigades(ctx, q, events); err != nil {
		return err
	}
	return learn(ctx, q, events, func(e teamsv1.TeamChanged) domain.Known {
		return domain.Known{Kind: domain.Team, ID: e.TeamID, Name: e.Name, RegionPath: e.RegionPath, Successor: e.SuccessorID, Version: e.Version}
	})
}

// LearnRegions keeps what regions are called and where they hang.
func (a *App) LearnRegions(ctx context.Context, q postgres.Querier, events []teamsv1.RegionChanged) error {
	return learn(ctx, q, events, func(e teamsv1.RegionChanged) domain.Known {
		return domain.Known{Kind: domain.Region, ID: e.Code, Name: e.Name, RegionPath: e.Path, Version: e.Version}
	})
}

// LearnVolunteers keeps whose record one became part of: its hours are that
// person's from now on. Of who had themself erased it deletes the salt, so that
// nobody can say any more which leaves of the ledger's log are about them, and
// what certificates say of them; the lines, all proofs and the register stay.
func (a *App) LearnVolunteers(ctx context.Context, q postgres.Querier, events []teamsv1.VolunteerChanged) error {
	var merged []domain.Known
	var erased []string
	for _, e := range events {
		if e.MergedInto != "" {
			merged = append(merged, domain.Known{Kind: domain.Merged, ID: e.VolunteerID, Name: e.MergedInto, Version: e.Version})
		}
		if e.Erased {
			erased = append(erased, e.VolunteerID)
		}
	}
	if len(merged) > 0 {
		if err := store.UpsertKnown(ctx, q, merged); err != nil {
			return err
		}
	}
	if len(erased) == 0 {
		return nil
	}
	if err := a.forgetCertified(ctx, q, erased); err != nil {
		return err
	}
	if err := translog.Hold(ctx, q, logName); err != nil {
		return err
	}
	return store.DeleteSalts(ctx, q, erased)
}

func learn[E any](ctx context.Context, q postgres.Querier, events []E, known func(E) domain.Known) error {
	things := make([]domain.Known, len(events))
	for i, e := range events {
		things[i] = known(e)
	}
	return store.UpsertKnown(ctx, q, things)
}

// forgetCertified makes certificates say nothing of these people any more. Their
// requests go first: whoever issues one holds it, so that no face comes later.
func (a *App) forgetCertified(ctx context.Context, q postgres.Querier, erased []string) error {
	persons, err := store.FindPersons(ctx, q, erased...)
	if err != nil {
		return err
	}
	records := map[string]bool{}
	for _, p := range persons {
		maps.Copy(records, p)
	}
	ids := slices.Sorted(maps.Keys(records))
	if err := store.ForgetRequests(ctx, q, ids, a.clock.Now()); err != nil {
		return err
	}
	if err := store.DeleteNationalReasons(ctx, q, ids); err != nil {
		return err
	}
	return store.DeleteFaces(ctx, q, ids)
}
