package app

import (
	"context"
	"crypto/rand"
	"crypto/subtle"

	"golang.org/x/crypto/argon2"
)

// The cost of trying one code: argon2id over 19 MiB, twice, in one lane, the
// least that OWASP's cheat sheet on storing passwords allows. It takes about
// 25 ms here. A code lives five minutes, so whoever steals the table has
// little time for its million possibilities.
const (
	hashTime   = 2
	hashMemory = 19 << 10 // KiB
	hashLanes  = 1
	hashSize   = 32
	saltSize   = 16
	maxHashing = 4 // at once: 76 MiB
)

func newSalt() []byte {
	salt := make([]byte, saltSize)
	_, _ = rand.Read(salt) // never fails: it ends the program instead
	return salt
}

// hashCode returns the slow hash of a code. It waits for its turn, unless ctx ends.
func (a *App) hashCode(ctx context.Context, salt []byte, digits string) ([]byte, error) {
	select {
	case a.hashing <- struct{}{}:
		defer func() { <-a.hashing }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return argon2.IDKey([]byte(digits), salt, hashTime, a.hashMemory, hashLanes, hashSize), nil
}

func sameHash(a, b []byte) bool { return subtle.ConstantTimeCompare(a, b) == 1 }
