package app

import (
	"context"
	"errors"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

// act is something that not everybody may do to a team, a person or a division.
type act int

const (
	seeTeam act = iota
	listMembers
	addPerson

	listVolunteers
	seeVolunteer
	seeHistory
	readPhone
	readPaper
	correctVolunteer
	recordGuardian
	mergeVolunteers
	signOutVolunteer
	keepSkills
	listGrants
	giveGrants
	inviteToClaim
	joinTeam           // ask to be taken in
	decideApplications // take in or decline
	runTeam            // invite, make join codes, remove, call
	seeTeamInside
	editTeam
	submitTeam
	decideTeam
	describeTeam
	handOverTeam
	seeTeamHistory
	changeCategories
	resetFactor
	vouchPhone // say face to face that a new number is somebody's
	undoPhone  // put the number before back
	eraseVolunteer
	changeRegions
	changeOffices
	chooseOffice
	decideAppeals
	importMembers
	exportRoster
	decideCredentials // record, confirm, refuse and withdraw what people can show
	keepQualificationKinds
	decideComplaints
	printCards
	replaceCard
)

// standing is what somebody is to the thing they ask about.
type standing struct {
	public  bool // everybody who is signed in may know of it
	self    bool // it is their own record
	member  bool // is in the team
	leads   bool // is leader or deputy of the team, or of one that the person is in
	leader  bool // is its leader
	founder bool // has begun the team, which is not approved yet
	minor   bool // the person is a minor

	// Grants that cover its region, or one of the person's regions.
	viewer, coordinator, childCare, administrator bool
}

// officer reports whether any grant covers it.
func (s standing) officer() bool {
	return s.viewer || s.coordinator || s.childCare || s.administrator
}

// decides reports whether a grant that covers it lets its holder decide: a
// viewer only looks, and the child-care officer's work is elsewhere.
func (s standing) decides() bool { return s.coordinator || s.administrator }

// rules says who may do what. Whoever may not is told that there is no such
// thing, exactly as if there were none. Acts on oneself need no rule: they
// take the person from the token and nothing else.
var rules = map[act]func(s standing) bool{
	seeTeam:     func(s standing) bool { return s.public || s.leads || s.founder || s.officer() },
	listMembers: func(s standing) bool { return s.leads || s.officer() },
	addPerson:   func(s standing) bool { return s.leads || s.decides() },

	listVolunteers:   func(s standing) bool { return s.officer() },
	seeVolunteer:     func(s standing) bool { return s.leads || s.officer() },
	seeHistory:       func(s standing) bool { return s.officer() },
	readPhone:        func(s standing) bool { return s.leads || s.decides() },
	readPaper:        func(s standing) bool { return s.decides() },
	correctVolunteer: func(s standing) bool { return s.decides() && !s.self },
	recordGuardian:   func(s standing) bool { return (s.leads || s.decides() || s.childCare) && !s.self },
	mergeVolunteers:  func(s standing) bool { return s.decides() },
	signOutVolunteer: func(s standing) bool { return s.decides() && !s.self },
	keepSkills:       func(s standing) bool { return s.administrator },

	listGrants:         func(s standing) bool { return s.coordinator || s.administrator },
	giveGrants:         func(s standing) bool { return s.administrator },
	inviteToClaim:      func(s standing) bool { return !s.self && (s.leads || s.coordinator || s.administrator) },
	joinTeam:           func(s standing) bool { return s.public },
	decideApplications: func(s standing) bool { return s.leads || s.coordinator || s.administrator },
	runTeam:            func(s standing) bool { return s.leads },
	// why it is suspended or returned, who leads it, which handover is open
	seeTeamInside: func(s standing) bool { return s.member || s.founder || s.officer() },
	editTeam:      func(s standing) bool { return s.founder || s.decides() },
	submitTeam:    func(s standing) bool { return s.founder || s.decides() },
	// approve, return, suspend, lift it, dissolve, appoint a leader
	decideTeam:       standing.decides,
	describeTeam:     func(s standing) bool { return s.leads || s.decides() },
	handOverTeam:     func(s standing) bool { return s.leader },
	seeTeamHistory:   standing.officer,
	changeCategories: func(s standing) bool { return s.administrator },
	resetFactor:      func(s standing) bool { return s.administrator },
	vouchPhone:       func(s standing) bool { return !s.self && (s.leads || s.decides()) },
	undoPhone:        func(s standing) bool { return !s.self && s.decides() },
	eraseVolunteer:   func(s standing) bool { return s.coordinator || s.administrator },
	changeRegions:    func(s standing) bool { return s.administrator },
	changeOffices:    func(s standing) bool { return s.coordinator || s.administrator },
	chooseOffice:     func(s standing) bool { return s.coordinator || s.administrator },
	decideAppeals:    func(s standing) bool { return s.coordinator || s.administrator },

	importMembers: func(s standing) bool { return s.leads || s.coordinator || s.administrator },
	exportRoster:  func(s standing) bool { return s.leads || s.coordinator || s.administrator },

	decideCredentials:      standing.decides,
	decideComplaints:       standing.decides,
	keepQualificationKinds: func(s standing) bool { return s.administrator },
	printCards:             func(s standing) bool { return s.leads || s.decides() },
	replaceCard:            func(s standing) bool { return s.self || s.leads || s.decides() },
}

// needFactor are the acts that a second factor of today is needed for. It is
// also needed for whatever somebody may do only as a child-care officer, and
// for an officer's look into a minor's full data.
var needFactor = map[act]bool{
	giveGrants:  true,
	resetFactor: true,
}

// may judges an act: it returns none when it is not the person's to do, and
// auth.ErrSecondFactor when it would be with a second factor.
func may(p auth.Principal, what act, s standing, none error) error {
	if !rules[what](s) {
		return none
	}
	minors := s.minor && !s.leads && (what == readPhone || what == readPaper)
	s.childCare = false
	if needFactor[what] || minors || !rules[what](s) {
		return p.RequireStrong()
	}
	return nil
}

// teamFor returns the team if whoever asks may do the act to it, and
// domain.ErrNoTeam otherwise.
func (a *App) teamFor(ctx context.Context, q postgres.Querier, what act, teamID string) (domain.Team, error) {
	return a.teamBy(ctx, q, what, teamID, store.FindTeam)
}

// lockTeamFor is teamFor and holds the team until the transaction ends.
func (a *App) lockTeamFor(ctx context.Context, q postgres.Querier, what act, teamID string) (domain.Team, error) {
	return a.teamBy(ctx, q, what, teamID, store.LockTeam)
}

type findTeam func(ctx context.Context, q postgres.Querier, id string) (domain.Team, error)

func (a *App) teamBy(ctx context.Context, q postgres.Querier, what act, teamID string, find findTeam) (domain.Team, error) {
	p, err := auth.From(ctx)
	if err != nil {
		return domain.Team{}, err
	}
	team, err := find(ctx, q, teamID)
	if err != nil {
		return domain.Team{}, err
	}
	role, err := store.FindRole(ctx, q, teamID, p.VolunteerID)
	if err != nil {
		return domain.Team{}, err
	}
	if err := may(p, what, standingTo(p, team, role), domain.ErrNoTeam); err != nil {
		return domain.Team{}, err
	}
	return team, nil
}

// lockMembershipFor returns a membership and its team, both held until the
// transaction ends, if whoever asks may do the act to the team, and
// domain.ErrNoMembership otherwise.
func (a *App) lockMembershipFor(ctx context.Context, q postgres.Querier, what act, membershipID string) (domain.Team, domain.Membership, error) {
	found, err := store.FindMembership(ctx, q, membershipID)
	if err != nil {
		return domain.Team{}, domain.Membership{}, err
	}
	team, err := a.lockTeamFor(ctx, q, what, found.TeamID)
	if errors.Is(err, domain.ErrNoTeam) {
		err = domain.ErrNoMembership
	}
	if err != nil {
		return domain.Team{}, domain.Membership{}, err
	}
	m, err := store.LockMembership(ctx, q, membershipID)
	return team, m, err
}

// standingTo is what somebody with that role in a brigade is to it.
func standingTo(p auth.Principal, team domain.Team, role domain.Role) standing {
	s := standing{
		public: team.State.Public(), member: role != domain.NoRole, leads: role.Leads(), leader: role == domain.RoleLeader,
		founder: team.CreatedBy == p.VolunteerID && !team.State.Public(),
	}
	s.hold(p, team.RegionPath)
	return s
}

// volunteerFor returns the person if whoever asks may do the act to them, and
// domain.ErrNoVolunteer otherwise.
func (a *App) volunteerFor(ctx context.Context, q postgres.Querier, what act, volunteerID string) (domain.Volunteer, error) {
	v, _, err := a.volunteerBy(ctx, q, what, volunteerID, store.FindVolunteer)
	return v, err
}

// lockVolunteerFor is volunteerFor and holds the person until the transaction ends.
func (a *App) lockVolunteerFor(ctx context.Context, q postgres.Querier, what act, volunteerID string) (domain.Volunteer, error) {
	v, _, err := a.volunteerBy(ctx, q, what, volunteerID, store.LockVolunteer)
	return v, err
}

type findVolunteer func(ctx context.Context, q postgres.Querier, v *vault.Vault, id string) (domain.Volunteer, error)

// volunteerBy also says what whoever asks is to the person.
func (a *App) volunteerBy(ctx context.Context, q postgres.Querier, what act, volunteerID string, find findVolunteer) (domain.Volunteer, standing, error) {
	p, err := auth.From(ctx)
	if err != nil {
		return domain.Volunteer{}, standing{}, err
	}
	v, err := find(ctx, q, a.vault, volunteerID)
	if err != nil {
		return domain.Volunteer{}, standing{}, err
	}
	ties, err := store.FindTies(ctx, q, volunteerID, p.VolunteerID)
	if err != nil {
		return domain.Volunteer{}, standing{}, err
	}
	s := standing{self: p.VolunteerID == volunteerID, leads: ties.Led}
	s.hold(p, ties.RegionPaths...)
	s.minor = v.Minor
	if err := may(p, what, s, domain.ErrNoVolunteer); err != nil {
		return domain.Volunteer{}, standing{}, err
	}
	return v, s, nil
}

// regionFor returns the division if whoever asks may do the act in it, and
// domain.ErrNoRegion otherwise.
func (a *App) regionFor(ctx context.Context, q postgres.Querier, what act, code string) (domain.Region, error) {
	p, err := auth.From(ctx)
	if err != nil {
		return domain.Region{}, err
	}
	region, err := store.FindRegion(ctx, q, code)
	if err != nil {
		return domain.Region{}, err
	}
	var s standing
	s.hold(p, region.Path)
	if region.MergedInto != "" {
		return domain.Region{}, domain.ErrNoRegion
	}
	if err := may(p, what, s, domain.ErrNoRegion); err != nil {
		return domain.Region{}, err
	}
	return region, nil
}

// hold notes which grants cover one of the paths.
func (s *standing) hold(p auth.Principal, paths ...string) {
	for _, path := range paths {
		s.viewer = s.viewer || p.Holds("viewer", path)
		s.coordinator = s.coordinator || p.Holds("coordinator", path)
		s.childCare = s.childCare || p.Holds("child_care", path)
		s.administrator = s.administrator || p.Holds("administrator", path)
	}
}
