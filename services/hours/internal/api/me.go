package api

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/hours/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/hours/internal/app"
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
	const usual = 50 // as openapi.yaml says
	limit := r.Params.Limit
	if limit == 0 {
		limit = usual
	}
	entries, next, err := h.app.MyEntries(ctx, r.Params.After, limit)
	if err != nil {
		return nil, err
	}
	page := gen.ListMyEntries200JSONResponse{Items: make([]gen.Entry, len(entries)), Next: next}
	for i, e := range entries {
		page.Items[i] = entryOf(e)
	}
	return page, nil
}

// proofs are the verification grades in words: nobody is shown a letter.
var proofs = map[string]gen.EntryProof{"A": gen.Scanned, "B": gen.OnSite, "C": gen.EnteredLater, "D": gen.OwnWord}

func entryOf(e app.MyEntry) gen.Entry {
	return gen.Entry{
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
	}
}
