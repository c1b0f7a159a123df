package app

import (
	"context"
	"slices"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/store"
	"github.com/qihe-volunteers/qihe/shared/people"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// Exception says why a line of a roster needs a look.
type Exception string

// The exceptions, in the order in which a roster shows them.
const (
	ExceptionNoCheckOut Exception = "no_check_out" // checked in, never out
	ExceptionMissing    Exception = "missing"      // signed up, not seen
	ExceptionOwn        Exception = "own"          // the reader's own: somebody else confirms it
	ExceptionNone       Exception = "none"
)

var exceptionOrder = []Exception{ExceptionNoCheckOut, ExceptionMissing, ExceptionOwn, ExceptionNone}

// RosterLine is one person of a shift.
type RosterLine struct {
	Person     people.Person
	SignUp     domain.SignUp
	Attendance *domain.Attendance // nil: not seen
	Exception  Exception
}

// Roster is everybody of a shift, exceptions first.
type Roster struct {
	Shift  ShiftView
	Counts domain.Counts
	Lines  []RosterLine
}

// FindRoster returns everybody of a shift, for its leaders and the officers of
// its region; others get NotFound.
func (a *App) FindRoster(ctx context.Context, shiftID string) (roster Roster, err error) {
	err = a.read(ctx, func(q postgres.Querier, reader crew) error {
		roster, err = a.readRoster(ctx, q, reader, shiftID)
		return err
	})
	if err == nil {
		a.nameLines(ctx, roster.Lines)
	}
	return roster, err
}

func (a *App) readRoster(ctx context.Context, q postgres.Querier, reader crew, shiftID string) (Roster, error) {
	listing, err := store.FindListing(ctx, q, shiftID)
	if err != nil {
		return Roster{}, err
	}
	if !reader.seesRoster(listing) {
		return Roster{}, domain.ErrNotPublished
	}
	led, err := a.viewLed(ctx, q, reader, []domain.Listing{listing})
	if err != nil {
		return Roster{}, err
	}
	signUps, err := store.ListSeats(ctx, q, shiftID)
	if err != nil {
		return Roster{}, err
	}
	seats := make([]store.Seat, len(signUps))
	for i, u := range signUps {
		seats[i] = store.Seat{ShiftID: shiftID, VolunteerID: u.VolunteerID}
	}
	attendances, err := store.ListAttendances(ctx, q, seats)
	if err != nil {
		return Roster{}, err
	}
	roster := Roster{Shift: led[0].ShiftView, Counts: led[0].Counts}
	for i, u := range signUps {
		line := RosterLine{SignUp: u, Person: people.Person{VolunteerID: u.VolunteerID}}
		if at, ok := attendances[seats[i]]; ok {
			line.Attendance = &at
		}
		line.Exception = exceptionOf(line, reader.self)
		roster.Lines = append(roster.Lines, line)
	}
	slices.SortStableFunc(roster.Lines, func(x, y RosterLine) int {
		return slices.Index(exceptionOrder, x.Exception) - slices.Index(exceptionOrder, y.Exception)
	})
	return roster, nil
}

func exceptionOf(l RosterLine, reader domain.Person) Exception {
	switch {
	case l.Attendance == nil:
		return ExceptionMissing
	case l.Attendance.State == domain.AttendanceOpen:
		return ExceptionNoCheckOut
	case l.Attendance.State == domain.AttendanceClosed && reader.Is(l.SignUp.VolunteerID):
		return ExceptionOwn
	default:
		return ExceptionNone
	}
}

// nameLines fills in names, outside any transaction: teams may be slow.
func (a *App) nameLines(ctx context.Context, lines []RosterLine) {
	ids := make([]string, len(lines))
	for i, l := range lines {
		ids[i] = l.Person.VolunteerID
	}
	found := a.people.Find(ctx, ids)
	for i := range lines {
		lines[i].Person = found[ids[i]]
	}
}

// WatchShift returns the current counts of a shift on demand and a channel
// that wakes when they may have changed; stop ends the watch. Who may see the
// roster may watch; others get NotFound.
func (a *App) WatchShift(ctx context.Context, shiftID string) (counts func(context.Context) (domain.Counts, error), wake <-chan struct{}, stop func(), err error) {
	err = a.read(ctx, func(q postgres.Querier, reader crew) error {
		listing, err := store.FindListing(ctx, q, shiftID)
		if err == nil && !reader.seesRoster(listing) {
			err = domain.ErrNotPublished
		}
		return err
	})
	if err != nil {
		return nil, nil, nil, err
	}
	wake, stop = a.shifts.Watch(shiftID)
	counts = func(ctx context.Context) (c domain.Counts, err error) {
		err = a.db.Read(ctx, func(q postgres.Querier) error {
			all, err := store.CountShifts(ctx, q, []string{shiftID})
			c = all[shiftID]
			return err
		})
		return c, err
	}
	return counts, wake, stop, nil
}

// TouchShifts wakes the pages that follow these shifts: another replica has
// changed them.
func (a *App) TouchShifts(shiftIDs ...string) { a.shifts.Touch(shiftIDs...) }
