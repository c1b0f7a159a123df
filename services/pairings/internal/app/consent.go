package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/store"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/picture"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

func formPlace(consentID string) vault.Place {
	return vault.Place{Table: "consents", Column: "sealed", Row: consentID}
}

func signaturePlace(consentID string) vault.Place {
	return vault.Place{Table: "consents", Column: "picture", Row: consentID}
}

// RecordConsent keeps a numbered paper form that the guardian signed, for who has the
// case, and returns its id. It counts once the picture of the signature is there.
func (a *App) RecordConsent(ctx context.Context, childID string, n domain.NewPaper) (consentID string, err error) {
	now := a.clock.Now()
	return idempotency.Do(ctx, a.db, now, "recordConsent", []any{childID, n}, func(q postgres.Querier) (string, error) {
		c, who, err := a.lockCase(ctx, q, childID)
		if err != nil {
			return "", err
		}
		key, err := a.openOne(ctx, q, domain.Write, ofCase, whatConsent, c.ID)
		if err != nil {
			return "", err
		}
		var person domain.ChildPerson
		if err := openJSON(key, childPlace(c.ID), c.Sealed, &person); err != nil {
			return "", err
		}
		consent, form, err := n.Record(c.ID, person.BornOn, who.VolunteerID, now)
		if err != nil {
			return "", err
		}
		if consent.Sealed, err = sealJSON(key, formPlace(consent.ID), form); err != nil {
			return "", err
		}
		return consent.ID, store.InsertConsent(ctx, q, consent)
	})
}

// lockConsent returns a consent of a case of the caller's, and its child, locked.
func (a *App) lockConsent(ctx context.Context, q postgres.Querier, consentID string) (domain.Consent, domain.Child, error) {
	consent, err := store.FindConsent(ctx, q, consentID)
	if err != nil {
		return consent, domain.Child{}, err
	}
	c, _, err := a.lockCase(ctx, q, consent.ChildID)
	if err == domain.ErrNoChild { //nolint:errorlint // it is this very error
		err = domain.ErrNoConsent
	}
	return consent, c, err
}

// AddSignature keeps the picture of the signature on a paper form: encoded anew
// without anything that a camera wrote, and sealed. Sent again it takes the place of
// the one before. With it the consent counts.
func (a *App) AddSignature(ctx context.Context, consentID string, file []byte) error {
	if err := a.db.InTx(ctx, func(q postgres.Querier) error { // before the work
		_, _, err := a.lockConsent(ctx, q, consentID)
		return err
	}); err != nil {
		return err
	}
	select {
	case a.scanning <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	scan, err := picture.Scan(file)
	<-a.scanning
	if err != nil {
		return err
	}
	return a.db.InTx(ctx, func(q postgres.Querier) error {
		consent, c, err := a.lockConsent(ctx, q, consentID)
		if err != nil {
			return err
		}
		if consent.Way != domain.ByPaper || !consent.WithdrawnAt.IsZero() {
			return domain.ErrNoConsent
		}
		key, err := a.openOne(ctx, q, domain.Write, ofCase, whatSignature, c.ID)
		if err != nil {
			return err
		}
		sealed, err := key.Seal(scan, signaturePlace(consentID))
		if err != nil {
			return err
		}
		if err := store.UpdateConsentPicture(ctx, q, consentID, sealed); err != nil {
			return err
		}
		return a.settle(ctx, q, c, a.clock.Now())
	})
}

// ReadSignature returns the picture of a signature as JPEG, for who has grounds to
// read the child's record; it is written down.
func (a *App) ReadSignature(ctx context.Context, consentID string) (scan []byte, err error) {
	err = a.db.InTx(ctx, func(q postgres.Querier) error {
		consent, err := store.FindConsent(ctx, q, consentID)
		if err != nil {
			return err
		}
		c, err := store.FindChild(ctx, q, consent.ChildID)
		if err != nil {
			return err
		}
		g, err := a.ground(ctx, q, c)
		if err == domain.ErrNoChild { //nolint:errorlint // it is this very error
			err = domain.ErrNoConsent
		}
		if err != nil {
			return err
		}
		sealed, err := store.FindConsentPicture(ctx, q, consentID)
		if err == nil && sealed == nil {
			err = domain.ErrNoConsent
		}
		if err != nil {
			return err
		}
		key, err := a.openOne(ctx, q, domain.Read, g, whatSignature, c.ID)
		if err != nil {
			return err
		}
		scan, err = key.Open(sealed, signaturePlace(consentID))
		return err
	})
	return scan, err
}

// WithdrawConsent writes down that the guardian took her consent back, on paper or by
// telephone, for who has the case.
func (a *App) WithdrawConsent(ctx context.Context, childID string) error {
	return a.db.InTx(ctx, func(q postgres.Querier) error {
		c, who, err := a.lockCase(ctx, q, childID)
		if err != nil {
			return err
		}
		return a.withdraw(ctx, q, c, who.VolunteerID)
	})
}

// withdraw ends every consent of a locked child, its pairing, and everybody's access but
// the case officer's, who must carry it out. by is empty for the guardian herself.
func (a *App) withdraw(ctx context.Context, q postgres.Querier, c domain.Child, by string) error {
	now := a.clock.Now()
	ended, err := store.WithdrawConsents(ctx, q, c.ID, by, now)
	if err != nil {
		return err
	}
	if ended == 0 {
		return domain.ErrNotConsented
	}
	if err := a.endPairing(ctx, q, c, domain.ClosedConsent, by); err != nil {
		return err
	}
	if err := withdrawWishesOf(ctx, q, c.ID, now); err != nil {
		return err
	}
	return store.UpdateChildState(ctx, q, c.Withdraw(now))
}
