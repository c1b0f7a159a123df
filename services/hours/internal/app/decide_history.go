package app

import (
	"context"
	"maps"
	"slices"
	"strconv"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/contract/hoursv1"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// HistoryDecision is what is decided about an import: it counts, but for the rows
// that are struck, or it goes back with a reason.
type HistoryDecision struct {
	Approve bool
	Reason  string // of sending it back
	Struck  []StruckRow
}

// StruckRow is a row that does not count, and why.
type StruckRow struct{ RowID, Reason string }

// DecideHistory approves an import or sends it back. It is for who decides for
// the brigade's region, but for the uploader and whoever is in a row that stands,
// under whichever record; who sees it and may not is told so, others get NotFound.
// Two who decide at once: the second gets ErrHistoryNotWaiting. Approved, all rows
// that stand become lines in this transaction, or none.
func (a *App) DecideHistory(ctx context.Context, importID string, d HistoryDecision) error {
	type request struct {
		ImportID string
		HistoryDecision
	}
	_, err := idempotency.Do(ctx, a.db, a.clock.Now(), "decideHistory", request{importID, d}, func(q postgres.Querier) (struct{}, error) {
		reader, err := a.crewOf(ctx, q)
		if err != nil {
			return struct{}{}, err
		}
		i, err := store.FindHistory(ctx, q, importID)
		if err != nil {
			return struct{}{}, err
		}
		if !reader.seesHistory(i) {
			return struct{}{}, domain.ErrNoHistory
		}
		if !reader.Decides(i.RegionPath) {
			return struct{}{}, errNotDeciding
		}
		return struct{}{}, a.decideHistory(ctx, q, reader, importID, d)
	})
	return err
}

func (a *App) decideHistory(ctx context.Context, q postgres.Querier, reader crew, importID string, d HistoryDecision) error {
	rows, err := store.ListHistoryRows(ctx, q, importID)
	if err != nil {
		return err
	}
	claims := make([]domain.Entry, len(rows))
	for n, r := range rows {
		claims[n].VolunteerID = r.VolunteerID
	}
	people, err := lockPeople(ctx, q, claims) // before all else, as whatever decides about somebody's time
	if err != nil {
		return err
	}
	i, err := store.LockHistory(ctx, q, importID)
	if err != nil {
		return err
	}
	if i.State != domain.HistorySubmitted {
		return domain.ErrHistoryNotWaiting
	}
	if rows, err = store.ListHistoryRows(ctx, q, importID); err != nil { // as they are, now that nobody can change them
		return err
	}
	now := a.clock.Now()
	if !d.Approve {
		if err := i.Return(reader.VolunteerID, reader.self, d.Reason, now); err != nil {
			return err
		}
		if err := store.UpdateHistory(ctx, q, i); err != nil {
			return err
		}
		return outbox.Append(ctx, q, now, a.historyNews(hoursv1.NoticeHistoryReturned, i, map[string]string{}, i.UploadedBy)...)
	}
	if err := strike(rows, d.Struck); err != nil {
		return err
	}
	if err := i.Approve(reader.VolunteerID, reader.self, rows, now); err != nil {
		return err
	}
	return a.postHistory(ctx, q, people, i, rows)
}

// strike notes which rows do not count.
func strike(rows []domain.HistoryRow, struck []StruckRow) error {
	for _, s := range struck {
		n := slices.IndexFunc(rows, func(r domain.HistoryRow) bool { return r.ID == s.RowID })
		if n < 0 {
			return apperr.For("struck", domain.ErrHistoryNoRow)
		}
		if err := rows[n].Strike(s.Reason); err != nil {
			return err
		}
	}
	return nil
}

// postHistory writes what an approval changes: rows that are struck, the import,
// the lines with their totals, and what is told. The draft with its names goes.
func (a *App) postHistory(ctx context.Context, q postgres.Querier, people map[string]domain.Person, i domain.HistoryImport, rows []domain.HistoryRow) error {
	if err := store.StrikeHistoryRows(ctx, q, slices.DeleteFunc(slices.Clone(rows), func(r domain.HistoryRow) bool { return r.Struck == "" })); err != nil {
		return err
	}
	standing := slices.DeleteFunc(rows, func(r domain.HistoryRow) bool { return r.Struck != "" })
	for _, r := range standing {
		if people[r.VolunteerID] == nil {
			return domain.ErrHistoryNotWaiting // handed in anew meanwhile, with other people
		}
	}
	drafts := draftsOf(standing)
	known, err := knownToHistory(ctx, q, i.ID, drafts)
	if err != nil {
		return err
	}
	known.Judge(drafts)
	if slices.ContainsFunc(drafts, func(r domain.DraftRow) bool { return !r.Usable() }) {
		return domain.ErrHistoryRows
	}
	if err := store.InsertPosted(ctx, q, standing, people); err != nil {
		return err
	}
	if err := store.UpdateHistory(ctx, q, i); err != nil {
		return err
	}
	if err := store.DeleteDraft(ctx, q, i.ID); err != nil {
		return err
	}
	publicity, err := store.FindPublicity(ctx, q, domain.DayOf(i.DecidedAt))
	if err != nil {
		return err
	}
	lines := make([]domain.Entry, len(standing))
	for n, r := range standing {
		if lines[n], err = i.Line(r, publicity.SettlesOn(i.RegionPath, i.DecidedAt)); err != nil {
			return err
		}
	}
	if err := a.post(ctx, q, people, lines); err != nil {
		return err
	}
	return outbox.Append(ctx, q, i.DecidedAt, a.historyTold(i, standing)...)
}

// historyTold is what an approval tells: the uploader, and each volunteer once.
func (a *App) historyTold(i domain.HistoryImport, rows []domain.HistoryRow) []outbox.Event {
	count, minutes := map[string]int{}, map[string]int{}
	for _, r := range rows {
		count[r.VolunteerID]++
		minutes[r.VolunteerID] += r.Minutes
	}
	events := a.historyNews(hoursv1.NoticeHistoryApproved, i, map[string]string{"count": strconv.Itoa(len(rows))}, i.UploadedBy)
	for _, volunteerID := range slices.Sorted(maps.Keys(count)) {
		words := map[string]string{"count": strconv.Itoa(count[volunteerID]), "minutes": strconv.Itoa(minutes[volunteerID])}
		events = append(events, a.historyNews(hoursv1.NoticeHistoryCredited, i, words, volunteerID)...)
	}
	return events
}
