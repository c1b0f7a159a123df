package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/store"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

// rewrapAtOnce is how many keys are wrapped anew in one transaction: far below a second.
const rewrapAtOnce = 500

// RewrapKeys wraps every data key that an older key wraps with the vault's present
// one, and returns how many that were. It works beside the running service, a few
// rows at a time, and again until it finds none, for a replica that has not seen
// the present key yet may have made one meanwhile. db is opened as the owner: the
// service itself cannot read keys.
func RewrapKeys(ctx context.Context, db *postgres.DB, v *vault.Vault) (rewrapped int, err error) {
	for {
		n, err := rewrapOnce(ctx, db, v)
		rewrapped += n
		if n == 0 || err != nil {
			return rewrapped, err
		}
	}
}

// rewrapOnce goes through all keys.
func rewrapOnce(ctx context.Context, db *postgres.DB, v *vault.Vault) (rewrapped int, err error) {
	after := "00000000-0000-0000-0000-000000000000"
	for {
		var found, old []store.WrappedKey
		err := db.InTx(ctx, func(q postgres.Querier) error {
			old = nil
			if found, err = store.ListKeysFrom(ctx, q, after, rewrapAtOnce); err != nil {
				return err
			}
			for _, k := range found {
				if v.Current(k.Wrapped) {
					continue
				}
				if k.Wrapped, err = v.Rewrap(k.Wrapped, k.Version, keyPlace(k.SubjectID)); err != nil {
					return err
				}
				old = append(old, k)
			}
			return store.UpdateKeys(ctx, q, old)
		})
		if err != nil || len(found) == 0 {
			return rewrapped, err
		}
		rewrapped, after = rewrapped+len(old), found[len(found)-1].SubjectID
	}
}
