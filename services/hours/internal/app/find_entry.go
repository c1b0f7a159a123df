package app

import (
	"context"
	"errors"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/people"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// EntryView is one line of the ledger for whoever wants to ask about it.
type EntryView struct {
	MyEntry
	Person string         // whose it is; as on boards for who may not know
	As     domain.AskedAs // in what part the reader asks about it
	Asked  bool           // a question about it is open: there is no second one
	Undone bool           // it was corrected: what took its place is asked about
}

// findLine returns a line by its own id, or by that of the attendance for which
// it was credited: the one that counts now.
func findLine(ctx context.Context, q postgres.Querier, entryID string) (domain.Entry, error) {
	e, err := store.FindEntry(ctx, q, entryID)
	if errors.Is(err, domain.ErrNoSuchEntry) {
		return store.FindCurrentEntry(ctx, q, entryID)
	}
	return e, err
}

// FindEntry returns a line, also by the id of its attendance, to whom it is about, to who leads the brigade, to
// officers of its region, and, while it is in publicity, to anybody; NotFound to
// others.
func (a *App) FindEntry(ctx context.Context, entryID string) (EntryView, error) {
	var v EntryView
	var reader crew
	var happened happenings
	var e domain.Entry
	err := a.db.Read(ctx, func(q postgres.Querier) (err error) {
		if reader, err = a.crewOf(ctx, q); err != nil {
			return err
		}
		if e, err = findLine(ctx, q, entryID); err != nil {
			return err
		}
		if !reader.sees(e, domain.DayOf(a.clock.Now())) {
			return domain.ErrNoSuchEntry
		}
		if happened, err = readHappenings(ctx, q, []domain.Entry{e}); err != nil {
			return err
		}
		v.Undone, err = store.IsReversed(ctx, q, e.ID)
		return err
	})
	if err != nil {
		return EntryView{}, err
	}
	v.As = reader.asks(e)
	for _, c := range happened.questions {
		v.Asked = v.Asked || c.EntryID == e.ID && c.State == domain.CorrectionOpen
	}
	name := people.Person.FullName
	if !reader.knows(e) {
		name, happened.questions, happened.registers = people.Person.BoardName, nil, nil
		e = e.ForStrangers()
	}
	v.MyEntry = a.described(ctx, []domain.Entry{e}, happened)[0]
	persons := a.people.Find(ctx, []string{e.VolunteerID, e.ConfirmedBy})
	v.Person, v.ConfirmedBy = name(persons[e.VolunteerID]), ""
	if e.ConfirmedBy != "" {
		v.ConfirmedBy = name(persons[e.ConfirmedBy])
	}
	return v, nil
}
