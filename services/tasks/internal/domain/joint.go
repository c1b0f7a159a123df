package domain

import (
	"slices"
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
)

// Several brigades may hold one activity together (多队联办). The one that posted
// it is the host: it changes, calls off and confirms. Those that joined help at
// the gate, see their own members there, and have their hours (ADR 52).

// JointState says where a brigade stands with an activity that it was asked to join.
type JointState string

// The states.
const (
	JointAsked     JointState = "asked"
	JointJoined    JointState = "joined"
	JointDeclined  JointState = "declined"  // by its own leaders, also after it had joined
	JointWithdrawn JointState = "withdrawn" // by the host
)

// MostJoint is how many brigades can be asked to join one activity.
const MostJoint = 20

// JointTeam is a brigade that was asked to join an activity.
type JointTeam struct {
	TaskID, TeamID string
	TeamName       string // as teams told it last
	State          JointState
	AskedBy        string
	AskedAt        time.Time
	AnsweredBy     string
	AnsweredAt     time.Time // zero while asked
	Version        int64
}

// Why a brigade cannot be asked, or an answer does not count.
var (
	ErrJointDraft     = apperr.New(apperr.Conflict, "joint_draft", "先发布活动，再请别的队一起办。", "Publish the activity first, then ask other brigades to join.")
	ErrJointSelf      = apperr.New(apperr.Invalid, "joint_self", "这个活动本来就是这支队伍办的。", "This brigade holds the activity already.")
	ErrJointMany      = apperr.New(apperr.Conflict, "joint_many", "一个活动最多请 20 支队伍联办。", "At most 20 brigades can be asked to join one activity.")
	ErrJointWithdrawn = apperr.New(apperr.Conflict, "joint_withdrawn", "主办的队伍已经收回了邀请，请联系他们。", "The brigade that holds it has taken the invitation back; please ask them.")
	ErrNotYourTeam    = apperr.New(apperr.Invalid, "not_your_team", "只能选您所在的、参加联办的队伍。", "Choose one of the brigades that hold it and that you are in.")
)

// AskTeam asks a brigade to join. had is what was asked of it before: whoever
// declined can be asked again; asking twice changes nothing.
func (t Task) AskTeam(teamID string, had *JointTeam, by string, now time.Time) (j JointTeam, changed bool, err error) {
	switch {
	case t.State == TaskCancelled:
		return JointTeam{}, false, ErrTaskCancelled
	case t.State != TaskPublished:
		return JointTeam{}, false, ErrJointDraft
	case teamID == t.TeamID:
		return JointTeam{}, false, apperr.For("team_id", ErrJointSelf)
	case had != nil && (had.State == JointAsked || had.State == JointJoined):
		return *had, false, nil
	}
	j = JointTeam{TaskID: t.ID, TeamID: teamID, State: JointAsked, AskedBy: by, AskedAt: now, Version: 1}
	if had != nil {
		j.Version = had.Version + 1
	}
	return j, true, nil
}

// Answer is what the brigade's leaders say (joined, declined), or the host
// (withdrawn). An answer can be changed; the same one again changes nothing.
func (j *JointTeam) Answer(to JointState, by string, now time.Time) (changed bool, err error) {
	switch {
	case j.State == to:
		return false, nil
	case j.State == JointWithdrawn:
		return false, ErrJointWithdrawn
	}
	j.State, j.AnsweredBy, j.AnsweredAt = to, by, now
	j.Version++
	return true, nil
}

// Holder is a brigade that holds an activity, as it is now: of one that became
// part of another, that other.
type Holder struct {
	TeamID, Name  string
	RegionPath    string
	ReportingUnit string
	Host          bool
	Originals     []string // as which it posted or joined: itself, or what became part of it
}

// CreditsTo returns which of the brigades that hold an activity has the hours
// of somebody: the one they chose, if they are in it; else the host, if they
// are in that; else the first of those that joined that they are in. Whoever is
// in none of them serves for the host. holders begins with the host.
func CreditsTo(holders []Holder, member func(Holder) bool, chosen string) Holder {
	mine := slices.DeleteFunc(slices.Clone(holders), func(h Holder) bool { return !member(h) })
	if i := slices.IndexFunc(mine, func(h Holder) bool { return h.Is(chosen) }); i >= 0 {
		return mine[i]
	}
	if len(mine) > 0 {
		return mine[0]
	}
	return holders[0]
}

// Is reports whether it is the brigade with this id, or what that has become.
func (h Holder) Is(teamID string) bool {
	return teamID != "" && (h.TeamID == teamID || slices.Contains(h.Originals, teamID))
}
