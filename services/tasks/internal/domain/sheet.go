package domain

import (
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/luhn"
)

// The printed sheet (纸质签到表): for the gate that has neither network nor
// phones. Each row has a code of five letters, so that what was signed on paper
// is typed in for the right person of the right shift; the last letter checks
// the others. What stands on paper is proof of grade C.

const (
	// emptyLines is how many rows a sheet has for who comes without a seat.
	emptyLines = 5
	rowLetters = 5
	// sheetLetters is how long the code of a print is.
	sheetLetters = 8
)

// What can be wrong with a row that is typed in. The row is refused alone.
var (
	ErrRowMistyped  = apperr.New(apperr.Invalid, "row_mistyped", "行码 {code} 抄错了，请再看一眼纸上的这一行。", "Row code {code} is mistyped; please look at the paper again.")
	ErrRowForeign   = apperr.New(apperr.Invalid, "row_foreign", "行码 {code} 不在这一场的签到表上，请核对纸上写的活动和时间。", "Row code {code} is not on this shift's sheet; please compare the activity and time on the paper.")
	ErrRowNobody    = apperr.New(apperr.Invalid, "row_nobody", "行码 {code} 是空行，请选一下签字的是谁。", "Row {code} was printed empty; please choose who signed it.")
	ErrRowTaken     = apperr.New(apperr.Conflict, "row_taken", "行码 {code} 已经录给了另一个人，一行只能录一个人。", "Row {code} has been entered for somebody else; a row is for one person.")
	ErrPaperPeriod  = apperr.New(apperr.Invalid, "paper_period", "时间对不上：离开要晚于到达，到达最早在开始前 1 小时，离开最晚在结束后 2 小时，也不能晚于现在。", "The times do not fit: leaving comes after arriving, arriving at most an hour before the start, leaving at most two hours after the end and not in the future.")
	ErrNothingToPut = apperr.New(apperr.Invalid, "nothing_to_enter", "没有要录入的行。", "There is no row to enter.")
)

// Sheet is one print.
type Sheet struct {
	ID, ShiftID string
	Code        string
	PrintedBy   string
	PrintedAt   time.Time
}

// SheetLine is one row of a shift's sheets.
type SheetLine struct {
	ShiftID     string
	Number      int
	Code        string
	VolunteerID string // empty: a row for who comes without a seat
	SheetID     string // the print on which it first stood
}

// PrintSheet returns a print of the shift's sheet and the rows that are new on
// it: of who holds a seat and has none yet, and so many empty ones that enough
// are free. had are its rows so far; typed those that were typed in.
func (s Shift) PrintSheet(by string, seated []string, had []SheetLine, typed map[string]string, now time.Time) (Sheet, []SheetLine, error) {
	if err := s.stands(); err != nil {
		return Sheet{}, nil, err
	}
	sheet := Sheet{ID: id.New(), ShiftID: s.ID, Code: luhn.NewCode(sheetLetters), PrintedBy: by, PrintedAt: now}
	free, codes, has := 0, map[string]bool{}, map[string]bool{}
	for _, l := range had {
		codes[l.Code], has[l.VolunteerID] = true, true
		if l.VolunteerID == "" && typed[l.Code] == "" {
			free++
		}
	}
	var added []SheetLine
	add := func(volunteerID string) {
		code := luhn.NewCode(rowLetters)
		for codes[code] {
			code = luhn.NewCode(rowLetters)
		}
		codes[code] = true
		added = append(added, SheetLine{ShiftID: s.ID, Number: len(had) + len(added) + 1, Code: code, VolunteerID: volunteerID, SheetID: sheet.ID})
	}
	for _, v := range seated {
		if !has[v] {
			add(v)
		}
	}
	for ; free < emptyLines; free++ {
		add("")
	}
	return sheet, added, nil
}

// FromPaper writes down what somebody signed on a printed sheet, as another
// person typed it in; ends says what of it is news. Who is known to have come
// and gone stays as known; of who has not checked out only the end is taken.
// own says that the paper is the typist's own: it is no more than their word,
// which another person has to accept.
func (s Shift) FromPaper(volunteerID string, had *Attendance, p Period, by string, own bool, now time.Time) (a Attendance, ends []ClaimKind, err error) {
	switch {
	case s.State == ShiftCancelled, s.State == ShiftConfirmed:
		return Attendance{}, nil, s.stands()
	case had.there() && had.State != AttendanceOpen && had.State != AttendanceUnconfirmed:
		return *had, nil, nil
	case had.there():
		a, ends = *had, []ClaimKind{ClaimOut}
		a.Version++
	default:
		a, ends = had.again(s.ID, volunteerID), []ClaimKind{ClaimIn, ClaimOut}
		a.CheckedInAt, a.InMethod = p.From, paperOf(own)
	}
	if a.CheckedInAt.Before(s.CheckInOpens()) || !a.CheckedInAt.Before(s.EndsAt) || !p.To.After(a.CheckedInAt) || p.To.After(s.CheckOutCloses()) || p.To.After(now) {
		return Attendance{}, nil, ErrPaperPeriod
	}
	a.CheckedOutAt, a.OutMethod, a.EnteredBy, a.State = p.To, paperOf(own), by, AttendanceClosed
	if own {
		a.State = AttendanceDeclared
	}
	return a, ends, nil
}

func paperOf(own bool) Method {
	if own {
		return MethodOwn
	}
	return MethodPaper
}
