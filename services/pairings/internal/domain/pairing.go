package domain

import (
	"slices"
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/id"
)

// PairingState is how far things are with a pairing.
type PairingState string

// The states.
const (
	PairingProposed PairingState = "proposed" // by an officer; volunteer, guardian and another officer have to agree
	PairingTrial    PairingState = "trial"
	PairingActive   PairingState = "active"
	PairingPaused   PairingState = "paused"
	PairingClosed   PairingState = "closed"
)

// Pairing is a child and the companion parent (代理家长) who stands by it (结对). It says
// nothing of who the child is.
type Pairing struct {
	ID          string
	ChildID     string
	CompanionID string
	VolunteerID string // the companion's
	TeamID      string // the brigade that stands behind it; empty: none
	RegionCode  string // the child's
	RegionPath  string
	State       PairingState
	StateAt     time.Time
	ProposedBy  string
	ProposedAt  time.Time
	SexReason   string // a word of SexReasons: why it is not the sex that was wished for; empty: it is

	VolunteerAgreedAt time.Time // zero, as the others: not yet
	GuardianAgreedAt  time.Time
	GuardianAgreedBy  string // who recorded it; empty: by her link
	GuardianForm      string // the number of the paper
	GuardianLinkID    string
	OfficerAgreedBy   string
	OfficerAgreedAt   time.Time

	TrialEndsAt time.Time // by when the trial is reviewed
	ReviewedBy  string
	ReviewedAt  time.Time

	SupervisorID string // 联系督导人
	DeputyID     string // stands in for the supervisor
	AwayFrom     time.Time
	AwayUntil    time.Time
	ToldID       string // who was told last that she looks after it
	Plan         string // code of the contact plan

	PausedFrom   PairingState // where it goes on; empty: it is not paused
	PausedReason string       // a word of PausingReasons, or PausedSuspended
	PausedBy     string       // empty with a reason: by itself
	ClosedReason string       // a word of ClosingReasons, or one of the others below
	ClosedBy     string       // empty with a reason: by itself, or the guardian
	FarewellOn   string       // 告别见面, 2026-11-24; empty: there is none
	HandedOverTo string       // the pairing that takes its place
	Handover     []byte       // HandoverNote under the child's own key
	DueAt        time.Time    // when the clock has to look at it; zero: never
	Version      int64
}

// HandoverNote is what whoever goes on has to know: sealed.
type HandoverNote struct {
	Note string `json:"note"`
}

// PairingRules are how many children a companion parent has at most, and how long a trial is.
type PairingRules struct {
	MostOpen, TrialMonths int
}

// PlanStandard is the contact plan of a pairing for which none is chosen.
const PlanStandard = "standard"

// Why a pairing is closed or paused by itself, or by one of those who are asked.
const (
	ClosedVolunteerNo = "volunteer_declined"
	ClosedGuardianNo  = "guardian_declined"
	ClosedOfficerNo   = "officer_declined"
	ClosedTrial       = "trial_ended"     // the review said no
	ClosedConsent     = "consent_ended"   // withdrawn, or it ran out
	ClosedWish        = "child_wish"      // the child says no
	ClosedCompanion   = "companion_ended" // she left, was refused, or is not there any more
	ClosedTransferred = "transferred"     // somebody else goes on

	PausedSuspended = "companion_suspended"
)

// The words from which people choose.
var (
	SexReasons     = []string{"family_agrees", "known_to_child", "nobody_else"}
	PausingReasons = []string{"child_away", "volunteer_away", "health", "question"}
	ClosingReasons = []string{"goal_reached", "family_back", "moved", "of_age", "volunteer_stops", "not_suited", ClosedWish, "other"}
)

// What can be wrong with pairings.
var (
	ErrNoPairing           = apperr.New(apperr.NotFound, "no_such_pairing", "没有这份结对，或者已经结束了。", "There is no such pairing, or it is over.")
	ErrPairingMoved        = apperr.New(apperr.Conflict, "pairing_moved", "这份结对已经有了变化，请刷新看看。", "Something about this pairing has changed; please reload.")
	ErrPairingChild        = apperr.New(apperr.Conflict, "pairing_child", "这个孩子现在不在等待结对，请刷新看看。", "This child does not wait for a companion parent now; please reload.")
	ErrPairingTwice        = apperr.New(apperr.Conflict, "pairing_twice", "这个孩子已经有一份进行中的结对，请刷新看看。", "This child has a pairing already; please reload.")
	ErrPairingCompanion    = apperr.New(apperr.Conflict, "pairing_companion", "这位代理家长现在不能结对：资格还没批准，或者有事项到期了。", "This companion parent cannot be paired now: not approved, or something has ended.")
	ErrPairingMost         = apperr.New(apperr.Conflict, "pairing_most", "这位代理家长结对的孩子已经够多了，请找另一位。", "This companion parent has as many children as may be; please find another.")
	ErrPairingSex          = apperr.New(apperr.Invalid, "pairing_sex", "孩子和家里希望的不是这个性别。确实合适，请选一个理由。", "This is not the sex that was wished for. If it suits all the same, please choose a reason.")
	ErrPairingPersons      = apperr.New(apperr.Forbidden, "pairing_persons", "提出的人、同意的人、督导人和代理家长本人要是不同的人，请由另一位负责人来办。", "Who proposes, who agrees, who supervises and the companion parent have to be different persons; please leave it to another officer.")
	ErrPairingSupervisor   = apperr.New(apperr.Invalid, "pairing_supervisor", "督导人和代理督导人要是两个人，并且在孩子所在地有授权。", "Supervisor and deputy are two people, both officers where the child lives.")
	ErrPairingTeam         = apperr.New(apperr.Invalid, "pairing_team", "请从这位代理家长所在的队里选一支。", "Please choose one of the brigades that this companion parent is in.")
	ErrPairingAgreed       = apperr.New(apperr.Conflict, "pairing_agreed", "已经答复过了，请刷新看看。", "This was answered already; please reload.")
	ErrPairingGuardianForm = apperr.New(apperr.Invalid, "pairing_form", "请写监护人签字的纸的编号，40 字以内。", "Please give the number of the paper that the guardian signed, in at most 40 characters.")
	ErrPairingReason       = apperr.New(apperr.Invalid, "pairing_reason", "请选一个原因。", "Please choose a reason.")
	ErrPairingFarewell     = apperr.New(apperr.Invalid, "pairing_farewell", "请写告别见面的日期，前后两个月以内。孩子需要好好说再见。", "Please give the day of the farewell, within two months. A child needs a proper goodbye.")
	ErrPairingHandover     = apperr.New(apperr.Invalid, "pairing_handover", "请写给接手的人看的交接说明，500 字以内。", "Please write in at most 500 characters what whoever goes on has to know.")
	ErrPairingAway         = apperr.New(apperr.Invalid, "pairing_away", "请写从哪天到哪天不在，最长半年。", "Please give from which day to which day, half a year at most.")
	ErrPairingNotYours     = apperr.New(apperr.Forbidden, "pairing_not_yours", "这一步由督导这份结对的人来办。", "This is for whoever supervises the pairing.")
)

// NewPairing is what an officer proposes.
type NewPairing struct {
	ID                     string // made beforehand; empty: it is made here
	ChildID, CompanionID   string
	TeamID                 string // empty: no brigade stands behind it
	SexReason              string
	SupervisorID, DeputyID string
	Plan                   string // empty: PlanStandard
}

// Propose returns the pairing that an officer proposes of a child that waits and a
// companion parent who is approved. sex is the companion's, empty when it is not known:
// then a wish needs a reason too.
func (n NewPairing) Propose(child Child, companion Companion, sex, by string, now time.Time) (Pairing, error) {
	wished := child.CompanionSex == "any" || child.CompanionSex == "" || child.CompanionSex == sex
	switch {
	case child.State != ChildWaiting:
		return Pairing{}, ErrPairingChild
	case companion.State != CompanionApproved:
		return Pairing{}, ErrPairingCompanion
	case !wished && !slices.Contains(SexReasons, n.SexReason):
		return Pairing{}, apperr.For("sex_reason", ErrPairingSex)
	case n.SupervisorID == n.DeputyID:
		return Pairing{}, apperr.For("deputy_id", ErrPairingSupervisor)
	}
	if wished {
		n.SexReason = ""
	}
	if n.Plan == "" {
		n.Plan = PlanStandard
	}
	if n.ID == "" {
		n.ID = id.New()
	}
	return Pairing{
		ID: n.ID, ChildID: child.ID, CompanionID: companion.ID, VolunteerID: companion.VolunteerID, TeamID: n.TeamID,
		RegionCode: child.RegionCode, RegionPath: child.RegionPath, State: PairingProposed, StateAt: now, ProposedBy: by, ProposedAt: now,
		SexReason: n.SexReason, SupervisorID: n.SupervisorID, DeputyID: n.DeputyID, Plan: n.Plan, Version: 1,
	}, nil
}

// Open reports whether things go on.
func (p Pairing) Open() bool { return p.State != PairingClosed }

// Meets reports whether the companion parent goes to see the child: what is held of it is
// shown to her then, the address too.
func (p Pairing) Meets() bool { return p.State == PairingTrial || p.State == PairingActive }

// Stands reports whether the child has somebody: also while it is paused.
func (p Pairing) Stands() bool { return p.Meets() || p.State == PairingPaused }
