package domain

import (
	"strings"
	"time"
	"unicode/utf8"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/id"
)

// ShiftExport is a list of shifts that somebody takes out as a file: of one
// team, or of a division as far as their grants reach. It names nobody.
type ShiftExport struct {
	ID          string
	By          string
	At          time.Time
	TeamID      string // or
	Region      string // code of a division
	First, Last string // days of the city, both counted
	Purpose     string

	Within []string // paths of the regions beyond which nothing is shown; nil: anywhere
}

// MaxExport is how many days one file covers at most.
const MaxExport = 366

// What can be wrong with an export.
var (
	ErrExportOf      = apperr.New(apperr.Invalid, "export_of_one", "请选一个区划，或者一支服务队。", "Please choose either a division or a team.")
	ErrExportDays    = apperr.New(apperr.Invalid, "export_days", "结束日期不能早于开始日期，一次最多导出一年。", "The last day must not be before the first, and a file covers a year at most.")
	ErrExportPurpose = apperr.New(apperr.Invalid, "purpose_missing", "请写明导出的用途，至少四个字；不要写人名和电话。", "Please say what the export is for, in four characters or more; name nobody.")
)

// NewShiftExport returns an export as it will be recorded, or Invalid with the field that is wrong.
func NewShiftExport(e ShiftExport, by string, now time.Time) (ShiftExport, error) {
	e.ID, e.By, e.At, e.Purpose = id.New(), by, now, strings.TrimSpace(e.Purpose)
	first, errFirst := time.Parse(time.DateOnly, e.First)
	last, errLast := time.Parse(time.DateOnly, e.Last)
	switch {
	case (e.TeamID == "") == (e.Region == ""):
		return e, apperr.For("region", ErrExportOf)
	case errFirst != nil || first.Year() < 2000:
		return e, apperr.For("first_day", ErrExportDays)
	case errLast != nil || last.Before(first) || last.Sub(first) >= MaxExport*24*time.Hour:
		return e, apperr.For("last_day", ErrExportDays)
	case utf8.RuneCountInString(e.Purpose) < 4:
		return e, apperr.For("purpose", ErrExportPurpose)
	}
	return e, nil
}

// Period returns the instants from and until which shifts begin.
func (e ShiftExport) Period() (since, until time.Time) {
	since, _ = time.ParseInLocation(time.DateOnly, e.First, clock.City) // checked by NewShiftExport
	last, _ := time.ParseInLocation(time.DateOnly, e.Last, clock.City)
	return since, last.AddDate(0, 0, 1)
}

// ShiftLine is one shift of an export.
type ShiftLine struct {
	StartsAt, EndsAt time.Time
	TeamName         string
	ProgrammeName    string
	Title, Place     string
	State            ShiftState
	SignedUp, Came   int
	Minutes          int
	PeopleServed     int
	ByGrade          [4]int   // A, B, C, D
	ConfirmedBy      []string // roles: leader, deputy, member, office
	ConfirmedAt      time.Time
}
