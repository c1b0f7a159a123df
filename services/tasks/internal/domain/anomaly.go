package domain

import (
	"strings"
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/id"
)

// Rule says what was found odd; each is told in a sentence on the page.
type Rule string

// The rules.
const (
	RuleOverlap    Rule = "overlap"     // two shifts at once
	RuleHours      Rule = "hours"       // more in a day than may be
	RuleTravel     Rule = "travel"      // from one place to the next faster than anybody travels
	RuleCodesApart Rule = "codes_apart" // codes of places far apart, while checked in
	RuleDevice     Rule = "device"      // many people from one phone that nobody declared to share
	RuleRound      Rule = "round"       // a run of round figures entered by hand
	RulePlace      Rule = "place"       // a phone that was far from the place at check-in, as it said with its owner's consent
)

// AnomalyState says how far the verifying has come.
type AnomalyState string

// The states: open → answered → upheld | dismissed; an answer is not needed.
const (
	AnomalyOpen      AnomalyState = "open"
	AnomalyAnswered  AnomalyState = "answered"
	AnomalyUpheld    AnomalyState = "upheld"
	AnomalyDismissed AnomalyState = "dismissed"
)

// Anomaly is a thing to verify (待核实). It is a question, not a punishment:
// nothing is blocked by it.
type Anomaly struct {
	ID string
	Finding
	State      AnomalyState
	FoundAt    time.Time
	Answer     string // the person's, given once
	AnsweredAt time.Time
	Reason     string // of the decision
	DecidedBy  string
	DecidedAt  time.Time
	Version    int64
}

// Finding is what a detector found.
type Finding struct {
	Rule          Rule
	Key           string // the same finding has the same key
	VolunteerID   string
	AttendanceIDs []string
	ShiftID       string
	TeamID        string
	Evidence      Evidences
}

// Evidences are the figures behind a finding; those that a rule does not have are zero.
type Evidences struct {
	Minutes int     `json:"minutes,omitempty"` // in common; in the day; between the two places
	Limit   int     `json:"limit,omitempty"`   // what may be, in minutes
	Km      float64 `json:"km,omitempty"`
	KmH     int     `json:"km_h,omitempty"`
	People  int     `json:"people,omitempty"`
	Run     int     `json:"run,omitempty"` // how many after each other
}

// What can be wrong with an answer or a decision.
var (
	ErrNoSuchAnomaly   = apperr.New(apperr.NotFound, "no_such_anomaly", "没有这条待核实的记录。", "There is no such thing to verify.")
	ErrAnswered        = apperr.New(apperr.Conflict, "already_answered", "您已经说明过了，请等妇联核实。", "You have answered already; the federation will look at it.")
	ErrAnomalyDecided  = apperr.New(apperr.Conflict, "anomaly_decided", "这一条已经核实完了。", "This has been decided already.")
	ErrOwnAnomaly      = apperr.New(apperr.Forbidden, "own_anomaly", "涉及您自己的记录要由别人核实。", "What concerns yourself is verified by another person.")
	ErrAnswerMissing   = apperr.New(apperr.Invalid, "answer_missing", "请写一句说明。", "Please write a sentence.")
	ErrDecisionUnknown = apperr.New(apperr.Invalid, "decision_unknown", "请选属实或排除。", "Please choose one of the two.")
)

// NewAnomaly returns the question that a finding is.
func NewAnomaly(f Finding, now time.Time) Anomaly {
	return Anomaly{ID: id.New(), Finding: f, State: AnomalyOpen, FoundAt: now, Version: 1}
}

// Waiting reports whether nobody has decided yet.
func (a *Anomaly) Waiting() bool { return a.State == AnomalyOpen || a.State == AnomalyAnswered }

// Say is the person's own word about it; it is asked once.
func (a *Anomaly) Say(answer string, now time.Time) error {
	answer = strings.TrimSpace(answer)
	switch {
	case !a.Waiting():
		return ErrAnomalyDecided
	case a.State == AnomalyAnswered:
		return ErrAnswered
	case answer == "":
		return ErrAnswerMissing
	}
	a.State, a.Answer, a.AnsweredAt = AnomalyAnswered, answer, now
	a.Version++
	return nil
}

// Decide is an officer's decision with the reason. by is another person than
// whom it concerns; the database refuses the same record too.
func (a *Anomaly) Decide(by string, self Person, state AnomalyState, reason string, now time.Time) error {
	reason = strings.TrimSpace(reason)
	switch {
	case self.Is(a.VolunteerID):
		return ErrOwnAnomaly
	case !a.Waiting():
		return ErrAnomalyDecided
	case state != AnomalyUpheld && state != AnomalyDismissed:
		return ErrDecisionUnknown
	case reason == "":
		return ErrReasonMissing
	}
	a.State, a.DecidedBy, a.DecidedAt, a.Reason = state, by, now, reason
	a.Version++
	return nil
}
