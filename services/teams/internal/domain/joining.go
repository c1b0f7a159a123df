package domain

import (
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/clock"
)

const (
	// InvitationLife is how long an invitation can be accepted: two weekends
	// to think it over.
	InvitationLife = 14 * 24 * time.Hour
	// ApplyAgainAfter is how long somebody who was declined or removed waits
	// before they apply again: long enough that no leader is asked every
	// evening, short enough to talk it over and come back.
	ApplyAgainAfter = 7 * 24 * time.Hour
)

var (
	// ErrTeamClosed says that a brigade takes nobody in now.
	ErrTeamClosed = apperr.New(apperr.Conflict, "team_takes_nobody", "这支服务队现在不接收队员，请找别的服务队，或问一问妇联。", "This team takes no members now; please look for another, or ask the office.")
	// ErrNotHere says that a record is no longer a person's own.
	ErrNotHere = apperr.New(apperr.Conflict, "record_over", "这份登记已经合并或注销，不能加入服务队，请用现在的登记。", "This record was merged or erased and cannot join a team; please use the present one.")
	// ErrGuardianFirst says that a minor needs the guardian's consent (河南省志愿服务条例 art. 8).
	ErrGuardianFirst = apperr.New(apperr.Conflict, "guardian_first", "未满 18 周岁的志愿者，要先有监护人同意，才能加入服务队。请队长或妇联登记监护人的同意书。", "Under eighteen, the guardian must consent before joining a team. Please ask the leader or the office to record the consent.")
	// ErrAlreadyMember says that the person is in the brigade.
	ErrAlreadyMember = apperr.New(apperr.Conflict, "already_member", "您已经是这支服务队的队员了。", "You are a member of this team already.")
	// ErrAskedLately says when somebody who was declined may apply again.
	ErrAskedLately = apperr.New(apperr.Conflict, "asked_lately", "队长上次没有通过。{date}以后可以再申请；有入队码的，现在就能加入。", "The leader declined last time. You may apply again from {date}; with a join code you can join now.")
	// ErrRemovedLately says when somebody who was removed may apply again.
	ErrRemovedLately = apperr.New(apperr.Conflict, "removed_lately", "您被移出了这支服务队。不同意的，可以在「我的队伍」申诉；{date}以后可以再申请。", "You were removed from this team. If you disagree, appeal under “My teams”; you may apply again from {date}.")
	// ErrOwnRequest keeps people from deciding about themselves.
	ErrOwnRequest = apperr.New(apperr.Conflict, "own_request", "自己的申请要由别人来批，请队长或妇联的同事处理。", "Somebody else must decide about your own application; please ask the leader or a colleague.")
	// ErrInvitationOver says that an invitation was not answered in time.
	ErrInvitationOver = apperr.New(apperr.Conflict, "invitation_over", "这个邀请超过 14 天没有回复，已经失效。想加入的，可以申请，或请队长再邀请一次。", "This invitation was not answered within 14 days and is over. You can apply, or ask the leader to invite you again.")
)

// Takes returns ErrTeamClosed unless the brigade takes people in.
func (t Team) Takes() error {
	if t.State != TeamActive {
		return ErrTeamClosed
	}
	return nil
}

// MustHaveLeader reports whether the brigade may not be without a leader: as
// long as it works, or may be asked to work again. What cannot be refused
// (death, an erased record) puts it on the office's list.
func (t Team) MustHaveLeader() bool { return t.State == TeamActive || t.State == TeamSuspended }

// Candidate is a person who would join, and what is known of whether they may.
type Candidate struct {
	Volunteer       Volunteer
	GuardianConsent bool // is recorded and stands; it is asked of minors only
}

// May returns ErrNotHere or ErrGuardianFirst when the person cannot join any team.
func (c Candidate) May(now time.Time) error {
	switch {
	case !c.Volunteer.State.Here():
		return ErrNotHere
	case c.Volunteer.MinorAt(now) && !c.GuardianConsent:
		return ErrGuardianFirst
	}
	return nil
}

// InvitationEnds returns when an invitation can no longer be accepted, zero
// for what is none.
func (m Membership) InvitationEnds() time.Time {
	if m.State != MembershipInvited {
		return time.Time{}
	}
	return m.RequestedAt.Add(InvitationLife)
}

// Expire closes an invitation that nobody answered in time, and reports whether it did.
func (m *Membership) Expire(now time.Time) bool {
	if m.State != MembershipInvited || now.Before(m.InvitationEnds()) {
		return false
	}
	m.close("", EndingExpired, "", now)
	return true
}

// Apply returns what becomes of a volunteer's wish to join. last is their
// newest membership there, whatever its state. Applying again changes nothing;
// whoever is invited accepts by it.
func (t Team) Apply(who Candidate, last Membership, word string, now time.Time) (m Membership, changed bool, err error) {
	if err := t.Takes(); err != nil {
		return last, false, err
	}
	if err := who.May(now); err != nil {
		return last, false, err
	}
	switch {
	case last.State == MembershipActive:
		return last, false, ErrAlreadyMember
	case last.State == MembershipApplied:
		return last, false, nil
	case last.State == MembershipInvited:
		last.begin(who.Volunteer.ID, now)
		return last, true, nil
	}
	if err := last.mayAskAgain(now); err != nil {
		return last, false, err
	}
	return newMembership(t.ID, who.Volunteer.ID, MembershipApplied, who.Volunteer.ID, word, now), true, nil
}

// mayAskAgain returns ErrAskedLately or ErrRemovedLately while somebody must wait.
func (m Membership) mayAskAgain(now time.Time) error {
	declined, removed := m.DecidedAt.Add(ApplyAgainAfter), m.EndedAt.Add(ApplyAgainAfter)
	switch {
	case m.State == MembershipDeclined && m.Ending == EndingDeclined && m.RequestedBy == m.VolunteerID && now.Before(declined):
		return ErrAskedLately.With("date", dayOf(declined))
	case m.State == MembershipEnded && m.Ending == EndingRemoved && now.Before(removed):
		return ErrRemovedLately.With("date", dayOf(removed))
	}
	return nil
}

// dayOf returns the day in Hebi as both languages can read it.
func dayOf(t time.Time) string { return t.In(clock.City).Format(time.DateOnly) }

// Invite returns what becomes of a brigade's wish to have somebody. Whoever
// has applied is taken in by it; whoever said no within the days of
// ApplyAgainAfter is left in peace. Only the state of the team is an error:
// nothing may be told about the person.
func (t Team) Invite(who Volunteer, last Membership, by, word string, now time.Time) (m Membership, changed bool, err error) {
	if err := t.Takes(); err != nil {
		return last, false, err
	}
	switch {
	case who.ID == by, !who.State.Here(), last.State == MembershipActive, last.State == MembershipInvited:
		return last, false, nil
	case last.State == MembershipApplied:
		last.begin(by, now)
		return last, true, nil
	case last.State == MembershipDeclined && last.DecidedBy == who.ID && last.RequestedBy != who.ID && now.Before(last.DecidedAt.Add(ApplyAgainAfter)):
		return last, false, nil
	}
	return newMembership(t.ID, who.ID, MembershipInvited, by, word, now), true, nil
}

// Approve takes in who has applied. The candidate is asked again whether they
// may: much can happen between. Approving twice changes nothing.
func (m *Membership) Approve(t Team, who Candidate, by string, now time.Time) (changed bool, err error) {
	switch {
	case by == m.VolunteerID:
		return false, ErrOwnRequest
	case m.State == MembershipActive && m.RequestedBy == m.VolunteerID:
		return false, nil
	case m.State != MembershipApplied:
		return false, ErrMoved
	}
	if err := t.Takes(); err != nil {
		return false, err
	}
	if err := who.May(now); err != nil {
		return false, err
	}
	m.begin(by, now)
	return true, nil
}

// Decline refuses an application, with a reason for the applicant. Declining
// twice changes nothing.
func (m *Membership) Decline(by, reason string, now time.Time) (changed bool, err error) {
	switch {
	case by == m.VolunteerID:
		return false, ErrOwnRequest
	case m.State == MembershipDeclined && m.Ending == EndingDeclined && m.RequestedBy == m.VolunteerID:
		return false, nil
	case m.State != MembershipApplied:
		return false, ErrMoved
	}
	if reason, err = parseReason(reason); err != nil {
		return false, err
	}
	m.close(by, EndingDeclined, reason, now)
	return true, nil
}

// Withdraw takes back one's own application. Twice changes nothing.
func (m *Membership) Withdraw(now time.Time) (changed bool, err error) {
	switch {
	case m.State == MembershipDeclined && m.Ending == EndingWithdrawn:
		return false, nil
	case m.State != MembershipApplied:
		return false, ErrMoved
	}
	m.close(m.VolunteerID, EndingWithdrawn, "", now)
	return true, nil
}

// TakeBack ends an invitation that is not answered yet, and reports whether it did.
func (m *Membership) TakeBack(by string, now time.Time) bool {
	if m.State != MembershipInvited || !now.Before(m.InvitationEnds()) {
		return false
	}
	m.close(by, EndingWithdrawn, "", now)
	return true
}

// Accept is the volunteer's own yes to an invitation, without which nobody is
// enrolled (条例 art. 25). Accepting twice changes nothing.
func (m *Membership) Accept(t Team, who Candidate, now time.Time) (changed bool, err error) {
	switch {
	case m.State == MembershipActive && m.RequestedBy != m.VolunteerID:
		return false, nil
	case m.Ending == EndingExpired, m.State == MembershipInvited && !now.Before(m.InvitationEnds()):
		return false, ErrInvitationOver
	case m.State != MembershipInvited:
		return false, ErrMoved
	}
	if err := t.Takes(); err != nil {
		return false, err
	}
	if err := who.May(now); err != nil {
		return false, err
	}
	m.begin(m.VolunteerID, now)
	return true, nil
}

// Refuse is the volunteer's own no to an invitation; it needs no reason.
// Refusing twice changes nothing.
func (m *Membership) Refuse(reason string, now time.Time) (changed bool, err error) {
	switch {
	case m.State == MembershipDeclined && m.RequestedBy != m.VolunteerID:
		return false, nil
	case m.State != MembershipInvited:
		return false, ErrMoved
	}
	m.close(m.VolunteerID, EndingDeclined, reason, now)
	return true, nil
}
