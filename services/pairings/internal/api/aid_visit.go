package api

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/app"
)

// ListAidVisitsToDecide is GET /aid-visits/to-decide.
func (h handlers) ListAidVisitsToDecide(ctx context.Context, _ gen.ListAidVisitsToDecideRequestObject) (gen.ListAidVisitsToDecideResponseObject, error) {
	visits, err := h.app.ListAidVisitsToDecide(ctx)
	if err != nil {
		return nil, err
	}
	return gen.ListAidVisitsToDecide200JSONResponse(listedVisits(visits)), nil
}

// FindAidVisits is GET /aid-visits/by-reference/{reference}.
func (h handlers) FindAidVisits(ctx context.Context, r gen.FindAidVisitsRequestObject) (gen.FindAidVisitsResponseObject, error) {
	visits, err := h.app.FindAidVisits(ctx, r.Reference)
	if err != nil {
		return nil, err
	}
	return gen.FindAidVisits200JSONResponse(listedVisits(visits)), nil
}

func listedVisits(visits []app.ListedAidVisit) gen.AidVisitList {
	list := gen.AidVisitList{Items: make([]gen.ListedAidVisit, len(visits))}
	for i, v := range visits {
		list.Items[i] = gen.ListedAidVisit{
			VisitID: v.ID, HouseholdID: v.HouseholdID, HouseholdNumber: v.Number, RegionName: v.RegionName, ByName: v.ByName, Way: gen.VisitWay(v.Way),
			VisitedAt: v.VisitedAt, Minutes: v.Minutes, State: gen.VisitState(v.State), DecidedBy: v.DecidedByName, DecidedAt: v.DecidedAt,
		}
	}
	return list
}

// DecideAidVisits is POST /aid-visits/decisions.
func (h handlers) DecideAidVisits(ctx context.Context, r gen.DecideAidVisitsRequestObject) (gen.DecideAidVisitsResponseObject, error) {
	decisions := make([]app.AidVisitDecision, len(r.Body.Decisions))
	for i, d := range r.Body.Decisions {
		decisions[i] = app.AidVisitDecision{VisitID: d.VisitID, Counts: d.Counts, Reason: string(d.Reason)}
	}
	if err := h.app.DecideAidVisits(ctx, decisions); err != nil {
		return nil, err
	}
	return gen.DecideAidVisits204Response{}, nil
}
