package domain

import (
	"crypto/rand"
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/id"
)

// How long a join code may be good for. A day is enough for a WeChat group to
// see it; after a week nobody remembers who put it there.
const (
	MinJoinCodeLife = time.Hour
	MaxJoinCodeLife = 7 * 24 * time.Hour
)

var (
	// ErrJoinCode says that a code is none of ours.
	ErrJoinCode = apperr.New(apperr.NotFound, "no_such_join_code", "这个入队码不对，请让队长再发一次。", "This join code is not right; please ask the leader to send it again.")
	// ErrJoinCodeOver says that a code can no longer be used.
	ErrJoinCodeOver = apperr.New(apperr.Conflict, "join_code_over", "这个入队码已经失效。您可以直接申请加入，或请队长再发一个。", "This join code is over. You can apply to join, or ask the leader for a new one.")
	// ErrRemovedBefore keeps somebody who was removed from coming back by a code.
	ErrRemovedBefore = apperr.New(apperr.Conflict, "removed_before", "您被移出过这支服务队，不能用入队码加入。请先申诉，或请队长邀请您。", "You were removed from this team and cannot join by a code. Please appeal first, or ask the leader to invite you.")
)

// JoinCode is a leader's yes to whoever opens it in time: the approval is in it.
type JoinCode struct {
	ID          string
	TeamID      string
	Handle      []byte // 64 random bits, the part that is looked up
	Epoch       int64  // of the team; codes of before a handover end with it
	CreatedBy   string
	CreatedAt   time.Time
	ExpiresAt   time.Time
	WithdrawnAt time.Time // zero while it counts
	Uses        int       // people who joined by it
}

// NewJoinCode returns a code that is good from now on for a life within
// MinJoinCodeLife and MaxJoinCodeLife.
func (t Team) NewJoinCode(epoch int64, by string, life time.Duration, now time.Time) (JoinCode, error) {
	if err := t.Takes(); err != nil {
		return JoinCode{}, err
	}
	life = min(max(life, MinJoinCodeLife), MaxJoinCodeLife)
	handle := make([]byte, 8)
	_, _ = rand.Read(handle) // never fails: it ends the program instead
	return JoinCode{ID: id.New(), TeamID: t.ID, Handle: handle, Epoch: epoch, CreatedBy: by, CreatedAt: now, ExpiresAt: now.Add(life)}, nil
}

// Counts reports whether the code can be used: neither expired nor withdrawn,
// and not of before a handover.
func (c JoinCode) Counts(epoch int64, now time.Time) bool {
	return c.WithdrawnAt.IsZero() && now.Before(c.ExpiresAt) && c.Epoch == epoch
}

// Join takes in whoever opened the code, with nobody to ask. Whoever has
// applied or is invited is taken in; for a member nothing changes.
func (t Team) Join(c JoinCode, epoch int64, who Candidate, last Membership, now time.Time) (m Membership, changed bool, err error) {
	if last.State == MembershipActive {
		return last, false, nil
	}
	switch {
	case !c.Counts(epoch, now):
		return last, false, ErrJoinCodeOver
	case c.CreatedBy == who.Volunteer.ID:
		return last, false, ErrOwnRequest
	case last.State == MembershipEnded && last.Ending == EndingRemoved:
		return last, false, ErrRemovedBefore
	}
	if err := t.Takes(); err != nil {
		return last, false, err
	}
	if err := who.May(now); err != nil {
		return last, false, err
	}
	switch last.State {
	case MembershipInvited:
		last.begin(who.Volunteer.ID, now)
	case MembershipApplied:
		last.begin(c.CreatedBy, now)
	default:
		last = newMembership(t.ID, who.Volunteer.ID, MembershipApplied, who.Volunteer.ID, "", now)
		last.State, last.DecidedBy, last.DecidedAt = MembershipActive, c.CreatedBy, now
	}
	return last, true, nil
}
