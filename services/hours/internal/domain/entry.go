// Package domain says what a line of the hour ledger is, to which periods a
// day belongs, and what is summed.
package domain

import (
	"errors"
	"fmt"
	"time"

	"github.com/qihe-volunteers/qihe/shared/id"
)

// Kind says what a line of the ledger does.
type Kind string

// The kinds. A correction is a reversal and a new line.
const (
	Service    Kind = "service"
	Training   Kind = "training"
	Adjustment Kind = "adjustment"
	Reversal   Kind = "reversal"
	Import     Kind = "import" // history from before Qihe, from paper registers
)

// Account is the sum in which a line counts. The three are never added up:
// boards, stars and certificates show service.
type Account string

// The accounts. A reversal counts in the account of what it undoes.
const (
	ServiceAccount  Account = "service"
	TrainingAccount Account = "training"
	ImportAccount   Account = "import"
)

// SourceAttendance says that a line was credited for an attendance, SourceContact
// for a visit or a call that pairings told of, by a reference that says no more.
const (
	SourceAttendance = "attendance"
	SourceContact    = "contact"
)

// ContactTitle is what such a line is called, whomever it was for; AidTitle one of
// helping a family.
const (
	ContactTitle = "结对陪伴"
	AidTitle     = "一帮一走访"
)

// TitleOf is what a line of a sort of help is called, as pairings names the sort: aid;
// any other is keeping a child company.
func TitleOf(line string) string {
	if line == "aid" {
		return AidTitle
	}
	return ContactTitle
}

// ProofWords says in Chinese how a line was proved: nobody is shown a letter.
var ProofWords = map[string]string{"A": "扫码核实", "B": "现场核实", "C": "事后补录", "D": "本人申报"}

// Entry is one line of the hour ledger. It never changes.
type Entry struct {
	ID            string
	Sequence      int64 // place among the lines; given by the database
	VolunteerID   string
	TeamID        string
	ProgrammeID   string
	RegionPath    string // as it was then
	ReportingUnit string
	Kind          Kind
	Account       Account
	Verification  string // A, B, C or D: how it was proved; in words ProofWords
	Minutes       int    // negative in a reversal
	From, To      time.Time
	SourceKind    string // with SourceID: what it is credited for, once
	SourceID      string
	Title         string
	ConfirmedBy   string // never the volunteer
	ConfirmedAt   time.Time
	RecordedAt    time.Time
	SettlesOn     Day // fixed when it is posted; 0 in lines from before there was a day
}

// ForStrangers returns a line as people see it who only may object to it. Of time given to
// a child or a family that is the day and the minutes: at what hour it was, and who looks
// after them, would tell a village for whom it was.
func (e Entry) ForStrangers() Entry {
	if e.SourceKind != SourceContact && e.Title != ContactTitle && e.Title != AidTitle { // corrections of such lines are called the same
		return e
	}
	day, confirmed := DayOf(e.From), DayOf(e.ConfirmedAt)
	e.From, e.To, e.ConfirmedBy, e.ConfirmedAt, e.RecordedAt = day.Start(), (day + 1).Start(), "", confirmed.Start(), confirmed.Start()
	e.RegionPath, e.ReportingUnit, e.ProgrammeID, e.SourceID = "", "", "", e.ID
	return e
}

// longest is the longest service that is credited at a time: a day.
const longest = 24 * 60

// NewEntry returns e as a line for service given or training had, with a new
// id; each counts in the account of its name. An error says which rule its facts
// break; such facts are a fault of whoever told them. The database holds the
// same rules as constraints.
func NewEntry(kind Kind, e Entry) (Entry, error) {
	e.ID, e.Kind, e.Account = id.New(), kind, Account(kind)
	if err := e.check(); err != nil {
		return Entry{}, fmt.Errorf("credit %s %s: %w", e.SourceKind, e.SourceID, err)
	}
	return e, nil
}

func (e Entry) check() error {
	for name, value := range map[string]string{
		"volunteer": e.VolunteerID, "team": e.TeamID, "programme": e.ProgrammeID, "source": e.SourceID, "confirmer": e.ConfirmedBy,
	} {
		if !id.Valid(value) {
			return fmt.Errorf("the %s is not named by an id", name)
		}
	}
	length := e.To.Sub(e.From)
	switch {
	case e.ConfirmedBy == e.VolunteerID:
		return errors.New("confirmed by the volunteer")
	case e.Verification < "A" || e.Verification > "D" || len(e.Verification) != 1:
		return errors.New("unknown verification")
	case length <= 0:
		return errors.New("it ends before it starts")
	case e.SettlesOn < DayOf(e.RecordedAt):
		return errors.New("it settles before it is recorded")
	case e.Minutes < 1 || e.Minutes > longest:
		return fmt.Errorf("%d minutes are no service", e.Minutes)
	case time.Duration(e.Minutes-1)*time.Minute >= length: // a begun minute may count in full
		return fmt.Errorf("%d minutes are more than there are between start and end", e.Minutes)
	default:
		return nil
	}
}

// Day returns the day the line belongs to: that of its start.
func (e Entry) Day() Day { return DayOf(e.From) }

// Total returns what the line adds to the sums.
func (e Entry) Total() Total {
	return Total{
		Sum: Sum{
			VolunteerID: e.VolunteerID, Day: e.Day(), TeamID: e.TeamID,
			ProgrammeID: e.ProgrammeID, RegionPath: e.RegionPath, Account: e.Account, SettlesOn: e.SettlesOn,
		},
		Minutes:  e.Minutes,
		Entries:  1,
		Services: ServiceOf(e.Minutes),
	}
}
