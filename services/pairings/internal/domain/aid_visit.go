package domain

import (
	"slices"
	"strings"
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/id"
)

// VisitState is what became of a visit as hours.
type VisitState string

// The states.
const (
	VisitNoted     VisitState = "noted" // not for hours: an attempt, or the officer's own
	VisitOpen      VisitState = "open"  // waits for another person
	VisitConfirmed VisitState = "confirmed"
	VisitRefused   VisitState = "refused" // does not count; why is a word of ContactReasons
)

// AidVisit is a visit or a call in a case, made or tried.
type AidVisit struct {
	ID         string
	AidCaseID  string
	By         string
	Way        string // visit | call | errand
	Outcome    string // done | nobody_home | no_answer | put_off
	VisitedAt  time.Time
	Minutes    int    // 0 of an attempt
	Sealed     []byte // AidNote under the family's key
	RecordedAt time.Time
	State      VisitState
	DecidedBy  string
	DecidedAt  time.Time
	Reason     string
	Reference  string // by which hours know it; empty: there are none
}

// NewAidVisit is what somebody tells of a visit.
type NewAidVisit struct {
	Way, Outcome string
	VisitedAt    time.Time
	Minutes      int
	Note         string
}

// What can be wrong with confirming visits.
var (
	ErrNoAidVisit      = apperr.New(apperr.NotFound, "no_such_aid_visit", "没有这条走访，或者不在您的管辖范围内。", "There is no such visit, or it is not one of yours.")
	ErrAidVisitDecided = apperr.New(apperr.Conflict, "aid_visit_decided", "有一条已经处理过了，请刷新。", "One of these has been decided already; please reload.")
	ErrAidVisitOwn     = apperr.New(apperr.Forbidden, "aid_visit_own", "自己的走访要由另一个人确认。", "Another person confirms what you did.")
	ErrAidNoBrigade    = apperr.New(apperr.Conflict, "aid_no_brigade",
		"有一位帮扶人现在不在任何队伍里，时长没有地方记。请她先加入一支队伍，再来确认。",
		"One of the helpers is in no brigade now, so hours have no place. Please ask her to join one, then confirm.")
)

// Visit checks what is told of a visit in a case that runs. One that a helper made waits
// to be confirmed; what the officer did who has the case is her work, and noted.
func (c AidCase) Visit(n NewAidVisit, by string, helps bool, now time.Time) (AidVisit, AidNote, error) {
	note := AidNote{strings.TrimSpace(n.Note)}
	done := n.Outcome == "done"
	switch {
	case c.State == AidEnded:
		return AidVisit{}, note, ErrAidOver
	case c.State != AidRunning:
		return AidVisit{}, note, ErrAidState
	case done != (n.Minutes > 0) || n.Minutes > 480:
		return AidVisit{}, note, apperr.For("minutes", ErrAidVisit)
	case n.VisitedAt.After(now) || n.VisitedAt.Before(now.AddDate(0, 0, -30)):
		return AidVisit{}, note, apperr.For("visited_at", ErrAidVisitTime)
	case n.VisitedAt.Add(time.Duration(n.Minutes) * time.Minute).After(now.Add(phonesAhead)):
		return AidVisit{}, note, apperr.For("minutes", ErrAidVisitLong)
	}
	if err := note.check(!done); err != nil {
		return AidVisit{}, note, err
	}
	v := AidVisit{
		ID: id.New(), AidCaseID: c.ID, By: by, Way: n.Way, Outcome: n.Outcome, VisitedAt: n.VisitedAt, Minutes: n.Minutes, RecordedAt: now, State: VisitNoted,
	}
	if done && helps {
		v.State = VisitOpen
	}
	return v, note, nil
}

// To is when it ended.
func (v AidVisit) To() time.Time { return v.VisitedAt.Add(time.Duration(v.Minutes) * time.Minute) }

// Decide confirms a visit, which gives it a reference for the hours, or says with a word
// of ContactReasons why it does not count. by is another person than who was there: the
// database knows who is one person, and refuses.
func (v AidVisit) Decide(counts bool, reason, by string, now time.Time) (AidVisit, error) {
	switch {
	case v.State != VisitOpen:
		return v, ErrAidVisitDecided
	case !counts && !slices.Contains(ContactReasons, reason):
		return v, apperr.For("reason", ErrContactReason)
	}
	v.DecidedBy, v.DecidedAt = by, now
	if counts {
		v.State, v.Reference = VisitConfirmed, id.Random()
		return v, nil
	}
	v.State, v.Reason = VisitRefused, reason
	return v, nil
}
