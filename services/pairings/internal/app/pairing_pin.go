package app

import (
	"context"
	"errors"
	"time"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// PairingDoor is what a companion parent sees before she types her PIN: nothing of a child.
type PairingDoor struct {
	HasPIN   bool
	OpenFor  time.Duration // how long the PIN need not be typed; 0: it has to be
	Pairings int           // how many there are
	Asked    int           // of these, how many wait for her answer
	Shown    int           // how many show their child now: a page that is open sees when one closes
}

// GetPairingDoor returns it for whoever asks.
func (a *App) GetPairingDoor(ctx context.Context) (d PairingDoor, err error) {
	who, err := auth.From(ctx)
	if err != nil {
		return d, err
	}
	err = a.db.Read(ctx, func(q postgres.Querier) error {
		pairings, err := store.ListMyPairings(ctx, q, who.VolunteerID)
		if err != nil {
			return err
		}
		d.Pairings = len(pairings)
		ids := make([]string, len(pairings))
		for i, p := range pairings {
			ids[i] = p.ID
			if p.State == domain.PairingProposed && p.VolunteerAgreedAt.IsZero() {
				d.Asked++
			}
		}
		readable, err := store.ListReadable(ctx, q, ids, a.clock.Now())
		if err != nil {
			return err
		}
		d.Shown = len(readable)
		if d.HasPIN, err = store.HasPIN(ctx, q, who.VolunteerID); err != nil {
			return err
		}
		until, err := store.FindPass(ctx, q, who.SessionID, who.VolunteerID)
		d.OpenFor = max(until.Sub(a.clock.Now()), 0)
		return err
	})
	return d, err
}

// requirePIN returns domain.ErrPINNeeded unless whoever asks typed her PIN in this session
// not long ago.
func (a *App) requirePIN(ctx context.Context, q postgres.Querier, who auth.Principal) error {
	until, err := store.FindPass(ctx, q, who.SessionID, who.VolunteerID)
	if err == nil && !a.clock.Now().Before(until) {
		err = domain.ErrPINNeeded
	}
	return err
}

// pinMark is the fingerprint of a PIN, bound to its person.
func (a *App) pinMark(volunteerID, pin string) []byte {
	return a.vault.BlindIndex("pairing_pin."+volunteerID, pin)
}

// SetPIN chooses the caller's PIN, the first one, or another while she has shown hers; it
// need not be typed again for a while.
func (a *App) SetPIN(ctx context.Context, typed string) error {
	who, err := auth.From(ctx)
	if err != nil {
		return err
	}
	pin, err := domain.ParsePIN(typed)
	if err != nil {
		return err
	}
	now := a.clock.Now()
	return a.db.InTx(ctx, func(q postgres.Querier) error {
		_, has, err := store.LockPIN(ctx, q, who.VolunteerID)
		if err != nil {
			return err
		}
		if has {
			if err := a.requirePIN(ctx, q, who); errors.Is(err, domain.ErrPINNeeded) {
				return domain.ErrPINSet
			} else if err != nil {
				return err
			}
		}
		if err := store.UpsertPIN(ctx, q, domain.PIN{VolunteerID: who.VolunteerID, Mark: a.pinMark(who.VolunteerID, pin), SetAt: now}); err != nil {
			return err
		}
		return store.UpsertPass(ctx, q, who.SessionID, who.VolunteerID, now.Add(domain.PassLife))
	})
}

// TypePIN opens the pairing pages to the caller's session for a while. It returns
// domain.ErrPINWrong or ErrPINLocked, and ErrPINNone for who has not chosen one.
func (a *App) TypePIN(ctx context.Context, typed string) error {
	who, err := auth.From(ctx)
	if err != nil {
		return err
	}
	var verdict error // a wrong try is committed too, or it would not count
	now := a.clock.Now()
	err = a.db.InTx(ctx, func(q postgres.Querier) error {
		pin, has, err := store.LockPIN(ctx, q, who.VolunteerID)
		if err != nil {
			return err
		}
		if !has {
			return domain.ErrPINNone
		}
		digits, none := domain.ParsePIN(typed)
		verdict = pin.Try(none == nil && string(pin.Mark) == string(a.pinMark(who.VolunteerID, digits)), now) // fingerprints: their time tells nothing
		if err := store.UpsertPIN(ctx, q, pin); err != nil || verdict != nil {
			return err
		}
		return store.UpsertPass(ctx, q, who.SessionID, who.VolunteerID, now.Add(domain.PassLife))
	})
	if err != nil {
		return err
	}
	return verdict
}

// ShutPairings makes the caller's session type the PIN again.
func (a *App) ShutPairings(ctx context.Context) error {
	who, err := auth.From(ctx)
	if err != nil {
		return err
	}
	return a.db.InTx(ctx, func(q postgres.Querier) error { return store.DeletePass(ctx, q, who.SessionID) })
}

// ClearPIN lets a companion parent who forgot her PIN choose a new one. It is for
// child-care officers of the region, with a second factor.
func (a *App) ClearPIN(ctx context.Context, companionID string) error {
	return a.db.InTx(ctx, func(q postgres.Querier) error {
		c, _, err := a.companionFor(ctx, q, companionID, childCare)
		if err != nil {
			return err
		}
		return store.DeletePIN(ctx, q, c.VolunteerID)
	})
}

// forgetPasses forgets what ended.
func (a *App) forgetPasses(ctx context.Context) error {
	return a.db.InTx(ctx, func(q postgres.Querier) error { return store.DeletePasses(ctx, q, a.clock.Now().AddDate(0, 0, -1)) })
}
