package api

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
)

// ListPauses is GET /pauses.
func (h *api) ListPauses(ctx context.Context, _ gen.ListPausesRequestObject) (gen.ListPausesResponseObject, error) {
	pauses, err := h.app.ListPauses(ctx)
	if err != nil {
		return nil, err
	}
	list := gen.PauseList{Items: []gen.Pause{}}
	for _, p := range pauses {
		list.Items = append(list.Items, h.pauseOf(ctx, p))
	}
	return gen.ListPauses200JSONResponse(list), nil
}

// CreatePause is POST /pauses.
func (h *api) CreatePause(ctx context.Context, r gen.CreatePauseRequestObject) (gen.CreatePauseResponseObject, error) {
	b := r.Body
	p, err := h.app.PauseShifts(ctx, app.NewPause{RegionPath: b.RegionPath, Since: b.Since, Until: b.Until, Reason: b.Reason})
	if err != nil {
		return nil, err
	}
	return gen.CreatePause201JSONResponse(h.pauseOf(ctx, p)), nil
}

// PreviewPause is GET /pauses/preview.
func (h *api) PreviewPause(ctx context.Context, r gen.PreviewPauseRequestObject) (gen.PreviewPauseResponseObject, error) {
	shifts, people, err := h.app.CountPausable(ctx, app.NewPause{RegionPath: r.Params.RegionPath, Since: r.Params.Since, Until: r.Params.Until})
	if err != nil {
		return nil, err
	}
	return gen.PreviewPause200JSONResponse{Shifts: shifts, People: people}, nil
}

// EndPause is POST /pauses/{pause_id}/end.
func (h *api) EndPause(ctx context.Context, r gen.EndPauseRequestObject) (gen.EndPauseResponseObject, error) {
	p, err := h.app.EndPause(ctx, r.PauseID)
	if err != nil {
		return nil, err
	}
	return gen.EndPause200JSONResponse(h.pauseOf(ctx, p)), nil
}

// ListCallees is POST /shifts/{shift_id}/phones.
func (h *api) ListCallees(ctx context.Context, r gen.ListCalleesRequestObject) (gen.ListCalleesResponseObject, error) {
	callees, late, err := h.app.ListCallees(ctx, r.ShiftID)
	if err != nil {
		return nil, err
	}
	swaps, err := h.app.ListSwaps(ctx, r.ShiftID)
	if err != nil {
		return nil, err
	}
	list := gen.CalleeList{Items: []gen.Callee{}, Late: []gen.LateWithdrawal{}, Swaps: []gen.Swapped{}}
	for _, w := range swaps {
		list.Swaps = append(list.Swaps, gen.Swapped{
			SwapID: w.ID, From: w.From.FullName(), To: w.To.FullName(), At: w.TakenAt, Exchange: w.OtherShiftID != "", Undoable: w.Undoable,
		})
	}
	for _, c := range callees {
		list.Items = append(list.Items, gen.Callee{VolunteerID: c.VolunteerID, Name: c.FullName(), Phone: c.Phone, Coming: c.Coming, Waits: c.Waits})
	}
	for _, l := range late {
		list.Late = append(list.Late, gen.LateWithdrawal{VolunteerID: l.VolunteerID, Name: l.FullName(), Reason: l.Reason})
	}
	return gen.ListCallees200JSONResponse(list), nil
}

func (h *api) pauseOf(ctx context.Context, p domain.Pause) gen.Pause {
	return gen.Pause{
		PauseID: p.ID, RegionPath: p.RegionPath, Since: p.Since, Until: p.Until, Reason: p.Reason, PausedAt: p.PausedAt,
		Shifts: p.Shifts, People: p.People, EndedAt: p.EndedAt, Resumed: p.Resumed,
		Undoable: p.Undoable(h.clock.Now()), MayEnd: app.MayEnd(ctx, p),
	}
}
