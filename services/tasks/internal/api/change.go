package api

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
)

// ChangeTask is PUT /tasks/{task_id}.
func (h *api) ChangeTask(ctx context.Context, r gen.ChangeTaskRequestObject) (gen.ChangeTaskResponseObject, error) {
	b := r.Body
	c := app.TaskChange{ProgrammeID: b.ProgrammeID, Plan: domain.Plan{Kind: domain.TaskKind(b.Kind), SessionsNeeded: b.SessionsNeeded}, Details: domain.Details{
		Title: b.Title, Description: b.Description, Place: b.Place, Latitude: b.Latitude, Longitude: b.Longitude,
		Risks: b.Risks, Risky: b.Risky, Insurance: b.Insurance, Bring: b.Bring,
		ContactName: b.ContactName, ContactPhone: b.ContactPhone, OnlyMembers: b.OnlyMembers,
	}}
	for _, s := range b.Shifts {
		c.Shifts = append(c.Shifts, app.ShiftChange{
			ShiftID: s.ShiftID, NewShift: app.NewShift{OpenFrom: s.OpenFrom, StartsAt: s.StartsAt, EndsAt: s.EndsAt, Capacity: s.Capacity},
		})
	}
	view, err := h.app.ChangeTask(ctx, r.TaskID, c)
	if err != nil {
		return nil, err
	}
	return gen.ChangeTask200JSONResponse(taskOf(view)), nil
}

// DiscardDraft is DELETE /tasks/{task_id}.
func (h *api) DiscardDraft(ctx context.Context, r gen.DiscardDraftRequestObject) (gen.DiscardDraftResponseObject, error) {
	if err := h.app.DiscardDraft(ctx, r.TaskID); err != nil {
		return nil, err
	}
	return gen.DiscardDraft204Response{}, nil
}

// CancelTask is POST /tasks/{task_id}/cancel.
func (h *api) CancelTask(ctx context.Context, r gen.CancelTaskRequestObject) (gen.CancelTaskResponseObject, error) {
	view, err := h.app.CancelTask(ctx, r.TaskID, r.Body.Reason)
	if err != nil {
		return nil, err
	}
	return gen.CancelTask200JSONResponse(taskOf(view)), nil
}

// CancelShift is POST /shifts/{shift_id}/cancel.
func (h *api) CancelShift(ctx context.Context, r gen.CancelShiftRequestObject) (gen.CancelShiftResponseObject, error) {
	view, err := h.app.CancelShift(ctx, r.ShiftID, r.Body.Reason)
	if err != nil {
		return nil, err
	}
	return gen.CancelShift200JSONResponse(taskOf(view)), nil
}

// ListLedTasks is GET /me/led-tasks.
func (h *api) ListLedTasks(ctx context.Context, _ gen.ListLedTasksRequestObject) (gen.ListLedTasksResponseObject, error) {
	tasks, err := h.app.ListLedTasks(ctx)
	if err != nil {
		return nil, err
	}
	list := gen.LedTaskList{Items: []gen.LedTask{}}
	for _, t := range tasks {
		list.Items = append(list.Items, gen.LedTask{
			TaskID: t.ID, Kind: gen.LedTaskKind(t.Kind), Title: t.Title, Place: t.Place, TeamName: t.TeamName, ProgrammeName: t.ProgrammeName,
			State: gen.LedTaskState(t.State), Shifts: t.Shifts, FirstStartsAt: t.FirstStartsAt, LastStartsAt: t.LastStartsAt,
		})
	}
	return gen.ListLedTasks200JSONResponse(list), nil
}
