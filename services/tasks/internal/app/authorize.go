package app

import (
	"context"
	"slices"
	"strings"

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
//	add, rename, retire a programme       administrators of the city
//	what holds for a programme            set by administrators of the city; its history is for every officer
//	ask another brigade to join           leader and deputies of the team; those of the other answer, and may leave
//	campaigns                             started and ended by coordinators and administrators of the region; leaders of its brigades see them
//	pause the shifts of a region, resume  its coordinators and administrators; every officer sees the pauses
//	whole phone numbers of a shift        leader and deputies of the team, to call who meant to come; recorded in teams
//	write down a sign-up in the group     leader and deputies of the team, for its members
//	invite to a shift                     who leads a team that holds it, its members; they sign up or decline themselves
//	sign up, withdraw, check in or out    the person, for themself
//	register a phone's key                the person, for themself
//	make a link for a seat, take it back  whose seat it is; whoever has the link takes the seat, for themself
//	undo a change of places               leader and deputies of the team
//	say that one's phone is away          the person, of a claim of their own, while they consent
//	tap somebody present, scan a card     leader and deputies of the team, and of those that joined it
//	the code's key                        the same
//	see a roster, follow a shift          leader and deputies; officers of the team's region; of a team that joined: its own members' lines
//	confirm                               leader and deputies, for others than themself and their household;
//	                                      of a dissolved team also coordinators and administrators of its region;
//	                                      else whose turn it is (domain/turn.go): one member who was there, or the office
//	say what a class grants               administrators of the team's region; officers see the list of classes
//	check a certificate of attendance     everybody who has its number
//	things to verify                      coordinators and administrators of the region decide; whom it is about answers
//	print a sheet, type it in             leader and deputies of the team
//	photos and records of activities      anybody, signed in or not; a draft's photos its leaders
//	add a photo, write a record           leader and deputies of the team
//	take shifts out as a list             leader and deputies their team's; officers their region's; recorded in exports
//	a calendar address                    the person, for themself; leader and deputies, for the team; who has it reads it
//	the year's holidays                   anybody signed in; set by administrators of the city
//	take a photo down, edit a record      they, and coordinators and administrators of the team's region
//	enter somebody afterwards, undo a tap leader and deputies; one's own word: whoever signed up or is of the team
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

// decider returns what the reader may decide about a shift's attendances.
func (c crew) decider(ctx context.Context, q postgres.Querier, l domain.Listing) (domain.Decider, error) {
	households, err := store.FindHouseholds(ctx, q, map[string]domain.Person{c.VolunteerID: c.self})
	if err != nil {
		return domain.Decider{}, err
	}
	d := domain.Decider{ID: c.VolunteerID, Self: c.self, Household: households[c.VolunteerID], Leads: c.leads(l.TeamID)}
	for _, path := range c.RegionsDecided() {
		if strings.HasPrefix(l.RegionPath, path) {
			d.Office = true
			d.Township = d.Township || strings.Count(path, "/") <= townshipDepth
		}
	}
	d.Leads = d.Leads || d.Office && l.TeamState == "dissolved"
	return d, nil
}

// mayTakeDown reports whether the reader may take a photo or words of a team's
// activity out of everybody's sight. A draft is in nobody's but its leaders'.
func (c crew) mayTakeDown(teamID, regionPath string, state domain.TaskState) bool {
	return c.leads(teamID) || state != domain.TaskDraft && regionPath != "" && c.Principal.Decides(regionPath)
}

// townshipDepth is how many codes the path of a township has: city, county, township.
const townshipDepth = 3

// othersWhoLead returns those who lead a team, but for this person.
func othersWhoLead(ctx context.Context, q postgres.Querier, teamID string, self domain.Person) ([]string, error) {
	leaders, err := store.ListLeaders(ctx, q, teamID)
	return slices.DeleteFunc(leaders, self.Is), err
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
