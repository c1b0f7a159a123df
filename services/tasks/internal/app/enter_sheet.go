package app

import (
	"context"
	"errors"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/luhn"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// PaperRow is a row of a printed sheet as it was signed.
type PaperRow struct {
	Code        string
	VolunteerID string // who signed a row that was printed empty
	Period      domain.Period
}

// PaperOutcome says what became of a row.
type PaperOutcome string

// The outcomes.
const (
	PaperEntered PaperOutcome = "entered" // it says something new
	PaperKnown   PaperOutcome = "known"   // typed before, or seen otherwise
	PaperOwn     PaperOutcome = "own"     // the typist's own row: her word, for another to accept
	PaperRefused PaperOutcome = "refused"
)

// TypedRow is what became of a row.
type TypedRow struct {
	Code        string
	VolunteerID string
	Outcome     PaperOutcome
	ZH, EN      string // why refused
}

// EnterSheet types in what stands on a shift's printed sheet. A row that cannot
// be right is refused alone, with the reason; the same sheet again changes
// nothing. Who types is not believed for herself. It returns NotFound to
// whoever does not lead the team, ErrNotOfTeam when somebody on an empty row is
// no member.
func (a *App) EnterSheet(ctx context.Context, shiftID string, rows []PaperRow) ([]TypedRow, error) {
	type request struct {
		ShiftID string
		Rows    []PaperRow
	}
	for i, r := range rows {
		rows[i].Period = domain.Period{From: r.Period.From.UTC(), To: r.Period.To.UTC()}
	}
	defer a.shifts.Touch(shiftID)
	return idempotency.Do(ctx, a.db, a.clock.Now(), "enter_sheet", request{shiftID, rows}, func(q postgres.Querier) ([]TypedRow, error) {
		reader, err := a.crewOf(ctx, q)
		if err != nil {
			return nil, err
		}
		listing, err := a.mustLead(ctx, q, reader, shiftID)
		if err != nil {
			return nil, err
		}
		if len(rows) == 0 {
			return nil, domain.ErrNothingToPut
		}
		t := typing{app: a, listing: listing, by: reader}
		if err := t.open(ctx, q, rows); err != nil {
			return nil, err
		}
		for _, r := range rows {
			if err := t.row(r); err != nil {
				return nil, err
			}
		}
		return t.results, t.keep(ctx, q)
	})
}

// typing is a shift, held, while somebody types in its sheet.
type typing struct {
	app     *App
	listing domain.Listing
	by      crew
	shift   domain.Shift
	lines   map[string]domain.SheetLine
	typed   map[string]string // for whom each row was typed, by code
	persons map[string]domain.Person

	signUps     map[store.Seat]domain.SignUp
	attendances map[store.Seat]domain.Attendance

	changed []store.Seat
	claims  []store.KeptClaim
	rows    []store.SheetClaim
	results []TypedRow
}

// open holds everybody whom the rows are about, then the shift, their sign-ups
// and their attendances, in this order.
func (t *typing) open(ctx context.Context, q postgres.Querier, rows []PaperRow) error {
	lines, err := store.ListSheetLines(ctx, q, t.listing.ID)
	if err != nil {
		return err
	}
	t.lines = make(map[string]domain.SheetLine, len(lines))
	for _, l := range lines {
		t.lines[l.Code] = l
	}
	var people, chosen []string
	for _, r := range rows {
		if code, _ := luhn.ReadCode(r.Code); t.lines[code].VolunteerID != "" {
			people = append(people, t.lines[code].VolunteerID)
		} else if r.VolunteerID != "" {
			chosen = append(chosen, r.VolunteerID)
		}
	}
	people = append(people, chosen...)
	if err := store.LockPersons(ctx, q, people); err != nil {
		return err
	}
	if t.persons, err = store.FindPersons(ctx, q, people); err != nil {
		return err
	}
	if err := t.mustHold(ctx, q, chosen); err != nil {
		return err
	}
	if t.shift, err = store.LockShift(ctx, q, t.listing.ID); err != nil {
		return err
	}
	if t.typed, err = store.ListTyped(ctx, q, t.listing.ID); err != nil {
		return err
	}
	var seats []store.Seat
	for _, p := range t.persons {
		seats = append(seats, personSeats(p, t.shift.ID)...)
	}
	if t.signUps, err = store.LockSignUps(ctx, q, seats); err != nil {
		return err
	}
	t.attendances, err = store.LockAttendances(ctx, q, seats)
	return err
}

// mustHold returns nil if these people are of the brigades that hold the activity.
func (t *typing) mustHold(ctx context.Context, q postgres.Querier, chosen []string) error {
	if len(chosen) == 0 {
		return nil
	}
	holders, err := holdersOf(ctx, q, t.listing)
	if err != nil {
		return err
	}
	var records []string
	for _, v := range chosen {
		records = append(records, t.persons[v].IDs()...)
	}
	members, err := store.ListMembers(ctx, q, records)
	if err != nil {
		return err
	}
	for _, v := range chosen {
		if !isOf(members, holders, t.persons[v]) {
			return domain.ErrNotOfTeam
		}
	}
	return nil
}

// row types one row in, or notes why not.
func (t *typing) row(r PaperRow) error {
	result, err := t.enter(r)
	var refusal *apperr.Error
	switch {
	case errors.As(err, &refusal):
		result.Outcome, result.ZH, result.EN = PaperRefused, refusal.Text("zh"), refusal.Text("en")
	case err != nil:
		return err
	}
	t.results = append(t.results, result)
	return nil
}

func (t *typing) enter(r PaperRow) (TypedRow, error) {
	code, right := luhn.ReadCode(r.Code)
	result := TypedRow{Code: code}
	line, known := t.lines[code]
	switch {
	case !right:
		return result, domain.ErrRowMistyped.With("code", code)
	case !known:
		return result, domain.ErrRowForeign.With("code", code)
	case line.VolunteerID != "":
		result.VolunteerID = line.VolunteerID
	case r.VolunteerID == "":
		return result, domain.ErrRowNobody.With("code", code)
	default:
		result.VolunteerID = r.VolunteerID
	}
	person := t.persons[result.VolunteerID]
	if other := t.typed[code]; other != "" && !person.Is(other) {
		return result, domain.ErrRowTaken.With("code", code)
	}
	seat, had := t.placeOf(person, result.VolunteerID)
	own := t.by.self.Is(seat.VolunteerID)
	at, ends, err := t.shift.FromPaper(seat.VolunteerID, had, r.Period, t.by.VolunteerID, own, t.app.clock.Now())
	switch {
	case err != nil:
		return result, err
	case len(ends) == 0:
		result.Outcome = PaperKnown
		return result, nil
	case own:
		result.Outcome = PaperOwn
	default:
		result.Outcome = PaperEntered
	}
	t.note(code, seat, at, ends)
	return result, nil
}

// placeOf returns the place of a person at the shift, under whichever record,
// and what is known of them there.
func (t *typing) placeOf(person domain.Person, volunteerID string) (store.Seat, *domain.Attendance) {
	seat := heldSeat(person, store.Seat{ShiftID: t.shift.ID, VolunteerID: volunteerID}, t.signUps)
	for _, s := range append([]store.Seat{seat}, personSeats(person, t.shift.ID)...) {
		if at, ok := t.attendances[s]; ok {
			return s, &at
		}
	}
	return seat, nil
}

// note remembers what a row says: the attendance, and a claim for each end.
func (t *typing) note(code string, seat store.Seat, at domain.Attendance, ends []domain.ClaimKind) {
	t.attendances[seat], t.typed[code] = at, seat.VolunteerID
	t.changed = append(t.changed, seat)
	for _, end := range ends {
		proved := domain.Proved{Method: at.InMethod, At: at.CheckedInAt}
		if end == domain.ClaimOut {
			proved = domain.Proved{Method: at.OutMethod, At: at.CheckedOutAt}
		}
		c := domain.Claim{
			ID: id.New(), ShiftID: t.shift.ID, VolunteerID: seat.VolunteerID, ActorID: t.by.VolunteerID, Kind: end, Shared: t.by.Shared,
			ReceivedAt: t.app.clock.Now(),
		}
		t.claims = append(t.claims, store.KeptClaim{Claim: c, Proved: proved})
		t.rows = append(t.rows, store.SheetClaim{ClaimID: c.ID, Code: code, Kind: end})
	}
}

// keep writes what changed and tells it; her own word is told to the others who lead.
func (t *typing) keep(ctx context.Context, q postgres.Querier) error {
	if len(t.changed) == 0 {
		return nil
	}
	if err := store.InsertClaims(ctx, q, t.claims); err != nil {
		return err
	}
	if err := store.InsertSheetClaims(ctx, q, t.shift.ID, t.rows); err != nil {
		return err
	}
	var attendances []domain.Attendance
	var events []outbox.Event
	now := t.app.clock.Now()
	for _, seat := range t.changed {
		at := t.attendances[seat]
		attendances, events = append(attendances, at), append(events, attendanceChanged(at))
		if at.State == domain.AttendanceDeclared {
			leaders, err := othersWhoLead(ctx, q, t.listing.TeamID, t.by.self)
			if err != nil {
				return err
			}
			events = append(events, news(tasksv1.NoticeHoursDeclared, t.listing, now, map[string]string{"person": at.VolunteerID}, leaders...)...)
		}
	}
	if err := store.UpsertAttendances(ctx, q, attendances); err != nil {
		return err
	}
	return outbox.Append(ctx, q, now, events...)
}
