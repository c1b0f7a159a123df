package domain

import (
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
)

// Invitation is a leader's word to a member: come to this shift if you like.
// Accepting is signing up, in the ordinary way; nobody is enrolled without it
// (条例 art. 25).
type Invitation struct {
	ShiftID, VolunteerID string
	InvitedBy            string
	InvitedAt            time.Time
	DeclinedAt           time.Time // zero unless declined
}

// Reply says what became of an invitation.
type Reply string

// The replies.
const (
	ReplyNone     Reply = ""         // not invited
	ReplyWaits    Reply = "invited"  // no answer yet
	ReplyAccepted Reply = "accepted" // signed up
	ReplyDeclined Reply = "declined"
)

// ErrNotInvited tells that there is no invitation to decline.
var ErrNotInvited = apperr.New(apperr.NotFound, "not_invited", "没有这个邀请。", "There is no such invitation.")

// Reply returns what became of it, given the person's sign-up for the shift, if any.
func (i *Invitation) Reply(u *SignUp) Reply {
	switch {
	case i == nil:
		return ReplyNone
	case u != nil && (u.State.Live() || u.State == SignUpNoShow):
		return ReplyAccepted
	case !i.DeclinedAt.IsZero() || u != nil: // or signed up and withdrew since
		return ReplyDeclined
	}
	return ReplyWaits
}

// Invites returns nil while people can be invited to the shift.
func (s Shift) Invites(now time.Time) error {
	if err := s.stands(); err != nil {
		return err
	}
	if !now.Before(s.EndsAt) {
		return ErrShiftOver
	}
	return nil
}
