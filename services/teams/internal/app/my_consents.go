package app

import (
	"context"
	"slices"
	"time"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// MyConsent is one consent as its person reads it.
type MyConsent struct {
	Purpose domain.Purpose
	State   domain.ConsentState
	Since   time.Time            // zero: never said
	Text    domain.ConsentText   // of today
	Texts   []domain.ConsentText // of every version that something was said to
	Said    []domain.Consent     // newest first
}

// MyConsents returns what whoever asks was asked and has said.
func (a *App) MyConsents(ctx context.Context) ([]MyConsent, error) {
	p, err := auth.From(ctx)
	if err != nil {
		return nil, err
	}
	var mine []MyConsent
	err = a.db.InSnapshot(ctx, func(q postgres.Querier) error {
		mine, err = a.consentsOf(ctx, q, p.VolunteerID)
		return err
	})
	return mine, err
}

func (a *App) consentsOf(ctx context.Context, q postgres.Querier, volunteerID string) ([]MyConsent, error) {
	texts, err := store.ListConsentTexts(ctx, q)
	if err != nil {
		return nil, err
	}
	said, err := store.ListConsents(ctx, q, volunteerID)
	if err != nil {
		return nil, err
	}
	var mine []MyConsent
	for _, purpose := range domain.Purposes {
		one := MyConsent{Purpose: purpose}
		if one.Text, err = domain.CurrentText(texts, purpose, a.clock.Now()); err != nil {
			return nil, err
		}
		one.State, one.Since = domain.StateOf(said, texts, purpose, a.clock.Now())
		for _, c := range slices.Backward(said) {
			if c.Purpose == purpose {
				one.Said = append(one.Said, c)
			}
		}
		one.Texts = textsOf(one.Said, texts)
		mine = append(mine, one)
	}
	return mine, nil
}

func textsOf(said []domain.Consent, texts []domain.ConsentText) []domain.ConsentText {
	var read []domain.ConsentText
	for _, t := range texts {
		if slices.ContainsFunc(said, func(c domain.Consent) bool { return c.Purpose == t.Purpose && c.TextVersion == t.Version }) {
			read = append(read, t)
		}
	}
	return read
}

// countRenewals returns how many consents a person gave to words that say less
// than today's.
func (a *App) countRenewals(ctx context.Context, q postgres.Querier, volunteerID string) (int, error) {
	consents, err := a.consentsOf(ctx, q, volunteerID)
	if err != nil {
		return 0, err
	}
	n := 0
	for _, c := range consents {
		if c.State == domain.ConsentRenew {
			n++
		}
	}
	return n, nil
}
