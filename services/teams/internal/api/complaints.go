package api

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/teams/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/teams/internal/app"
	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
)

// CreateComplaint is POST /complaints.
func (h *api) CreateComplaint(ctx context.Context, r gen.CreateComplaintRequestObject) (gen.CreateComplaintResponseObject, error) {
	sent, err := h.app.Complain(ctx, domain.ComplaintDraft{TeamID: r.Body.TeamID, Person: r.Body.Person, Happened: r.Body.Happened, HappenedOn: r.Body.HappenedOn})
	return gen.CreateComplaint201JSONResponse(encodeMoved(sent)), err
}

// ListMyComplaints is GET /me/complaints.
func (h *api) ListMyComplaints(ctx context.Context, _ gen.ListMyComplaintsRequestObject) (gen.ListMyComplaintsResponseObject, error) {
	mine, err := h.app.MyComplaints(ctx)
	items := make([]gen.MyComplaint, len(mine))
	for i, m := range mine {
		c := m.Complaint
		items[i] = gen.MyComplaint{
			ComplaintID: c.ID, TeamName: m.TeamName, Mine: c.Complainer != "", Person: c.PersonWord, Happened: c.Happened, ReceivedAt: c.ReceivedAt,
			DecidedAt: c.DecidedAt, State: gen.ComplaintState(c.State), Reason: c.Reason,
		}
		if !c.HappenedOn.IsZero() {
			items[i].HappenedOn = dayOf(c.HappenedOn)
		}
	}
	return gen.ListMyComplaints200JSONResponse{Items: items}, err
}

// ListComplaints is GET /complaints.
func (h *api) ListComplaints(ctx context.Context, r gen.ListComplaintsRequestObject) (gen.ListComplaintsResponseObject, error) {
	queue, next, err := h.app.ListComplaints(ctx, r.Params.Region, pageLength(r.Params.Limit), r.Params.After)
	items := make([]gen.Complaint, len(queue))
	for i, m := range queue {
		c := m.Complaint
		items[i] = gen.Complaint{
			ComplaintID: c.ID, TeamID: c.TeamID, TeamName: m.TeamName, VolunteerID: c.VolunteerID, Name: m.Name, PersonWord: c.PersonWord,
			ComplainerID: c.Complainer, ComplainerName: m.ComplainerName, Happened: c.Happened, HappenedOn: dayOf(c.HappenedOn),
			ReceivedAt: c.ReceivedAt, State: gen.ComplaintState(c.State),
		}
	}
	return gen.ListComplaints200JSONResponse{Items: items, Next: next}, err
}

// DecideComplaint is POST /complaints/{complaint_id}/decide.
func (h *api) DecideComplaint(ctx context.Context, r gen.DecideComplaintRequestObject) (gen.DecideComplaintResponseObject, error) {
	done, err := h.app.MoveComplaint(ctx, r.ComplaintID, domain.ComplaintState(r.Body.State), r.Body.Reason)
	return gen.DecideComplaint200JSONResponse(encodeMoved(done)), err
}

func encodeMoved(c app.MovedComplaint) gen.MovedComplaint {
	return gen.MovedComplaint{ComplaintID: c.ComplaintID, State: gen.ComplaintState(c.State)}
}
