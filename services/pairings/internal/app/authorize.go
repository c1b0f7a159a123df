package app

import (
	"context"
	"slices"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// Who may do what:
//
//	refer a child         child-care officers, coordinators and administrators of the child's region; it shows them nothing afterwards
//	the list of children  child-care officers of the region: numbers, villages and how far things are, no names
//	a child's record      with a second factor, a child-care officer of the region who has the case, or for a purpose
//	                      that another approved, or in an emergency for an hour; every time is written down
//	after a withdrawal    nobody but who has the case, who must carry it out
//	record and change     who has the case: guardian and carer, consent, the child's wish, a hold; every time is written down
//	answer and withdraw   the guardian, by a link and the last four characters of her phone or ID number
//	take a case           child-care officers of the region, with a second factor, while nobody has it
//	hand a case over      who has it, and an administrator of the region, to another child-care officer there
//	who looked            child-care officers and administrators of the region, a companion parent of their own record; the month's report too
//	lists of children     asked for by child-care officers of the region with a second factor, who alone take them; more than fifty
//	                      children are decided by another one or an administrator there
//	purposes              asked for by child-care officers of the region; decided by another one or an administrator there
//
//	be a companion parent any adult for themselves; what checks and interviews say they do not see
//	companion parents     their list: child-care officers, coordinators and administrators of the region; records, checks and
//	                      decisions: its child-care officers, with a second factor; interviews: all of these, with one
//
//	matching              child-care officers of the region, with a second factor; it shows numbers, villages and years
//
//	raise a concern       whoever is signed in; they hear its number and nothing more
//	concerns              child-care officers of the region, with a second factor, and nobody else: no brigade, coordinator,
//	                      administrator or supervisor. Who has one writes what was done and reads the child's record for it;
//	                      another one closes it; who raised it is shown to who has it, with a reason, and two others are told
//	register a family     coordinators and child-care officers of its region; who does has its case
//	the list of families  the same and administrators: numbers, villages, kinds, how far things are; no names
//	a family's record     with a second factor, who has the case, or for a purpose about this family that another approved, or
//	                      who decides on a plan while it waits; every time is written down
//	change it, its consent, open, plan, review and end a case: who has the case, with a second factor
//	approve a plan        coordinators, child-care officers and administrators of the region, with a second factor; another
//	                      person than who registered the family, opened or planned the case, or helps
//	a helper              sees village and state; what the family is called, where it lives, what it needs and the plan only
//	                      while the case runs, behind the PIN; every time is written down
//
//	record a contact      the companion parent of a pairing that was under way then; of a record she sees no note again
//	confirm contacts      who supervises the pairing, or stands in, and was not there
//	read a contact's note with a second factor, these while the pairing is open, and who has grounds to read the child's record
//	contacts of a pairing these, and child-care officers, coordinators and administrators of the region, without notes; overdue ones the latter
//	contact plans         every officer sees them; administrators of the city add
//
//	pairings              proposed, decided, transferred by child-care officers of the child's region; reviewed, paused, closed by
//	                      these and by who supervises, an officer there, or stands in; all with a second factor, never by the
//	                      companion parent or under another of her records
//	the guardian's yes    recorded by who has the case, or hers by her link
//	a child, in a pairing its companion parent, with her PIN, while it is proposed, in trial or active and nothing of hers has ended:
//	                      given name, age, village; the address from the trial on. Every time is written down
//	counts of a brigade   its leader and deputies
//
// What somebody may not see does not exist for them.

const (
	childCare     = "child_care"
	coordinator   = "coordinator"
	administrator = "administrator"
)

var errNoRegion = apperr.New(apperr.NotFound, "no_such_region", "没有这个区划，或者不在您的管辖范围内。", "There is no such region, or it is not one of yours.")

// looksAfter reports whether somebody is a child-care officer of the region.
func looksAfter(who auth.Principal, regionPath string) bool { return who.Holds(childCare, regionPath) }

// supervises reports whether somebody sees who looked, and decides on purposes.
func supervises(who auth.Principal, regionPath string) bool {
	return looksAfter(who, regionPath) || who.Holds(administrator, regionPath)
}

// authorizeReferral returns the region if the person who asks may refer a child there.
func authorizeReferral(ctx context.Context, q postgres.Querier, code string) (domain.KnownRegion, auth.Principal, error) {
	who, err := auth.From(ctx)
	if err != nil {
		return domain.KnownRegion{}, who, err
	}
	region, ok, err := store.FindRegion(ctx, q, code)
	if err == nil && (!ok || !looksAfter(who, region.Path) && !who.Decides(region.Path)) {
		err = apperr.For("region_code", errNoRegion)
	}
	return region, who, err
}

// ground returns why the person who asks may read the child's record now. To who is
// no child-care officer there the record does not exist; who is one gets
// auth.ErrSecondFactor or domain.ErrNoGround.
func (a *App) ground(ctx context.Context, q postgres.Querier, c domain.Child) (domain.Ground, error) {
	who, err := auth.From(ctx)
	if err != nil {
		return domain.Ground{}, err
	}
	if !looksAfter(who, c.RegionPath) {
		return domain.Ground{}, domain.ErrNoChild
	}
	if err := who.RequireStrong(); err != nil {
		return domain.Ground{}, err
	}
	if c.OfficerID == who.VolunteerID {
		return domain.Ground{Basis: domain.BasisCase}, nil
	}
	if c.State == domain.ChildWithdrawn {
		return domain.Ground{}, domain.ErrWithdrawn
	}
	purposes, err := store.ListPurposesFor(ctx, q, who.VolunteerID, c, a.clock.Now())
	if err != nil {
		return domain.Ground{}, err
	}
	if len(purposes) == 0 {
		return domain.Ground{}, domain.ErrNoGround
	}
	return purposes[0].Ground(), nil
}

// lockCase returns a child, locked, to who has the case and proved it with a second
// factor. To others it returns what ground does, or domain.ErrNoCase.
func (a *App) lockCase(ctx context.Context, q postgres.Querier, childID string) (domain.Child, auth.Principal, error) {
	who, err := auth.From(ctx)
	if err != nil {
		return domain.Child{}, who, err
	}
	c, err := store.LockChild(ctx, q, childID)
	if err != nil {
		return c, who, err
	}
	if !looksAfter(who, c.RegionPath) {
		return c, who, domain.ErrNoChild
	}
	if err := who.RequireStrong(); err != nil {
		return c, who, err
	}
	if c.OfficerID != who.VolunteerID {
		return c, who, domain.ErrNoCase
	}
	if c.State == domain.ChildErased {
		return c, who, domain.ErrErased
	}
	return c, who, nil
}

// ofCase is on what grounds who has the case opens it.
var ofCase = domain.Ground{Basis: domain.BasisCase}

// interviewers are who may record what they think of a companion parent.
var interviewers = []string{childCare, coordinator, administrator}

// companionFor returns a companion parent to who has one of the roles over the region
// and was proved with a second factor. To others there is none, and of one's own
// application nobody is an officer.
func (a *App) companionFor(ctx context.Context, q postgres.Querier, companionID string, roles ...string) (domain.Companion, auth.Principal, error) {
	who, err := auth.From(ctx)
	if err != nil {
		return domain.Companion{}, who, err
	}
	c, err := store.FindCompanion(ctx, q, companionID)
	if err != nil {
		return domain.Companion{}, who, err
	}
	if !slices.ContainsFunc(roles, func(role string) bool { return who.Holds(role, c.RegionPath) }) {
		return domain.Companion{}, who, domain.ErrNoCompanion
	}
	if err := who.RequireStrong(); err != nil {
		return domain.Companion{}, who, err
	}
	own, err := store.SamePerson(ctx, q, who.VolunteerID, c.VolunteerID)
	if err == nil && own {
		err = domain.ErrCompanionOwn
	}
	return c, who, err
}

// pairingFor returns a pairing to child-care officers of the child's region and to who
// supervises it or stands in and is an officer there. To others there is none.
func (a *App) pairingFor(ctx context.Context, q postgres.Querier, pairingID string) (domain.Pairing, auth.Principal, error) {
	who, err := auth.From(ctx)
	if err != nil {
		return domain.Pairing{}, who, err
	}
	p, err := store.FindPairing(ctx, q, pairingID)
	if err != nil {
		return p, who, err
	}
	mine := who.VolunteerID == p.SupervisorID || who.VolunteerID == p.DeputyID
	if !looksAfter(who, p.RegionPath) && !(mine && oversees(who, p.RegionPath)) {
		return domain.Pairing{}, who, domain.ErrNoPairing
	}
	return p, who, nil
}
