package domain

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/id"
)

// Feed is an address under which a calendar finds shifts: those of a person, or
// the public ones of a team. Whoever has the address reads it; a new one makes
// the one before worthless.
type Feed struct {
	ID        string
	MadeBy    string // whose shifts they are, when they are no team's
	TeamID    string
	TeamName  string
	Hash      []byte // of the secret in the address, which is not kept
	MadeAt    time.Time
	RevokedAt time.Time // zero while it is good
}

// ErrNoSuchFeed tells that an address is not good, or not any more.
var ErrNoSuchFeed = apperr.New(apperr.NotFound, "no_such_feed", "这个日历地址已经失效，请在淇河志愿的“我的”里换一个。", "This calendar address is no longer good; please make a new one in Qihe.")

// How far a feed reaches.
const (
	FeedBack  = 31 * 24 * time.Hour
	FeedAhead = 184 * 24 * time.Hour
)

// NewFeed returns a feed and the secret of its address: 256 bits that nobody guesses.
func NewFeed(by, teamID string, now time.Time) (feed Feed, secret string) {
	raw := make([]byte, 32)
	_, _ = rand.Read(raw) // never fails
	secret = base64.RawURLEncoding.EncodeToString(raw)
	return Feed{ID: id.New(), MadeBy: by, TeamID: teamID, Hash: FeedHash(secret), MadeAt: now}, secret
}

// FeedHash is what is kept of a secret.
func FeedHash(secret string) []byte {
	sum := sha256.Sum256([]byte(secret))
	return sum[:]
}

// FeedShift is a shift as a calendar hears of it.
type FeedShift struct {
	ShiftID, TaskID                       string
	Title, Place, TeamName, ProgrammeName string
	StartsAt, EndsAt                      time.Time
	State                                 ShiftState
	Reason                                string
	Sequence                              int64 // grows with every change of the shift and of its task
	PublishedAt                           time.Time
}
