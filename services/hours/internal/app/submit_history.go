package app

import (
	"context"
	"slices"
	"strconv"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/contract/hoursv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// SubmitHistory hands an import of the reader's in: whole, or not at all. From
// then on its rows are of people by id. Who may decide nearest to the brigade is
// told.
func (a *App) SubmitHistory(ctx context.Context, importID string) error {
	var teamID string
	if err := a.db.Read(ctx, func(q postgres.Querier) error {
		i, err := store.FindHistory(ctx, q, importID)
		teamID = i.TeamID
		return err
	}); err != nil {
		return err
	}
	roll, err := a.roll(ctx, teamID) // before anything is locked
	if err != nil {
		return err
	}
	_, err = idempotency.Do(ctx, a.db, a.clock.Now(), "submitHistory", importID, func(q postgres.Querier) (struct{}, error) {
		i, err := a.lockOwnHistory(ctx, q, importID)
		if err != nil {
			return struct{}{}, err
		}
		_, rows, pages, err := a.judgeDraft(ctx, q, importID, roll)
		if err != nil {
			return struct{}{}, err
		}
		if err := i.Submit(rows, len(pages), a.clock.Now()); err != nil {
			return struct{}{}, err
		}
		handed := make([]domain.HistoryRow, len(rows))
		for n, r := range rows {
			handed[n] = r.HistoryRow
			handed[n].ID, handed[n].Place = id.New(), n+1
			if handed[n].Page == 0 && len(pages) == 1 && pages[0].Kind == domain.HistoryJPEG {
				handed[n].Page = pages[0].Number // there is no other
			}
		}
		if err := store.ReplaceHistoryRows(ctx, q, importID, handed); err != nil {
			return struct{}{}, err
		}
		if err := store.UpdateHistory(ctx, q, i); err != nil {
			return struct{}{}, err
		}
		return struct{}{}, a.tellSubmitted(ctx, q, i, len(handed))
	})
	return err
}

// tellSubmitted tells who decides in the nearest region that has somebody else
// than the uploader.
func (a *App) tellSubmitted(ctx context.Context, q postgres.Querier, i domain.HistoryImport, rows int) error {
	uploader, err := person(ctx, q, i.UploadedBy)
	if err != nil {
		return err
	}
	officers, err := store.ListOfficers(ctx, q, i.RegionPath, a.clock.Now())
	if err != nil {
		return err
	}
	var who []string
	nearest := ""
	for _, o := range officers {
		if uploader.Is(o.VolunteerID) || nearest != "" && o.RegionPath != nearest {
			continue
		}
		nearest, who = o.RegionPath, append(who, o.VolunteerID)
	}
	return outbox.Append(ctx, q, i.SubmittedAt, a.historyNews(hoursv1.NoticeHistorySubmitted, i, map[string]string{"count": strconv.Itoa(rows)}, slices.Compact(who)...)...)
}

// historyNews is what each of these people is told about an import.
func (a *App) historyNews(kind hoursv1.NoticeKind, i domain.HistoryImport, words map[string]string, volunteerIDs ...string) []outbox.Event {
	words["team"], words["team_id"], words["import_id"] = a.names.name(domain.Team, i.TeamID), i.TeamID, i.ID
	return news(kind, subject{"history", i.ID}, a.clock.Now(), words, volunteerIDs...)
}
