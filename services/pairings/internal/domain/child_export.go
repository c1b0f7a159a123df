package domain

import (
	"strings"
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/id"
)

const (
	// ExportAlone is how many records one officer may take out without another one's yes.
	ExportAlone = 50
	// ExportLife is for how long a file can be taken.
	ExportLife = 24 * time.Hour
	// MaxExport is how many records one file holds at most.
	MaxExport = 5000
)

// ChildExport is a list of children that leaves the house in a file (名册导出): for
// whom and what for is written down, and each child in it is an opening.
type ChildExport struct {
	ID         string
	OfficerID  string // who may take it
	RegionPath string
	ChildIDs   []string // as it was asked for
	Reason     string
	AskedAt    time.Time
	DecidedBy  string // empty: nobody had to, or it waits
	DecidedAt  time.Time
	Approved   bool
	Answer     string    // why not
	EndsAt     time.Time // until when it can be taken; zero: not yet, or never
	Taken      int       // how often
}

// What can be wrong with an export.
var (
	ErrNoExport      = apperr.New(apperr.NotFound, "no_such_export", "没有这份名册，或者不在您的管辖范围内。", "There is no such list, or it is not one of yours.")
	ErrExportReason  = apperr.New(apperr.Invalid, "export_reason", "请写给谁、做什么用，5 到 200 字，不要写孩子的姓名。", "Please say for whom and what for, in 5 to 200 characters, without a child's name.")
	ErrExportEmpty   = apperr.New(apperr.Conflict, "export_empty", "这里没有监护人已同意的孩子，没有可以导出的名册。", "There is no child here whose guardian agreed; there is nothing to take out.")
	ErrExportTooMany = apperr.New(apperr.Invalid, "export_many", "一份名册最多 5000 个孩子，请按县区分开导出。", "A list holds at most 5,000 children; please take them out by county.")
	ErrExportOwn     = apperr.New(apperr.Forbidden, "export_own", "自己申请的名册要由另一位负责人批准。", "A list that you asked for is for another officer to decide.")
	ErrExportDecided = apperr.New(apperr.Conflict, "export_decided", "这份名册已经有人处理过了，请刷新。", "Somebody has decided this already; please reload.")
	ErrExportOver    = apperr.New(apperr.Conflict, "export_over", "这份名册现在不能下载：还没有批准，或者已过 24 小时。请重新申请。", "This list cannot be taken now: it was not approved, or its 24 hours are over. Please ask anew.")
)

// NewChildExport returns a list that can be taken at once when it is short, and waits
// for another officer when it is not.
func NewChildExport(regionPath string, childIDs []string, reason, by string, now time.Time) (ChildExport, error) {
	reason = strings.TrimSpace(reason)
	switch {
	case !short(reason, 5, 200):
		return ChildExport{}, apperr.For("reason", ErrExportReason)
	case len(childIDs) == 0:
		return ChildExport{}, ErrExportEmpty
	case len(childIDs) > MaxExport:
		return ChildExport{}, ErrExportTooMany
	}
	e := ChildExport{ID: id.New(), OfficerID: by, RegionPath: regionPath, ChildIDs: childIDs, Reason: reason, AskedAt: now}
	if len(childIDs) <= ExportAlone {
		e.EndsAt = now.Add(ExportLife)
	}
	return e, nil
}

// Waits reports whether another officer has to decide.
func (e ChildExport) Waits() bool { return e.EndsAt.IsZero() && e.DecidedBy == "" }

// Good reports whether the file can be taken now.
func (e ChildExport) Good(now time.Time) bool { return now.Before(e.EndsAt) }

// Decide says yes or no; another person than who asked must.
func (e ChildExport) Decide(approved bool, answer, by string, now time.Time) (ChildExport, error) {
	answer = strings.TrimSpace(answer)
	switch {
	case e.OfficerID == by:
		return e, ErrExportOwn
	case !e.Waits():
		return e, ErrExportDecided
	case !approved && answer == "", !short(answer, 0, 200):
		return e, apperr.For("answer", ErrPurposeAnswer)
	}
	e.Approved, e.Answer, e.DecidedBy, e.DecidedAt = approved, answer, by, now
	if approved {
		e.EndsAt = now.Add(ExportLife)
	}
	return e, nil
}

// Ground is what the openings of the file rest on.
func (e ChildExport) Ground() Ground { return Ground{BasisExport, e.ID} }
