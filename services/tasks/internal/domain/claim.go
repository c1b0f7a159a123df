package domain

import (
	"strings"
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
)

// ClaimKind says which end of an attendance a claim is about.
type ClaimKind string

// The kinds of claims.
const (
	ClaimIn  ClaimKind = "in"
	ClaimOut ClaimKind = "out"
)

// MaxTries is how many wrong six-digit codes one person may type per shift.
// Twenty bits would otherwise fall to patience.
const MaxTries = 5

// Claim says "I was there", with evidence. It is kept as it came, whatever was
// decided; its id is made by the phone, so that sending it again is harmless.
type Claim struct {
	ID          string
	ShiftID     string
	VolunteerID string // whose presence
	ActorID     string // who claims it: the volunteer, or the leader who taps
	Kind        ClaimKind
	Evidence    Evidence
	WalkIn      bool // a leader taps a member who did not sign up
	ReceivedAt  time.Time
}

// Evidence is what a claim shows; exactly one of Code, Digits and Tap is given.
type Evidence struct {
	Code   string    // of an opened link
	SeenAt time.Time // when the link was opened, as the portal vouches
	Digits string
	Tap    bool // the leader's own eyes
}

// What can be wrong with a claim.
var (
	ErrEvidence     = apperr.New(apperr.Invalid, "evidence", "请扫队长的码，或输入屏幕上的六位数字。", "Please scan the leader's code or type the six digits on the screen.")
	ErrWrongDigits  = apperr.New(apperr.Conflict, "wrong_digits", "数字不对，请看着队长的屏幕再输一次。", "These digits are not right; please look at the leader's screen and type again.")
	ErrTooManyTries = apperr.New(apperr.TooMany, "too_many_tries", "已经输错 5 次，请改为扫码，或请队长点名。", "Five wrong tries; please scan the code or ask the leader to tap your name.")
	ErrClaimReused  = apperr.New(apperr.Conflict, "claim_reused", "这次签到已用于别的活动，请刷新页面再试。", "This check-in was already used for something else; please reload the page.")
)

// NewEvidence returns the evidence of an opened link, of typed digits, or of a tap.
// It returns ErrEvidence unless exactly one is given.
func NewEvidence(code string, seenAt time.Time, digits string, tap bool) (Evidence, error) {
	given := 0
	for _, g := range []bool{code != "", digits != "", tap} {
		if g {
			given++
		}
	}
	if given != 1 {
		return Evidence{}, ErrEvidence
	}
	return Evidence{Code: code, SeenAt: seenAt, Digits: halfWidth(digits), Tap: tap}, nil
}

// Judge returns how and when the claim proves presence. tries counts the
// person's wrong digits at this shift so far and is raised here.
func (c Claim) Judge(s Shift, tries *int) (Method, time.Time, error) {
	e := c.Evidence
	switch {
	case e.Tap && c.ActorID == c.VolunteerID:
		return MethodOwn, c.ReceivedAt, nil
	case e.Tap:
		return MethodTap, c.ReceivedAt, nil
	case e.Code != "":
		if !s.Key.AcceptsCode(s.ID, e.Code, e.SeenAt) {
			return MethodNone, time.Time{}, ErrCodeExpired
		}
		return MethodLink, e.SeenAt, nil
	case *tries >= MaxTries:
		return MethodNone, time.Time{}, ErrTooManyTries
	case !s.Key.AcceptsDigits(s.ID, e.Digits, c.ReceivedAt):
		*tries++
		if *tries == MaxTries {
			return MethodNone, time.Time{}, ErrTooManyTries
		}
		return MethodNone, time.Time{}, ErrWrongDigits
	}
	return MethodDigits, c.ReceivedAt, nil
}

// halfWidth reads digits as an old phone's keyboard may type them.
func halfWidth(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '０' && r <= '９':
			return r - '０' + '0'
		case r == ' ' || r == '　':
			return -1
		}
		return r
	}, s)
}
