package domain

import (
	"crypto/rand"
	"regexp"
	"strings"
	"time"

	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/id"
)

// Session is one shift of a class at which somebody was, confirmed by another.
type Session struct {
	ShiftID          string
	VolunteerID      string
	StartsAt, EndsAt time.Time // of the shift
	From, To         time.Time // of what counts
	Minutes          int
}

// counts reports whether the person was there for half of it at least: nobody
// completes a class by looking in.
func (s Session) counts() bool { return 2*s.To.Sub(s.From) >= s.EndsAt.Sub(s.StartsAt) }

// Attended is what somebody attended of a class.
type Attended struct {
	Sessions []Session // that count, in the order of their start, each once
	Minutes  int       // of these
}

// AttendedOf sums what a person attended; sessions are in the order of their
// start and may be of several records of theirs.
func AttendedOf(p Person, sessions []Session) (a Attended) {
	seen := map[string]bool{}
	for _, s := range sessions {
		if p.Is(s.VolunteerID) && s.counts() && !seen[s.ShiftID] {
			seen[s.ShiftID] = true
			a.Sessions, a.Minutes = append(a.Sessions, s), a.Minutes+s.Minutes
		}
	}
	return a
}

// Completes reports whether that is all that the class takes.
func (a Attended) Completes(t Task) bool {
	return t.Kind == KindTraining && len(a.Sessions) >= t.SessionsNeeded
}

// Proved reports whether what was attended still is what the certificate says:
// a session about which a thing to verify was upheld does not count any more.
func (c Certificate) Proved(a Attended) bool { return len(a.Sessions) >= c.SessionsNeeded }

// Certificate is a 参训证明: that somebody completed a class. It says nothing of
// its own about what was attended; that is read from the attendances.
type Certificate struct {
	ID          string
	Number      string
	TaskID      string
	VolunteerID string
	CompletedOn string // day of the city on which the last session needed was held
	Grants      string // code of the qualification that went with it; empty: none
	IssuedAt    time.Time

	Title, TeamName string // of the class
	SessionsNeeded  int
}

// NewCertificate returns the certificate of somebody who completed the class.
func NewCertificate(t Task, volunteerID string, a Attended, grant ClassGrant, now time.Time) Certificate {
	return Certificate{
		ID: id.New(), Number: newCertificateNumber(now), TaskID: t.ID, VolunteerID: volunteerID,
		CompletedOn: DayOf(a.Sessions[t.SessionsNeeded-1].StartsAt), Grants: grant.Kind, IssuedAt: now,
	}
}

// certificateLetters are 32, so that five bits choose one; without 0 O 1 I,
// which are taken for each other on paper.
const certificateLetters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"

// newCertificateNumber returns a number like PX26-7K3M9-QW2RT. Fifty of its bits
// are random: whoever has not been shown one finds none by trying.
func newCertificateNumber(now time.Time) string {
	var random [10]byte
	_, _ = rand.Read(random[:]) // never fails
	letters := make([]byte, len(random))
	for i, b := range random {
		letters[i] = certificateLetters[b%32]
	}
	return "PX" + now.In(clock.City).Format("06") + "-" + string(letters[:5]) + "-" + string(letters[5:])
}

var certificateNumber = regexp.MustCompile(`^PX[0-9]{2}[2-9A-HJ-NP-Z]{10}$`)

// ParseCertificateNumber reads a number as people type it: in small letters,
// full width, with spaces or without dashes. It returns ErrNoCertificate for
// what cannot be one.
func ParseCertificateNumber(typed string) (string, error) {
	plain := strings.ToUpper(strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			r += '!' - '！'
		}
		if r == '-' || r == '—' || r == ' ' || r == '\u3000' {
			return -1
		}
		return r
	}, typed))
	if !certificateNumber.MatchString(plain) {
		return "", ErrNoCertificate
	}
	return plain[:4] + "-" + plain[4:9] + "-" + plain[9:], nil
}
