// Package vault keeps what must not be readable in a database, a backup or a
// log: phone numbers, and in other services identities and addresses.
//
// A value is sealed with AES-256-GCM under a key that lives in a file beside
// the service and never in the database, so a stolen dump says nothing. Each
// ciphertext is bound to its place (table, column, row): moved to another
// row, it does not open, so nobody who can write to the database can make one
// person's page show another person's number.
//
// What is sealed cannot be searched. BlindIndex gives an equal value an equal
// keyed fingerprint, to be kept beside the ciphertext and looked up by. It
// shows which rows hold the same value and nothing else; without the key even
// the few billion phone numbers there are cannot be tried out.
//
// Keys are Tink keysets: a ciphertext names the key that made it, so a new key
// can become the primary one while old values stay readable (rotate.go). The index key is
// not replaced without indexing every row again. Who loses the file loses the
// values: it belongs in the backup, apart from the database's.
package vault

import (
	"errors"
	"fmt"
	"strconv"
	"sync/atomic"

	"github.com/tink-crypto/tink-go/v2/prf"
	"github.com/tink-crypto/tink-go/v2/tink"
)

// ErrRefused says that a ciphertext was changed, moved or sealed with a key we do not have.
var ErrRefused = errors.New("sealed value refused")

// indexSize is the length of a blind index in bytes.
const indexSize = 32

// Vault seals and opens values. It is safe for concurrent use.
type Vault struct {
	path string
	keys atomic.Pointer[keys]
}

// keys are what a key file held when it was read.
type keys struct {
	aead    tink.AEAD
	index   *prf.Set
	primary []byte // how a ciphertext of the present key begins
	file    fileState
}

// Place is where a sealed value is kept. The same Place must be named to open it.
type Place struct{ Table, Column, Row string }

// associated writes each part with its length before it, so that no two
// places look the same ("ab","c" and "a","bc").
func (p Place) associated() []byte {
	var data []byte
	for _, part := range []string{p.Table, p.Column, p.Row} {
		data = strconv.AppendInt(data, int64(len(part)), 10)
		data = append(data, ':')
		data = append(data, part...)
	}
	return data
}

// Seal encrypts a value for its place. Sealing the same value again gives
// another ciphertext.
func (v *Vault) Seal(value string, at Place) ([]byte, error) {
	sealed, err := v.keys.Load().aead.Encrypt([]byte(value), at.associated())
	if err != nil {
		return nil, fmt.Errorf("seal %s.%s: %w", at.Table, at.Column, err)
	}
	return sealed, nil
}

// Open returns the value that was sealed for the place, or ErrRefused.
func (v *Vault) Open(sealed []byte, at Place) (string, error) {
	held := v.keys.Load()
	value, err := held.aead.Decrypt(sealed, at.associated())
	if err != nil && v.readAgain(held) { // by a key that came into the file since
		value, err = v.keys.Load().aead.Decrypt(sealed, at.associated())
	}
	if err != nil {
		return "", fmt.Errorf("open %s.%s of %s: %w", at.Table, at.Column, at.Row, ErrRefused)
	}
	return string(value), nil
}

// BlindIndex returns 32 bytes that are the same for the same purpose and value
// and tell neither. Values indexed for different purposes cannot be compared.
func (v *Vault) BlindIndex(purpose, value string) []byte {
	index, err := v.keys.Load().index.ComputePrimaryPRF(Place{Table: purpose, Column: value}.associated(), indexSize)
	if err != nil {
		panic(err) // impossible: only a longer index than the hash can give is refused
	}
	return index
}
