package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// act is something that not everybody may do to a team.
type act int

const (
	seeTeam act = iota
	listMembers
)

// standing is what somebody is to a team.
type standing struct {
	leads   bool // is its leader or a deputy
	officer bool // has a grant that covers its region
	public  bool // everybody who is signed in may know of the team
}

// rules says who may do what. Whoever may not is told that there is no such
// team, exactly as if there were none.
var rules = map[act]func(s standing) bool{
	seeTeam:     func(s standing) bool { return s.public || s.leads || s.officer },
	listMembers: func(s standing) bool { return s.leads || s.officer },
}

// teamFor returns the team if whoever asks may do the act to it, and
// domain.ErrNoTeam otherwise. Acts on oneself need no rule: they take the
// person from the token and nothing else.
func (a *App) teamFor(ctx context.Context, q postgres.Querier, what act, teamID string) (domain.Team, error) {
	p, err := auth.From(ctx)
	if err != nil {
		return domain.Team{}, err
	}
	team, err := store.FindTeam(ctx, q, teamID)
	if err != nil {
		return domain.Team{}, err
	}
	role, err := store.FindRole(ctx, q, teamID, p.VolunteerID)
	if err != nil {
		return domain.Team{}, err
	}
	if !rules[what](standing{leads: role.Leads(), officer: p.Covers(team.RegionPath), public: team.State.Public()}) {
		return domain.Team{}, domain.ErrNoTeam
	}
	return team, nil
}
