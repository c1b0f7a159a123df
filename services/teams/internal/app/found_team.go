package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// FoundTeam drafts a brigade for whoever asks, who leads it once the office
// has approved it. It returns Invalid with what is wrong, or a Conflict for a
// name that is taken and for too many drafts.
func (a *App) FoundTeam(ctx context.Context, d domain.TeamDetails) (TeamView, error) {
	return a.changeTeam(ctx, "createTeam", d, func(q postgres.Querier) (string, error) {
		p, err := auth.From(ctx)
		if err != nil {
			return "", err
		}
		now := a.clock.Now()
		team, err := domain.NewTeam(p.VolunteerID, d, now)
		if err != nil {
			return "", err
		}
		// The person's row keeps two requests at once from going over the limit.
		if _, err := store.LockVolunteer(ctx, q, a.vault, p.VolunteerID); err != nil {
			return "", err
		}
		begun, err := store.ListTeamsFoundedBy(ctx, q, p.VolunteerID)
		if err != nil {
			return "", err
		}
		if len(begun) >= domain.MaxDrafts {
			return "", domain.ErrTooManyDrafts
		}
		if err := a.checkDetails(ctx, q, &team, domain.Team{}); err != nil {
			return "", err
		}
		if err := store.InsertTeams(ctx, q, []domain.Team{team}); err != nil {
			return "", err
		}
		return team.ID, a.tellTeam(ctx, q, team, "team.drafted", "")
	})
}

// EditTeam changes what a draft says; the office may do so with every brigade
// that exists. An officer who moves one must look after both places.
func (a *App) EditTeam(ctx context.Context, teamID string, d domain.TeamDetails) (TeamView, error) {
	type request struct {
		TeamID string
		domain.TeamDetails
	}
	return a.changeTeam(ctx, "putTeam", request{teamID, d}, func(q postgres.Querier) (string, error) {
		p, err := auth.From(ctx)
		if err != nil {
			return "", err
		}
		team, err := a.lockTeamFor(ctx, q, editTeam, teamID)
		if err != nil {
			return "", err
		}
		before := team
		own := team.State == domain.TeamDraft && team.CreatedBy == p.VolunteerID
		if err := team.Edit(d, !own && standingTo(p, before, domain.NoRole).decides()); err != nil {
			return "", err
		}
		if !own && team.RegionCode != before.RegionCode {
			if _, err := a.regionFor(ctx, q, decideTeam, team.RegionCode); err != nil {
				return "", apperr.For("region_code", domain.ErrNoRegion)
			}
		}
		if err := a.checkDetails(ctx, q, &team, before); err != nil {
			return "", err
		}
		return team.ID, a.keepTeam(ctx, q, team, "team.edited", "")
	})
}

// DescribeTeam changes a brigade's description, for its leader and deputies.
func (a *App) DescribeTeam(ctx context.Context, teamID, description string) (TeamView, error) {
	request := [2]string{teamID, description}
	return a.changeTeam(ctx, "putTeamDescription", request, func(q postgres.Querier) (string, error) {
		team, err := a.lockTeamFor(ctx, q, describeTeam, teamID)
		if err != nil {
			return "", err
		}
		if err := team.Describe(description); err != nil {
			return "", err
		}
		return team.ID, a.keepTeam(ctx, q, team, "team.described", "")
	})
}

// checkDetails looks up what a brigade's details name, and fills in the region.
// A category or a unit that it had before may be retired.
func (a *App) checkDetails(ctx context.Context, q postgres.Querier, team *domain.Team, had domain.Team) error {
	region, err := store.FindRegion(ctx, q, team.RegionCode)
	if apperr.KindOf(err) == apperr.NotFound {
		return apperr.For("region_code", domain.ErrNoRegion)
	}
	if err != nil {
		return err
	}
	team.RegionName, team.RegionPath = region.Name, region.Path
	if err := a.checkLists(ctx, q, *team, had); err != nil {
		return err
	}
	taken, err := store.TeamNameTaken(ctx, q, team.Name, team.RegionCode, team.ID)
	if err != nil {
		return err
	}
	if taken {
		return domain.ErrTeamNameTaken
	}
	return nil
}

func (a *App) checkLists(ctx context.Context, q postgres.Querier, team, had domain.Team) error {
	units, err := store.ListReportingUnits(ctx, q, false)
	if err != nil {
		return err
	}
	found := team.ReportingUnit == had.ReportingUnit
	for _, u := range units {
		found = found || u.Name == team.ReportingUnit
	}
	if !found {
		return apperr.For("reporting_unit", domain.ErrTeamUnit)
	}
	categories, err := store.ListTeamCategories(ctx, q)
	if err != nil {
		return err
	}
	found = team.Category == "" || team.Category == had.Category
	for _, c := range categories {
		found = found || c.Code == team.Category && c.RetiredOn.IsZero()
	}
	if !found {
		return apperr.For("category", domain.ErrNoCategory)
	}
	return nil
}

// changeTeam carries out a change once and returns the brigade as whoever
// asked sees it now; what is kept for a repeat is its id only.
func (a *App) changeTeam(ctx context.Context, operation string, request any, change func(q postgres.Querier) (string, error)) (TeamView, error) {
	teamID, err := idempotency.Do(ctx, a.db, a.clock.Now(), operation, request, change)
	if err != nil {
		return TeamView{}, err
	}
	return a.FindTeam(ctx, teamID)
}
