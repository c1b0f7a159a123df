package domain

import (
	"slices"
	"strings"
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/id"
)

// AidState is how far things are with helping a family.
type AidState string

// The states. Each quarter of one that runs is reviewed.
const (
	AidOpened  AidState = "opened"  // a helper was asked
	AidPlanned AidState = "planned" // the plan waits for another officer
	AidRunning AidState = "running"
	AidEnded   AidState = "ended"
)

// AidEndings are the words for why helping ended: 帮扶结束（目标达成） and others. The last
// three are the program's own.
var AidEndings = []string{"goal_met", "moved", "family_wish", "helper_left", "other", "helper_declined", "consent_withdrawn", "consent_ended"}

// AidRefusals are the words for why a plan is not approved.
var AidRefusals = []string{"plan_unclear", "helper_unsuited", "needs_unclear"}

// AidCase is one helper standing by one family (一帮一).
type AidCase struct {
	ID          string
	HouseholdID string
	RegionPath  string // the family's
	HelperID    string
	TeamID      string // the brigade that she answers for; empty: she helps by herself
	State       AidState
	StateAt     time.Time
	OpenedBy    string
	OpenedAt    time.Time
	AgreedAt    time.Time // when the helper said yes; zero: not yet
	Plan        []byte    // AidPlan under the family's key; nil: there is none yet
	PlannedBy   string
	RefusedFor  string // of AidRefusals; empty: it was not refused
	ApprovedBy  string
	ApprovedAt  time.Time
	ReviewDueAt time.Time // while it runs: the end of the quarter that is to be reviewed
	RemindAt    time.Time // when the clock next has to say so; zero: no more
	Reminders   int       // how many were given for this quarter
	EndedFor    string
	EndedBy     string // empty: nobody did
	Version     int64
}

// AidPlan is what is going to be done for a family.
type AidPlan struct {
	Goal  string   `json:"goal"`
	Steps []string `json:"steps"`
}

// AidNote is what somebody wrote of a visit or a review.
type AidNote struct {
	Note string `json:"note"`
}

// What can be wrong with helping.
var (
	ErrNoAidCase    = apperr.New(apperr.NotFound, "no_such_aid_case", "没有这件帮扶，或者不在您的管辖范围内。", "There is no such case, or it is not one of yours.")
	ErrAidTwice     = apperr.New(apperr.Conflict, "aid_case_open", "这个家庭已经有一位帮扶人。先结束那一件，再安排别人。", "Somebody helps this family already; end that before another one begins.")
	ErrAidOver      = apperr.New(apperr.Conflict, "aid_case_over", "这件帮扶已经结束，请刷新。", "This has ended; please reload.")
	ErrAidState     = apperr.New(apperr.Conflict, "aid_case_state", "现在还不能做这一步，或者已经做过了，请刷新。", "This cannot be done now, or was done already; please reload.")
	ErrAidHelper    = apperr.New(apperr.Invalid, "aid_helper", "这位志愿者不能做帮扶人：没有这个人、未满 18 周岁，或者已经注销。", "This volunteer cannot be a helper: unknown, a minor, or gone.")
	ErrAidTeam      = apperr.New(apperr.Invalid, "aid_team", "她不是这支服务队的队员。", "She is not of this brigade.")
	ErrAidAgreed    = apperr.New(apperr.Conflict, "aid_not_agreed", "帮扶人还没有答应。请等她在手机上答应，再批准。", "The helper has not said yes yet; approve it when she has.")
	ErrAidPersons   = apperr.New(apperr.Forbidden, "aid_persons", "登记家庭、开始帮扶、写方案的人和帮扶人自己不能批准，请由另一位负责人批准。", "Who registered the family, opened or planned the case, or helps does not approve; please leave it to another officer.")
	ErrAidGoal      = apperr.New(apperr.Invalid, "aid_goal", "请写目标，200 字以内。", "Please write the goal, in at most 200 characters.")
	ErrAidSteps     = apperr.New(apperr.Invalid, "aid_steps", "请写至少一步，每步 100 字以内。", "Please write at least one step, each in at most 100 characters.")
	ErrAidReason    = apperr.New(apperr.Invalid, "aid_reason", "请选一个原因。", "Please choose a reason.")
	ErrAidVisit     = apperr.New(apperr.Invalid, "aid_visit_minutes", "见到了要写分钟数，1 到 480；没见到不写。", "Give the minutes, 1 to 480, when you met; none when you did not.")
	ErrAidVisitTime = apperr.New(apperr.Invalid, "aid_visit_time", "时间不对：要在过去三十天以内，不能是以后。", "The time must be within the past thirty days.")
	ErrAidVisitLong = apperr.New(apperr.Invalid, "aid_visit_long", "时间还没到：从几点开始、待了多久，加起来不能晚于现在。", "That is not over yet: beginning and minutes must end before now.")
	ErrAidNote      = apperr.New(apperr.Invalid, "aid_note", "请写几句，500 字以内。", "Please write some words, in at most 500 characters.")
	ErrAidReviewed  = apperr.New(apperr.Conflict, "aid_reviewed", "这个季度已经评估过了。", "This quarter has been reviewed.")
	ErrAidEarly     = apperr.New(apperr.Conflict, "aid_review_early", "还没到评估的时候：季度结束前一个月起可以评估。", "It is too early: a quarter is reviewed from a month before its end on.")
)

// OpenAid asks a volunteer to help a family. teamID is the brigade that she answers
// for, empty when she helps by herself.
func (h Household) OpenAid(helperID, teamID, by string, now time.Time) (AidCase, error) {
	if h.State != HouseholdConsented {
		return AidCase{}, ErrFamilyConsent
	}
	return AidCase{
		ID: id.New(), HouseholdID: h.ID, RegionPath: h.RegionPath, HelperID: helperID, TeamID: teamID, State: AidOpened, StateAt: now,
		OpenedBy: by, OpenedAt: now, Version: 1,
	}, nil
}

func (c AidCase) at(state AidState, now time.Time) AidCase {
	c.State, c.StateAt, c.Version = state, now, c.Version+1
	return c
}

// Answer notes that the helper says yes, once, or no, which ends the case.
func (c AidCase) Answer(agreed bool, now time.Time) (AidCase, error) {
	switch {
	case c.State == AidEnded:
		return c, ErrAidOver
	case !c.AgreedAt.IsZero():
		return c, ErrAidState
	case !agreed:
		return c.ended("helper_declined", "", now), nil
	}
	c.AgreedAt, c.Version = now, c.Version+1
	return c, nil
}

// Checked returns a plan without stray blanks, or what is wrong with it.
func (p AidPlan) Checked() (AidPlan, error) {
	p.Goal = strings.TrimSpace(p.Goal)
	var steps []string
	for _, s := range p.Steps {
		if s = strings.TrimSpace(s); s != "" {
			steps = append(steps, s)
		}
	}
	p.Steps = steps
	if !within(p.Goal, 200) {
		return p, apperr.For("goal", ErrAidGoal)
	}
	if len(steps) == 0 || slices.ContainsFunc(steps, func(s string) bool { return !within(s, 100) }) {
		return p, apperr.For("steps", ErrAidSteps)
	}
	return p, nil
}

// Planned puts a sealed plan to a case that does not run yet, for another officer.
func (c AidCase) Planned(sealed []byte, by string, now time.Time) (AidCase, error) {
	switch c.State {
	case AidEnded:
		return c, ErrAidOver
	case AidRunning:
		return c, ErrAidState
	}
	c.Plan, c.PlannedBy, c.RefusedFor = sealed, by, ""
	return c.at(AidPlanned, now), nil
}

// Approve lets a planned case run; see the gates of the database for who may.
func (c AidCase) Approve(by string, now time.Time) (AidCase, error) {
	switch {
	case c.State == AidEnded:
		return c, ErrAidOver
	case c.State != AidPlanned:
		return c, ErrAidState
	case c.AgreedAt.IsZero():
		return c, ErrAidAgreed
	}
	c.ApprovedBy, c.ApprovedAt = by, now
	c = c.at(AidRunning, now)
	return c.due(firstReview(now)), nil
}

// Refuse sends a plan back with a word for why.
func (c AidCase) Refuse(reason string, now time.Time) (AidCase, error) {
	switch {
	case c.State == AidEnded:
		return c, ErrAidOver
	case c.State != AidPlanned:
		return c, ErrAidState
	case !slices.Contains(AidRefusals, reason):
		return c, apperr.For("reason", ErrAidReason)
	}
	c.RefusedFor = reason
	return c.at(AidOpened, now), nil
}

// End ends a case by an officer's word.
func (c AidCase) End(reason, by string, now time.Time) (AidCase, error) {
	if c.State == AidEnded {
		return c, ErrAidOver
	}
	if i := slices.Index(AidEndings, reason); i < 0 || i > 4 || reason == "goal_met" && c.State != AidRunning {
		return c, apperr.For("reason", ErrAidReason)
	}
	return c.ended(reason, by, now), nil
}

// Fell ends a case because what it stood on is gone.
func (c AidCase) Fell(reason, by string, now time.Time) AidCase { return c.ended(reason, by, now) }

func (c AidCase) ended(reason, by string, now time.Time) AidCase {
	c.EndedFor, c.EndedBy, c.ReviewDueAt, c.RemindAt, c.Reminders = reason, by, time.Time{}, time.Time{}, 0
	return c.at(AidEnded, now)
}

func (n AidNote) check(mayBeEmpty bool) error {
	if mayBeEmpty && n.Note == "" || within(n.Note, 500) {
		return nil
	}
	return apperr.For("note", ErrAidNote)
}

// NewAidNote returns what somebody wrote, which must be there.
func NewAidNote(text string) (AidNote, error) {
	n := AidNote{strings.TrimSpace(text)}
	return n, n.check(false)
}
