package app

import (
	"context"
	"time"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// How a number changes (ADR 34)
//
// A member has a new phone and can no longer get a code on the old one. Her
// leader, who sees her, enters the new number. Within the hour she signs in
// with it on her own phone, as everybody signs in: the code proves that the
// number is hers, the leader's word that she is she. Then the record has the
// new number, every old session ends, and the office is told and can take it
// back for some days. Whether the number is known to Qihe is told to nobody
// before it is proved.

var (
	errTooManyVouched = apperr.New(apperr.TooMany, "too_many_phone_changes", "今天换的手机号太多了，请明天再换，或请妇联办理。", "Too many numbers were changed today; please try tomorrow, or ask the office.")

	// vouchLimit bounds how many numbers one person vouches for.
	vouchLimit = []domain.Limit{{Max: 20, Within: 24 * time.Hour}}
	// renewLimit bounds how many new numbers one person gets.
	renewLimit = []domain.Limit{{Max: 3, Within: 24 * time.Hour}}
)

const phoneChangesShown = 10

// VouchForPhone notes that a new number is somebody's, face to face. It
// returns domain.ErrPhone, domain.ErrSamePhone, domain.ErrOfficersPhone or a
// TooMany error, and domain.ErrNoVolunteer for oneself, too.
func (a *App) VouchForPhone(ctx context.Context, volunteerID, phoneText string) (domain.PhoneChange, error) {
	phone, err := domain.ParsePhone(phoneText)
	if err != nil {
		return domain.PhoneChange{}, err
	}
	p, err := auth.From(ctx)
	if err != nil {
		return domain.PhoneChange{}, err
	}
	index := store.PhoneIndex(a.vault, phone)
	changeID, err := idempotency.Do(ctx, a.db, a.clock.Now(), "createPhoneChange", []any{volunteerID, index}, func(q postgres.Querier) (string, error) {
		v, s, err := a.volunteerBy(ctx, q, vouchPhone, volunteerID, store.LockVolunteer)
		if err != nil {
			return "", err
		}
		if err := a.mayVouch(ctx, q, p, v, s); err != nil {
			return "", err
		}
		if v.Phone == phone {
			return "", apperr.For("phone", domain.ErrSamePhone)
		}
		change := domain.NewPhoneChange(v.ID, p.VolunteerID, phone, index, a.clock.Now())
		if err := store.InsertPhoneChange(ctx, q, change); err != nil {
			return "", err
		}
		return change.ID, a.record(ctx, q, "phone.vouched", v.ID, "")
	})
	if err != nil {
		return domain.PhoneChange{}, err
	}
	var change domain.PhoneChange
	err = a.db.Read(ctx, func(q postgres.Querier) error {
		change, err = store.FindPhoneChange(ctx, q, a.vault, changeID)
		return err
	})
	return change, err
}

// mayVouch refuses a record that is nobody's to sign in to, what a PIN is not
// enough for, an officer's number to whoever is no officer with a second
// factor, and more than a few a day.
func (a *App) mayVouch(ctx context.Context, q postgres.Querier, p auth.Principal, v domain.Volunteer, s standing) error {
	if !v.State.Here() {
		return domain.ErrNoVolunteer
	}
	if p.Shared {
		if _, err := a.fullSession(ctx, q); err != nil {
			return err
		}
	}
	if err := a.guardOfficer(ctx, q, p, v.ID, s); err != nil {
		return err
	}
	now := a.clock.Now()
	vouched, err := store.PhoneChangesBy(ctx, q, p.VolunteerID, domain.Largest(vouchLimit))
	if err != nil {
		return err
	}
	changes, err := store.ListPhoneChanges(ctx, q, a.vault, v.ID, domain.Largest(renewLimit))
	if err != nil {
		return err
	}
	renewed := convert(changes, func(c domain.PhoneChange) time.Time { return c.CreatedAt })
	if domain.Wait(vouchLimit, vouched, now) > 0 || domain.Wait(renewLimit, renewed, now) > 0 {
		return errTooManyVouched
	}
	return nil
}

// guardOfficer keeps an officer's number to other officers, who show a second factor.
func (a *App) guardOfficer(ctx context.Context, q postgres.Querier, p auth.Principal, volunteerID string, s standing) error {
	grants, err := store.ListGrants(ctx, q, volunteerID)
	if err != nil || len(domain.ActiveGrants(grants, a.clock.Now())) == 0 {
		return err
	}
	if !s.decides() {
		return domain.ErrOfficersPhone
	}
	return p.RequireStrong()
}

// ListPhoneChanges returns a person's newest changes, for whoever may vouch.
func (a *App) ListPhoneChanges(ctx context.Context, volunteerID string) (changes []PhoneChange, err error) {
	err = a.db.InSnapshot(ctx, func(q postgres.Querier) error {
		_, s, err := a.volunteerBy(ctx, q, vouchPhone, volunteerID, store.FindVolunteer)
		if err != nil {
			return err
		}
		found, err := store.ListPhoneChanges(ctx, q, a.vault, volunteerID, phoneChangesShown)
		for _, c := range found {
			changes = append(changes, PhoneChange{PhoneChange: c, Open: c.Open(a.clock.Now()), Undoable: rules[undoPhone](s) && c.Undoable(a.clock.Now())})
		}
		return err
	})
	return changes, err
}

// PhoneChange is a change as somebody sees it.
type PhoneChange struct {
	domain.PhoneChange
	Open     bool // the number may still prove itself
	Undoable bool // by whoever asks
}
