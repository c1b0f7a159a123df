package app

import (
	"context"
	"time"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// errNoHelperTeam answers that somebody can help by herself only.
var errNoHelperTeam = apperr.New(apperr.NotFound, "no_helper_team", "她现在不在任何队伍里，只能以个人名义帮扶。", "She is in no brigade now and can help by herself only.")

// ListHelperTeams returns the brigades for which a volunteer could answer at a family's,
// for who sees that the family is there.
func (a *App) ListHelperTeams(ctx context.Context, householdID, volunteerID string) (choices []ChoiceOfTeam, err error) {
	err = a.db.Read(ctx, func(q postgres.Querier) error {
		if _, err := a.seenFamily(ctx, q, householdID); err != nil {
			return err
		}
		teams, err := store.ListTeamsOf(ctx, q, volunteerID)
		if err == nil && len(teams[volunteerID]) == 0 {
			err = errNoHelperTeam
		}
		if err != nil {
			return err
		}
		names, err := store.TeamNames(ctx, q, teams[volunteerID])
		for _, teamID := range teams[volunteerID] {
			choices = append(choices, ChoiceOfTeam{teamID, names[teamID]})
		}
		return err
	})
	return choices, err
}

// BrigadeAidCase is a family that a brigade of the caller's helps, as its members see
// it: who answers for it and what they wrote down themselves, and nothing of the family.
type BrigadeAidCase struct {
	ListedAidCase
	TeamName string
	Visits   []domain.AidVisit // the caller's own
}

// ListBrigadeAidCases returns the cases that run of the caller's brigades, those left out
// in which she is the helper herself.
func (a *App) ListBrigadeAidCases(ctx context.Context) (mine []BrigadeAidCase, err error) {
	who, err := auth.From(ctx)
	if err != nil {
		return nil, err
	}
	names, visits := map[string]string{}, map[string][]domain.AidVisit{}
	listed, err := a.listAid(ctx, func(q postgres.Querier) ([]domain.AidCase, error) {
		teams, err := store.ListTeamsOf(ctx, q, who.VolunteerID)
		if err != nil {
			return nil, err
		}
		if names, err = store.TeamNames(ctx, q, teams[who.VolunteerID]); err != nil {
			return nil, err
		}
		cases, err := store.ListAidCasesOfTeams(ctx, q, teams[who.VolunteerID], who.VolunteerID)
		if err != nil {
			return nil, err
		}
		ids := make([]string, len(cases))
		for i, c := range cases {
			ids[i] = c.ID
		}
		written, err := store.ListMyAidVisits(ctx, q, ids, who.VolunteerID)
		for _, v := range written {
			visits[v.AidCaseID] = append(visits[v.AidCaseID], v)
		}
		return cases, err
	})
	if err != nil {
		return nil, err
	}
	for _, c := range listed {
		mine = append(mine, BrigadeAidCase{c, names[c.TeamID], visits[c.ID]})
	}
	return mine, nil
}

// TeamAid are counts, and nothing else, of the families that a brigade helps.
type TeamAid struct {
	Asked, Running int
	Visits         int // made since the first of the month
	Waiting        int // of these to be confirmed
}

// CountTeamAid returns how many families a brigade helps and how often this month, for
// who leads it.
func (a *App) CountTeamAid(ctx context.Context, teamID string) (t TeamAid, err error) {
	who, err := auth.From(ctx)
	if err != nil {
		return t, err
	}
	now := a.clock.Now().In(clock.City)
	month := time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, clock.City)
	err = a.db.Read(ctx, func(q postgres.Querier) error {
		if err := leads(ctx, q, teamID, who); err != nil {
			return err
		}
		c, err := store.CountTeamAid(ctx, q, teamID, month)
		t = TeamAid(c)
		return err
	})
	return t, err
}
