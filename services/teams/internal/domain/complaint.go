package domain

import (
	"strings"
	"time"
	"unicode/utf8"

	"github.com/qihe-volunteers/qihe/shared/apperr"
)

var (
	// ErrNoComplaint says that there is no such complaint, or that it is not the asker's to see.
	ErrNoComplaint = apperr.New(apperr.NotFound, "no_such_complaint", "没有这条投诉，请刷新页面再看。", "There is no such complaint; please reload the page.")
	// ErrConcerned says that whoever complains, and whom it is about, do not decide.
	ErrConcerned = apperr.New(apperr.Conflict, "concerned", "投诉要由当事人以外的干部处理，请交给同事。", "Somebody who is not concerned must deal with this; please leave it to a colleague.")
	// ErrComplaintDecided says that somebody else has decided otherwise.
	ErrComplaintDecided = apperr.New(apperr.Conflict, "complaint_decided", "这条投诉已经有结果了，请刷新页面看。", "This complaint has been decided already; please reload the page.")
	// ErrComplaintsEnough says that somebody has complained often today.
	ErrComplaintsEnough = apperr.New(apperr.TooMany, "complaints_enough", "您今天已经提交了几条，妇联会逐条处理。急事请直接打电话给妇联。", "You have sent several today, and the federation will look at each. If it is urgent, please call the office.")
)

// MaxComplaintsADay bounds what one person can send in 24 hours.
const MaxComplaintsADay = 5

// ComplaintState is where a complaint stands.
type ComplaintState string

// The states: received, being looked at, upheld, not upheld.
const (
	ComplaintReceived  ComplaintState = "received"
	ComplaintLookedAt  ComplaintState = "looked_at"
	ComplaintUpheld    ComplaintState = "upheld"
	ComplaintNotUpheld ComplaintState = "not_upheld"
)

// Complaint is a word to the office about a brigade, or about somebody in it
// 评价投诉. Whom it is about never learns who sent it.
type Complaint struct {
	ID          string
	TeamID      string
	VolunteerID string // who of the brigade, when that was found out; empty: the brigade itself
	PersonWord  string // who was meant, as it was typed
	Complainer  string
	Happened    string
	HappenedOn  time.Time
	State       ComplaintState
	ReceivedAt  time.Time
	TakenBy     string
	DecidedBy   string
	DecidedAt   time.Time
	Reason      string
	Version     int64
}

// ComplaintDraft is what somebody writes.
type ComplaintDraft struct {
	TeamID, Person, Happened, HappenedOn string // Person: a name or a volunteer number of the brigade; may be empty
}

// NewComplaint returns a complaint that was received now, or what is wrong with
// it, by input.
func NewComplaint(id, complainer string, d ComplaintDraft, now time.Time) (Complaint, error) {
	c := Complaint{
		ID: id, TeamID: d.TeamID, PersonWord: strings.TrimSpace(d.Person), Complainer: complainer, Happened: strings.TrimSpace(d.Happened),
		State: ComplaintReceived, ReceivedAt: now, Version: 1,
	}
	if utf8.RuneCountInString(c.Happened) < 2 {
		return c, apperr.For("happened", ErrBlank)
	}
	var err error
	c.HappenedOn, err = parsePastDay("happened_on", d.HappenedOn, now)
	return c, err
}

// Concerns reports whether somebody made it or is concerned by it. leads says
// whether they lead the brigade.
func (c Complaint) Concerns(volunteerID string, leads bool) bool {
	return leads || volunteerID == c.Complainer || volunteerID == c.VolunteerID
}

// Move takes it up or decides it. A decision needs a reason, which is read by
// both sides. The same again changes nothing.
func (c *Complaint) Move(to ComplaintState, by string, leads bool, reason string, now time.Time) (changed bool, err error) {
	switch {
	case c.Concerns(by, leads):
		return false, ErrConcerned
	case c.State == to:
		return false, nil
	case c.DecidedBy != "":
		return false, ErrComplaintDecided
	case to == ComplaintLookedAt:
		c.TakenBy = by
	default:
		if reason, err = parseReason(reason); err != nil {
			return false, err
		}
		if c.TakenBy == "" {
			c.TakenBy = by
		}
		c.DecidedBy, c.DecidedAt, c.Reason = by, now, reason
	}
	c.State = to
	c.Version++
	return true, nil
}
