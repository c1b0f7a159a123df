package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/store"
	"github.com/qihe-volunteers/qihe/shared/demo"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// LoadDemo writes what the service would have heard of the demo city from others.
// It makes up no child and no family. It does nothing when regions are known. db is
// opened as the owner, before anything else runs.
func LoadDemo(ctx context.Context, db *postgres.DB, city *demo.City) error {
	return db.InTx(ctx, func(q postgres.Querier) error {
		if _, known, err := store.FindRegion(ctx, q, city.Regions[0].Code); err != nil || known {
			return err
		}
		regions := make([]domain.KnownRegion, len(city.Regions))
		for i, r := range city.Regions {
			regions[i] = domain.KnownRegion{Code: r.Code, Name: r.Name, Path: r.Path, Version: 1}
		}
		if err := store.UpsertRegions(ctx, q, regions); err != nil {
			return err
		}
		grants := make([]domain.KnownGrant, len(city.Grants))
		for i, g := range city.Grants {
			grants[i] = domain.KnownGrant{
				GrantID: g.ID, VolunteerID: g.VolunteerID, Role: g.Role, RegionPath: g.RegionPath, State: "active", From: g.From, Version: 1,
			}
		}
		if err := store.UpsertGrants(ctx, q, grants); err != nil {
			return err
		}
		programmes := make([]domain.KnownProgramme, len(city.Programmes))
		for i, p := range city.Programmes {
			programmes[i] = domain.NewKnownProgramme(p.ID, p.Name, 1)
		}
		if err := store.UpsertProgrammes(ctx, q, programmes); err != nil {
			return err
		}
		return loadBrigades(ctx, q, city)
	})
}

// loadBrigades writes what brigades there are, and who is in them.
func loadBrigades(ctx context.Context, q postgres.Querier, city *demo.City) error {
	teams, units := make([]domain.KnownTeam, len(city.Teams)), make([]domain.KnownUnit, len(city.Teams))
	for i, t := range city.Teams {
		teams[i] = domain.KnownTeam{TeamID: t.ID, Name: t.Name, Version: 1}
		units[i] = domain.KnownUnit{TeamID: t.ID, ReportingUnit: t.ReportingUnit, Version: 1}
	}
	if err := store.UpsertTeams(ctx, q, teams); err != nil {
		return err
	}
	if err := store.UpsertUnits(ctx, q, units); err != nil {
		return err
	}
	members := make([]domain.KnownMembership, len(city.Memberships))
	for i, m := range city.Memberships {
		members[i] = domain.KnownMembership{MembershipID: m.ID, TeamID: m.TeamID, VolunteerID: m.VolunteerID, Role: m.Role, State: "active", Version: 1}
	}
	return store.UpsertMemberships(ctx, q, members)
}
