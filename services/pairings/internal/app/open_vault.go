package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

// errUnrecorded answers instead of data when it cannot be written down who reads it.
var errUnrecorded = apperr.New(apperr.Unavailable, "not_recorded", "现在没法记下是谁在看，所以先不能打开。请过一会儿再试。", "It cannot be recorded now who reads this, so it stays closed. Please try again in a while.")

// keyPlace is where a subject's wrapped key is kept.
func keyPlace(subjectID string) vault.Place {
	return vault.Place{Table: "data_keys", Column: "wrapped", Row: subjectID}
}

// newKey makes the key of a new subject. Whoever writes for the first time what is
// held of somebody needs no opening: nothing was there to be read.
func (a *App) newKey(ctx context.Context, q postgres.Querier, kind domain.Kind, subjectID string) (*vault.DataKey, error) {
	const first = 1
	key, wrapped, err := a.vault.NewDataKey(first, keyPlace(subjectID))
	if err != nil {
		return nil, err
	}
	return key, store.InsertKey(ctx, q, kind, store.WrappedKey{SubjectID: subjectID, Version: first, Wrapped: wrapped}, a.clock.Now())
}

// openVault hands out the keys of subjects on the grounds given, and writes for each
// of them that the person who asks has it, in the transaction of q: what was read
// must not leave before that has committed. It returns domain.ErrErased when one
// subject was asked for and its key is gone, and an error that is Unavailable when
// it could not be written down.
func (a *App) openVault(ctx context.Context, q postgres.Querier, act domain.Act, g domain.Ground, what string, subjects ...string) (map[string]*vault.DataKey, error) {
	who, err := auth.From(ctx)
	if err != nil {
		return nil, err
	}
	return a.openVaultFor(ctx, q, domain.Opening{PersonID: who.VolunteerID, Act: act, Ground: g, What: what, At: a.clock.Now()}, subjects...)
}

// openAsGuardian hands the key of a child to its guardian, who is nobody that teams
// knows.
func (a *App) openAsGuardian(ctx context.Context, q postgres.Querier, l domain.ConsentLink, what string) (*vault.DataKey, error) {
	keys, err := a.openVaultFor(ctx, q, domain.Opening{
		Act: domain.Read, Ground: domain.Ground{Basis: domain.BasisGuardian, BasisID: l.ID}, What: what, At: a.clock.Now(),
	}, l.ChildID)
	return keys[l.ChildID], err
}

func (a *App) openVaultFor(ctx context.Context, q postgres.Querier, opening domain.Opening, subjects ...string) (map[string]*vault.DataKey, error) {
	wrapped, err := store.OpenVault(ctx, q, opening, subjects)
	if errors.Is(err, domain.ErrNoPairing) { // it ended at this moment
		return nil, domain.ErrNoPairing
	}
	if err != nil {
		a.log.ErrorContext(ctx, "the vault stays closed", "error", err)
		return nil, errors.Join(errUnrecorded, err)
	}
	if len(wrapped) == 0 && len(subjects) == 1 {
		return nil, domain.ErrErased
	}
	keys := make(map[string]*vault.DataKey, len(wrapped))
	for _, w := range wrapped {
		if keys[w.SubjectID], err = a.vault.DataKey(w.Wrapped, w.Version, keyPlace(w.SubjectID)); err != nil {
			return nil, err
		}
	}
	return keys, nil
}

// openOne is openVault for one subject.
func (a *App) openOne(ctx context.Context, q postgres.Querier, act domain.Act, g domain.Ground, what, subjectID string) (*vault.DataKey, error) {
	keys, err := a.openVault(ctx, q, act, g, what, subjectID)
	return keys[subjectID], err
}

// sealJSON seals what is known of a subject.
func sealJSON(key *vault.DataKey, at vault.Place, value any) ([]byte, error) {
	plain, err := json.Marshal(value)
	if err != nil {
		return nil, fmt.Errorf("write what is to be sealed: %w", err)
	}
	return key.Seal(plain, at)
}

// openJSON reads what sealJSON sealed.
func openJSON(key *vault.DataKey, at vault.Place, sealed []byte, value any) error {
	plain, err := key.Open(sealed, at)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(plain, value); err != nil {
		return fmt.Errorf("read what was sealed in %s.%s: %w", at.Table, at.Column, err)
	}
	return nil
}
