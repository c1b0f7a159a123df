package app

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/contract/hoursv1"
	"github.com/qihe-volunteers/qihe/shared/contract/pairingsv1"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// CreditHours credits every confirmed attendance that was not seen yet, in the
// caller's transaction: it becomes a line of the ledger and part of the
// totals, less what a cap cuts; or it is held, because the person was already
// credited for the time, until somebody has looked. An attendance that came to
// no minutes has no line. An error that names an attendance means that its
// facts break the rules of the ledger.
func (a *App) CreditHours(ctx context.Context, q postgres.Querier, events []tasksv1.AttendanceConfirmed) error {
	claims := make([]domain.Entry, 0, len(events))
	kinds := make([]domain.Kind, 0, len(events))
	for _, e := range events {
		if e.Minutes == 0 {
			continue
		}
		kinds = append(kinds, kindOf(e))
		claims = append(claims, domain.Entry{
			VolunteerID: e.VolunteerID, TeamID: e.TeamID, ProgrammeID: e.ProgrammeID,
			RegionPath: e.RegionPath, ReportingUnit: e.ReportingUnit,
			Verification: e.Verification, Minutes: e.Minutes, From: e.From, To: e.To,
			SourceKind: domain.SourceAttendance, SourceID: e.AttendanceID, Title: e.TaskTitle,
			ConfirmedBy: e.ConfirmedBy, ConfirmedAt: e.ConfirmedAt,
		})
	}
	return a.credit(ctx, q, kinds, claims)
}

// CreditContacts credits what volunteers did for whom they stand by, as CreditHours
// does attendances. Whom it was for is not told and not asked.
func (a *App) CreditContacts(ctx context.Context, q postgres.Querier, events []pairingsv1.ContactConfirmed) error {
	claims, kinds := make([]domain.Entry, len(events)), make([]domain.Kind, len(events))
	for i, e := range events {
		kinds[i] = domain.Service
		claims[i] = domain.Entry{
			VolunteerID: e.VolunteerID, TeamID: e.TeamID, ProgrammeID: e.ProgrammeID,
			RegionPath: e.RegionPath, ReportingUnit: e.ReportingUnit,
			Verification: e.Verification, Minutes: e.Minutes, From: e.From, To: e.To,
			SourceKind: domain.SourceContact, SourceID: e.Reference, Title: domain.TitleOf(e.Line),
			ConfirmedBy: e.ConfirmedBy, ConfirmedAt: e.ConfirmedAt,
		}
	}
	return a.credit(ctx, q, kinds, claims)
}

// credit makes lines of what was confirmed and not seen yet.
func (a *App) credit(ctx context.Context, q postgres.Querier, kinds []domain.Kind, confirmed []domain.Entry) error {
	publicity, err := store.FindPublicity(ctx, q, domain.DayOf(a.clock.Now()))
	if err != nil {
		return err
	}
	claims, err := a.claimsOf(kinds, confirmed, publicity)
	if err != nil || len(claims) == 0 {
		return err
	}
	people, err := lockPeople(ctx, q, claims)
	if err != nil {
		return err
	}
	if claims, err = store.DropSeen(ctx, q, claims); err != nil || len(claims) == 0 {
		return err
	}
	placed, err := place(ctx, q, people, claims)
	if err != nil {
		return err
	}
	return a.write(ctx, q, people, placed)
}

// claimsOf returns what was confirmed as lines, in the order in which they are
// judged: that of the hours themselves, whatever the events' own.
func (a *App) claimsOf(kinds []domain.Kind, confirmed []domain.Entry, publicity domain.Publicity) ([]domain.Entry, error) {
	now := a.clock.Now()
	claims := make([]domain.Entry, len(confirmed))
	for i, e := range confirmed {
		e.RecordedAt, e.SettlesOn = now, publicity.SettlesOn(e.RegionPath, now)
		claim, err := domain.NewEntry(kinds[i], e)
		if err != nil {
			return nil, err
		}
		claims[i] = claim
	}
	slices.SortFunc(claims, func(x, y domain.Entry) int {
		return cmp.Or(x.From.Compare(y.From), cmp.Compare(x.SourceID, y.SourceID))
	})
	return slices.CompactFunc(claims, func(x, y domain.Entry) bool { return x.SourceID == y.SourceID }), nil
}

// kindOf returns what an attendance is credited as. Events of releases before
// there were classes say nothing: it was service.
func kindOf(e tasksv1.AttendanceConfirmed) domain.Kind {
	if e.Kind == string(domain.Training) {
		return domain.Training
	}
	return domain.Service
}

// lockPeople holds those whose claims these are, and returns them by record.
func lockPeople(ctx context.Context, q postgres.Querier, claims []domain.Entry) (map[string]domain.Person, error) {
	ids := make([]string, len(claims))
	for i, c := range claims {
		ids[i] = c.VolunteerID
	}
	people, err := store.FindPersons(ctx, q, ids...)
	if err != nil {
		return nil, err
	}
	keys := make([]string, 0, len(people))
	for _, p := range people {
		keys = append(keys, p.Key())
	}
	return people, store.LockPersons(ctx, q, keys)
}

// place decides what each claim is worth beside what its person was given.
func place(ctx context.Context, q postgres.Querier, people map[string]domain.Person, claims []domain.Entry) ([]domain.Credit, error) {
	caps, err := store.ListDayCaps(ctx, q)
	if err != nil {
		return nil, err
	}
	given, err := givenTo(ctx, q, people, claims, len(caps) > 0)
	if err != nil {
		return nil, err
	}
	placed := make([]domain.Credit, len(claims))
	for i, c := range claims {
		placed[i] = given[c.VolunteerID].Place(c, caps)
	}
	return placed, nil
}

// givenTo returns what the people were credited around the time of the claims,
// by any of their records; minutes of days only where there are caps.
func givenTo(ctx context.Context, q postgres.Querier, people map[string]domain.Person, claims []domain.Entry, withMinutes bool) (map[string]*domain.Given, error) {
	given, byKey := map[string]*domain.Given{}, map[string]*domain.Given{}
	for _, p := range people {
		if byKey[p.Key()] == nil {
			byKey[p.Key()] = &domain.Given{}
		}
		for record := range p {
			given[record] = byKey[p.Key()]
		}
	}
	records := slices.Collect(maps.Keys(given))
	from, to := span(claims)
	if err := store.EachStretch(ctx, q, records, from, to, func(record string, s domain.Stretch) {
		given[record].Stretches = append(given[record].Stretches, s)
	}); err != nil || !withMinutes {
		return given, err
	}
	return given, store.EachServiceTotal(ctx, q, records, domain.DayOf(from), domain.DayOf(to), func(t domain.Total) {
		given[t.VolunteerID].Add(t.Day, t.ProgrammeID, t.Minutes)
	})
}

func span(claims []domain.Entry) (from, to time.Time) {
	from, to = claims[0].From, claims[0].To
	for _, c := range claims[1:] {
		if c.From.Before(from) {
			from = c.From
		}
		if c.To.After(to) {
			to = c.To
		}
	}
	return from, to
}

// write writes lines, cuts and what is held, and tells of them.
func (a *App) write(ctx context.Context, q postgres.Querier, people map[string]domain.Person, placed []domain.Credit) error {
	var lines []domain.Entry
	var cuts []domain.Cut
	var held []domain.HeldCredit
	for _, c := range placed {
		if c.Cut != nil {
			cuts = append(cuts, *c.Cut)
		}
		switch {
		case c.Against != "":
			held = append(held, domain.HeldCredit{Entry: c.Entry, Against: c.Against, HeldAt: c.Entry.RecordedAt, State: domain.HeldOpen})
		case c.Entry.Minutes > 0:
			lines = append(lines, c.Entry)
		}
	}
	if len(cuts) > 0 {
		if err := store.InsertCuts(ctx, q, cuts); err != nil {
			return err
		}
	}
	if len(held) > 0 {
		if err := store.InsertHeld(ctx, q, held); err != nil {
			return err
		}
	}
	if err := a.post(ctx, q, people, lines); err != nil {
		return err
	}
	return outbox.Append(ctx, q, a.clock.Now(), heldEvents(held)...)
}

// post writes lines, the time that they take and their totals, and tells of them.
// Where a thing to verify was upheld before there was a line, it asks about it now.
func (a *App) post(ctx context.Context, q postgres.Querier, people map[string]domain.Person, lines []domain.Entry) error {
	if len(lines) == 0 {
		return nil
	}
	lines, err := store.InsertEntries(ctx, q, lines)
	if err != nil || len(lines) == 0 {
		return err
	}
	if err := store.InsertIntervals(ctx, q, lines, people); err != nil {
		return err
	}
	if err := store.AddTotals(ctx, q, domain.AddUp(lines)); err != nil {
		return err
	}
	if err := outbox.Append(ctx, q, a.clock.Now(), told(lines)...); err != nil {
		return err
	}
	var attendanceIDs []string
	for _, e := range lines {
		if e.SourceKind == domain.SourceAttendance {
			attendanceIDs = append(attendanceIDs, e.SourceID)
		}
	}
	return a.askAboutUpheld(ctx, q, attendanceIDs)
}

func told(posted []domain.Entry) []outbox.Event {
	events := make([]outbox.Event, len(posted))
	for i, e := range posted {
		events[i] = hoursv1.EntryPosted{
			EntryID: e.ID, VolunteerID: e.VolunteerID, TeamID: e.TeamID, ProgrammeID: e.ProgrammeID,
			Minutes: e.Minutes, Kind: string(e.Kind), Verification: e.Verification,
			SourceID: e.SourceID, RecordedAt: e.RecordedAt,
		}
	}
	return events
}

func heldEvents(held []domain.HeldCredit) []outbox.Event {
	var events []outbox.Event
	for _, h := range held {
		events = append(append(events, hoursv1.CreditHeld{
			CreditID: h.Entry.ID, VolunteerID: h.Entry.VolunteerID, TeamID: h.Entry.TeamID, SourceID: h.Entry.SourceID,
			Minutes: h.Entry.Minutes, Against: h.Against, HeldAt: h.HeldAt,
		}), heldNews(hoursv1.NoticeCreditHeld, h, h.HeldAt)...)
	}
	return events
}

// heldNews tells the person how a held credit stands.
func heldNews(kind hoursv1.NoticeKind, h domain.HeldCredit, now time.Time) []outbox.Event {
	return news(kind, subject{"entry", h.Entry.ID}, now, map[string]string{"task": h.Entry.Title, "day": h.Entry.Day().String()}, h.Entry.VolunteerID)
}
