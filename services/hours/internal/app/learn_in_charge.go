package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

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

// LearnGrants keeps who is an officer of which region.
func (a *App) LearnGrants(ctx context.Context, q postgres.Querier, events []teamsv1.GrantChanged) error {
	known := make([]domain.KnownGrant, len(events))
	for i, e := range events {
		known[i] = domain.KnownGrant{
			GrantID: e.GrantID, VolunteerID: e.VolunteerID, Role: e.Role, RegionPath: e.RegionPath, State: e.State,
			From: e.From, Until: e.Until, Version: e.Version,
		}
	}
	return store.UpsertGrants(ctx, q, known)
}

// LearnOffices keeps what the federation is called in each region.
func (a *App) LearnOffices(ctx context.Context, q postgres.Querier, events []teamsv1.OfficeChanged) error {
	known := make([]domain.KnownOffice, len(events))
	for i, e := range events {
		known[i] = domain.KnownOffice{
			OfficeID: e.OfficeID, Kind: e.Kind, Name: e.Name, RegionPath: e.RegionPath, State: e.State, Version: e.Version,
		}
	}
	return store.UpsertOffices(ctx, q, known)
}
