package app

import (
	"context"
	"slices"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// What the vault is opened for in a pairing.
const (
	whatPairing  = "pairing"  // the companion parent's page: name, age, village, and the address while she meets the child
	whatHandover = "handover" // what whoever goes on has to know
)

// ProposePairing asks a companion parent, a guardian and another officer whether a child
// and a companion parent suit each other, and returns the pairing's id. It is for
// child-care officers of the child's region, with a second factor. It returns the errors
// of domain.NewPairing.Propose, and domain.ErrPairingMost or ErrPairingPersons from the
// database.
func (a *App) ProposePairing(ctx context.Context, n domain.NewPairing) (pairingID string, err error) {
	sex := a.sexOf(ctx, n.CompanionID)
	return idempotency.Do(ctx, a.db, a.clock.Now(), "proposePairing", n, func(q postgres.Querier) (string, error) {
		p, err := a.propose(ctx, q, n, sex)
		return p.ID, err
	})
}

// sexOf returns a companion parent's sex as teams know it, before a transaction begins;
// empty when it is not known.
func (a *App) sexOf(ctx context.Context, companionID string) string {
	var c domain.Companion
	if err := a.db.Read(ctx, func(q postgres.Querier) (err error) {
		c, err = store.FindCompanion(ctx, q, companionID)
		return err
	}); err != nil {
		return "" // whoever goes on is told why
	}
	return a.knownOf(ctx, c.VolunteerID).Sex
}

// propose is ProposePairing in a transaction.
func (a *App) propose(ctx context.Context, q postgres.Querier, n domain.NewPairing, sex string) (p domain.Pairing, err error) {
	who, err := auth.From(ctx)
	if err != nil {
		return p, err
	}
	companion, child, err := lockBoth(ctx, q, n.CompanionID, n.ChildID, who)
	if err != nil {
		return p, err
	}
	if err := who.RequireStrong(); err != nil {
		return p, err
	}
	now := a.clock.Now()
	if p, err = n.Propose(child, companion, sex, who.VolunteerID, now); err != nil {
		return p, err
	}
	if err := a.checkSupervisors(ctx, q, p); err != nil {
		return p, err
	}
	if p.TeamID != "" {
		teams, err := store.ListTeamsOf(ctx, q, p.VolunteerID)
		if err != nil {
			return p, err
		}
		if !slices.Contains(teams[p.VolunteerID], p.TeamID) {
			return p, apperr.For("team_id", domain.ErrPairingTeam)
		}
	}
	if err := store.InsertPairing(ctx, q, p); err != nil {
		return p, err
	}
	return p, a.tellPairing(ctx, q, child, p, domain.Pairing{}, who.VolunteerID)
}

// lockBoth locks a companion parent and a child for who is a child-care officer over both.
// To who is not over the child nothing is told of companions either.
func lockBoth(ctx context.Context, q postgres.Querier, companionID, childID string, who auth.Principal) (c domain.Companion, child domain.Child, err error) {
	if child, err = store.FindChild(ctx, q, childID); err == nil && !looksAfter(who, child.RegionPath) {
		err = domain.ErrNoChild
	}
	if err != nil {
		return c, child, apperrFor("child_id", err, domain.ErrNoChild)
	}
	if c, err = lockChoice(ctx, q, companionID, who); err != nil {
		return c, child, err
	}
	child, err = store.LockChild(ctx, q, childID)
	return c, child, err
}

// lockChoice locks a companion parent for who is a child-care officer over her.
func lockChoice(ctx context.Context, q postgres.Querier, companionID string, who auth.Principal) (domain.Companion, error) {
	c, err := store.LockCompanion(ctx, q, companionID)
	if err == nil && !looksAfter(who, c.RegionPath) {
		err = domain.ErrNoCompanion
	}
	return c, apperrFor("companion_id", err, domain.ErrNoCompanion)
}

// apperrFor puts a refusal on the input that it is about; other errors stay as they are.
func apperrFor(field string, err error, refusal *apperr.Error) error {
	if err == error(refusal) { //nolint:errorlint // it is this very error
		return apperr.For(field, refusal)
	}
	return err
}

// supervisors are who may look after a pairing: officers of the child's region.
var supervisors = []string{childCare, coordinator, administrator}

// standingsOf returns which supervisors and deputies of pairings have the authority.
func (a *App) standingsOf(ctx context.Context, q postgres.Querier, pairings ...domain.Pairing) (store.Standings, error) {
	return store.ListStandings(ctx, q, pairings, supervisors, a.clock.Now())
}

func (a *App) checkSupervisors(ctx context.Context, q postgres.Querier, p domain.Pairing) error {
	standings, err := a.standingsOf(ctx, q, p)
	granted := standings.Granted(p)
	switch {
	case err != nil:
		return err
	case !granted(p.SupervisorID):
		return apperr.For("supervisor_id", domain.ErrPairingSupervisor)
	case !granted(p.DeputyID):
		return apperr.For("deputy_id", domain.ErrPairingSupervisor)
	}
	return nil
}
