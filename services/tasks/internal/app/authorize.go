package app

import (
	"context"
	"slices"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// Who may do what:
//
//	see published tasks and shifts        anybody signed in
//	see a draft                           leader and deputies of its team
//	post, publish                         leader and deputies of the team
//	sign up, withdraw, check in or out    the person, for themself
//	tap somebody present                  leader and deputies of the team
//	the code's key                        leader and deputies of the team
//	see a roster, follow a shift          leader and deputies; officers of the team's region
//	confirm                               leader and deputies, for others than themself
//
// Whoever may not see a thing gets the same answer as if it did not exist.

// ErrNotLeader refuses an act that belongs to a team's leader.
var ErrNotLeader = apperr.New(apperr.Forbidden, "not_leader", "只有这支队伍的队长和副队长可以这样做。", "Only the leader and deputies of this team can do this.")

// crew is what the reader leads, as read in the same transaction as the thing itself.
type crew struct {
	auth.Principal
	led []string
}

func (a *App) crewOf(ctx context.Context, q postgres.Querier) (crew, error) {
	p, err := auth.From(ctx)
	if err != nil {
		return crew{}, err
	}
	led, err := store.ListLedTeams(ctx, q, p.VolunteerID)
	return crew{Principal: p, led: led}, err
}

func (c crew) leads(teamID string) bool { return slices.Contains(c.led, teamID) }

func (c crew) seesRoster(l domain.Listing) bool { return c.leads(l.TeamID) || c.Covers(l.RegionPath) }
