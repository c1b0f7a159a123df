package domain

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/id"
)

// ConcernState is how far things are with a concern.
type ConcernState string

// The states.
const (
	ConcernRaised   ConcernState = "raised"   // no authority knows yet: the timer runs
	ConcernReported ConcernState = "reported" // one does
	ConcernClosed   ConcernState = "closed"   // with an outcome, by another person than who had it
)

// Concern is what somebody saw that has to be told to the authorities at once (需要帮助,
// 强制报告): 《未成年人保护法》 art. 11 and the opinion of nine bodies of 2020.
type Concern struct {
	ID             string
	Number         int
	RegionPath     string // the township's at most
	Danger         bool   // right now
	State          ConcernState
	SeenAt         time.Time // by the phone's clock
	ArrivedAt      time.Time
	Sealed         []byte // ConcernTold under the concern's key
	ReporterKey    string // whose key seals who raised it
	ReporterSealed []byte // Reporter
	HandlerID      string // empty: nobody yet
	HandlerSince   time.Time
	ReportedAt     time.Time
	ClosedBy       string
	ClosedAt       time.Time
	Outcome        string
	Rung           int       // how often the clock has told of it
	DueAt          time.Time // when it tells the next; zero: never
	Version        int64
}

// ConcernTold is what was told of a concern, and of whom.
type ConcernTold struct {
	Situation  string `json:"situation"` // one of Situations
	Text       string `json:"text"`      // what was seen
	About      string `json:"about"`     // of whom, in the words of who raised it
	Place      string `json:"place"`
	RegionCode string `json:"region_code,omitempty"`
	PairingID  string `json:"pairing_id,omitempty"`
	ChildID    string `json:"child_id,omitempty"` // of the record, once it is known
}

// Reporter is who raised a concern.
type Reporter struct {
	VolunteerID string `json:"volunteer_id"`
	Phone       string `json:"phone,omitempty"` // where they can be asked, if they want to be
}

// Situations are the nine of 《关于建立侵害未成年人案件强制报告制度的意见（试行）》 art. 4.
var Situations = []string{
	"private_injury", "girl_under_14", "girl_over_14", "injuries", "grave", "left_alone", "missing", "begging", "other",
}

// ConcernKept is for how many years a concern can be read after it was closed. No law
// that we know fixes it; an authority may still ask for as long as it keeps records of
// a network's security itself (《网络数据安全管理条例》 art. 12: three years).
const ConcernKept = 3

// Authorities are who can be told: 公安, 民政, 教育.
var Authorities = []string{"police", "civil_affairs", "education"}

// Outcomes are how a concern ends. The last two need no authority: it was none, or is
// another one's already.
var Outcomes = []string{"in_care", "followed_up", "mistaken", "double"}

// What can be wrong with a concern.
var (
	ErrNoConcern       = apperr.New(apperr.NotFound, "no_such_concern", "没有这条情况，或者不在您的管辖范围内。", "There is no such concern, or it is not one of yours.")
	ErrConcernHeld     = apperr.New(apperr.Conflict, "concern_held", "已经有人在办，请刷新。超时还没有报告，才能接过来。", "Somebody has this; please reload. It can be taken over once it is overdue.")
	ErrConcernNotMine  = apperr.New(apperr.Forbidden, "concern_not_mine", "请先点“我来办”，再登记办理情况。", "Please take this first; then you can write what was done.")
	ErrConcernOver     = apperr.New(apperr.Conflict, "concern_over", "这条情况已经办结，请刷新。", "This is closed; please reload.")
	ErrConcernPersons  = apperr.New(apperr.Forbidden, "concern_persons", "办结要由经办人以外的另一位负责人来做。", "Another officer than who has it closes it.")
	ErrConcernUntold   = apperr.New(apperr.Conflict, "concern_untold", "还没有报告给公安、民政或者教育部门，不能这样办结。", "No authority was told yet, so it cannot be closed like this.")
	ErrConcernOutcome  = apperr.New(apperr.Invalid, "concern_outcome", "请选一个结果。", "Please choose an outcome.")
	ErrAuthority       = apperr.New(apperr.Invalid, "concern_authority", "请选报告给了哪个部门。", "Please choose whom it was reported to.")
	ErrToldAt          = apperr.New(apperr.Invalid, "concern_told_at", "报告的时间不对：不能晚于现在，也不能早于收到之前一个月。", "The time of the report is wrong: not later than now, nor a month before this came in.")
	ErrConcernText     = apperr.New(apperr.Invalid, "concern_text", "请写清楚，1000 字以内。", "Please write it, in at most 1,000 characters.")
	ErrReporterReason  = apperr.New(apperr.Invalid, "reporter_reason", "请写为什么要知道是谁报告的，5 到 200 字。", "Please say in 5 to 200 characters why you need to know who raised it.")
	ErrNoChildByNumber = apperr.New(apperr.Invalid, "no_child_number", "您的辖区里没有这个编号的档案。", "There is no record with this number in your regions.")
)

// NewConcern is what somebody sent.
type NewConcern struct {
	ConcernTold
	Danger bool      `json:"danger"`
	Phone  string    `json:"phone"`
	SeenAt time.Time `json:"seen_at"`
}

// Raise makes a concern, nothing of it sealed yet. Nothing is refused for its form: what
// is too long is cut, what is no situation of the list is the last one.
func (n NewConcern) Raise(region KnownRegion, by string, now time.Time) (Concern, ConcernTold, Reporter) {
	told := n.ConcernTold
	if !slices.Contains(Situations, told.Situation) {
		told.Situation = Situations[len(Situations)-1]
	}
	told.Text, told.About, told.Place = cutTo(told.Text, 2000), cutTo(told.About, 200), cutTo(told.Place, 200)
	told.RegionCode = region.Code
	c := Concern{
		ID: id.New(), ReporterKey: id.New(), RegionPath: townshipOf(region.Path), Danger: n.Danger, State: ConcernRaised,
		SeenAt: n.SeenAt, ArrivedAt: now, Version: 1,
	}
	if c.SeenAt.IsZero() || c.SeenAt.After(now) {
		c.SeenAt = now
	}
	c.DueAt = c.nextDue(now)
	return c, told, Reporter{VolunteerID: by, Phone: cutTo(n.Phone, 30)}
}

// townshipOf is a region's path without the village: in a village everybody knows who is
// meant.
func townshipOf(path string) string {
	const deepest = 3 // city, county, township
	parts := strings.SplitAfterN(path, "/", deepest+1)
	return strings.Join(parts[:min(len(parts), deepest)], "")
}

func cutTo(text string, most int) string {
	text = strings.TrimSpace(text)
	if utf8.RuneCountInString(text) > most {
		text = string([]rune(text)[:most])
	}
	return text
}

// After which time since its arrival the clock tells the next officers of a concern that
// no authority knows of; after the last one, each time as long again.
var (
	rungs       = []time.Duration{30 * time.Minute, 2 * time.Hour, 6 * time.Hour, 12 * time.Hour}
	rungsDanger = []time.Duration{10 * time.Minute, 30 * time.Minute, time.Hour, 2 * time.Hour}
)

func (c Concern) nextDue(now time.Time) time.Time {
	steps := rungs
	if c.Danger {
		steps = rungsDanger
	}
	if c.Rung < len(steps) {
		return c.ArrivedAt.Add(steps[c.Rung])
	}
	return now.Add(steps[len(steps)-1])
}

// Climb is what the clock does to a concern that is overdue. After a long stop it climbs
// one rung, not all that were missed.
func (c Concern) Climb(now time.Time) Concern {
	c.Rung, c.Version = c.Rung+1, c.Version+1
	for c.DueAt = c.nextDue(now); !c.DueAt.After(now); c.DueAt = c.nextDue(now) {
		c.Rung++
	}
	return c
}

// Overdue reports whether no authority knows though the clock has told of it.
func (c Concern) Overdue() bool { return c.State == ConcernRaised && c.Rung > 0 }

// Take makes an officer the one who has it: when nobody has, or when it is overdue.
func (c Concern) Take(by string, now time.Time) (Concern, error) {
	switch {
	case c.State == ConcernClosed:
		return c, ErrConcernOver
	case c.HandlerID != "" && !c.Overdue():
		return c, ErrConcernHeld
	}
	c.HandlerID, c.HandlerSince, c.Version = by, now, c.Version+1
	return c, nil
}

// Step is a line of what was done.
type Step struct {
	ID        string
	ConcernID string
	Kind      StepKind
	ByID      string
	At        time.Time
	Authority string
	ToldAt    time.Time
	Sealed    []byte // StepNote
}

// StepKind is what was done.
type StepKind string

// The kinds.
const (
	StepTaken    StepKind = "taken"
	StepChild    StepKind = "child" // which record it is about was set
	StepReported StepKind = "reported"
	StepNoted    StepKind = "note"
	StepReporter StepKind = "reporter_shown"
	StepClosed   StepKind = "closed"
)

// StepNote is what a line says beside.
type StepNote struct {
	Contact string `json:"contact,omitempty"` // of a report: who took it
	Receipt string `json:"receipt,omitempty"` // 受理编号
	Note    string `json:"note,omitempty"`
}

// NewStep is what an officer writes.
type NewStep struct {
	Kind      StepKind // StepReported or StepNoted
	Authority string
	ToldAt    time.Time
	StepNote
}

// Act adds a line to a concern that by has. The first report ends the timer.
func (c Concern) Act(n NewStep, by string, now time.Time) (Concern, Step, StepNote, error) {
	note := StepNote{Contact: cutTo(n.Contact, 100), Receipt: cutTo(n.Receipt, 60), Note: strings.TrimSpace(n.Note)}
	switch {
	case c.State == ConcernClosed:
		return c, Step{}, note, ErrConcernOver
	case c.HandlerID != by:
		return c, Step{}, note, ErrConcernNotMine
	case n.Kind == StepNoted && !within(note.Note, 1000), len([]rune(note.Note)) > 1000:
		return c, Step{}, note, apperr.For("note", ErrConcernText)
	}
	s := Step{ID: id.New(), ConcernID: c.ID, Kind: StepNoted, ByID: by, At: now}
	if n.Kind == StepReported {
		switch {
		case !slices.Contains(Authorities, n.Authority):
			return c, s, note, apperr.For("authority", ErrAuthority)
		case n.ToldAt.After(now) || n.ToldAt.Before(c.ArrivedAt.AddDate(0, -1, 0)):
			return c, s, note, apperr.For("told_at", ErrToldAt)
		}
		s.Kind, s.Authority, s.ToldAt = StepReported, n.Authority, n.ToldAt
		if c.State == ConcernRaised {
			c.State, c.ReportedAt, c.DueAt = ConcernReported, n.ToldAt, time.Time{}
		}
	}
	c.Version++
	return c, s, note, nil
}

// Close ends a concern: another person than who has it.
func (c Concern) Close(outcome, note, by string, now time.Time) (Concern, Step, StepNote, error) {
	note = strings.TrimSpace(note)
	switch {
	case c.State == ConcernClosed:
		return c, Step{}, StepNote{}, ErrConcernOver
	case c.HandlerID == "" || c.HandlerID == by:
		return c, Step{}, StepNote{}, ErrConcernPersons
	case !slices.Contains(Outcomes, outcome):
		return c, Step{}, StepNote{}, apperr.For("outcome", ErrConcernOutcome)
	case c.ReportedAt.IsZero() && outcome != "mistaken" && outcome != "double":
		return c, Step{}, StepNote{}, ErrConcernUntold
	case !within(note, 1000):
		return c, Step{}, StepNote{}, apperr.For("note", ErrConcernText)
	}
	c.State, c.Outcome, c.ClosedBy, c.ClosedAt, c.DueAt, c.Version = ConcernClosed, outcome, by, now, time.Time{}, c.Version+1
	return c, Step{ID: id.New(), ConcernID: c.ID, Kind: StepClosed, ByID: by, At: now}, StepNote{Note: note}, nil
}

// AskReporter checks why somebody wants to know who raised a concern.
func (c Concern) AskReporter(reason, by string, now time.Time) (Step, StepNote, error) {
	reason = strings.TrimSpace(reason)
	switch {
	case c.HandlerID != by:
		return Step{}, StepNote{}, ErrConcernNotMine
	case c.State == ConcernClosed:
		return Step{}, StepNote{}, ErrConcernOver
	case !short(reason, 5, 200):
		return Step{}, StepNote{}, apperr.For("reason", ErrReporterReason)
	}
	return Step{ID: id.New(), ConcernID: c.ID, Kind: StepReporter, ByID: by, At: now}, StepNote{Note: reason}, nil
}

// HelpNumber is whom to call, and for what.
type HelpNumber struct{ Phone, ZH, EN string }
