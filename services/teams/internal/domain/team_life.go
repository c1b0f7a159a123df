package domain

import (
	"strings"
	"time"
	"unicode/utf8"

	"github.com/qihe-volunteers/qihe/shared/apperr"
)

// The life of a brigade (docs/brigades.md):
//
//	draft ──Submit──▶ submitted ──Approve──▶ active ◀──Resume── suspended
//	  ▲                  │                      │ ───Suspend──▶    │
//	  └─────Return───────┘                      └──Dissolve──▶ dissolved ◀──Dissolve──┘
//
// A founder drafts and submits; everything else is the office's. A dissolved
// brigade stays as it was, for its hours and certificates, and never comes back.

// Why a brigade cannot go where somebody wants it to: because of where it is.
var (
	ErrTeamIsDraft     = apperr.New(apperr.Conflict, "team_is_draft", "这支服务队还是草稿，没有提交审批。", "This team is still a draft and was not submitted.")
	ErrTeamIsSubmitted = apperr.New(apperr.Conflict, "team_is_submitted", "这支服务队正在等待审批。", "This team waits for approval.")
	ErrTeamIsActive    = apperr.New(apperr.Conflict, "team_is_active", "这支服务队已经批准，正在开展活动。请刷新页面再看。", "This team is approved and active; please reload the page.")
	ErrTeamIsSuspended = apperr.New(apperr.Conflict, "team_is_suspended", "这支服务队已被暂停，恢复以后才能这样做。有疑问请联系妇联。", "This team is suspended; this is possible again when that is lifted. Please ask the office.")
	ErrTeamIsDissolved = apperr.New(apperr.Conflict, "team_is_dissolved", "这支服务队已经撤销，不能再改。", "This team is dissolved and can no longer be changed.")

	// ErrTeamReason asks for a reason that those concerned will read.
	ErrTeamReason = apperr.New(apperr.Invalid, "team_reason_missing", "请写明原因，200 字以内，队里的人会看到。", "Please say why, in at most 200 characters; the team will read it.")
	// ErrOwnTeam refuses to decide about a brigade that one has founded oneself.
	ErrOwnTeam = apperr.New(apperr.Conflict, "own_team", "这是您自己申请的服务队，请由另一位妇联干部审批。", "You applied for this team yourself; please let another officer decide.")
	// ErrSuccessor says that a brigade cannot become part of that one.
	ErrSuccessor = apperr.New(apperr.Conflict, "successor_not_active", "只能并入另一支正在开展活动的服务队。", "A team can only become part of another one that is active.")
)

var standsInTheWay = map[TeamState]*apperr.Error{
	TeamDraft: ErrTeamIsDraft, TeamSubmitted: ErrTeamIsSubmitted, TeamActive: ErrTeamIsActive,
	TeamSuspended: ErrTeamIsSuspended, TeamDissolved: ErrTeamIsDissolved,
}

const maxReason = 200

// ParseReason cleans a reason that an officer gives. It returns ErrTeamReason,
// on the input called reason, for none and for one too long.
func ParseReason(s string) (string, error) {
	s = strings.TrimSpace(s)
	if s == "" || utf8.RuneCountInString(s) > maxReason {
		return "", apperr.For("reason", ErrTeamReason)
	}
	return s, nil
}

// Edit changes what a draft says. Of a brigade that exists only the office
// changes more than the description.
func (t *Team) Edit(d TeamDetails, byOffice bool) error {
	if t.State == TeamDissolved || t.State != TeamDraft && !byOffice {
		return standsInTheWay[t.State]
	}
	if err := t.describe(d); err != nil {
		return err
	}
	t.Version++
	return nil
}

// Describe changes a working brigade's description, which is its leader's to write.
func (t *Team) Describe(description string) error {
	if !t.State.Working() {
		return standsInTheWay[t.State]
	}
	description = strings.TrimSpace(description)
	if utf8.RuneCountInString(description) > maxDescription {
		return apperr.For("description", ErrTeamDescription)
	}
	t.Description = description
	t.Version++
	return nil
}

// Submit asks the office for its approval.
func (t *Team) Submit(now time.Time) error { return t.move(TeamSubmitted, "", now, TeamDraft) }

// Approve makes a submitted brigade an active one. One that began here was
// founded now; one from a roster when the roster says. officerID is who
// approves, never its founder.
func (t *Team) Approve(officerID string, now time.Time) error {
	if t.State == TeamSubmitted && t.CreatedBy != "" && t.CreatedBy == officerID {
		return ErrOwnTeam
	}
	if err := t.move(TeamActive, "", now, TeamSubmitted); err != nil {
		return err
	}
	if !t.Imported {
		t.FoundedAt = now
	}
	return nil
}

// Return gives a submitted brigade back to its founder, who reads why.
func (t *Team) Return(reason string, now time.Time) error {
	return t.move(TeamDraft, reason, now, TeamSubmitted)
}

// Suspend stops an active brigade from posting.
func (t *Team) Suspend(reason string, now time.Time) error {
	return t.move(TeamSuspended, reason, now, TeamActive)
}

// Resume lifts a suspension.
func (t *Team) Resume(reason string, now time.Time) error {
	return t.move(TeamActive, reason, now, TeamSuspended)
}

// Dissolve ends a working brigade, or one of a roster that should never have
// come in. With a successor it becomes part of that one, which must be active.
func (t *Team) Dissolve(reason string, successor *Team, now time.Time) error {
	from := []TeamState{TeamActive, TeamSuspended}
	if t.Imported && successor == nil {
		from = append(from, TeamDraft, TeamSubmitted)
	}
	if successor != nil && (successor.ID == t.ID || successor.State != TeamActive) {
		return apperr.For("successor_id", ErrSuccessor)
	}
	if err := t.move(TeamDissolved, reason, now, from...); err != nil {
		return err
	}
	if successor != nil {
		t.SuccessorID = successor.ID
	}
	return nil
}

// move goes from one of the states to another, or says what stands in the way.
func (t *Team) move(to TeamState, reason string, now time.Time, from ...TeamState) error {
	for _, s := range from {
		if t.State == s {
			t.State, t.StateReason, t.StateSince = to, reason, now
			t.Version++
			return nil
		}
	}
	return standsInTheWay[t.State]
}
