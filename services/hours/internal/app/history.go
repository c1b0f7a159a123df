package app

import (
	"context"
	"maps"
	"slices"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/people"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// errMayNotImport refuses who neither leads a brigade nor decides for its region.
var errMayNotImport = apperr.New(apperr.Forbidden, "may_not_import", "历史时长由这支队的队长、副队长，或者当地妇联录入。", "History is entered by those who lead the brigade, or the federation there.")

// keepsRegister reports whether the reader enters history for a brigade.
func (c crew) keepsRegister(teamID, regionPath string) bool {
	return c.leads(teamID) || c.Decides(regionPath)
}

// seesHistory reports whether an import is there for the reader: their own, or
// handed in, of a brigade that they lead or of a region of theirs.
func (c crew) seesHistory(i domain.HistoryImport) bool {
	switch i.State {
	case domain.HistoryDiscarded:
		return false
	case domain.HistorySubmitted, domain.HistoryApproved:
		return c.self.Is(i.UploadedBy) || c.leads(i.TeamID) || c.Covers(i.RegionPath)
	default:
		return c.self.Is(i.UploadedBy)
	}
}

// mayNotDecideHistory returns why the reader does not decide; nil: they do.
func (c crew) mayNotDecideHistory(i domain.HistoryImport) error {
	switch {
	case i.State != domain.HistorySubmitted:
		return domain.ErrHistoryNotWaiting
	case c.self.Is(i.UploadedBy):
		return domain.ErrHistoryOwn
	case !c.Decides(i.RegionPath):
		return errNotDeciding
	}
	return nil
}

// lockOwnHistory returns an import that the reader works on, held; NotFound for
// others', and ErrHistoryNotOpen for one that was handed in.
func (a *App) lockOwnHistory(ctx context.Context, q postgres.Querier, importID string) (domain.HistoryImport, error) {
	reader, err := a.crewOf(ctx, q)
	if err != nil {
		return domain.HistoryImport{}, err
	}
	i, err := store.LockHistory(ctx, q, importID)
	if err != nil {
		return i, err
	}
	if !reader.self.Is(i.UploadedBy) || i.State == domain.HistoryDiscarded {
		return i, domain.ErrNoHistory
	}
	if !reader.keepsRegister(i.TeamID, i.RegionPath) { // not any more
		return i, errMayNotImport
	}
	return i, i.Touch(a.clock.Now())
}

// OpenHistory begins an import for a brigade, or returns the id of the one that
// the reader has open for it. It is for those who lead the brigade and who decide
// for its region; others get Forbidden, and NotFound where there is no brigade.
func (a *App) OpenHistory(ctx context.Context, teamID string) (string, error) {
	team, ok := a.names.find(domain.Team, teamID)
	if !ok {
		return "", errNoTeam
	}
	allowed := func(ctx context.Context, q postgres.Querier) (crew, error) {
		reader, err := a.crewOf(ctx, q)
		if err == nil && !reader.keepsRegister(teamID, team.RegionPath) {
			err = errMayNotImport
		}
		return reader, err
	}
	if err := a.db.Read(ctx, func(q postgres.Querier) error { _, err := allowed(ctx, q); return err }); err != nil {
		return "", err
	}
	members, err := a.people.Members(ctx, teamID) // for the reporting unit, before anything is locked
	if err != nil {
		return "", err
	}
	return idempotency.Do(ctx, a.db, a.clock.Now(), "openHistory", teamID, func(q postgres.Querier) (string, error) {
		reader, err := allowed(ctx, q)
		if err != nil {
			return "", err
		}
		i := domain.NewHistory(teamID, team.RegionPath, members.ReportingUnit, reader.VolunteerID, a.clock.Now())
		inserted, err := store.InsertHistory(ctx, q, i)
		if err != nil || inserted {
			return i.ID, err
		}
		i, err = store.FindOpenHistory(ctx, q, teamID, reader.VolunteerID)
		return i.ID, err
	})
}

// roll returns who a brigade's register can be about. A merged record is whose it
// is now; who was erased is nobody any more.
func (a *App) roll(ctx context.Context, teamID string) (domain.Roll, error) {
	answer, err := a.people.Members(ctx, teamID)
	if err != nil {
		return domain.Roll{}, err
	}
	var members []domain.RollMember
	for _, m := range answer.Items {
		if m.Erased {
			continue
		}
		one := domain.RollMember{ID: m.VolunteerID, Name: m.Name, Number: m.Number, Phone: m.PhoneMasked, Former: m.Former}
		if m.SurvivorID != "" {
			one.ID = m.SurvivorID
		}
		members = append(members, one)
	}
	return domain.NewRoll(members), nil
}

// knownToHistory reads what counts already, or waits, for the people of rows;
// importID is the rows' own import.
func knownToHistory(ctx context.Context, q postgres.Querier, importID string, rows []domain.DraftRow) (*domain.HistoryKnown, error) {
	ids, days := map[string]bool{}, map[domain.Day]bool{}
	for _, r := range rows {
		if r.VolunteerID != "" {
			ids[r.VolunteerID], days[r.Day] = true, true
		}
	}
	persons, err := store.FindPersons(ctx, q, slices.Sorted(maps.Keys(ids))...)
	if err != nil {
		return nil, err
	}
	k := &domain.HistoryKnown{Persons: map[string]domain.Person{}}
	for _, p := range persons {
		for record := range p {
			k.Persons[record] = p
		}
	}
	records := slices.Sorted(maps.Keys(k.Persons))
	if records == nil {
		return k, nil
	}
	if err := store.EachPosted(ctx, q, records, func(record string, r domain.HistoryRow) { k.Posted(k.Persons[record].Key(), r) }); err != nil {
		return nil, err
	}
	waiting, err := store.ListWaitingRows(ctx, q, records, importID)
	if err != nil {
		return nil, err
	}
	for _, r := range waiting {
		k.Waits(r)
	}
	return k, store.EachDayTotal(ctx, q, records, slices.Sorted(maps.Keys(days)), k.Credited)
}

// fitsDay refuses a line of history that would give somebody more than the hours
// of its day.
func fitsDay(ctx context.Context, q postgres.Querier, people map[string]domain.Person, e domain.Entry) error {
	if e.Timed() {
		return nil
	}
	had := 0
	err := store.EachDayTotal(ctx, q, people[e.VolunteerID].IDs(), []domain.Day{e.Day()}, func(_ string, _ domain.Day, minutes int) { had += minutes })
	if err == nil && had+e.Minutes > 24*60 {
		err = domain.ErrHistoryDayFull
	}
	return err
}

// nameOf returns what somebody is called, for who may know it.
func nameOf(persons map[string]people.Person, id string) string {
	if id == "" {
		return ""
	}
	return persons[id].FullName()
}
