package domain

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/id"
)

// SessionLife is how long somebody stays signed in on their own phone.
const SessionLife = 180 * 24 * time.Hour

// ErrNoSession says that a secret belongs to no session, or to one that is over.
var ErrNoSession = apperr.New(apperr.NotFound, "no_such_session", "登录已失效，请重新登录。", "You are no longer signed in; please sign in again.")

// Session is one sign-in on one device.
type Session struct {
	ID          string
	SecretHash  []byte // SHA-256 of the secret
	VolunteerID string
	CreatedAt   time.Time
	ExpiresAt   time.Time
	RevokedAt   time.Time // zero while it counts
	Version     int64
}

// NewSession returns a session that begins now, and its secret of 256 random
// bits, which is given to the browser and kept nowhere.
func NewSession(volunteerID string, now time.Time) (s Session, secret string) {
	var raw [32]byte
	_, _ = rand.Read(raw[:]) // never fails: it ends the program instead
	secret = base64.RawURLEncoding.EncodeToString(raw[:])
	return Session{
		ID:          id.New(),
		SecretHash:  HashSecret(secret),
		VolunteerID: volunteerID,
		CreatedAt:   now,
		ExpiresAt:   now.Add(SessionLife),
		Version:     1,
	}, secret
}

// HashSecret returns what is kept of a session's secret. A fast hash will do:
// nobody can try out 256 random bits.
func HashSecret(secret string) []byte {
	sum := sha256.Sum256([]byte(secret))
	return sum[:]
}

// Counts reports whether the session is neither over nor revoked.
func (s Session) Counts(now time.Time) bool {
	return s.RevokedAt.IsZero() && now.Before(s.ExpiresAt)
}

// Revoke ends the session and reports whether that is new.
func (s *Session) Revoke(now time.Time) bool {
	if !s.RevokedAt.IsZero() {
		return false
	}
	s.RevokedAt = now
	s.Version++
	return true
}
