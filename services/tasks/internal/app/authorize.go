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
//	post, publish                         leader and deputies of the team, while it is active
//	change, cancel, throw a draft away    leader and deputies of the team
//	sign up, withdraw, check in or out    the person, for themself
//	tap somebody present                  leader and deputies of the team
//	the code's key                        leader and deputies of the team
//	see a roster, follow a shift          leader and deputies; officers of the team's region
//	confirm                               leader and deputies, for others than themself; of a dissolved
//	                                      team also coordinators and administrators of its region
//
// A suspended team looks after what it has posted and posts nothing new. What a
// dissolved team left open is its successor's, or the office's (ADR 24).
//
// Whoever may not see a thing gets the same answer as if it did not exist.

// ErrNotLeader refuses an act that belongs to a team's leader.
var ErrNotLeader = apperr.New(apperr.Forbidden, "not_leader", "只有这支队伍的队长和副队长可以这样做。", "Only the leader and deputies of this team can do this.")

// ErrTeamNotActive refuses a new activity of a team that is suspended, dissolved or not approved.
var ErrTeamNotActive = apperr.New(apperr.Conflict, "team_not_active", "这支服务队现在没有开展活动（已暂停、已撤销或还没批准），不能发布新活动。请联系妇联。", "This team is not active (suspended, dissolved or not yet approved) and cannot post new activities; please ask the office.")

// crew is what the reader leads, and all records that are theirs, as read in
// the same transaction as the thing itself.
type crew struct {
	auth.Principal
	self domain.Person
	led  []string
}

func (a *App) crewOf(ctx context.Context, q postgres.Querier) (crew, error) {
	p, err := auth.From(ctx)
	if err != nil {
		return crew{}, err
	}
	self, err := store.FindPerson(ctx, q, p.VolunteerID)
	if err != nil {
		return crew{}, err
	}
	led, err := store.ListLedTeams(ctx, q, p.VolunteerID)
	return crew{Principal: p, self: self, led: led}, err
}

func (c crew) leads(teamID string) bool { return slices.Contains(c.led, teamID) }

func (c crew) seesRoster(l domain.Listing) bool { return c.leads(l.TeamID) || c.Covers(l.RegionPath) }

// confirms reports whether the reader may confirm a shift's roster.
func (c crew) confirms(l domain.Listing) bool {
	return c.leads(l.TeamID) || l.TeamState == "dissolved" && (c.Holds("coordinator", l.RegionPath) || c.Holds("administrator", l.RegionPath))
}

// mustPost returns nil if the reader may post for the team now.
func (a *App) mustPost(ctx context.Context, q postgres.Querier, reader crew, teamID string, notLeader error) error {
	if !reader.leads(teamID) {
		return notLeader
	}
	state, err := store.FindTeamState(ctx, q, teamID)
	if err == nil && state != "active" {
		err = ErrTeamNotActive
	}
	return err
}
