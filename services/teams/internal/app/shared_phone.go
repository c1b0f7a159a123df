package app

import (
	"context"
	"errors"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// How several people share a phone (ADR 34)
//
// A family or a reading room has one phone. Whoever is signed in on it, by link
// or text code, declares it shared by choosing a PIN for it; the next person
// signs in and does the same. From then on 换人签到 is a name and a PIN. The
// phone is its browser, known again by a secret of its own; a PIN is good on
// that phone only and opens a session of half a day, without an officer's
// authority and without a second factor, that ends whoever acted there before.

// SharedPhone is what a browser shows of the phone it is.
type SharedPhone struct {
	Shared bool
	People []store.NameOnPhone
	Kept   bool // whoever asks is one of them
}

// SharedPhone returns whether the phone is shared and whom it keeps. Nobody
// needs to be signed in: it is told to the phone itself.
func (a *App) SharedPhone(ctx context.Context) (SharedPhone, error) {
	p, _ := auth.From(ctx) // nobody is nobody
	var out SharedPhone
	err := a.db.InSnapshot(ctx, func(q postgres.Querier) error {
		phone, err := store.FindSharedPhone(ctx, q, browserOf(ctx))
		if errors.Is(err, domain.ErrNotShared) {
			return nil
		}
		if err != nil {
			return err
		}
		out.Shared = true
		out.People, err = store.ListOnPhone(ctx, q, phone.ID)
		for _, person := range out.People {
			out.Kept = out.Kept || person.VolunteerID == p.VolunteerID
		}
		return err
	})
	return out, err
}

// KeepOnPhone keeps whoever asks on the phone they hold, under a PIN, and
// declares it shared if it is not yet. Their session goes on as that of a
// shared phone, with a new secret. It returns domain.ErrPIN, domain.ErrPINOnly,
// domain.ErrNoBrowser or domain.ErrPhoneFull. It carries no idempotency key:
// the answer holds a secret, and a repeat chooses the same PIN.
func (a *App) KeepOnPhone(ctx context.Context, typed string) (secret string, err error) {
	pin, err := domain.ParsePIN(typed)
	if err != nil {
		return "", err
	}
	salt := newSalt()
	hash, err := a.hashCode(ctx, salt, pin)
	if err != nil {
		return "", err
	}
	err = a.db.InTx(ctx, func(q postgres.Querier) error {
		session, err := a.fullSession(ctx, q)
		if err != nil {
			return err
		}
		phone, err := a.declareShared(ctx, q, session.VolunteerID)
		if err != nil {
			return err
		}
		now := a.clock.Now()
		person := domain.OnPhone{PhoneID: phone.ID, VolunteerID: session.VolunteerID, Salt: salt, Hash: hash, KeptAt: now, UsedAt: now}
		if err := a.keepPerson(ctx, q, person); err != nil {
			return err
		}
		_, secret, err = a.beginSession(ctx, q, session.VolunteerID, session.BegunBy)
		return err
	})
	return secret, err
}

// fullSession returns the session of whoever asks, or domain.ErrPINOnly when no
// more than a PIN was shown for it.
func (a *App) fullSession(ctx context.Context, q postgres.Querier) (domain.Session, error) {
	p, err := auth.From(ctx)
	if err != nil {
		return domain.Session{}, err
	}
	s, err := store.FindSessionByID(ctx, q, p.SessionID)
	if err != nil {
		return s, err
	}
	if s.ByPIN() {
		return s, domain.ErrPINOnly
	}
	return s, nil
}

// declareShared returns the phone, held, and records it if it is new.
func (a *App) declareShared(ctx context.Context, q postgres.Querier, volunteerID string) (domain.SharedPhone, error) {
	browser := browserOf(ctx)
	if len(browser) == 0 {
		return domain.SharedPhone{}, domain.ErrNoBrowser
	}
	phone := domain.NewSharedPhone(browser, volunteerID, a.clock.Now())
	fresh, err := store.InsertSharedPhone(ctx, q, phone)
	if err != nil {
		return phone, err
	}
	if fresh {
		return phone, a.recordPhone(ctx, q, "shared_phone.declared", phone.ID, volunteerID)
	}
	return store.LockSharedPhone(ctx, q, browser)
}

func (a *App) keepPerson(ctx context.Context, q postgres.Querier, person domain.OnPhone) error {
	people, err := store.ListOnPhone(ctx, q, person.PhoneID)
	if err != nil {
		return err
	}
	there := false
	for _, other := range people {
		there = there || other.VolunteerID == person.VolunteerID
	}
	if !there && len(people) >= domain.MaxOnPhone {
		return domain.ErrPhoneFull
	}
	if err := store.UpsertOnPhone(ctx, q, person); err != nil {
		return err
	}
	return a.recordPhone(ctx, q, "shared_phone.pin_set", person.PhoneID, person.VolunteerID)
}

func (a *App) recordPhone(ctx context.Context, q postgres.Querier, act, phoneID, volunteerID string) error {
	return store.InsertRecord(ctx, q, domain.NewRecord(volunteerID, act, "shared_phone", phoneID, a.clock.Now()).About(volunteerID))
}

// LeavePhone takes whoever asks off the phone they hold; the last to leave ends
// the sharing. It returns domain.ErrNotOnPhone for who is not on it.
func (a *App) LeavePhone(ctx context.Context) error {
	return a.ofPhone(ctx, func(q postgres.Querier, phone domain.SharedPhone, volunteerID string) error {
		people, err := store.ListOnPhone(ctx, q, phone.ID)
		if err != nil {
			return err
		}
		if len(people) == 1 {
			return a.endSharing(ctx, q, phone, volunteerID)
		}
		if err := store.DeleteOnPhone(ctx, q, phone.ID, volunteerID); err != nil {
			return err
		}
		return a.recordPhone(ctx, q, "shared_phone.left", phone.ID, volunteerID)
	})
}

// EndSharing takes everybody off the phone that whoever asks holds and is on.
// It returns domain.ErrNotOnPhone or domain.ErrPINOnly.
func (a *App) EndSharing(ctx context.Context) error {
	return a.ofPhone(ctx, func(q postgres.Querier, phone domain.SharedPhone, volunteerID string) error {
		if _, err := a.fullSession(ctx, q); err != nil {
			return err
		}
		return a.endSharing(ctx, q, phone, volunteerID)
	})
}

func (a *App) endSharing(ctx context.Context, q postgres.Querier, phone domain.SharedPhone, volunteerID string) error {
	if err := store.DeleteSharedPhone(ctx, q, phone.ID); err != nil {
		return err
	}
	return a.recordPhone(ctx, q, "shared_phone.ended", phone.ID, volunteerID)
}

// ofPhone does something about the phone, which is held, for one of its people.
func (a *App) ofPhone(ctx context.Context, do func(q postgres.Querier, phone domain.SharedPhone, volunteerID string) error) error {
	p, err := auth.From(ctx)
	if err != nil {
		return err
	}
	return a.db.InTx(ctx, func(q postgres.Querier) error {
		phone, err := store.LockSharedPhone(ctx, q, browserOf(ctx))
		if errors.Is(err, domain.ErrNotShared) {
			return domain.ErrNotOnPhone
		}
		if err != nil {
			return err
		}
		if _, err := store.FindOnPhone(ctx, q, phone.ID, p.VolunteerID); err != nil {
			return err
		}
		return do(q, phone, p.VolunteerID)
	})
}
