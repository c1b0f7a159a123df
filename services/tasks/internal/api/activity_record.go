package api

import (
	"cmp"
	"context"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
)

const recordsAtOnce = 10

// ListRecords is GET /records.
func (h *api) ListRecords(ctx context.Context, r gen.ListRecordsRequestObject) (gen.ListRecordsResponseObject, error) {
	p := r.Params
	f := domain.RecordFilter{TeamID: p.TeamID, TaskID: p.TaskID, ShiftID: p.ShiftID}
	after, err := cursor(p.After)
	if err != nil {
		return nil, err
	}
	limit := cmp.Or(p.Limit, recordsAtOnce)
	f.After, f.Limit = after, limit+1
	view, err := h.app.ListRecords(ctx, f)
	if err != nil {
		return nil, err
	}
	return gen.ListRecords200JSONResponse(recordsOf(view, limit)), nil
}

// WriteRecord is PUT /shifts/{shift_id}/record.
func (h *api) WriteRecord(ctx context.Context, r gen.WriteRecordRequestObject) (gen.WriteRecordResponseObject, error) {
	view, err := h.app.WriteRecord(ctx, r.ShiftID, r.Body.Summary)
	if err != nil {
		return nil, err
	}
	return gen.WriteRecord200JSONResponse(recordsOf(view, 1)), nil
}

func recordsOf(v app.RecordsView, limit int) gen.RecordPage {
	page := gen.RecordPage{TeamName: v.TeamName, Items: []gen.ActivityRecord{}}
	if len(v.Records) > limit {
		v.Records = v.Records[:limit]
		last := v.Records[limit-1]
		page.Next = cursorAfter(domain.Cursor{StartsAt: last.StartsAt, ID: last.ShiftID})
	}
	for _, r := range v.Records {
		record := gen.ActivityRecord{
			ShiftID: r.ShiftID, TaskID: r.TaskID, Title: r.Title, Place: r.Place, ProgrammeName: r.ProgrammeName, StartsAt: r.StartsAt, EndsAt: r.EndsAt,
			Summary: r.Summary, PeopleServed: r.PeopleServed, Came: r.Came, Minutes: r.Minutes, Photos: photosOf(r.Photos),
			TakenDown: []gen.TakenDownPhoto{}, MayWrite: r.MayWrite, MayTakeDown: r.MayTakeDown,
		}
		for _, p := range r.TakenDown {
			record.TakenDown = append(record.TakenDown, gen.TakenDownPhoto{PhotoID: p.ID, At: p.TakenDownAt, Reason: p.Reason})
		}
		page.Items = append(page.Items, record)
	}
	return page
}
