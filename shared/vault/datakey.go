package vault

import (
	"crypto/rand"
	"fmt"
	"strconv"

	"github.com/tink-crypto/tink-go/v2/aead/subtle"
	"github.com/tink-crypto/tink-go/v2/tink"
)

// dataKeySize is AES-256.
const dataKeySize = 32

// DataKey seals what is held about one person, or one family, and nothing else
// can open it: who destroys the key makes all of it unreadable for ever. It is
// kept wrapped, that is sealed by the Vault's own key, so that this one can be
// changed without sealing everything anew. It is safe for concurrent use.
type DataKey struct {
	aead    tink.AEAD
	version int
}

// NewDataKey returns a fresh key of the version and how it is kept at the place.
func (v *Vault) NewDataKey(version int, at Place) (key *DataKey, wrapped []byte, err error) {
	raw := make([]byte, dataKeySize)
	if _, err := rand.Read(raw); err != nil {
		return nil, nil, fmt.Errorf("make a data key: %w", err)
	}
	if wrapped, err = v.Seal(string(raw), at.ofVersion(version)); err != nil {
		return nil, nil, err
	}
	key, err = newDataKey(raw, version)
	return key, wrapped, err
}

// DataKey returns a key that NewDataKey made, or ErrRefused.
func (v *Vault) DataKey(wrapped []byte, version int, at Place) (*DataKey, error) {
	raw, err := v.Open(wrapped, at.ofVersion(version))
	if err != nil {
		return nil, err
	}
	return newDataKey([]byte(raw), version)
}

// Rewrap returns how the key is kept under the Vault's present key; the key
// itself, and all that it sealed, stays as it is. It returns ErrRefused for what
// NewDataKey did not make.
func (v *Vault) Rewrap(wrapped []byte, version int, at Place) ([]byte, error) {
	raw, err := v.Open(wrapped, at.ofVersion(version))
	if err != nil {
		return nil, err
	}
	return v.Seal(raw, at.ofVersion(version))
}

func newDataKey(raw []byte, version int) (*DataKey, error) {
	if len(raw) != dataKeySize {
		return nil, fmt.Errorf("a data key of %d bytes: %w", len(raw), ErrRefused)
	}
	aead, err := subtle.NewAESGCM(raw)
	if err != nil {
		return nil, fmt.Errorf("use a data key: %w", err)
	}
	return &DataKey{aead: aead, version: version}, nil
}

// Seal encrypts a value for its place, to which the key's version belongs.
func (k *DataKey) Seal(value []byte, at Place) ([]byte, error) {
	sealed, err := k.aead.Encrypt(value, at.ofVersion(k.version).associated())
	if err != nil {
		return nil, fmt.Errorf("seal %s.%s: %w", at.Table, at.Column, err)
	}
	return sealed, nil
}

// Open returns the value that was sealed for the place, or ErrRefused.
func (k *DataKey) Open(sealed []byte, at Place) ([]byte, error) {
	value, err := k.aead.Decrypt(sealed, at.ofVersion(k.version).associated())
	if err != nil {
		return nil, fmt.Errorf("open %s.%s of %s: %w", at.Table, at.Column, at.Row, ErrRefused)
	}
	return value, nil
}

// ofVersion binds what is kept at the place to a version of its key.
func (p Place) ofVersion(version int) Place {
	p.Row += "#" + strconv.Itoa(version)
	return p
}
