package api

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/teams/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/teams/internal/app"
	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/auth"
)

// CreateAppeal is POST /memberships/{membership_id}/appeal.
func (h *api) CreateAppeal(ctx context.Context, r gen.CreateAppealRequestObject) (gen.CreateAppealResponseObject, error) {
	asked, err := h.app.AppealRemoval(ctx, r.MembershipID, r.Body.Word)
	return gen.CreateAppeal201JSONResponse(encodeDecided(asked)), err
}

// ListAppeals is GET /appeals.
func (h *api) ListAppeals(ctx context.Context, r gen.ListAppealsRequestObject) (gen.ListAppealsResponseObject, error) {
	queue, next, err := h.app.ListAppeals(ctx, r.Params.Region, pageLength(r.Params.Limit), r.Params.After)
	if err != nil {
		return nil, err
	}
	p, err := auth.From(ctx)
	if err != nil {
		return nil, err
	}
	items := make([]gen.Appeal, len(queue))
	for i, q := range queue {
		items[i] = gen.Appeal{
			AppealID: q.Appeal.ID, TeamID: q.TeamID, TeamName: q.TeamName, Name: q.Name, Number: q.Number, Word: q.Appeal.Word,
			RequestedAt: q.Appeal.RequestedAt, RemoverName: q.RemoverName, RemovedAt: q.Appeal.RemovedAt, RemovalReason: q.RemovalReason,
			Mine: p.VolunteerID == q.Appeal.RemovedBy || p.VolunteerID == q.Appeal.VolunteerID,
		}
	}
	return gen.ListAppeals200JSONResponse{Items: items, Next: next}, nil
}

// DecideAppeal is POST /appeals/{appeal_id}/decide.
func (h *api) DecideAppeal(ctx context.Context, r gen.DecideAppealRequestObject) (gen.DecideAppealResponseObject, error) {
	done, err := h.app.DecideAppeal(ctx, r.AppealID, domain.AppealState(r.Body.State), r.Body.Reason)
	return gen.DecideAppeal200JSONResponse(encodeDecided(done)), err
}

func encodeDecided(d app.DecidedAppeal) gen.DecidedAppeal {
	return gen.DecidedAppeal{AppealID: d.AppealID, State: gen.AppealState(d.State)}
}
