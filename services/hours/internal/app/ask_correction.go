package app

import (
	"context"
	"slices"
	"time"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/contract/hoursv1"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// AskCorrection asks that a line be corrected: by whom it is about, by who leads
// the brigade, by an officer of its region, or by anybody while it is in
// publicity. Whoever may decide is told, and whom the line is about. It returns
// NotFound to whoever cannot see the line, and ErrAskedAlready while another
// question about it is open.
func (a *App) AskCorrection(ctx context.Context, entryID, reason string, wanted domain.Served) (CorrectionView, error) {
	type request struct {
		EntryID, Reason string
		Wanted          domain.Served
	}
	correctionID, err := idempotency.Do(ctx, a.db, a.clock.Now(), "ask_correction", request{entryID, reason, wanted}, func(q postgres.Querier) (string, error) {
		reader, err := a.crewOf(ctx, q)
		if err != nil {
			return "", err
		}
		e, err := findLine(ctx, q, entryID)
		if err != nil {
			return "", err
		}
		if e, err = store.LockEntry(ctx, q, e.ID); err != nil {
			return "", err
		}
		if !reader.sees(e, domain.DayOf(a.clock.Now())) {
			return "", domain.ErrNoSuchEntry
		}
		c, err := e.Ask(reader.VolunteerID, reader.asks(e), reason, wanted, a.clock.Now())
		if err != nil {
			return "", err
		}
		return c.ID, a.keepQuestion(ctx, q, e, c)
	})
	if err != nil {
		return CorrectionView{}, err
	}
	return a.FindCorrection(ctx, correctionID)
}

// keepQuestion holds the line, says whose the question is to decide, and tells
// them and whom it is about.
func (a *App) keepQuestion(ctx context.Context, q postgres.Querier, e domain.Entry, c domain.Correction) error {
	undone, err := store.IsReversed(ctx, q, e.ID)
	if err == nil && undone {
		err = domain.ErrAlreadyReversed
	}
	if err != nil {
		return err
	}
	deciders, err := a.decidersOf(ctx, q, e)
	if err != nil {
		return err
	}
	place, who := deciders.First(c)
	c.Place, c.DueOn = place, domain.DayOf(c.AskedAt)+domain.CorrectionTime
	hold, held := e.Hold(c.ID, c.AskedAt)
	c.Held = held
	if err := store.InsertCorrection(ctx, q, c); err != nil {
		return err
	}
	if held {
		if err := store.InsertSettlingChanges(ctx, q, hold); err != nil {
			return err
		}
	}
	events := tellCorrection(hoursv1.NoticeCorrectionAsked, c, e, c.AskedAt, who...)
	if c.AskedAs != domain.AsVolunteer {
		events = append(events, tellCorrection(hoursv1.NoticeCorrectionOpened, c, e, c.AskedAt, e.VolunteerID)...)
	}
	return outbox.Append(ctx, q, c.AskedAt, events...)
}

// decidersOf reads who may come to decide about a line.
func (a *App) decidersOf(ctx context.Context, q postgres.Querier, e domain.Entry) (d domain.CorrectionDeciders, err error) {
	leaders, err := store.ListLeaders(ctx, q, e.TeamID)
	if err != nil {
		return d, err
	}
	d.ConfirmedBy = e.ConfirmedBy
	if d.Officers, err = store.ListOfficers(ctx, q, e.RegionPath, a.clock.Now()); err != nil {
		return d, err
	}
	var everybody []string
	if !e.Timed() {
		leaders = nil // of history a leader kept the register: the office decides
	}
	for _, l := range leaders {
		d.Leaders = append(d.Leaders, l.VolunteerID)
	}
	everybody = append(everybody, d.Leaders...)
	for _, o := range d.Officers {
		everybody = append(everybody, o.VolunteerID)
	}
	d.Persons, err = store.FindPersons(ctx, q, everybody...)
	return d, err
}

// tellCorrection is what each of these people is told about a question.
func tellCorrection(kind hoursv1.NoticeKind, c domain.Correction, e domain.Entry, now time.Time, volunteerIDs ...string) []outbox.Event {
	words := map[string]string{"task": e.Title, "day": e.Day().String(), "deadline": c.DueOn.String(), "correction_id": c.ID}
	return news(kind, subject{"correction", c.ID}, now, words, slices.Compact(slices.Sorted(slices.Values(volunteerIDs)))...)
}
