package api

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/app"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
)

// SetOffers is PUT /companions/mine/offers.
func (h handlers) SetOffers(ctx context.Context, r gen.SetOffersRequestObject) (gen.SetOffersResponseObject, error) {
	offers := make([]string, len(r.Body.Offers))
	for i, o := range r.Body.Offers {
		offers[i] = string(o)
	}
	if err := h.app.SetOffers(ctx, offers); err != nil {
		return nil, err
	}
	return gen.SetOffers204Response{}, nil
}

// RunMatching is POST /matching-runs.
func (h handlers) RunMatching(ctx context.Context, r gen.RunMatchingRequestObject) (gen.RunMatchingResponseObject, error) {
	runID, err := h.app.RunMatching(ctx, app.MatchingQuery{RegionCode: r.Body.RegionCode, RelaxSex: r.Body.RelaxSex})
	if err != nil {
		return nil, err
	}
	return gen.RunMatching201JSONResponse{RunID: runID}, nil
}

// ListMatchingRuns is GET /matching-runs.
func (h handlers) ListMatchingRuns(ctx context.Context, _ gen.ListMatchingRunsRequestObject) (gen.ListMatchingRunsResponseObject, error) {
	runs, err := h.app.ListMatchingRuns(ctx)
	if err != nil {
		return nil, err
	}
	list := gen.MatchingRunList{Items: make([]gen.MatchingRun, len(runs))}
	for i, run := range runs {
		list.Items[i] = gen.MatchingRun{
			RunID: run.ID, RegionName: run.RegionName, RelaxSex: run.RelaxSex, ByName: run.ByName, At: run.At, Children: run.Children, Places: run.Places,
			Pairs: run.Pairs, Total: run.Total, Millis: run.Millis,
		}
	}
	return gen.ListMatchingRuns200JSONResponse(list), nil
}

// ListMatchedPairs is GET /matching-runs/{run_id}/pairs.
func (h handlers) ListMatchedPairs(ctx context.Context, r gen.ListMatchedPairsRequestObject) (gen.ListMatchedPairsResponseObject, error) {
	pairs, err := h.app.ListMatchedPairs(ctx, r.RunID, r.Params.After)
	if err != nil {
		return nil, err
	}
	list := gen.MatchedPairList{Items: make([]gen.MatchedPair, len(pairs))}
	for i, p := range pairs {
		list.Items[i] = gen.MatchedPair{
			PairID: p.ID, N: p.N, ChildID: p.ChildID, Number: p.Number, BirthYear: p.BirthYear, Sex: gen.Sex(p.Sex), ChildRegion: p.ChildRegion, Waits: p.ChildStillWaits,
			CompanionID: p.CompanionID, CompanionName: p.CompanionName, CompanionRegion: p.CompanionRegion, Reasons: p.Reasons,
			Decision: gen.MatchedPairDecision(p.Decision), Reason: p.Reason,
		}
	}
	return gen.ListMatchedPairs200JSONResponse(list), nil
}

// AcceptPair is POST /matched-pairs/{pair_id}/acceptance.
func (h handlers) AcceptPair(ctx context.Context, r gen.AcceptPairRequestObject) (gen.AcceptPairResponseObject, error) {
	b := r.Body
	pairingID, err := h.app.AcceptPair(ctx, r.PairID, domain.NewPairing{
		SupervisorID: b.SupervisorID, DeputyID: b.DeputyID, TeamID: b.TeamID, SexReason: string(b.SexReason),
	})
	if err != nil {
		return nil, err
	}
	return gen.AcceptPair201JSONResponse{PairingID: pairingID}, nil
}

// RefusePair is PUT /matched-pairs/{pair_id}/refusal.
func (h handlers) RefusePair(ctx context.Context, r gen.RefusePairRequestObject) (gen.RefusePairResponseObject, error) {
	if err := h.app.RefusePair(ctx, r.PairID, string(r.Body.Reason)); err != nil {
		return nil, err
	}
	return gen.RefusePair204Response{}, nil
}
