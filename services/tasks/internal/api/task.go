package api

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
)

// CreateTask is POST /tasks.
func (h *api) CreateTask(ctx context.Context, r gen.CreateTaskRequestObject) (gen.CreateTaskResponseObject, error) {
	b := r.Body
	n := app.NewTask{TeamID: b.TeamID, ProgrammeID: b.ProgrammeID, CampaignID: b.CampaignID, Plan: domain.Plan{Kind: domain.TaskKind(b.Kind), SessionsNeeded: b.SessionsNeeded}, Details: domain.Details{
		Title: b.Title, Description: b.Description, Place: b.Place, Latitude: b.Latitude, Longitude: b.Longitude,
		Risks: b.Risks, Risky: b.Risky, Insurance: b.Insurance, Bring: b.Bring,
		ContactName: b.ContactName, ContactPhone: b.ContactPhone, OnlyMembers: b.OnlyMembers,
	}}
	for _, s := range b.Shifts {
		n.Shifts = append(n.Shifts, app.NewShift{OpenFrom: s.OpenFrom, StartsAt: s.StartsAt, EndsAt: s.EndsAt, Capacity: s.Capacity})
	}
	view, err := h.app.CreateTask(ctx, n)
	if err != nil {
		return nil, err
	}
	return gen.CreateTask201JSONResponse(taskOf(view)), nil
}

// GetTask is GET /tasks/{task_id}.
func (h *api) GetTask(ctx context.Context, r gen.GetTaskRequestObject) (gen.GetTaskResponseObject, error) {
	view, err := h.app.FindTask(ctx, r.TaskID)
	if err != nil {
		return nil, err
	}
	return gen.GetTask200JSONResponse(taskOf(view)), nil
}

// PublishTask is POST /tasks/{task_id}/publish.
func (h *api) PublishTask(ctx context.Context, r gen.PublishTaskRequestObject) (gen.PublishTaskResponseObject, error) {
	view, err := h.app.PublishTask(ctx, r.TaskID)
	if err != nil {
		return nil, err
	}
	return gen.PublishTask200JSONResponse(taskOf(view)), nil
}

func taskOf(v app.TaskView) gen.Task {
	t := gen.Task{
		TaskID: v.ID, TeamID: v.TeamID, TeamName: v.TeamName, ProgrammeID: v.ProgrammeID, ProgrammeName: v.ProgrammeName,
		Title: v.Title, Description: v.Description, Place: v.Place, Latitude: v.Latitude, Longitude: v.Longitude,
		Risks: v.Risks, Risky: v.Risky, Insurance: v.Insurance, Bring: v.Bring, ContactName: v.ContactName, OnlyMembers: v.OnlyMembers,
		Kind: gen.TaskKind(v.Kind), SessionsNeeded: v.SessionsNeeded, Needs: list(v.Setting.Needs), RiskNote: v.Setting.RiskNote, State: gen.TaskState(v.State), Reason: v.Reason, Mine: v.Mine, Shifts: []gen.Shift{}, Photos: photosOf(v.Photos),
	}
	if v.Grant.Kind != "" {
		t.Grant = gen.ClassGrant{Kind: v.Grant.Kind, Months: v.Grant.Months}
	}
	for _, s := range v.Shifts {
		if s.ShowsContact() {
			t.ContactPhone = v.ContactPhone
		}
		t.Shifts = append(t.Shifts, shiftOf(s))
	}
	if v.Mine {
		t.ContactPhone = v.ContactPhone
	}
	joint(&t, v)
	return t
}
