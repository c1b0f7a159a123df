package domain

import (
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
)

var (
	// ErrLeaderLeaves says that a leader hands over before she leaves.
	ErrLeaderLeaves = apperr.New(apperr.Conflict, "leader_leaves", "队长不能直接退队：请先把队伍交接给别人，交接后就能退出。", "A leader cannot simply leave: please hand the team over first; after that you can leave.")
	// ErrLeaderStays says that leadership changes by handing over only.
	ErrLeaderStays = apperr.New(apperr.Conflict, "leader_stays", "队长只能通过交接来更换，请用「交接」，或请妇联处理。", "The leader changes by handing over only; please use that, or ask the office.")
	// ErrOnlyLeader says that a deputy's part is the leader's to decide.
	ErrOnlyLeader = apperr.New(apperr.Conflict, "only_leader", "副队长由队长任免，请队长来处理。", "Deputies are the leader's to make and unmake; please ask the leader.")
	// ErrLeaveInstead says that nobody removes themself.
	ErrLeaveInstead = apperr.New(apperr.Conflict, "leave_instead", "要退出队伍，请在「我的队伍」里点「退出」。", "To leave the team, use “Leave” under “My teams”.")
	// ErrUnclaimedDeputy says that a deputy needs an account.
	ErrUnclaimedDeputy = apperr.New(apperr.Conflict, "unclaimed_deputy", "她还没有认领自己的登记，不能当副队长。请先发认领链接给她。", "She has not claimed her record yet and cannot be a deputy. Please send her the claim link first.")
)

// Leave ends one's own membership. A leader hands over first. Twice changes nothing.
func (m *Membership) Leave(now time.Time) (changed bool, err error) {
	switch {
	case m.State == MembershipEnded && m.Ending == EndingLeft:
		return false, nil
	case m.State != MembershipActive:
		return false, ErrMoved
	case m.Role == RoleLeader:
		return false, ErrLeaderLeaves
	}
	return m.End(m.VolunteerID, EndingLeft, "", now), nil
}

// Remove ends somebody's membership, with a reason they will read and may
// appeal against. by is the remover's own membership. Twice changes nothing.
func (m *Membership) Remove(by Membership, reason string, now time.Time) (changed bool, err error) {
	switch {
	case by.VolunteerID == m.VolunteerID:
		return false, ErrLeaveInstead
	case m.State == MembershipEnded && m.Ending == EndingRemoved:
		return false, nil
	case m.State != MembershipActive:
		return false, ErrMoved
	case m.Role == RoleLeader:
		return false, ErrLeaderStays
	case m.Role == RoleDeputy && by.Role != RoleLeader:
		return false, ErrOnlyLeader
	}
	if reason, err = parseReason(reason); err != nil {
		return false, err
	}
	return m.End(by.VolunteerID, EndingRemoved, reason, now), nil
}

// SetRole makes a member deputy, or a deputy member again. who is the person,
// by the membership of who asks: the leader's. The same again changes nothing.
func (m *Membership) SetRole(role Role, who Volunteer, by Membership) (changed bool, err error) {
	switch {
	case m.State != MembershipActive:
		return false, ErrMoved
	case m.Role == RoleLeader || role == RoleLeader:
		return false, ErrLeaderStays
	case by.Role != RoleLeader:
		return false, ErrOnlyLeader
	case m.Role == role:
		return false, nil
	case role == RoleDeputy && who.State != VolunteerActive:
		return false, ErrUnclaimedDeputy
	}
	m.Role = role
	m.Version++
	return true, nil
}
