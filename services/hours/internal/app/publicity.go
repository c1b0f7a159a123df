package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// RegionPublicity is what of a region's hours may be objected to now, and for how
// long hours are that are posted there today.
type RegionPublicity struct {
	Region   domain.Known
	Today    domain.Day
	Days     int
	MaySet   bool
	Settings []RegionSetting // of the region, of those above and of those below it; the last day first
	Teams    []TeamInPublicity
}

// RegionSetting is a setting with the name of its region.
type RegionSetting struct {
	domain.PublicitySetting
	RegionName string
}

// TeamInPublicity is what of a team's hours may be objected to, with its name.
type TeamInPublicity struct {
	store.TeamInPublicity
	Name   string
	Region string
}

// RegionPublicity is for officers of the region or of one above it; to others
// it returns NotFound.
func (a *App) RegionPublicity(ctx context.Context, code string) (RegionPublicity, error) {
	region, err := a.authorizeOverview(ctx, code)
	if err != nil {
		return RegionPublicity{}, err
	}
	who, err := auth.From(ctx)
	if err != nil {
		return RegionPublicity{}, err
	}
	r := RegionPublicity{Region: region, Today: domain.DayOf(a.clock.Now()), MaySet: who.Decides(region.RegionPath)}
	err = a.db.Read(ctx, func(q postgres.Querier) error {
		publicity, err := store.FindPublicity(ctx, q, r.Today)
		if err != nil {
			return err
		}
		r.Days = publicity.Days(region.RegionPath)
		settings, err := store.ListPublicitySettings(ctx, q, region.RegionPath)
		if err != nil {
			return err
		}
		for _, s := range settings {
			r.Settings = append(r.Settings, RegionSetting{s, a.names.regionName(s.RegionPath)})
		}
		teams, err := store.ListTeamsInPublicity(ctx, q, r.Today, region.RegionPath)
		for _, t := range teams {
			r.Teams = append(r.Teams, TeamInPublicity{t, a.names.name(domain.Team, t.TeamID), a.names.teamDetail(t.TeamID)})
		}
		return err
	})
	return r, err
}

// SetPublicity sets for how many days hours of a region are open to objections,
// from a day on. It is for who decides for the region: to officers who do not it
// returns Forbidden, to others NotFound.
func (a *App) SetPublicity(ctx context.Context, code string, s domain.PublicitySetting) error {
	region, err := a.authorizeOverview(ctx, code)
	if err != nil {
		return err
	}
	who, err := auth.From(ctx)
	if err != nil {
		return err
	}
	if !who.Decides(region.RegionPath) {
		return errNotDeciding
	}
	s.RegionPath = region.RegionPath
	_, err = idempotency.Do(ctx, a.db, a.clock.Now(), "set_publicity", s, func(q postgres.Querier) (struct{}, error) {
		set, err := domain.NewPublicitySetting(s, who.VolunteerID, a.clock.Now())
		if err != nil {
			return struct{}{}, err
		}
		return struct{}{}, store.InsertPublicitySetting(ctx, q, set)
	})
	return err
}
