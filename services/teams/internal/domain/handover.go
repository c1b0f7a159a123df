package domain

import (
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/id"
)

// A brigade is never without a leader silently. Working brigades have one
// leader, by a unique index at most one; a brigade without is "leaderless" and
// stands in the list of its officers until the office appoints somebody. That
// happens in three ways only: a roster named no leader, the leader's record was
// erased, or the office removed the leader and named no next one.

var (
	// ErrNoHandover says that no handover is open for a brigade.
	ErrNoHandover = apperr.New(apperr.NotFound, "no_handover", "没有正在进行的交接，可能已经办完或撤回，请刷新页面再看。", "There is no handover going on; it may be done or withdrawn, please reload the page.")
	// ErrHandoverOpen says that another handover must be settled first.
	ErrHandoverOpen = apperr.New(apperr.Conflict, "handover_open", "已经有一个交接在等对方接受，请先撤回它。", "A handover already waits to be accepted; please withdraw that one first.")
	// ErrNextLeader says who can lead a brigade.
	ErrNextLeader = apperr.New(apperr.Conflict, "next_leader_not_member", "新队长必须是这支队伍的队员，年满十八岁，而且不是现任队长。", "The next leader must be a member of the team, of age, and not lead it already.")
	// ErrHandoverStale says that the leader changed since a handover was proposed.
	ErrHandoverStale = apperr.New(apperr.Conflict, "handover_stale", "提出交接的人已经不是队长，这次交接作废，请联系现任队长或妇联。", "Whoever proposed this no longer leads the team; please ask the present leader or the office.")
	// ErrAppointSelf refuses an officer who would make themself the leader.
	ErrAppointSelf = apperr.New(apperr.Conflict, "appoint_self", "不能指定自己当队长，请由另一位妇联干部办理。", "You cannot appoint yourself; please let another officer do it.")
)

// HandoverState is where a handover stands.
type HandoverState string

// The states: proposed by the leader, then one of the others; appointed is the
// office's own act, without a proposal.
const (
	HandoverProposed  HandoverState = "proposed"
	HandoverAccepted  HandoverState = "accepted"
	HandoverDeclined  HandoverState = "declined"
	HandoverWithdrawn HandoverState = "withdrawn"
	HandoverAppointed HandoverState = "appointed"
)

// Handover 交接 is the passing of a brigade from its leader to the next.
type Handover struct {
	ID         string
	TeamID     string
	FromID     string // empty: there was no leader
	ToID       string
	ProposedBy string
	State      HandoverState
	Reason     string // the office's, when it acts alone
	ProposedAt time.Time
	DecidedAt  time.Time // zero while proposed
	Version    int64
}

// Heir is who is to lead a brigade next, as far as the rule asks.
type Heir struct {
	VolunteerID string
	Role        Role
	State       VolunteerState
	Minor       bool
}

func (h Heir) may() error {
	if h.Role != RoleMember && h.Role != RoleDeputy || !h.State.Here() || h.Minor {
		return apperr.For("volunteer_id", ErrNextLeader)
	}
	return nil
}

// HandOver proposes that the heir leads the brigade instead of its leader.
func (t *Team) HandOver(leaderID string, heir Heir, now time.Time) (Handover, error) {
	if !t.State.Working() {
		return Handover{}, standsInTheWay[t.State]
	}
	if err := heir.may(); err != nil {
		return Handover{}, err
	}
	return Handover{
		ID: id.New(), TeamID: t.ID, FromID: leaderID, ToID: heir.VolunteerID, ProposedBy: leaderID,
		State: HandoverProposed, ProposedAt: now, Version: 1,
	}, nil
}

// Appoint is the office's act alone: the heir leads the brigade from now on.
// leaderID is empty where nobody led it.
func (t *Team) Appoint(officerID, leaderID string, heir Heir, reason string, now time.Time) (Handover, error) {
	if !t.State.Working() {
		return Handover{}, standsInTheWay[t.State]
	}
	if officerID == heir.VolunteerID {
		return Handover{}, ErrAppointSelf
	}
	if err := heir.may(); err != nil {
		return Handover{}, err
	}
	t.pass()
	return Handover{
		ID: id.New(), TeamID: t.ID, FromID: leaderID, ToID: heir.VolunteerID, ProposedBy: officerID,
		State: HandoverAppointed, Reason: reason, ProposedAt: now, DecidedAt: now, Version: 1,
	}, nil
}

// Accept is the heir's own act. leaderID is who leads the brigade now.
func (h *Handover) Accept(t *Team, leaderID string, heir Heir, now time.Time) error {
	if err := h.decide(HandoverAccepted, now); err != nil {
		return err
	}
	if !t.State.Working() {
		return standsInTheWay[t.State]
	}
	if leaderID != h.FromID {
		return ErrHandoverStale
	}
	if err := heir.may(); err != nil {
		return err
	}
	t.pass()
	return nil
}

// Decline is the heir's no; Withdraw the leader's second thought.
func (h *Handover) Decline(now time.Time) error { return h.decide(HandoverDeclined, now) }

// Withdraw takes a proposal back.
func (h *Handover) Withdraw(now time.Time) error { return h.decide(HandoverWithdrawn, now) }

func (h *Handover) decide(state HandoverState, now time.Time) error {
	if h.State != HandoverProposed {
		return ErrNoHandover
	}
	h.State, h.DecidedAt = state, now
	h.Version++
	return nil
}

// pass marks the brigade as one under another leader.
func (t *Team) pass() {
	t.JoinEpoch++
	t.Version++
}
