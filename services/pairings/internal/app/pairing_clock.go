package app

import (
	"context"
	"errors"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/store"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/contract/pairingsv1"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// watchPairings looks at pairings that the clock, or an event, has made due: who
// supervises now, and what is to be reminded of; each in a transaction of its own.
func (a *App) watchPairings(ctx context.Context) error {
	for {
		var due []string
		if err := a.db.Read(ctx, func(q postgres.Querier) (err error) {
			due, err = store.ListDuePairings(ctx, q, a.clock.Now(), dutiesAtOnce)
			return err
		}); err != nil {
			return err
		}
		for _, one := range due {
			if err := a.db.InTx(ctx, func(q postgres.Querier) error {
				p, err := store.FindPairing(ctx, q, one)
				if err != nil {
					return err
				}
				return a.onPairing(ctx, q, p, "", func(*domain.Pairing, domain.Child) error { return nil })
			}); err != nil && !errors.Is(err, domain.ErrNoPairing) {
				return err
			}
		}
		if len(due) < dutiesAtOnce {
			return nil
		}
	}
}

// followPairing writes a locked pairing and does what follows from what changed: who
// looks after it, when the clock looks again, the child's state, and who is told. by is
// who did it; empty: it came by itself, or from the guardian.
func (a *App) followPairing(ctx context.Context, q postgres.Querier, child domain.Child, p, before domain.Pairing, by string) error {
	if !before.Open() { // due, and closed since
		return nil
	}
	if err := a.writePairing(ctx, q, child, p, before, by); err != nil {
		return err
	}
	if p.State == before.State {
		return nil
	}
	return a.settle(ctx, q, child, a.clock.Now())
}

// writePairing is followPairing without the child's state.
func (a *App) writePairing(ctx context.Context, q postgres.Querier, child domain.Child, p, before domain.Pairing, by string) error {
	now := a.clock.Now()
	standings, err := a.standingsOf(ctx, q, p)
	if err != nil {
		return err
	}
	var events []outbox.Event
	supervising := p.Supervising(standings.Granted(p), now)
	if p.Stands() && supervising != p.ToldID {
		told, err := a.newsOfSupervision(ctx, q, p, supervising)
		if err != nil {
			return err
		}
		p.ToldID, events = supervising, told
	}
	if days, due := p.TrialReminder(now); due && supervising != "" {
		isNew, err := store.InsertPairingReminder(ctx, q, p, days, now)
		if err != nil {
			return err
		}
		if isNew {
			words := map[string]string{"person": p.VolunteerID, "day": p.TrialEndsAt.In(clock.City).Format("2006-01-02")}
			events = append(events, news(pairingsv1.NoticePairingReview, subject{"pairing", p.ID}, now, words, supervising)...)
		}
	}
	p.DueAt = p.NextLook(now, standings[store.Seat{VolunteerID: p.SupervisorID, RegionPath: p.RegionPath}].ChangesAt,
		standings[store.Seat{VolunteerID: p.DeputyID, RegionPath: p.RegionPath}].ChangesAt)
	if err := store.UpdatePairing(ctx, q, p); err != nil {
		return err
	}
	if err := outbox.Append(ctx, q, now, events...); err != nil {
		return err
	}
	return a.tellPairing(ctx, q, child, p, before, by)
}

// newsOfSupervision tells who looks after a pairing from now on; when nobody does, the
// nearest child-care officers.
func (a *App) newsOfSupervision(ctx context.Context, q postgres.Querier, p domain.Pairing, supervising string) ([]outbox.Event, error) {
	now := a.clock.Now()
	about, words := subject{"pairing", p.ID}, map[string]string{"person": p.VolunteerID}
	if supervising != "" {
		return news(pairingsv1.NoticePairingSupervise, about, now, words, supervising), nil
	}
	desk, err := a.deskNear(ctx, q, p.RegionPath, p.VolunteerID)
	return news(pairingsv1.NoticePairingNobody, about, now, words, desk...), err
}

// deskNear returns the nearest child-care officers of a region, two at most, without some.
func (a *App) deskNear(ctx context.Context, q postgres.Querier, regionPath string, without ...string) ([]string, error) {
	officers, err := store.ListOfficers(ctx, q, regionPath, []string{childCare}, a.clock.Now())
	return firstWithout(officers, 2, without...), err
}

// tellPairing tells that a pairing's state is another than before. Notices name no child:
// they lead to the page, which asks for the PIN or the second factor.
func (a *App) tellPairing(ctx context.Context, q postgres.Querier, child domain.Child, p, before domain.Pairing, by string) error {
	if p.State == before.State {
		return nil
	}
	now := a.clock.Now()
	var events []outbox.Event
	tell := func(kind pairingsv1.NoticeKind, to ...string) {
		words := map[string]string{"person": p.VolunteerID}
		events = append(events, news(kind, subject{"pairing", p.ID}, now, words, firstWithout(to, len(to), by)...)...)
	}
	switch p.State {
	case domain.PairingProposed:
		desk, err := a.deskNear(ctx, q, p.RegionPath, by, p.VolunteerID)
		if err != nil {
			return err
		}
		tell(pairingsv1.NoticePairingProposed, p.VolunteerID)
		tell(pairingsv1.NoticePairingDecide, desk...)
		tell(pairingsv1.NoticePairingGuardian, child.OfficerID)
	case domain.PairingTrial, domain.PairingActive:
		switch {
		case before.State == domain.PairingPaused:
			tell(pairingsv1.NoticePairingResumed, p.VolunteerID, p.ToldID)
		case p.State == domain.PairingTrial:
			tell(pairingsv1.NoticePairingBegun, p.VolunteerID)
			tell(pairingsv1.NoticePairingBegunDesk, p.ProposedBy, child.OfficerID)
		default:
			tell(pairingsv1.NoticePairingActive, p.VolunteerID)
		}
	case domain.PairingPaused:
		tell(pairingsv1.NoticePairingPaused, p.VolunteerID)
		tell(pairingsv1.NoticePairingPausedDesk, p.ToldID)
	case domain.PairingClosed:
		if before.State == domain.PairingProposed {
			tell(pairingsv1.NoticePairingDeclined, p.ProposedBy, child.OfficerID)
		} else {
			tell(pairingsv1.NoticePairingClosedDesk, before.ToldID, child.OfficerID)
		}
		tell(pairingsv1.NoticePairingClosed, p.VolunteerID)
	}
	return outbox.Append(ctx, q, now, events...)
}

// followCompanion does to her pairings what follows when a companion parent's state is
// another than before; she is locked.
func (a *App) followCompanion(ctx context.Context, q postgres.Querier, c domain.Companion) error {
	pairings, err := store.ListPairingsOf(ctx, q, c.ID)
	if err != nil {
		return err
	}
	now := a.clock.Now()
	for _, found := range pairings {
		child, err := store.LockChild(ctx, q, found.ChildID)
		if err != nil {
			return err
		}
		p, err := store.LockPairing(ctx, q, found.ID)
		if err != nil {
			return err
		}
		before := p
		switch {
		case !c.Open():
			p = p.End(domain.ClosedCompanion, "", now)
		case c.State == domain.CompanionSuspended:
			p = p.Suspend(now)
		case c.State == domain.CompanionApproved:
			p = p.Reinstate(now)
		}
		if p.State == before.State {
			continue
		}
		if err := a.followPairing(ctx, q, child, p, before, ""); err != nil {
			return err
		}
	}
	return nil
}

// endPairing closes the pairing of a locked child, if one is open, without settling the
// child: whoever calls does.
func (a *App) endPairing(ctx context.Context, q postgres.Querier, child domain.Child, reason, by string) error {
	p, err := store.LockOpenPairing(ctx, q, child.ID)
	if errors.Is(err, domain.ErrNoPairing) {
		return nil
	}
	if err != nil {
		return err
	}
	return a.writePairing(ctx, q, child, p.End(reason, by, a.clock.Now()), p, by)
}
