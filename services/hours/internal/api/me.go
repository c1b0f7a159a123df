package api

import (
	"bytes"
	"context"

	"github.com/qihe-volunteers/qihe/services/hours/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/hours/internal/app"
	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/httpserver"
)

// GetMySummary is GET /me/summary.
func (h handlers) GetMySummary(ctx context.Context, _ gen.GetMySummaryRequestObject) (gen.GetMySummaryResponseObject, error) {
	s, err := h.app.MySummary(ctx)
	if err != nil {
		return nil, err
	}
	return gen.GetMySummary200JSONResponse{
		MonthMinutes:    s.Month,
		YearMinutes:     s.Year,
		TotalMinutes:    s.Total,
		TrainingMinutes: s.Training,
		ImportedMinutes: s.Imported,
		SettledMinutes:  s.Settled,
		Entries:         s.Entries,
		Months:          monthsOf(s.Months),
	}, nil
}

func monthsOf(months []app.MonthMinutes) []gen.MonthMinutes {
	encoded := make([]gen.MonthMinutes, len(months))
	for i, m := range months {
		encoded[i] = gen.MonthMinutes{Month: m.Month, Minutes: int(m.Minutes)}
	}
	return encoded
}

// ListMyEntries is GET /me/entries.
func (h handlers) ListMyEntries(ctx context.Context, r gen.ListMyEntriesRequestObject) (gen.ListMyEntriesResponseObject, error) {
	entries, next, err := h.app.MyEntries(ctx, r.Params.After, limitOf(r.Params.Limit))
	if err != nil {
		return nil, err
	}
	page := gen.ListMyEntries200JSONResponse{Items: make([]gen.Entry, len(entries)), Next: next}
	for i, e := range entries {
		page.Items[i] = entryOf(e)
	}
	return page, nil
}

// limitOf returns how many lines a page has: the usual number where none is given.
func limitOf(asked int) int {
	const usual = 50 // as openapi.yaml says
	if asked == 0 {
		return usual
	}
	return asked
}

// proofs are the verification grades in words: nobody is shown a letter.
var proofs = map[string]gen.Proof{"A": gen.Scanned, "B": gen.OnSite, "C": gen.EnteredLater, "D": gen.OwnWord}

func entryOf(e app.MyEntry) gen.Entry {
	var openUntil string
	if e.Settling == domain.InPublicity {
		openUntil = (e.SettlesOn - 1).String()
	}
	entry := gen.Entry{
		EntryID:       e.ID,
		TeamID:        e.TeamID,
		TeamName:      e.TeamName,
		ProgrammeName: e.ProgrammeName,
		Title:         e.Title,
		Minutes:       e.Minutes,
		Kind:          gen.EntryKind(e.Kind),
		Proof:         proofs[e.Verification],
		From:          e.From,
		To:            e.To,
		ConfirmedBy:   e.ConfirmedBy,
		ConfirmedAt:   e.ConfirmedAt,
		RecordedAt:    e.RecordedAt,
		SourceID:      e.SourceID,
		Source:        gen.EntrySource(e.SourceKind),
		Settling:      gen.EntrySettling(e.Settling),
		OpenUntil:     openUntil,
	}
	if e.Correction != nil {
		entry.Question = gen.EntryQuestion{CorrectionID: e.Correction.ID, State: gen.EntryQuestionState(e.Correction.State)}
	}
	if r := e.Register; r != nil {
		entry.Register = gen.RegisterProof{Page: r.Page, EnteredBy: r.EnteredBy, ApprovedBy: r.ApprovedBy}
	}
	return entry
}

// ListMyUncounted is GET /me/uncounted.
func (h handlers) ListMyUncounted(ctx context.Context, _ gen.ListMyUncountedRequestObject) (gen.ListMyUncountedResponseObject, error) {
	cuts, held, err := h.app.MyUncounted(ctx)
	if err != nil {
		return nil, err
	}
	list := gen.ListMyUncounted200JSONResponse{Items: []gen.Uncounted{}}
	for _, c := range held {
		u := gen.Uncounted{SourceID: c.Entry.SourceID, Title: c.Entry.Title, Day: c.Entry.Day().String(), Why: gen.UncountedWhyWaiting, ConfirmedMinutes: c.Entry.Minutes}
		if c.State == domain.HeldClosed {
			u.Why, u.Reason = gen.UncountedWhyClosed, c.Reason
		}
		list.Items = append(list.Items, u)
	}
	why := map[domain.CutRule]gen.UncountedWhy{domain.CutOverlap: gen.UncountedWhyMoment, domain.CutDay: gen.UncountedWhyDayCap, domain.CutProgramme: gen.UncountedWhyProgrammeCap}
	for _, c := range cuts {
		list.Items = append(list.Items, gen.Uncounted{
			SourceID: c.SourceID, Title: c.Title, Day: c.Day.String(), Why: why[c.Rule], Cap: c.Cap, ConfirmedMinutes: c.Confirmed, CreditedMinutes: c.Credited,
		})
	}
	return list, nil
}

// GetMyFile is GET /me/file.
func (h handlers) GetMyFile(ctx context.Context, _ gen.GetMyFileRequestObject) (gen.GetMyFileResponseObject, error) {
	file, name, err := h.app.MyFile(ctx)
	if err != nil {
		return nil, err
	}
	return gen.GetMyFile200ApplicationOctetStreamResponse{
		Body: bytes.NewReader(file), ContentLength: int64(len(file)), Headers: gen.GetMyFile200ResponseHeaders{ContentDisposition: httpserver.Attachment(name)},
	}, nil
}
