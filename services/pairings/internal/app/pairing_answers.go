package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// AnswerPairing is the companion parent's own yes or no to what was proposed. It needs
// the PIN.
func (a *App) AnswerPairing(ctx context.Context, pairingID string, agreed bool) error {
	return a.db.InTx(ctx, func(q postgres.Querier) error {
		p, who, err := a.myPairing(ctx, q, pairingID)
		if err != nil {
			return err
		}
		return a.onPairing(ctx, q, p, who.VolunteerID, func(p *domain.Pairing, _ domain.Child) (err error) {
			now := a.clock.Now()
			if !agreed {
				*p, err = p.Decline(domain.ClosedVolunteerNo, who.VolunteerID, now)
				return err
			}
			rules, err := store.FindPairingRules(ctx, q, now)
			if err != nil {
				return err
			}
			*p, err = p.VolunteerAgrees(rules, now)
			return err
		})
	})
}

// RecordGuardianAnswer writes down what the guardian says to this person, from a numbered
// paper that she signed. It is for who has the child's case, with a second factor.
func (a *App) RecordGuardianAnswer(ctx context.Context, pairingID string, agreed bool, form string) error {
	return a.db.InTx(ctx, func(q postgres.Querier) error {
		p, who, err := a.pairingFor(ctx, q, pairingID)
		if err != nil {
			return err
		}
		if err := who.RequireStrong(); err != nil {
			return err
		}
		return a.onPairing(ctx, q, p, who.VolunteerID, func(p *domain.Pairing, child domain.Child) (err error) {
			if child.OfficerID != who.VolunteerID {
				return domain.ErrNoCase
			}
			return a.guardianSays(ctx, q, p, agreed, "", form, who.VolunteerID)
		})
	})
}

func (a *App) guardianSays(ctx context.Context, q postgres.Querier, p *domain.Pairing, agreed bool, linkID, form, by string) (err error) {
	now := a.clock.Now()
	if !agreed {
		*p, err = p.Decline(domain.ClosedGuardianNo, by, now)
		return err
	}
	rules, err := store.FindPairingRules(ctx, q, now)
	if err != nil {
		return err
	}
	*p, err = p.GuardianAgrees(linkID, form, by, rules, now)
	return err
}

// guardianAnswersPairing is what the guardian says by her link to the companion parent
// who is proposed; the child and the link are locked.
func (a *App) guardianAnswersPairing(ctx context.Context, q postgres.Querier, l domain.ConsentLink, child domain.Child, agreed bool) error {
	p, err := store.LockOpenPairing(ctx, q, child.ID)
	if err != nil {
		return err
	}
	before := p
	if err := a.guardianSays(ctx, q, &p, agreed, l.ID, "", ""); err != nil {
		return err
	}
	return a.followPairing(ctx, q, child, p, before, "")
}

// DecidePairing is the yes or no of another child-care officer of the region than who
// proposed and than who recorded the guardian's yes, with a second factor.
func (a *App) DecidePairing(ctx context.Context, pairingID string, agreed bool) error {
	return a.onManaged(ctx, pairingID, true, func(q postgres.Querier, p *domain.Pairing, _ domain.Child, who auth.Principal) (err error) {
		now := a.clock.Now()
		if !agreed {
			*p, err = p.Decline(domain.ClosedOfficerNo, who.VolunteerID, now)
			return err
		}
		rules, err := store.FindPairingRules(ctx, q, now)
		if err != nil {
			return err
		}
		*p, err = p.OfficerAgrees(who.VolunteerID, rules, now)
		return err
	})
}

// onManaged does something about a pairing for a child-care officer of its region or,
// unless care is asked for, for who supervises it or stands in; with a second factor.
func (a *App) onManaged(ctx context.Context, pairingID string, care bool, f func(q postgres.Querier, p *domain.Pairing, child domain.Child, who auth.Principal) error) error {
	return a.db.InTx(ctx, func(q postgres.Querier) error {
		return a.onManagedIn(ctx, q, pairingID, care, func(p *domain.Pairing, child domain.Child, who auth.Principal) error {
			return f(q, p, child, who)
		})
	})
}

func (a *App) onManagedIn(ctx context.Context, q postgres.Querier, pairingID string, care bool, f func(p *domain.Pairing, child domain.Child, who auth.Principal) error) error {
	p, who, err := a.pairingFor(ctx, q, pairingID)
	if err != nil {
		return err
	}
	if err := who.RequireStrong(); err != nil {
		return err
	}
	if care && !looksAfter(who, p.RegionPath) {
		return domain.ErrPairingNotYours
	}
	own, err := store.SamePerson(ctx, q, who.VolunteerID, p.VolunteerID)
	if err != nil {
		return err
	}
	if own {
		return domain.ErrPairingPersons
	}
	return a.onPairing(ctx, q, p, who.VolunteerID, func(p *domain.Pairing, child domain.Child) error { return f(p, child, who) })
}

// onPairing locks a pairing, does f to it, and then what follows from that. Locks are
// taken in one order: companion, child, pairing.
func (a *App) onPairing(ctx context.Context, q postgres.Querier, found domain.Pairing, by string, f func(p *domain.Pairing, child domain.Child) error) error {
	if _, err := store.LockCompanion(ctx, q, found.CompanionID); err != nil {
		return err
	}
	child, err := store.LockChild(ctx, q, found.ChildID)
	if err != nil {
		return err
	}
	p, err := store.LockPairing(ctx, q, found.ID)
	if err != nil {
		return err
	}
	before := p
	if err := f(&p, child); err != nil {
		return err
	}
	return a.followPairing(ctx, q, child, p, before, by)
}
