package domain

import (
	"strings"
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/id"
)

// 历史时长导入: hours from before Qihe, out of a brigade's paper register.
//
// Who keeps the register enters its rows, from a file or by hand, with pictures
// of its pages; another person, who decides for the brigade's region, looks at
// both, may strike rows, and approves or sends it back. Approved, each row that
// stands is a line of the ledger, in an account of its own. Nobody approves what
// they entered, nor a row about themself, under whichever record.

// SourceImport says that a line was credited for a row of a paper register.
const SourceImport = "import"

// HistoryProgramme is under what lines of history stand: a paper register knows
// no programmes.
const HistoryProgramme = "0190c0de-0000-7000-8000-0000000000a1"

// The bounds of an import.
const (
	MostHistoryRows    = 2000
	MostHistoryEntered = 500 // rows typed by hand
	MostHistoryPages   = 40
	LongestHistoryTerm = 30 // days after which a draft that nobody touched is dropped
	longestTitle       = 60 // characters
)

// FirstHistoryDay is the earliest day that a register may name; what is before is
// a slip of the pen.
var FirstHistoryDay = DayOn(2000, time.January, 1)

// HistoryState says where an import stands.
type HistoryState string

// The states.
const (
	HistoryOpen      HistoryState = "draft"
	HistorySubmitted HistoryState = "submitted" // another person looks at it
	HistoryReturned  HistoryState = "returned"  // sent back, with a reason; gone on with like a draft
	HistoryApproved  HistoryState = "approved"
	HistoryDiscarded HistoryState = "discarded"
)

// HistoryImport is one upload out of one brigade's paper register.
type HistoryImport struct {
	ID            string
	TeamID        string
	RegionPath    string // of the brigade, as it was then
	ReportingUnit string
	UploadedBy    string
	CreatedAt     time.Time
	TouchedAt     time.Time
	State         HistoryState
	SubmittedAt   time.Time
	DecidedBy     string
	DecidedAt     time.Time
	Reason        string // why it was sent back
}

// HistoryRow is a row of a register as it is handed in.
type HistoryRow struct {
	ID          string
	Place       int // from 1
	VolunteerID string
	Day         Day
	Title       string
	Minutes     int
	Page        int    // of the register, by the number of its picture; 0: not said
	Struck      string // why it does not count; empty: it does
}

// HistoryPage is a picture of the register's pages, without what it shows.
type HistoryPage struct {
	ID       string
	ImportID string
	Number   int // from 1
	Kind     HistoryPageKind
	Size     int // bytes
	AddedAt  time.Time
}

// HistoryPageKind says what a page is.
type HistoryPageKind string

// The kinds.
const (
	HistoryJPEG HistoryPageKind = "jpeg"
	HistoryPDF  HistoryPageKind = "pdf" // may hold several pages of paper
)

// What can stand in the way of an import.
var (
	ErrNoHistory         = apperr.New(apperr.NotFound, "no_such_history", "没有这次历史时长导入。", "There is no such import of history.")
	ErrNoHistoryPage     = apperr.New(apperr.NotFound, "no_such_history_page", "没有这一页。", "There is no such page.")
	ErrHistoryNotOpen    = apperr.New(apperr.Conflict, "history_not_open", "已经交上去了，现在不能改。要改的话，请核对的人退回。", "It was handed in and cannot be changed now. Whoever looks at it can send it back.")
	ErrHistoryNotWaiting = apperr.New(apperr.Conflict, "history_not_waiting", "这一份已经有人处理过了，或者还没有交上来。", "This one was decided already, or is not handed in yet.")
	ErrHistoryToFix      = apperr.New(apperr.Conflict, "history_to_fix", "还有标红的行没有改好。请先改好或者删掉这些行，再交上去。", "Some rows are still red. Please put them right or take them out before you hand it in.")
	ErrHistoryEmpty      = apperr.New(apperr.Conflict, "history_empty", "还没有一行时长。请上传表格，或者在下面填写。", "There is no row yet. Please upload a list or type rows below.")
	ErrHistoryNoPage     = apperr.New(apperr.Conflict, "history_no_page", "还没有登记簿的照片或扫描件。请先拍照上传：没有登记簿，时长不能记。", "There is no picture of the register yet. Please add one: without the register no hours count.")
	ErrHistoryOwn        = apperr.New(apperr.Forbidden, "history_own", "这是您自己录入的，要由另一位来核对。", "You entered this yourself; another person looks at it.")
	ErrHistorySelf       = apperr.New(apperr.Forbidden, "history_self", "里面有您本人的时长。请划掉那几行，或者请另一位来核对。", "Some of these hours are your own. Please strike those rows, or let another person decide.")
	ErrHistoryReason     = apperr.New(apperr.Invalid, "history_reason", "请写明原因，录入的人看得到；最多 200 字。", "Please say why, in 200 characters at most; whoever entered it will read that.")
	ErrHistoryNoRow      = apperr.New(apperr.Invalid, "history_no_row", "没有这一行，请刷新再看。", "There is no such row; please look again.")
	ErrHistoryNothing    = apperr.New(apperr.Conflict, "history_nothing", "所有行都划掉了，没有可以记的。请退回，并写明原因。", "All rows are struck; nothing is left to count. Please send it back and say why.")
	ErrHistoryRows       = apperr.New(apperr.Conflict, "history_rows", "有几行现在不能记（已经标出）。请划掉那几行，或者退回。", "Some rows cannot count now; they are marked. Please strike them, or send it back.")
	ErrHistoryTooMany    = apperr.New(apperr.Invalid, "history_too_many", "一次最多 2000 行，手工填写最多 500 行。请分几次导入。", "At most 2,000 rows at a time, of them 500 typed by hand. Please import the rest separately.")
	ErrHistoryDayFull    = apperr.New(apperr.Conflict, "history_day_full", "加上这个人当天已有的时长，超过 24 小时，不能这样改。", "Together with what this person has on that day it is more than 24 hours; it cannot be so.")
	ErrHistoryPages      = apperr.New(apperr.Conflict, "history_pages", "一次最多 40 张照片或扫描件。请分几次导入。", "At most 40 pictures at a time. Please import the rest separately.")
)

// NewHistory returns an import that begins now.
func NewHistory(teamID, regionPath, reportingUnit, by string, now time.Time) HistoryImport {
	return HistoryImport{
		ID: id.New(), TeamID: teamID, RegionPath: regionPath, ReportingUnit: reportingUnit, UploadedBy: by,
		CreatedAt: now, TouchedAt: now, State: HistoryOpen,
	}
}

// Open reports whether its uploader may change it.
func (i HistoryImport) Open() bool { return i.State == HistoryOpen || i.State == HistoryReturned }

// Touch notes that it is worked on, or returns ErrHistoryNotOpen.
func (i *HistoryImport) Touch(now time.Time) error {
	if !i.Open() {
		return ErrHistoryNotOpen
	}
	i.TouchedAt = now
	return nil
}

// Submit hands it in: all its rows usable, beside a page of the register at least.
func (i *HistoryImport) Submit(rows []DraftRow, pages int, now time.Time) error {
	switch {
	case !i.Open():
		return ErrHistoryNotOpen
	case len(rows) == 0:
		return ErrHistoryEmpty
	case pages == 0:
		return ErrHistoryNoPage
	}
	for _, r := range rows {
		if !r.Usable() {
			return ErrHistoryToFix
		}
	}
	i.State, i.SubmittedAt, i.TouchedAt = HistorySubmitted, now, now
	i.DecidedBy, i.DecidedAt, i.Reason = "", time.Time{}, ""
	return nil
}

// Return sends it back, with a reason. The decider is not the uploader, under
// none of their records: by is one of self's.
func (i *HistoryImport) Return(by string, self Person, reason string, now time.Time) error {
	reason, err := checkReason(reason)
	switch {
	case i.State != HistorySubmitted:
		return ErrHistoryNotWaiting
	case self.Is(i.UploadedBy):
		return ErrHistoryOwn
	case err != nil:
		return apperr.For("reason", ErrHistoryReason)
	}
	i.State, i.DecidedBy, i.DecidedAt, i.Reason, i.TouchedAt = HistoryReturned, by, now, reason, now
	return nil
}

// Approve lets the rows count, but for those that are struck. Who approves is
// neither the uploader nor in a row that stands.
func (i *HistoryImport) Approve(by string, self Person, rows []HistoryRow, now time.Time) error {
	standing := 0
	own := false
	for _, r := range rows {
		if r.Struck == "" {
			standing++
			own = own || self.Is(r.VolunteerID)
		}
	}
	switch {
	case i.State != HistorySubmitted:
		return ErrHistoryNotWaiting
	case self.Is(i.UploadedBy):
		return ErrHistoryOwn
	case standing == 0:
		return ErrHistoryNothing
	case own:
		return ErrHistorySelf
	}
	i.State, i.DecidedBy, i.DecidedAt = HistoryApproved, by, now
	return nil
}

// Discard drops it.
func (i *HistoryImport) Discard(now time.Time) error {
	if !i.Open() {
		return ErrHistoryNotOpen
	}
	i.State, i.TouchedAt = HistoryDiscarded, now
	i.DecidedBy, i.DecidedAt, i.Reason = "", time.Time{}, ""
	return nil
}

// Strike takes a row out, with a reason.
func (r *HistoryRow) Strike(reason string) error {
	reason, err := checkReason(reason)
	if err != nil {
		return apperr.For("reason", ErrHistoryReason)
	}
	r.Struck = reason
	return nil
}

// Line returns the line of the ledger that a row becomes when its import was
// approved: its time is the whole day, for a register does not say when.
func (i HistoryImport) Line(r HistoryRow, settlesOn Day) (Entry, error) {
	return NewEntry(Import, Entry{
		VolunteerID: r.VolunteerID, TeamID: i.TeamID, ProgrammeID: HistoryProgramme, RegionPath: i.RegionPath, ReportingUnit: i.ReportingUnit,
		Verification: "C", Minutes: r.Minutes, From: r.Day.Start(), To: (r.Day + 1).Start(), SourceKind: SourceImport, SourceID: r.ID, Title: r.Title,
		ConfirmedBy: i.DecidedBy, ConfirmedAt: i.DecidedAt, RecordedAt: i.DecidedAt, SettlesOn: settlesOn,
	})
}

// Timed reports whether it is known at what time of its day a line's minutes
// were. Of history it is not: its lines take no time from others.
func (e Entry) Timed() bool { return e.Account != ImportAccount }

// HistoryTitle returns an activity's name as it is kept: one space for any.
func HistoryTitle(s string) string { return strings.Join(strings.Fields(s), " ") }
