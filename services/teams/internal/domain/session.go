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

// BegunBy says what a person showed to begin a session.
type BegunBy string

// The ways into a session: a code on the phone, a claim link, a PIN on a shared phone.
const (
	BegunByCode   BegunBy = "code"
	BegunByClaim  BegunBy = "claim"
	BegunBySwitch BegunBy = "switch"
)

// Session is one sign-in on one device.
type Session struct {
	ID          string
	SecretHash  []byte // SHA-256 of the secret
	VolunteerID string
	Device      Device
	BrowserHash []byte // SHA-256 of the browser's own secret; empty: it keeps none
	Shared      bool   // on a phone that several people share
	BegunBy     BegunBy
	CreatedAt   time.Time
	ExpiresAt   time.Time
	LastSeenAt  time.Time // coarse; zero: not since it began

	SecondFactorAt time.Time // when it was last proved with a second factor; zero: never

	RevokedAt time.Time // zero while it counts
	Version   int64
}

// NewSession returns a session that begins now, and its secret of 256 random
// bits, which is given to the browser and kept nowhere.
func NewSession(volunteerID string, by BegunBy, device Device, now time.Time) (s Session, secret string) {
	secret = newSecret()
	return Session{
		ID:          id.New(),
		SecretHash:  HashSecret(secret),
		VolunteerID: volunteerID,
		Device:      device,
		BegunBy:     by,
		CreatedAt:   now,
		ExpiresAt:   now.Add(SessionLife),
		Version:     1,
	}, secret
}

// Share notes that the session is on a phone that several people share: it is
// shorter, and one of a few.
func (s *Session) Share() {
	s.Shared, s.ExpiresAt = true, s.CreatedAt.Add(SharedSessionLife)
}

// ByPIN reports whether nothing but a PIN was shown for it: what is more than a
// volunteer's or a leader's own is not open to it.
func (s Session) ByPIN() bool { return s.BegunBy == BegunBySwitch }

// newSecret returns 256 random bits as text.
func newSecret() string {
	var raw [32]byte
	_, _ = rand.Read(raw[:]) // never fails: it ends the program instead
	return base64.RawURLEncoding.EncodeToString(raw[:])
}

// HashSecret returns what is kept of a session's secret. A fast hash will do:
// nobody can try out 256 random bits.
func HashSecret(secret string) []byte {
	sum := sha256.Sum256([]byte(secret))
	return sum[:]
}

// LastUsed returns when the session was last used, as far as it is kept.
func (s Session) LastUsed() time.Time {
	if s.LastSeenAt.IsZero() {
		return s.CreatedAt
	}
	return s.LastSeenAt
}

// See notes that the session is used, and reports whether that must be kept:
// once a day for most people, every hour for an officer, whose session ends
// when it is not used.
func (s *Session) See(now time.Time, officer bool) bool {
	step := 24 * time.Hour
	if officer {
		step = time.Hour
	}
	if now.Before(s.LastUsed().Add(step)) {
		return false
	}
	s.LastSeenAt = now.Truncate(time.Hour)
	return true
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
