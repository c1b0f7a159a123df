package domain

import (
	"regexp"
	"strings"
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/id"
)

// MaxInvitations is how many invitations a brigade may send in a day. More
// than a leader needs for one class of new volunteers, few enough that nobody
// can try out numbers or pester a town.
const MaxInvitations = 30

var (
	// ErrInvitee says that a text is neither a volunteer number nor a phone.
	ErrInvitee = apperr.New(apperr.Invalid, "invitee_wrong", "请填志愿者编号，或 11 位手机号。", "Please give a volunteer number, or the 11 digits of a phone.")
	// ErrNoInvitation says that a team has sent no such invitation.
	ErrNoInvitation = apperr.New(apperr.NotFound, "no_such_invitation", "没有这条邀请，请刷新页面再看。", "There is no such invitation; please reload the page.")
	// ErrManyInvitations says that a brigade has sent its share for today.
	ErrManyInvitations = apperr.New(apperr.TooMany, "too_many_invitations", "今天发的邀请已经很多了，请明天再发，或在微信群里发入队码。", "Many invitations were sent today; please go on tomorrow, or put a join code into the WeChat group.")
)

// Invitation is a line about whom a leader asked, as she typed it, masked: the
// same whether anybody has the number or not.
type Invitation struct {
	ID        string
	TeamID    string
	InvitedBy string
	SentTo    string
	At        time.Time

	MembershipID string    // what it made; empty: it reached nobody. Never shown
	WithdrawnAt  time.Time // zero: it stands
}

// Invitee is whom a leader means: one of both is set.
type Invitee struct {
	Phone  Phone
	Number string // 志愿者编号
}

var numberForm = regexp.MustCompile(`^[A-Z]{0,2}[0-9]{8,14}$`)

// ParseInvitee understands a phone or a volunteer number as people type it. It
// returns ErrInvitee, on the input called to, for anything else.
func ParseInvitee(s string) (Invitee, error) {
	if phone, err := ParsePhone(s); err == nil {
		return Invitee{Phone: phone}, nil
	}
	number := strings.ToUpper(strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			return r - '！' + '!'
		case strings.ContainsRune(" \t\u3000-", r):
			return -1
		}
		return r
	}, s))
	if !numberForm.MatchString(number) {
		return Invitee{}, apperr.For("to", ErrInvitee)
	}
	return Invitee{Number: number}, nil
}

// Masked returns the number as it may be shown and kept.
func (i Invitee) Masked() string {
	if i.Number == "" {
		return i.Phone.Masked()
	}
	return masked(i.Number, 4, 2)
}

// NewInvitation returns the line for an invitation that is sent now.
func NewInvitation(teamID, by string, to Invitee, now time.Time) Invitation {
	return Invitation{ID: id.New(), TeamID: teamID, InvitedBy: by, SentTo: to.Masked(), At: now}
}
