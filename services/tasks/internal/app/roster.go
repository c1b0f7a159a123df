package app

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/store"
	"github.com/qihe-volunteers/qihe/shared/people"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// Exception says why a line of a roster needs a look.
type Exception string

// The exceptions, in the order in which a roster shows them.
const (
	ExceptionDeclared   Exception = "declared"     // their own word, to be accepted or not
	ExceptionAsked      Exception = "asked"        // one phone for several people: not confirmed unlooked-at
	ExceptionNoCheckOut Exception = "no_check_out" // checked in, never out
	ExceptionMissing    Exception = "missing"      // signed up, not seen
	ExceptionOwn        Exception = "own"          // the reader's own: somebody else confirms it
	ExceptionHousehold  Exception = "household"    // of somebody who lives with the reader: the same
	ExceptionNone       Exception = "none"
)

var exceptionOrder = []Exception{ExceptionDeclared, ExceptionAsked, ExceptionNoCheckOut, ExceptionMissing, ExceptionOwn, ExceptionHousehold, ExceptionNone}

// RosterLine is one person of a shift.
type RosterLine struct {
	Person      people.Person
	VolunteerID string
	WalkIn      bool               // came without a seat
	Attendance  *domain.Attendance // nil: not seen
	Exception   Exception
	Yours       bool              // the reader may decide it
	RowCode     string            // of the printed sheet from which it was typed in
	Corrected   *domain.Corrected // its hours were corrected in the ledger; nil: they were not
}

// Roster is everybody of a shift, exceptions first.
type Roster struct {
	Shift  ShiftView
	Counts domain.Counts
	Lines  []RosterLine
	TeamID string // whose members the reader looks after here
	Whole  bool   // everybody is on it; else only the members of the reader's brigade, which joined, or whom the reader was picked to confirm
	Doubts []DoubtLine
}

// DoubtLine is a claim that waits for the leader's look.
type DoubtLine struct {
	domain.DoubtedClaim
	Person people.Person
}

// FindRoster returns everybody of a shift, for its leaders and the officers of
// its region; leaders of a brigade that joined see those whose hours it has, whoever was picked to confirm somebody sees that one line, and
// others get NotFound.
func (a *App) FindRoster(ctx context.Context, shiftID string) (roster Roster, err error) {
	err = a.read(ctx, func(q postgres.Querier, reader crew) error {
		roster, err = a.readRoster(ctx, q, reader, shiftID)
		return err
	})
	if err == nil {
		a.nameLines(ctx, roster)
	}
	return roster, err
}

func (a *App) readRoster(ctx context.Context, q postgres.Querier, reader crew, shiftID string) (Roster, error) {
	listing, err := store.FindListing(ctx, q, shiftID)
	if err != nil {
		return Roster{}, err
	}
	attendances, err := store.ListShiftAttendances(ctx, q, shiftID)
	if err != nil {
		return Roster{}, err
	}
	signUps, err := store.ListSeats(ctx, q, shiftID)
	if err != nil {
		return Roster{}, err
	}
	by, err := reader.decider(ctx, q, listing)
	if err != nil {
		return Roster{}, err
	}
	asked, err := store.ListAsked(ctx, q, shiftID)
	if err != nil {
		return Roster{}, err
	}
	typed, err := store.ListTyped(ctx, q, shiftID)
	if err != nil {
		return Roster{}, err
	}
	corrected, err := store.ListCorrected(ctx, q, shiftID)
	if err != nil {
		return Roster{}, err
	}
	lines := linesOf(signUps, attendances)
	rows := make(map[string]string, len(typed))
	for code, v := range typed {
		rows[v] = code
	}
	for i := range lines {
		lines[i].judge(by, asked)
		lines[i].RowCode = rows[lines[i].VolunteerID]
		if at := lines[i].Attendance; at != nil {
			if c, ok := corrected[at.ID]; ok {
				lines[i].Corrected = &c
			}
		}
	}
	whole := reader.seesRoster(listing)
	teamID := listing.TeamID
	if !whole {
		own, err := ownTeam(ctx, q, reader, listing, lines)
		if err != nil {
			return Roster{}, err
		}
		teamID = cmp.Or(own.teamID, teamID)
		lines = slices.DeleteFunc(lines, func(l RosterLine) bool { return !own.has[l.VolunteerID] && !l.Yours && !l.decidedBy(reader.self) })
		if len(lines) == 0 && own.teamID == "" {
			return Roster{}, domain.ErrNotPublished
		}
	}
	led, err := a.viewLed(ctx, q, reader, []domain.Listing{listing})
	if err != nil {
		return Roster{}, err
	}
	roster := Roster{Shift: led[0].ShiftView, Counts: led[0].Counts, TeamID: teamID, Lines: lines, Whole: whole}
	if whole {
		if roster.Doubts, err = listDoubts(ctx, q, shiftID, a.clock.Now().Add(-domain.UndoWithin)); err != nil {
			return Roster{}, err
		}
	}
	slices.SortStableFunc(roster.Lines, func(x, y RosterLine) int {
		return slices.Index(exceptionOrder, x.Exception) - slices.Index(exceptionOrder, y.Exception)
	})
	return roster, nil
}

// joinedPart is what the leader of a brigade that joined sees of a roster.
type joinedPart struct {
	teamID string // theirs; empty: they lead none that joined
	has    map[string]bool
}

func ownTeam(ctx context.Context, q postgres.Querier, reader crew, l domain.Listing, lines []RosterLine) (part joinedPart, err error) {
	joined, err := store.ListJoined(ctx, q, []string{l.TaskID})
	if err != nil {
		return part, err
	}
	led := slices.DeleteFunc(joined[l.TaskID], func(id string) bool { return !reader.leads(id) })
	if len(led) == 0 {
		return part, nil
	}
	ids := make([]string, len(lines))
	for i, line := range lines {
		ids[i] = line.VolunteerID
	}
	to, err := credits(ctx, q, l, ids)
	part = joinedPart{teamID: led[0], has: map[string]bool{}}
	for id, h := range to {
		part.has[id] = slices.ContainsFunc(led, h.Is)
	}
	return part, err
}

// linesOf returns a line for each seat, then one for each who came without.
func linesOf(signUps []domain.SignUp, attendances []domain.Attendance) []RosterLine {
	var lines []RosterLine
	seated := make(map[string]int, len(signUps))
	for i, u := range signUps {
		lines, seated[u.VolunteerID] = append(lines, RosterLine{VolunteerID: u.VolunteerID}), i
	}
	for _, at := range attendances {
		switch i, ok := seated[at.VolunteerID]; {
		case ok && lines[i].Attendance == nil:
			lines[i].Attendance = &at
		case ok: // a further stretch of theirs
			lines = append(lines, RosterLine{VolunteerID: at.VolunteerID, Attendance: &at})
		default:
			lines = append(lines, RosterLine{VolunteerID: at.VolunteerID, WalkIn: true, Attendance: &at})
		}
	}
	return lines
}

// judge says what of a line needs a look, as whoever may decide reads it.
func (l *RosterLine) judge(by domain.Decider, asked map[string]bool) {
	at := l.Attendance
	l.Exception = exceptionOf(*l, by)
	l.Yours = at != nil && !at.Decided() && by.May(*at) == nil
	if l.Exception == ExceptionNone && l.Yours && asked[at.ID] {
		l.Exception = ExceptionAsked
	}
}

func (l RosterLine) decidedBy(p domain.Person) bool {
	return l.Attendance != nil && l.Attendance.Decided() && p.Is(l.Attendance.ConfirmedBy)
}

func exceptionOf(l RosterLine, by domain.Decider) Exception {
	at := l.Attendance
	switch {
	case at == nil:
		return ExceptionMissing
	case at.Decided():
		return ExceptionNone
	case by.Self.Is(l.VolunteerID) && at.State != domain.AttendanceOpen:
		return ExceptionOwn
	case by.Household.Is(l.VolunteerID):
		return ExceptionHousehold
	case at.State == domain.AttendanceOpen || at.State == domain.AttendanceUnconfirmed:
		return ExceptionNoCheckOut
	case at.State == domain.AttendanceDeclared:
		return ExceptionDeclared
	default:
		return ExceptionNone
	}
}

// listDoubts returns what phones kept and what the leader has to look at.
func listDoubts(ctx context.Context, q postgres.Querier, shiftID string, since time.Time) ([]DoubtLine, error) {
	claims, err := store.ListDoubtedClaims(ctx, q, shiftID, since)
	if err != nil {
		return nil, err
	}
	sightings, err := store.ListSightings(ctx, q, shiftID)
	if err != nil {
		return nil, err
	}
	var doubts []DoubtLine
	for _, c := range append(claims, domain.StrayClocks(sightings)...) {
		doubts = append(doubts, DoubtLine{DoubtedClaim: c})
	}
	return doubts, nil
}

// nameLines fills in names, outside any transaction: teams may be slow.
func (a *App) nameLines(ctx context.Context, r Roster) {
	var ids []string
	for _, l := range r.Lines {
		ids = append(ids, l.VolunteerID)
	}
	for _, d := range r.Doubts {
		ids = append(ids, d.VolunteerID)
	}
	found := a.people.Find(ctx, ids)
	for i := range r.Lines {
		r.Lines[i].Person = found[r.Lines[i].VolunteerID]
	}
	for i := range r.Doubts {
		r.Doubts[i].Person = found[r.Doubts[i].VolunteerID]
	}
}

// WatchShift returns the current counts of a shift on demand and a channel
// that wakes when they may have changed; stop ends the watch. Who may see the
// roster may watch; others get NotFound.
func (a *App) WatchShift(ctx context.Context, shiftID string) (counts func(context.Context) (domain.Counts, error), wake <-chan struct{}, stop func(), err error) {
	err = a.read(ctx, func(q postgres.Querier, reader crew) error {
		listing, err := store.FindListing(ctx, q, shiftID)
		if err == nil && !reader.seesRoster(listing) {
			err = reader.atGate(ctx, q, listing, domain.ErrNotPublished)
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
