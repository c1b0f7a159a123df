package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

func handoverPlace(pairingID string) vault.Place {
	return vault.Place{Table: "pairings", Column: "handover", Row: pairingID}
}

// ReviewTrial says whether it goes on after the trial.
func (a *App) ReviewTrial(ctx context.Context, pairingID string, goesOn bool) error {
	return a.onManaged(ctx, pairingID, false, func(_ postgres.Querier, p *domain.Pairing, _ domain.Child, who auth.Principal) (err error) {
		*p, err = p.Review(goesOn, who.VolunteerID, a.clock.Now())
		return err
	})
}

// PausePairing stops meetings for a while; the companion parent's page is closed.
func (a *App) PausePairing(ctx context.Context, pairingID, reason string) error {
	return a.onManaged(ctx, pairingID, false, func(_ postgres.Querier, p *domain.Pairing, _ domain.Child, who auth.Principal) (err error) {
		*p, err = p.Pause(reason, who.VolunteerID, a.clock.Now())
		return err
	})
}

// ResumePairing lets it go on. It returns domain.ErrPairingCompanion while the companion
// parent may not be with a child.
func (a *App) ResumePairing(ctx context.Context, pairingID string) error {
	return a.onManaged(ctx, pairingID, false, func(_ postgres.Querier, p *domain.Pairing, _ domain.Child, _ auth.Principal) (err error) {
		*p, err = p.Resume(a.clock.Now())
		return err
	})
}

// ClosePairing ends it, with a reason, a farewell and what has to be handed over.
func (a *App) ClosePairing(ctx context.Context, pairingID string, e domain.Ending) error {
	return a.onManaged(ctx, pairingID, false, func(q postgres.Querier, p *domain.Pairing, child domain.Child, who auth.Principal) error {
		if e.Reason == domain.ClosedTransferred { // see TransferPairing
			e.Reason = ""
		}
		return a.close(ctx, q, p, child, e, who)
	})
}

// close ends a pairing and seals what is handed over: a note is for who supervises, or has
// grounds to read the child's record.
func (a *App) close(ctx context.Context, q postgres.Querier, p *domain.Pairing, child domain.Child, e domain.Ending, who auth.Principal) error {
	closed, note, err := p.Close(e, who.VolunteerID, a.clock.Now())
	if err != nil {
		return err
	}
	if note.Note != "" {
		g := ofPairing(*p)
		if who.VolunteerID != p.SupervisorID && who.VolunteerID != p.DeputyID {
			if g, err = a.ground(ctx, q, child); err != nil {
				return err
			}
		}
		key, err := a.openOne(ctx, q, domain.Write, g, whatHandover, child.ID)
		if err != nil {
			return err
		}
		if closed.Handover, err = sealJSON(key, handoverPlace(closed.ID), note); err != nil {
			return err
		}
	}
	*p = closed
	return nil
}

// TransferPairing ends a pairing and proposes another companion parent for the child in
// its place, and returns the new one's id. It is for child-care officers of the region.
func (a *App) TransferPairing(ctx context.Context, pairingID string, n domain.NewPairing, e domain.Ending) (nextID string, err error) {
	type asked struct {
		PairingID string
		Next      domain.NewPairing
		Ending    domain.Ending
	}
	sex := a.sexOf(ctx, n.CompanionID)
	return idempotency.Do(ctx, a.db, a.clock.Now(), "transferPairing", asked{pairingID, n, e}, func(q postgres.Querier) (string, error) {
		_, who, err := a.pairingFor(ctx, q, pairingID)
		if err != nil {
			return "", err
		}
		if _, err := lockChoice(ctx, q, n.CompanionID, who); err != nil { // before the child
			return "", err
		}
		// The old one is closed first: a child has one pairing, and what is closed is not
		// changed. So the next one's id is made here.
		n.ID, e.Reason = id.New(), domain.ClosedTransferred
		if err := a.onManagedIn(ctx, q, pairingID, true, func(p *domain.Pairing, child domain.Child, who auth.Principal) error {
			if !p.Stands() {
				return domain.ErrPairingMoved
			}
			n.ChildID, p.HandedOverTo = child.ID, n.ID
			return a.close(ctx, q, p, child, e, who)
		}); err != nil {
			return "", err
		}
		next, err := a.propose(ctx, q, n, sex)
		return next.ID, err
	})
}

// SetSupervision names another supervisor and deputy. It is for child-care officers of the region.
func (a *App) SetSupervision(ctx context.Context, pairingID, supervisorID, deputyID string) error {
	return a.onManaged(ctx, pairingID, true, func(q postgres.Querier, p *domain.Pairing, _ domain.Child, _ auth.Principal) (err error) {
		if *p, err = p.Supervise(supervisorID, deputyID); err != nil {
			return err
		}
		return a.checkSupervisors(ctx, q, *p)
	})
}

// SetAbsence notes from which day to which the supervisor is away: the deputy stands in.
// It is for the supervisor and for child-care officers of the region.
func (a *App) SetAbsence(ctx context.Context, pairingID, from, until string) error {
	return a.onManaged(ctx, pairingID, false, func(_ postgres.Querier, p *domain.Pairing, _ domain.Child, who auth.Principal) (err error) {
		if who.VolunteerID != p.SupervisorID && !looksAfter(who, p.RegionPath) {
			return domain.ErrPairingNotYours
		}
		*p, err = p.Away(from, until, a.clock.Now())
		return err
	})
}
