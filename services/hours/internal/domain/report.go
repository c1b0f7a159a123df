package domain

import (
	"strings"
	"time"
	"unicode/utf8"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/id"
)

// ReportPlace says how far everything was counted for a report. With it each
// figure can be worked out again for ever: lines by their index in the ledger's
// log, activities and brigades by their own order, and what has settled by a day
// that is over, on which nothing can settle any more.
type ReportPlace struct {
	LogSize       int64 // lines of the ledger's log
	ActivitySeq   int64
	BrigadeSeq    int64
	SettledOn     Day
	WithoutLimits bool // everything there is now: no report, a preview
}

// Report is a form's figures for a period, frozen (上报版). It is never changed: a
// report that was sent back is frozen anew, as a further version.
type Report struct {
	ID          string
	FormID      string
	Period      Period
	Version     int // from 1
	FormVersion int
	Place       ReportPlace
	Reason      string // why it was frozen anew; empty in the first
	MadeBy      string // who sent the one before back; empty: the clock
	FrozenAt    time.Time
	Figures     []Figure
	Signatures  []Signature // in their order
}

// Figure is the value of a cell: minutes, or how many.
type Figure struct {
	Sheet, Cell string
	Value       int64
}

// ReportRole is in what part somebody signs a report.
type ReportRole string

// The parts, in their order: 填表人, 审核人, 负责人.
const (
	Filler   ReportRole = "filler"
	Reviewer ReportRole = "reviewer"
	Head     ReportRole = "head"
)

// ReportRoles are the parts in the order in which they sign.
var ReportRoles = []ReportRole{Filler, Reviewer, Head}

// Signature is who took responsibility for a report, in what part and when.
type Signature struct {
	Role ReportRole
	By   string
	At   time.Time
}

// What can be wrong with signing and sending back.
var (
	ErrNoReport     = apperr.New(apperr.NotFound, "no_such_report", "这一期还没有上报版，或者没有这个版本。", "There is no frozen report of this period, or not this version.")
	ErrSignedOut    = apperr.New(apperr.Conflict, "not_your_turn", "还没有轮到这一步，或者已经有人签过了，请刷新。", "It is not this one's turn, or it was signed already; please load the page anew.")
	ErrSamePerson   = apperr.New(apperr.Conflict, "same_person", "填表人和审核人要是两个人，请另一位同志审核。", "Whoever filled the form does not review it; please ask another person.")
	ErrOldVersion   = apperr.New(apperr.Conflict, "newer_version", "这份已经退回，请看新的版本。", "This one was sent back; please go on with the newer version.")
	ErrReportReason = apperr.New(apperr.Invalid, "report_reason", "请写明为什么退回重新定稿，4 到 200 个字；不要写人名和电话。", "Please say why it is frozen anew, in 4 to 200 characters; name nobody.")
)

// MaySign returns nil when a person may sign next in this part. Persons are
// compared, not records.
func (r Report) MaySign(role ReportRole, self Person) error {
	if len(r.Signatures) >= len(ReportRoles) || ReportRoles[len(r.Signatures)] != role {
		return ErrSignedOut
	}
	if role == Reviewer && self.Is(r.Signatures[0].By) {
		return ErrSamePerson
	}
	return nil
}

// Frozen returns the first report of a period, or a further one with the reason
// for it.
func Frozen(r Report, by, reason string, now time.Time) (Report, error) {
	r.ID, r.MadeBy, r.Reason, r.FrozenAt, r.Signatures = id.New(), by, strings.TrimSpace(reason), now, nil
	if r.Version++; r.Version == 1 {
		return r, nil
	}
	if n := utf8.RuneCountInString(r.Reason); n < 4 || n > 200 {
		return r, apperr.For("reason", ErrReportReason)
	}
	return r, nil
}

// ReportExport is the record of a report that was taken out as a file.
type ReportExport struct {
	ID       string
	FormID   string
	Period   string
	Version  int    // 0: a preview
	Format   string // xlsx | pdf
	By       string
	At       time.Time
	Purpose  string
	Position int64 // lines of the log that it counts; 0: a preview
}

// NewReportExport returns the record of an export that is made now.
func NewReportExport(e ReportExport, by string, now time.Time) (ReportExport, error) {
	e.ID, e.By, e.At, e.Purpose = id.New(), by, now, strings.TrimSpace(e.Purpose)
	if n := utf8.RuneCountInString(e.Purpose); n < 4 || n > 200 {
		return ReportExport{}, apperr.For("purpose", ErrExportPurpose)
	}
	return e, nil
}
