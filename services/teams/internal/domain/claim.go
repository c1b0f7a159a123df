package domain

import (
	"crypto/subtle"
	"strings"
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/id"
)

const (
	// ClaimLife is how long a link can be used: long enough for a brigade's
	// group to be read once by everybody.
	ClaimLife = 24 * time.Hour
	// VouchedClaimLife is the same for a link that asks nothing: its maker
	// stands beside the person.
	VouchedClaimLife = 10 * time.Minute
	// MaxClaimTries is how many wrong tries a person's digits stand in a day,
	// and a link for one person. Five of ten thousand.
	MaxClaimTries = 5
	// MaxTeamTries is how many wrong tries a link for a whole brigade stands.
	MaxTeamTries = 30
)

var (
	// ErrClaimLink says that a link can not be used: unknown, used, too old,
	// or tried too often. Which one is nobody's business.
	ErrClaimLink = apperr.New(apperr.NotFound, "claim_link_spent", "这个链接已经不能用了，请找队长要一个新的。", "This link can no longer be used; please ask your leader for a new one.")
	// ErrWrongDigits says that the digits do not match and may be tried again.
	ErrWrongDigits = apperr.New(apperr.Invalid, "digits_wrong", "后四位不对，请再看一下。身份证号或手机号的后四位都可以。", "These are not the last four characters; those of the identity card or of the phone will do.")
	// ErrTooManyTries says that a person's digits were tried too often today.
	ErrTooManyTries = apperr.New(apperr.TooMany, "claim_tries_spent", "错得太多了，今天不能再试。请找队长当面认领。", "There were too many wrong tries today. Please ask your leader to help you in person.")
	// ErrClaimed says that somebody uses the record already.
	ErrClaimed = apperr.New(apperr.Conflict, "already_claimed", "已经认领过了，请用手机号登录；不是您本人认领的，请马上告诉队长。", "This was claimed already; please sign in with the phone number. If it was not you, tell your leader at once.")
	// ErrVouchInPerson says that there is nothing to prove oneself with.
	ErrVouchInPerson = apperr.New(apperr.Invalid, "vouch_in_person", "没有登记身份证号和手机号，请找队长当面认领。", "Neither identity card nor phone is registered; please ask your leader to help you in person.")
)

// ClaimLink is a one-time link by which people come to the record that was
// made for them. Whoever has it and knows the last four characters of a
// person's identity number or phone is that person.
type ClaimLink struct {
	ID          string
	SecretHash  []byte // as a session's
	TeamID      string // for everybody of the brigade; empty: for one person
	VolunteerID string
	FaceToFace  bool // nothing is asked
	CreatedBy   string
	CreatedAt   time.Time
	ExpiresAt   time.Time
	WrongTries  int
	EndedAt     time.Time // zero while it can be used
}

// NewTeamClaimLink returns a link for whoever of a brigade is not claimed yet,
// and its secret.
func NewTeamClaimLink(teamID, by string, now time.Time) (ClaimLink, string) {
	l, secret := newClaimLink(by, now)
	l.TeamID = teamID
	return l, secret
}

// NewClaimLink returns a link for one person, and its secret. When nothing is
// known to ask the person for, whoever makes it vouches for them face to face.
func NewClaimLink(v Volunteer, by string, now time.Time) (ClaimLink, string) {
	l, secret := newClaimLink(by, now)
	l.VolunteerID = v.ID
	if l.FaceToFace = !v.HasDigits(); l.FaceToFace {
		l.ExpiresAt = now.Add(VouchedClaimLife)
	}
	return l, secret
}

func newClaimLink(by string, now time.Time) (ClaimLink, string) {
	secret := newSecret()
	return ClaimLink{ID: id.New(), SecretHash: HashSecret(secret), CreatedBy: by, CreatedAt: now, ExpiresAt: now.Add(ClaimLife)}, secret
}

// Usable returns ErrClaimLink when the link can not be used any more.
func (l ClaimLink) Usable(now time.Time) error {
	most := MaxClaimTries
	if l.TeamID != "" {
		most = MaxTeamTries
	}
	if !l.EndedAt.IsZero() || !now.Before(l.ExpiresAt) || l.WrongTries >= most {
		return ErrClaimLink
	}
	return nil
}

// Used notes that somebody was claimed by it: a link for one person ends.
func (l *ClaimLink) Used(now time.Time) {
	if l.VolunteerID != "" {
		l.EndedAt = now
	}
}

// ClaimTries are the wrong tries at one person's digits.
type ClaimTries struct {
	VolunteerID string
	Wrong       int
	LastAt      time.Time
}

// Allowed returns ErrTooManyTries when the day's tries are spent.
func (t ClaimTries) Allowed(now time.Time) error {
	if t.Wrong >= MaxClaimTries && now.Before(t.LastAt.Add(24*time.Hour)) {
		return ErrTooManyTries
	}
	return nil
}

// Add notes a wrong try.
func (t *ClaimTries) Add(now time.Time) {
	if !now.Before(t.LastAt.Add(24 * time.Hour)) {
		t.Wrong = 0
	}
	t.Wrong, t.LastAt = min(t.Wrong+1, MaxClaimTries), now
}

// HasDigits reports whether the record holds something to prove oneself with.
func (v Volunteer) HasDigits() bool { return len(v.IDNumber) >= 4 || v.Phone != "" }

// KnowsDigits reports whether a text is the last four characters of the
// person's identity number or phone, as people type it.
func (v Volunteer) KnowsDigits(text string) bool {
	typed := strings.ToUpper(strings.Map(func(r rune) rune {
		switch {
		case r >= '０' && r <= '９':
			return r - '０' + '0'
		case r == 'ｘ' || r == 'Ｘ':
			return 'X'
		case r == ' ' || r == '\u3000':
			return -1
		}
		return r
	}, text))
	knows := false
	for _, number := range []string{v.IDNumber, string(v.Phone)} {
		if len(number) >= 4 && subtle.ConstantTimeCompare([]byte(number[len(number)-4:]), []byte(typed)) == 1 {
			knows = true
		}
	}
	return knows
}

// Claimable reports whether the record may be come to by a link: nobody uses
// it yet, or its person has no phone to sign in with. An officer's never is.
func (v Volunteer) Claimable(officer bool) bool {
	return v.State == VolunteerUnclaimed || v.State == VolunteerActive && v.Phone == "" && !officer
}

// Claim makes the record its person's own and reports whether that is new.
func (v *Volunteer) Claim() bool {
	if v.State != VolunteerUnclaimed {
		return false
	}
	v.State = VolunteerActive
	v.Version++
	return true
}

// MaskedName returns a name as people recognise it who know it: 王*兰, 张*.
func MaskedName(name string) string {
	letters := []rune(name)
	switch n := len(letters); {
	case n < 2:
		return "*"
	case n == 2:
		return string(letters[:1]) + "*"
	default:
		return string(letters[:1]) + strings.Repeat("*", n-2) + string(letters[n-1:])
	}
}
