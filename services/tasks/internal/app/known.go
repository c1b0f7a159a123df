package app

import (
	"context"
	"time"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/store"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// RememberTeams keeps what teams told of brigades.
func (a *App) RememberTeams(ctx context.Context, q postgres.Querier, events []teamsv1.TeamChanged) error {
	known := make([]domain.KnownTeam, len(events))
	for i, e := range events {
		known[i] = domain.KnownTeam{
			TeamID: e.TeamID, Name: e.Name, RegionPath: e.RegionPath, ReportingUnit: e.ReportingUnit, State: e.State,
			SuccessorID: e.SuccessorID, Version: e.Version,
		}
	}
	return store.UpsertTeams(ctx, q, known)
}

// RememberMemberships keeps what teams told of who is in a brigade.
func (a *App) RememberMemberships(ctx context.Context, q postgres.Querier, events []teamsv1.MembershipChanged) error {
	known := make([]domain.KnownMembership, len(events))
	for i, e := range events {
		known[i] = domain.KnownMembership{
			MembershipID: e.MembershipID, TeamID: e.TeamID, VolunteerID: e.VolunteerID, Role: e.Role, State: e.State, Version: e.Version,
		}
	}
	return store.UpsertMemberships(ctx, q, known)
}

// RememberMerges keeps what teams told of people: whose record one became part
// of, whether a minor's guardian has agreed, and whether the phone may compare
// places. What phones told goes with the consent.
func (a *App) RememberMerges(ctx context.Context, q postgres.Querier, events []teamsv1.VolunteerChanged) error {
	people := make([]domain.KnownVolunteer, len(events))
	for i, e := range events {
		people[i] = domain.KnownVolunteer{VolunteerID: e.VolunteerID, Minor: e.Minor, WaitsForGuardian: e.WaitsForGuardian, PlaceConsent: e.LocationConsent, Version: e.Version}
	}
	if err := store.UpsertVolunteers(ctx, q, people); err != nil {
		return err
	}
	if err := store.DeleteUnconsentedAways(ctx, q, people); err != nil {
		return err
	}
	var known []domain.KnownMerge
	for _, e := range events {
		if e.MergedInto != "" {
			known = append(known, domain.KnownMerge{VolunteerID: e.VolunteerID, MergedInto: e.MergedInto, Version: e.Version})
		}
	}
	if len(known) == 0 {
		return nil
	}
	return store.UpsertMerges(ctx, q, known)
}

// RenewKeys gives the shifts to come of brigades that were handed over new
// check-in keys: what the leader before has open or has noted is worthless.
// Everything else follows from the memberships: open tasks and unconfirmed
// shifts are those of whoever leads the brigade.
func (a *App) RenewKeys(ctx context.Context, q postgres.Querier, events []teamsv1.TeamHandedOver) error {
	known := make([]domain.KnownHandover, len(events))
	for i, e := range events {
		known[i] = domain.KnownHandover{TeamID: e.TeamID, ToID: e.To, At: e.At, Version: e.Version}
	}
	news, err := store.UpsertHandovers(ctx, q, known)
	if err != nil || len(news) == 0 {
		return err
	}
	now := a.clock.Now()
	coming, err := store.LockOpenShiftsOf(ctx, q, news, now)
	if err != nil {
		return err
	}
	return renew(ctx, q, coming, now)
}

func renew(ctx context.Context, q postgres.Querier, shifts []domain.Shift, now time.Time) error {
	var renewed []domain.Shift
	for _, s := range shifts {
		if s.RenewKey(now) {
			renewed = append(renewed, s)
		}
	}
	if len(renewed) == 0 {
		return nil
	}
	return store.UpdateShiftKeys(ctx, q, renewed)
}

// EnsureWords lets the activities that an earlier release wrote be found by words.
func (a *App) EnsureWords(ctx context.Context) error {
	for {
		var n int
		err := a.db.InTx(ctx, func(q postgres.Querier) (err error) {
			n, err = store.FillWords(ctx, q, wordsAtOnce)
			return err
		})
		if err != nil || n < wordsAtOnce {
			return err
		}
	}
}

const wordsAtOnce = 1000

// EnsureProgrammes gives a new installation its first lines of work.
func (a *App) EnsureProgrammes(ctx context.Context) error {
	return a.db.InTx(ctx, func(q postgres.Querier) error {
		have, err := store.ListProgrammes(ctx, q)
		if err != nil || len(have) > 0 {
			return err
		}
		first := domain.FirstProgrammes()
		n, err := store.InsertProgrammes(ctx, q, first)
		if err != nil || n == 0 {
			return err
		}
		for _, s := range domain.FirstSettings(first, a.clock.Now()) {
			if err := store.InsertSetting(ctx, q, s); err != nil {
				return err
			}
		}
		events := make([]outbox.Event, len(first))
		for i, p := range first {
			events[i] = tasksv1.ProgrammeChanged{ProgrammeID: p.ID, Name: p.Name, Version: p.Version}
		}
		return outbox.Append(ctx, q, a.clock.Now(), events...)
	})
}
