package domain

import (
	"strings"
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/id"
)

var (
	// ErrNoMembership says that there is no such membership, or that it is not the asker's to see.
	ErrNoMembership = apperr.New(apperr.NotFound, "no_such_membership", "没有这条入队记录，请刷新页面再看。", "There is no such membership; please reload the page.")
	// ErrMoved says that a membership is no longer where the asker saw it.
	ErrMoved = apperr.New(apperr.Conflict, "membership_moved", "这件事已经处理过了，请刷新页面看现在的情况。", "This has been settled already; please reload the page to see how.")
	// ErrReason asks for a reason that somebody can read.
	ErrReason = apperr.New(apperr.Invalid, "reason_missing", "请写明原因，对方会看到。", "Please say why; the person will read it.")
)

// Role is what somebody is in a brigade.
type Role string

// The roles in a brigade: 队员, 副队长, 队长. NoRole is for whoever is not in it.
const (
	NoRole     Role = ""
	RoleMember Role = "member"
	RoleDeputy Role = "deputy"
	RoleLeader Role = "leader"
)

// Leads reports whether the role runs the brigade.
func (r Role) Leads() bool { return r == RoleLeader || r == RoleDeputy }

// MembershipState is where a membership stands.
type MembershipState string

// The states. What never came about is declined; only what was active once is
// ended. MembershipNone is for whoever never had anything to do with the team.
const (
	MembershipNone     MembershipState = ""
	MembershipApplied  MembershipState = "applied"
	MembershipInvited  MembershipState = "invited"
	MembershipActive   MembershipState = "active"
	MembershipDeclined MembershipState = "declined"
	MembershipEnded    MembershipState = "ended"
)

// Open reports whether the membership is one or may become one.
func (s MembershipState) Open() bool {
	return s == MembershipApplied || s == MembershipInvited || s == MembershipActive
}

// Ending is how a membership came to its end, or why it never began.
type Ending string

// The endings. The last three are Qihe's: the brigade was dissolved, the record
// became part of another, the person was erased.
const (
	EndingDeclined  Ending = "declined"
	EndingWithdrawn Ending = "withdrawn"
	EndingExpired   Ending = "expired"
	EndingLeft      Ending = "left"
	EndingRemoved   Ending = "removed"
	EndingDissolved Ending = "dissolved"
	EndingMerged    Ending = "merged"
	EndingErased    Ending = "erased"
)

// Membership says what a volunteer is in a team, was, or would like to be. A
// team has at most one open membership of a person.
type Membership struct {
	ID          string
	TeamID      string
	VolunteerID string
	Role        Role
	State       MembershipState
	Since       time.Time // when it began; before that, when it was asked for
	RequestedBy string    // the volunteer, or whoever invited; empty: by a roster
	RequestedAt time.Time // zero: by a roster
	Word        string    // what was said with it
	DecidedBy   string    // empty: nobody, or Qihe at a date that was due
	DecidedAt   time.Time
	Ending      Ending
	Reason      string // why it was declined or ended, for the member to read
	EndedBy     string
	EndedAt     time.Time
	Version     int64
}

func newMembership(teamID, volunteerID string, state MembershipState, by, word string, now time.Time) Membership {
	return Membership{
		ID: id.New(), TeamID: teamID, VolunteerID: volunteerID, Role: RoleMember, State: state, Since: now,
		RequestedBy: by, RequestedAt: now, Word: strings.TrimSpace(word), Version: 1,
	}
}

// begin makes the membership one.
func (m *Membership) begin(by string, now time.Time) {
	m.State, m.Since, m.DecidedBy, m.DecidedAt = MembershipActive, now, by, now
	m.Version++
}

// End ends a membership that is one, for whatever reason but leaving and
// removal, which have rules of their own. It reports whether that is new. A
// brigade may be left without a leader by it: see Team.MustHaveLeader.
func (m *Membership) End(by string, how Ending, reason string, now time.Time) bool {
	if m.State != MembershipActive {
		return false
	}
	m.State, m.Ending, m.Reason, m.EndedBy, m.EndedAt = MembershipEnded, how, reason, by, now
	m.Version++
	return true
}

// close ends what never became a membership.
func (m *Membership) close(by string, how Ending, reason string, now time.Time) {
	m.State, m.Ending, m.Reason, m.DecidedBy, m.DecidedAt = MembershipDeclined, how, reason, by, now
	m.Version++
}

// Close ends whatever is open of a membership: it is ended when it was one and
// declined when it never was. It is for what befalls the team or the person.
// It reports whether that is new.
func (m *Membership) Close(by string, how Ending, reason string, now time.Time) bool {
	if !m.State.Open() {
		return false
	}
	if !m.End(by, how, reason, now) {
		m.close(by, how, reason, now)
	}
	return true
}

// parseReason returns the reason without outer spaces, or ErrReason on the
// input called reason.
func parseReason(reason string) (string, error) {
	reason = strings.TrimSpace(reason)
	if reason == "" {
		return "", apperr.For("reason", ErrReason)
	}
	return reason, nil
}
