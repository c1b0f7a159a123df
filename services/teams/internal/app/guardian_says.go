package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// ConsentsOf returns what was agreed to for a minor, to whoever may record a
// guardian's word. It returns domain.ErrNoMinor: an adult's are her own affair.
func (a *App) ConsentsOf(ctx context.Context, volunteerID string) ([]MyConsent, error) {
	var consents []MyConsent
	err := a.db.InSnapshot(ctx, func(q postgres.Querier) error {
		v, err := a.volunteerFor(ctx, q, recordGuardian, volunteerID)
		if err != nil {
			return err
		}
		if !v.MinorAt(a.clock.Now()) {
			return domain.ErrNoMinor
		}
		consents, err = a.consentsOf(ctx, q, v.ID)
		return err
	})
	return consents, err
}

// SayAsGuardian keeps what a minor's guardian says about a purpose, having
// read a version of its text beside whoever records it. It returns
// domain.ErrNoMinor, domain.ErrNoGuardian, domain.ErrNoPurpose or
// domain.ErrTextChanged.
func (a *App) SayAsGuardian(ctx context.Context, volunteerID string, purpose domain.Purpose, given bool, version int) ([]MyConsent, error) {
	p, err := auth.From(ctx)
	if err != nil {
		return nil, err
	}
	said := answer{purpose, given, version}
	if _, err := idempotency.Do(ctx, a.db, a.clock.Now(), "putVolunteerConsent", []any{volunteerID, said}, func(q postgres.Querier) (bool, error) {
		v, err := a.lockVolunteerFor(ctx, q, recordGuardian, volunteerID)
		if err != nil {
			return false, err
		}
		agreed, err := store.HasGuardianConsent(ctx, q, v.ID)
		if err != nil {
			return false, err
		}
		if v.MinorAt(a.clock.Now()) && !agreed {
			return false, domain.ErrNoGuardian
		}
		news, err := a.keepWord(ctx, q, v, said.Purpose, domain.CurrentText, func(text domain.ConsentText) (domain.Consent, error) {
			return v.GuardianSays(text, said.Version, said.Given, p.VolunteerID, a.clock.Now())
		})
		if err != nil || !news {
			return true, err
		}
		return true, a.record(ctx, q, "consent.said_by_guardian", v.ID, "")
	}); err != nil {
		return nil, err
	}
	return a.ConsentsOf(ctx, volunteerID)
}
