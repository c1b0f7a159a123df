package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/store"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// LearnRegions keeps what regions are called and where they hang.
func (a *App) LearnRegions(ctx context.Context, q postgres.Querier, events []teamsv1.RegionChanged) error {
	known := make([]domain.KnownRegion, len(events))
	for i, e := range events {
		known[i] = domain.KnownRegion{Code: e.Code, Name: e.Name, Path: e.Path, Version: e.Version}
	}
	return store.UpsertRegions(ctx, q, known)
}

// LearnGrants keeps who is an officer of which region.
func (a *App) LearnGrants(ctx context.Context, q postgres.Querier, events []teamsv1.GrantChanged) error {
	known := make([]domain.KnownGrant, len(events))
	for i, e := range events {
		known[i] = domain.KnownGrant{
			GrantID: e.GrantID, VolunteerID: e.VolunteerID, Role: e.Role, RegionPath: e.RegionPath, State: e.State,
			From: e.From, Until: e.Until, Version: e.Version,
		}
	}
	if err := store.UpsertGrants(ctx, q, known); err != nil {
		return err
	}
	ids := make([]string, len(events))
	for i, e := range events {
		ids[i] = e.VolunteerID
	}
	return store.WakePairings(ctx, q, ids, a.clock.Now()) // who supervises may be another
}

// LearnMemberships keeps who is what in a brigade.
func (a *App) LearnMemberships(ctx context.Context, q postgres.Querier, events []teamsv1.MembershipChanged) error {
	known := make([]domain.KnownMembership, len(events))
	for i, e := range events {
		known[i] = domain.KnownMembership{
			MembershipID: e.MembershipID, TeamID: e.TeamID, VolunteerID: e.VolunteerID, Role: e.Role, State: e.State, Version: e.Version,
		}
	}
	return store.UpsertMemberships(ctx, q, known)
}

// companionTraining is the code of the paper that proves 代理家长岗前培训, in teams' list.
const companionTraining = "companion_training"

// LearnPeople keeps who is a minor, who was erased and whose records are one person's,
// looks again at the companion parents whom that concerns, and ends what helpers did who
// were erased.
func (a *App) LearnPeople(ctx context.Context, q postgres.Querier, events []teamsv1.VolunteerChanged) error {
	known, ids := make([]domain.KnownPerson, len(events)), make([]string, len(events))
	for i, e := range events {
		known[i] = domain.KnownPerson{VolunteerID: e.VolunteerID, Minor: e.Minor, Erased: e.Erased, MergedInto: e.MergedInto, Version: e.Version}
		ids[i] = e.VolunteerID
	}
	if err := store.UpsertPeople(ctx, q, known); err != nil {
		return err
	}
	if err := store.WakePairings(ctx, q, ids, a.clock.Now()); err != nil {
		return err
	}
	if err := store.WakeCompanions(ctx, q, ids, a.clock.Now()); err != nil {
		return err
	}
	return a.endAidOfErased(ctx, q, events)
}

// LearnTrainings keeps who has been trained as a companion parent, and looks again at
// those whom that concerns.
func (a *App) LearnTrainings(ctx context.Context, q postgres.Querier, events []teamsv1.QualificationChanged) error {
	var known []domain.KnownTraining
	var ids []string
	for _, e := range events {
		if e.Kind == companionTraining {
			known = append(known, domain.KnownTraining{
				QualificationID: e.QualificationID, VolunteerID: e.VolunteerID, State: e.State, From: e.From, Until: e.Until, Version: e.Version,
			})
			ids = append(ids, e.VolunteerID)
		}
	}
	if len(known) == 0 {
		return nil
	}
	if err := store.UpsertTrainings(ctx, q, known); err != nil {
		return err
	}
	return store.WakeCompanions(ctx, q, ids, a.clock.Now())
}

// LearnProgrammes keeps which programme contacts count for.
func (a *App) LearnProgrammes(ctx context.Context, q postgres.Querier, events []tasksv1.ProgrammeChanged) error {
	known := make([]domain.KnownProgramme, len(events))
	for i, e := range events {
		known[i] = domain.NewKnownProgramme(e.ProgrammeID, e.Name, e.Version)
	}
	return store.UpsertProgrammes(ctx, q, known)
}

// LearnTeams keeps what brigades are called, and in which list the federation counts them.
func (a *App) LearnTeams(ctx context.Context, q postgres.Querier, events []teamsv1.TeamChanged) error {
	known, units := make([]domain.KnownTeam, len(events)), make([]domain.KnownUnit, len(events))
	for i, e := range events {
		known[i] = domain.KnownTeam{TeamID: e.TeamID, Name: e.Name, Version: e.Version}
		units[i] = domain.KnownUnit{TeamID: e.TeamID, ReportingUnit: e.ReportingUnit, Version: e.Version}
	}
	if err := store.UpsertTeams(ctx, q, known); err != nil {
		return err
	}
	return store.UpsertUnits(ctx, q, units)
}
