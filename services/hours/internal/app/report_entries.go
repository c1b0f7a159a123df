package app

import (
	"context"
	"strconv"
	"time"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// ReportEntry is one of those behind a figure: a line of the ledger, a shift or a
// brigade. A figure of minutes is the sum of Minutes, one of times that of Times,
// of people served that of Served; others count how many different there are.
type ReportEntry struct {
	ID           string // of the line, the shift, the brigade
	Day          domain.Day
	Title        string
	Person       string // name; of a line
	PersonID     string
	Team         string
	TaskID       string // of a shift
	Verification string
	Minutes      int
	Times        int
	Served       int
	Reason       string // of a correction
	ConfirmedAt  time.Time
}

// ReportEntriesQuery says which entries of a cell are wanted.
type ReportEntriesQuery struct {
	FormID      string
	Period      domain.Period
	Version     int // 0: of the newest frozen one, or of now
	Sheet, Cell string
	Since       bool // those that came after it was frozen, instead of those that it counts
	After       string
	Limit       int
}

// ReportEntries is a page of entries.
type ReportEntries struct {
	Kind  domain.FactKind
	Items []ReportEntry
	Next  string
}

// ListReportEntries returns those behind a figure, the newest first, to officers
// of the form's region. It returns domain.ErrNoReport for a cell that shows none.
func (a *App) ListReportEntries(ctx context.Context, query ReportEntriesQuery) (page ReportEntries, err error) {
	before, err := beforeOf(query.After)
	if err != nil {
		return page, err
	}
	err = a.db.InSnapshot(ctx, func(q postgres.Querier) error {
		f, err := a.reportForm(ctx, q, query.FormID)
		if err != nil {
			return err
		}
		r, err := a.chooseReport(ctx, q, f, query.Period, query.Version)
		if err != nil {
			return err
		}
		for _, b := range r.Version.Bindings {
			if b.Sheet == query.Sheet && b.Cell == query.Cell && b.Text == "" {
				page, err = a.entriesOf(ctx, q, r, b, query, before)
				return err
			}
		}
		return domain.ErrNoReport
	})
	if err != nil {
		return page, err
	}
	var ids []string
	for _, e := range page.Items {
		if e.PersonID != "" {
			ids = append(ids, e.PersonID)
		}
	}
	names := a.people.Find(ctx, ids)
	for i := range page.Items {
		if e := &page.Items[i]; e.PersonID != "" {
			e.Person = names[e.PersonID].FullName()
		}
	}
	return page, nil
}

// entriesOf returns a page of what is behind a binding.
func (a *App) entriesOf(ctx context.Context, q postgres.Querier, r ReportView, b domain.Binding, query ReportEntriesQuery, before int64) (page ReportEntries, err error) {
	i, _ := domain.FindIndicator(b.Indicator)
	filter := a.filterOf(r.Form, r.Version, b, r.Period)
	place := a.live()
	if r.Report != nil {
		place = r.Report.Place
	} else if query.Since {
		return ReportEntries{Kind: i.Kind}, nil // nothing was frozen
	}
	var seqs []int64
	add := func(seq int64, e ReportEntry) { seqs, page.Items = append(seqs, seq), append(page.Items, e) }
	switch i.Kind {
	case domain.LineFacts, domain.SettledFacts:
		lines, err := a.linesOf(ctx, q, i, filter, place, query.Since, before, query.Limit+1)
		if err != nil {
			return page, err
		}
		for _, l := range lines {
			add(l.Sequence, a.entryOfLine(l))
		}
	case domain.ActivityFacts:
		upto, after := within(place, place.ActivitySeq, query.Since)
		shifts, err := store.ListReportActivities(ctx, q, filter, i.Account, upto, after, before, query.Limit+1)
		if err != nil {
			return page, err
		}
		for _, s := range shifts {
			add(s.Sequence, ReportEntry{ID: s.ShiftID, TaskID: s.TaskID, Day: s.Day, Title: s.Title, Team: a.names.name(domain.Team, s.TeamID), Times: 1, Served: s.PeopleServed})
		}
	case domain.BrigadeFacts:
		upto, after := within(place, place.BrigadeSeq, query.Since)
		brigades, err := store.ListReportBrigades(ctx, q, filter, i.Measure == domain.Founded, upto, after, before, query.Limit+1)
		if err != nil {
			return page, err
		}
		for _, s := range brigades {
			add(s.Sequence, ReportEntry{ID: s.TeamID, Day: s.FoundedOn, Title: a.names.name(domain.Team, s.TeamID), Team: a.names.regionName(s.RegionPath), Times: 1})
		}
	}
	if page.Kind = i.Kind; len(page.Items) > query.Limit {
		page.Items = page.Items[:query.Limit]
		page.Next = strconv.FormatInt(seqs[query.Limit-1], 10)
	}
	return page, nil
}

func (a *App) linesOf(ctx context.Context, q postgres.Querier, i domain.Indicator, filter domain.Filter, place domain.ReportPlace, since bool, before int64, limit int) ([]store.ReportLine, error) {
	if i.Kind == domain.LineFacts {
		return store.ListReportLines(ctx, q, filter, i.Account, place, since, before, limit)
	}
	var from domain.Day // of all
	if since {
		from = place.SettledOn
		place = a.live()
	} else {
		from = -1
	}
	return store.ListReportSettled(ctx, q, filter, i.Account, place, from, before, limit)
}

func (a *App) entryOfLine(l store.ReportLine) ReportEntry {
	e := ReportEntry{
		ID: l.ID, Day: l.Day(), Title: l.Title, PersonID: l.VolunteerID, Team: a.names.name(domain.Team, l.TeamID),
		Verification: l.Verification, Minutes: l.Counted, Times: 1, Reason: l.Reason, ConfirmedAt: l.ConfirmedAt,
	}
	if l.Kind == domain.Reversal {
		e.Times = -1
	}
	return e
}

// within returns between which sequences facts beside the ledger are looked for.
func within(p domain.ReportPlace, seq int64, since bool) (upto, after int64) {
	switch {
	case since:
		return lastSeq, seq
	case p.WithoutLimits:
		return lastSeq, 0
	}
	return seq, 0
}
