package domain

import (
	"strings"
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/id"
)

// Sources of lines that follow from a correction.
const (
	SourceEntry      = "entry"      // a reversal's: the line that it undoes
	SourceCorrection = "correction" // an adjustment's: the correction that was accepted
)

// AskedAs says in what part somebody asks about a line.
type AskedAs string

// The parts.
const (
	AsVolunteer AskedAs = "volunteer" // whose line it is
	AsLeader    AskedAs = "leader"
	AsOfficer   AskedAs = "officer"
	AsObjector  AskedAs = "objector" // anybody, while the line is in publicity (异议)
	AsAnomaly   AskedAs = "anomaly"  // whoever upheld a thing to verify
)

// CorrectionState says where a question about a line stands.
type CorrectionState string

// The states.
const (
	CorrectionOpen      CorrectionState = "open"
	CorrectionWithdrawn CorrectionState = "withdrawn"
	CorrectionAccepted  CorrectionState = "accepted" // the line is reversed
	CorrectionRefused   CorrectionState = "refused"  // the line stays
)

// Served is how long somebody served, and when. No minutes: it did not happen.
type Served struct {
	From, To time.Time
	Minutes  int
}

// Correction is a question about a line of the ledger (更正, 异议), and how it was decided.
type Correction struct {
	ID          string
	EntryID     string
	VolunteerID string // the line's, as team and region
	TeamID      string
	RegionPath  string
	AskedBy     string
	AskedAs     AskedAs
	AskedAt     time.Time
	Reason      string
	Wanted      Served
	Held        bool // the line does not settle while this is open
	Place       CorrectionPlace
	DueOn       Day // the last day
	Rises       int // how often a last day went by
	State       CorrectionState
	DecidedBy   string
	DecidedAt   time.Time // or withdrawn at
	Decision    string    // why
	Version     int64
}

// CorrectionTime is how many days whoever decides has.
const CorrectionTime = 7

// correctedWithin is how far from the line's own start a corrected one may lie:
// the wrong day is a correction, another activity is not.
const correctedWithin = 7 * 24 * time.Hour

// longestReason bounds a reason, in characters.
const longestReason = 200

// What can be wrong with a question or a decision.
var (
	ErrNoSuchEntry      = apperr.New(apperr.NotFound, "no_such_entry", "没有这条时长。", "There is no such line.")
	ErrNoSuchCorrection = apperr.New(apperr.NotFound, "no_such_correction", "没有这条更正。", "There is no such correction.")
	ErrAskedAlready     = apperr.New(apperr.Conflict, "asked_already", "这一条已经有人提出，正在核对，请等结果。", "Somebody has asked about this line already; please wait for the decision.")
	ErrAlreadyReversed  = apperr.New(apperr.Conflict, "already_corrected", "这一条已经更正过了。还不对的话，请对更正后的那一条提出。", "This line was corrected already. If it is still wrong, ask about the line that took its place.")
	ErrOfReversal       = apperr.New(apperr.Conflict, "of_reversal", "这一条是更正留下的记录，不能再更正。", "This line only undoes another one and cannot be corrected.")
	ErrPublicityOver    = apperr.New(apperr.Conflict, "publicity_over", "公示期已过。有疑问请联系当地妇联。", "The time for objections is over. Please ask the federation there.")
	ErrReasonMissing    = apperr.New(apperr.Invalid, "reason_missing", "请写明原因。", "Please say why.")
	ErrReasonTooLong    = apperr.New(apperr.Invalid, "reason_too_long", "原因最多 200 字。", "A reason has 200 characters at most.")
	ErrNothingDifferent = apperr.New(apperr.Invalid, "nothing_different", "和现在的时间一样，没有要改的。", "That is what stands there now; nothing would change.")
	ErrSpanUnusable     = apperr.New(apperr.Invalid, "span_unusable", "时间不对：要先开始后结束，最多一天，不能比起止时间长。", "The time cannot be right: it starts before it ends, lasts a day at most, and no more minutes than lie between.")
	ErrSpanInFuture     = apperr.New(apperr.Invalid, "span_in_future", "结束时间还没有到。", "The end lies in the future.")
	ErrSpanTooFar       = apperr.New(apperr.Invalid, "span_too_far", "和原来的时间相差超过 7 天，不是同一次活动。", "More than 7 days away from what stands there, that is another activity.")
	ErrCorrectionOver   = apperr.New(apperr.Conflict, "correction_over", "这一条已经有结果了。", "This has been decided already.")
	ErrOwnCorrection    = apperr.New(apperr.Forbidden, "own_correction", "您自己提出的，或者和您自己有关的，要由别人决定。", "What you asked for, or what is about yourself, is decided by another person.")
	ErrOwnConfirmation  = apperr.New(apperr.Forbidden, "own_confirmation", "这条时长是您确认的，要由别人决定。", "You confirmed these hours; another person decides about them.")
	ErrNotYoursToDecide = apperr.New(apperr.Forbidden, "not_yours_to_decide", "这一条现在不由您决定。", "This is not yours to decide now.")
)

// check returns nil when the span can take the place of the line's own.
func (s Served) check(e Entry, now time.Time) error {
	length := s.To.Sub(s.From)
	away := s.From.Sub(e.From).Abs()
	switch {
	case length <= 0 || length > longest*time.Minute || s.Minutes < 0 || time.Duration(s.Minutes-1)*time.Minute >= length:
		return apperr.For("to", ErrSpanUnusable)
	case s.To.After(now):
		return apperr.For("to", ErrSpanInFuture)
	case away > correctedWithin:
		return apperr.For("from", ErrSpanTooFar)
	case s.Minutes == e.Minutes && s.From.Equal(e.From) && s.To.Equal(e.To):
		return apperr.For("minutes", ErrNothingDifferent)
	}
	return nil
}

// wholeDay returns what a line of which only the day is known may be corrected
// to: the whole day on which s begins.
func (e Entry) wholeDay(s Served) Served {
	if e.Timed() {
		return s
	}
	day := DayOf(s.From)
	return Served{From: day.Start(), To: (day + 1).Start(), Minutes: s.Minutes}
}

func checkReason(reason string) (string, error) {
	reason = strings.TrimSpace(reason)
	switch {
	case reason == "":
		return "", apperr.For("reason", ErrReasonMissing)
	case len([]rune(reason)) > longestReason:
		return "", apperr.For("reason", ErrReasonTooLong)
	}
	return reason, nil
}

// Ask returns a question about the line. Whose it is to decide is said by place.
func (e Entry) Ask(by string, as AskedAs, reason string, wanted Served, now time.Time) (Correction, error) {
	reason, err := checkReason(reason)
	switch {
	case e.Kind == Reversal:
		return Correction{}, ErrOfReversal
	case as == AsObjector && e.Settled(DayOf(now)):
		return Correction{}, ErrPublicityOver
	case err != nil:
		return Correction{}, err
	}
	if wanted.Minutes == 0 { // it did not happen: there is no other time
		wanted = Served{From: e.From, To: e.To}
	}
	wanted = e.wholeDay(wanted)
	if err := wanted.check(e, now); err != nil {
		return Correction{}, err
	}
	return Correction{
		ID: id.New(), EntryID: e.ID, VolunteerID: e.VolunteerID, TeamID: e.TeamID, RegionPath: e.RegionPath,
		AskedBy: by, AskedAs: as, AskedAt: now, Reason: reason, Wanted: wanted, State: CorrectionOpen, Version: 1,
	}, nil
}

// Withdraw takes the question back; the line stays.
func (c *Correction) Withdraw(now time.Time) error {
	if c.State != CorrectionOpen {
		return ErrCorrectionOver
	}
	c.State, c.DecidedAt = CorrectionWithdrawn, now
	c.Version++
	return nil
}

// Refuse decides that the line stays, and why.
func (c *Correction) Refuse(by, reason string, now time.Time) error {
	return c.decide(CorrectionRefused, by, reason, now)
}

// Accept decides that the line is reversed, and why. What takes its place is
// said by Entry.Correct.
func (c *Correction) Accept(by, reason string, now time.Time) error {
	return c.decide(CorrectionAccepted, by, reason, now)
}

func (c *Correction) decide(state CorrectionState, by, reason string, now time.Time) error {
	reason, err := checkReason(reason)
	switch {
	case c.State != CorrectionOpen:
		return ErrCorrectionOver
	case err != nil:
		return err
	}
	c.State, c.DecidedBy, c.DecidedAt, c.Decision = state, by, now, reason
	c.Version++
	return nil
}

// Correct returns the lines that an accepted correction adds to the ledger: one
// that undoes the line and, unless nothing is left of it, one in its place that
// goes through publicity anew, until settlesOn.
func (e Entry) Correct(c Correction, to Served, settlesOn Day) ([]Entry, error) {
	if e.Kind == Reversal {
		return nil, ErrOfReversal
	}
	undo := e
	undo.ID, undo.Sequence, undo.Kind, undo.Minutes = id.New(), 0, Reversal, -e.Minutes
	undo.SourceKind, undo.SourceID = SourceEntry, e.ID
	undo.ConfirmedBy, undo.ConfirmedAt, undo.RecordedAt = c.DecidedBy, c.DecidedAt, c.DecidedAt
	undo.SettlesOn = max(e.SettlesOn, DayOf(c.DecidedAt))
	if to.Minutes == 0 {
		return []Entry{undo}, nil
	}
	to = e.wholeDay(to)
	if err := to.check(e, c.DecidedAt); err != nil {
		return nil, err
	}
	anew := undo
	anew.ID, anew.Kind, anew.Minutes, anew.From, anew.To = id.New(), Adjustment, to.Minutes, to.From, to.To
	anew.SourceKind, anew.SourceID = SourceCorrection, c.ID
	anew.Verification, anew.SettlesOn = e.provedAs(c, to), settlesOn
	return []Entry{undo, anew}, nil
}

// provedAs returns how a corrected span is proved: as the line was, where it is
// part of that; else by whoever asked, and never better.
func (e Entry) provedAs(c Correction, to Served) string {
	if to.Minutes <= e.Minutes && !to.From.Before(e.From) && !to.To.After(e.To) {
		return e.Verification
	}
	if c.AskedAs == AsVolunteer {
		return max(e.Verification, "D")
	}
	return max(e.Verification, "C")
}
