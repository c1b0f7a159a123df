package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/store"
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
	return store.UpsertGrants(ctx, q, known)
}
