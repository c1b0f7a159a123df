package app

import (
	"context"
	"slices"
	"strconv"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

var errAfter = apperr.New(apperr.Invalid, "not_a_page", "找不到这一页，请从头再看。", "This page cannot be found; please start from the first one.")

// MySummary is what the person who asks has given.
type MySummary struct {
	Month, Year, Total int // minutes of service
	Training           int // minutes of training, never added to service
	Imported           int // minutes out of paper registers, never added to either
	Settled            int // of Total: what counts as settled today
	Entries            int // lines in the ledger, of all kinds
	Months             []MonthMinutes
}

// MySummary returns the sums of the person who asks, from the database: what
// was committed before the call is in it.
func (a *App) MySummary(ctx context.Context) (MySummary, error) {
	who, err := auth.From(ctx)
	if err != nil {
		return MySummary{}, err
	}
	var totals []domain.Total
	var settled map[domain.Account]int
	today := domain.DayOf(a.clock.Now())
	err = a.db.Read(ctx, func(q postgres.Querier) error {
		records, err := store.ListRecords(ctx, q, who.VolunteerID)
		if err != nil {
			return err
		}
		if totals, err = store.ListVolunteerTotals(ctx, q, records); err != nil {
			return err
		}
		settled, err = store.SettledTotals(ctx, q, records, today)
		return err
	})
	s := summarize(totals, today)
	s.Settled = settled[domain.ServiceAccount]
	return s, err
}

func summarize(totals []domain.Total, today domain.Day) MySummary {
	var s MySummary
	byMonth := map[domain.Period]int64{}
	for _, t := range totals {
		s.Entries += t.Entries
		switch t.Account {
		case domain.TrainingAccount:
			s.Training += t.Minutes
		case domain.ImportAccount:
			s.Imported += t.Minutes
		case domain.ServiceAccount:
			s.Total += t.Minutes
			byMonth[domain.PeriodOf(domain.Month, t.Day)] += int64(t.Minutes)
			if domain.PeriodOf(domain.Year, t.Day).Contains(today) {
				s.Year += t.Minutes
			}
		}
	}
	for _, p := range lastMonths(today) {
		s.Months = append(s.Months, MonthMinutes{Month: monthName(p), Minutes: byMonth[p]})
	}
	s.Month = int(s.Months[months-1].Minutes)
	return s
}

// MyEntry is a line of the ledger with names.
type MyEntry struct {
	domain.Entry
	TeamName      string
	ProgrammeName string
	ConfirmedBy   string // the confirmer's name
	Settling      domain.Settling
	Register      *RegisterProof     // of history: how it was proved
	Correction    *domain.Correction // the newest question about it, or through which it came; nil: none
}

// RegisterProof says out of which paper register a line came, and through whose hands.
type RegisterProof struct {
	Page       int // by the number of its picture; 0: not said
	EnteredBy  string
	ApprovedBy string
}

// MyEntries returns the lines of the person who asks, newest first, up to
// limit, and what to pass as after for the next ones: empty when there are none.
func (a *App) MyEntries(ctx context.Context, after string, limit int) (page []MyEntry, next string, err error) {
	who, err := auth.From(ctx)
	if err != nil {
		return nil, "", err
	}
	before, err := beforeOf(after)
	if err != nil {
		return nil, "", err
	}
	var entries []domain.Entry
	var happened happenings
	err = a.db.Read(ctx, func(q postgres.Querier) error {
		records, err := store.ListRecords(ctx, q, who.VolunteerID)
		if err != nil {
			return err
		}
		if entries, err = store.ListEntries(ctx, q, records, before, limit+1); err != nil { // one more tells whether there is a next page
			return err
		}
		happened, err = readHappenings(ctx, q, entries)
		return err
	})
	if err != nil {
		return nil, "", err
	}
	if len(entries) > limit {
		entries = entries[:limit]
		next = strconv.FormatInt(entries[limit-1].Sequence, 10)
	}
	return a.described(ctx, entries, happened), next, nil
}

// MyUncounted returns what was confirmed for the person who asks and does not
// count in full: what a cap cut, and what is held or was closed.
func (a *App) MyUncounted(ctx context.Context) (cuts []domain.Cut, held []domain.HeldCredit, err error) {
	who, err := auth.From(ctx)
	if err != nil {
		return nil, nil, err
	}
	err = a.db.Read(ctx, func(q postgres.Querier) error {
		records, err := store.ListRecords(ctx, q, who.VolunteerID)
		if err != nil {
			return err
		}
		if cuts, err = store.ListCuts(ctx, q, records); err != nil {
			return err
		}
		held, err = store.ListHeldOf(ctx, q, records)
		return err
	})
	return cuts, held, err
}

// happenings is what became of lines since they were written.
type happenings struct {
	standings map[string]domain.Standing
	questions []domain.Correction // the newest first
	registers map[string]store.HistoryProof
}

func readHappenings(ctx context.Context, q postgres.Querier, entries []domain.Entry) (h happenings, err error) {
	ids := make([]string, len(entries))
	for i, e := range entries {
		ids[i] = e.ID
	}
	if h.standings, err = store.FindStandings(ctx, q, ids); err != nil {
		return h, err
	}
	if h.questions, err = store.ListCorrectionsOfEntries(ctx, q, entries); err != nil {
		return h, err
	}
	if slices.ContainsFunc(entries, func(e domain.Entry) bool { return !e.Timed() }) {
		h.registers, err = store.FindHistoryProofs(ctx, q, ids)
	}
	return h, err
}

func (a *App) described(ctx context.Context, entries []domain.Entry, happened happenings) []MyEntry {
	today := domain.DayOf(a.clock.Now())
	var confirmers []string
	for _, e := range entries {
		confirmers = append(confirmers, e.ConfirmedBy)
	}
	for _, r := range happened.registers {
		confirmers = append(confirmers, r.EnteredBy, r.ApprovedBy)
	}
	persons := a.people.Find(ctx, confirmers)
	described := make([]MyEntry, len(entries))
	for i, e := range entries {
		described[i] = MyEntry{
			Entry:         e,
			TeamName:      a.names.name(domain.Team, e.TeamID),
			ProgrammeName: a.names.name(domain.Programme, e.ProgrammeID),
			ConfirmedBy:   persons[e.ConfirmedBy].FullName(),
			Settling:      e.Settling(happened.standings[e.ID], today),
			Correction:    newestAbout(e, happened.questions),
		}
		if r, ok := happened.registers[e.ID]; ok {
			described[i].Register = &RegisterProof{Page: r.Page, EnteredBy: nameOf(persons, r.EnteredBy), ApprovedBy: nameOf(persons, r.ApprovedBy)}
		}
	}
	return described
}

// newestAbout returns the newest of the questions that is about the line, or
// from which it followed; nil when there is none.
func newestAbout(e domain.Entry, questions []domain.Correction) *domain.Correction {
	for _, about := range []func(domain.Correction) bool{
		func(c domain.Correction) bool { return c.EntryID == e.ID },
		func(c domain.Correction) bool { return e.SourceKind == domain.SourceCorrection && c.ID == e.SourceID },
		func(c domain.Correction) bool {
			return e.SourceKind == domain.SourceEntry && c.EntryID == e.SourceID && c.State == domain.CorrectionAccepted
		},
	} {
		if i := slices.IndexFunc(questions, about); i >= 0 {
			return &questions[i]
		}
	}
	return nil
}
