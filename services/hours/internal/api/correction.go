package api

import (
	"context"
	"errors"
	"time"

	"github.com/qihe-volunteers/qihe/services/hours/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/hours/internal/app"
	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
)

// GetEntry is GET /entries/{entry_id}.
func (h handlers) GetEntry(ctx context.Context, r gen.GetEntryRequestObject) (gen.GetEntryResponseObject, error) {
	v, err := h.app.FindEntry(ctx, r.EntryID)
	if err != nil {
		return nil, err
	}
	return gen.GetEntry200JSONResponse{
		Entry: entryOf(v.MyEntry), Person: v.Person, As: gen.EntryFactsAs(v.As), Asked: v.Asked, Undone: v.Undone,
	}, nil
}

// AskCorrection is POST /entries/{entry_id}/corrections.
func (h handlers) AskCorrection(ctx context.Context, r gen.AskCorrectionRequestObject) (gen.AskCorrectionResponseObject, error) {
	v, err := h.app.AskCorrection(ctx, r.EntryID, r.Body.Reason, domain.Served{From: r.Body.From, To: r.Body.To, Minutes: r.Body.Minutes})
	if err != nil {
		return nil, err
	}
	return gen.AskCorrection201JSONResponse(correctionOf(v)), nil
}

// ListCorrections is GET /corrections.
func (h handlers) ListCorrections(ctx context.Context, r gen.ListCorrectionsRequestObject) (gen.ListCorrectionsResponseObject, error) {
	var views []app.CorrectionView
	var next string
	var err error
	switch r.Params.Of {
	case gen.ListCorrectionsParamsOfToDecide:
		views, next, err = h.app.ListCorrectionsToDecide(ctx, r.Params.Region, r.Params.After)
	case gen.ListCorrectionsParamsOfDecided:
		views, next, err = h.app.ListDecidedCorrections(ctx, r.Params.Region, r.Params.After)
	case gen.ListCorrectionsParamsOfTeam:
		views, next, err = h.app.ListTeamCorrections(ctx, r.Params.TeamID, r.Params.After)
	default:
		views, next, err = h.app.ListMyCorrections(ctx, r.Params.After)
	}
	if err != nil {
		return nil, err
	}
	list := gen.CorrectionList{Items: []gen.Correction{}, Next: next}
	for _, v := range views {
		list.Items = append(list.Items, correctionOf(v))
	}
	return gen.ListCorrections200JSONResponse(list), nil
}

// GetCorrection is GET /corrections/{correction_id}.
func (h handlers) GetCorrection(ctx context.Context, r gen.GetCorrectionRequestObject) (gen.GetCorrectionResponseObject, error) {
	v, err := h.app.FindCorrection(ctx, r.CorrectionID)
	if err != nil {
		return nil, err
	}
	return gen.GetCorrection200JSONResponse(correctionOf(v)), nil
}

// DecideCorrection is POST /corrections/{correction_id}/decide.
func (h handlers) DecideCorrection(ctx context.Context, r gen.DecideCorrectionRequestObject) (gen.DecideCorrectionResponseObject, error) {
	d := app.CorrectionDecision{Accept: r.Body.Accept, Reason: r.Body.Reason}
	if to := r.Body.To; to != (gen.Span{}) {
		d.To = &domain.Served{From: to.From, To: to.To, Minutes: to.Minutes}
	}
	if err := h.app.DecideCorrection(ctx, r.CorrectionID, d); err != nil {
		return nil, err
	}
	return gen.DecideCorrection204Response{}, nil
}

// WithdrawCorrection is POST /corrections/{correction_id}/withdraw.
func (h handlers) WithdrawCorrection(ctx context.Context, r gen.WithdrawCorrectionRequestObject) (gen.WithdrawCorrectionResponseObject, error) {
	if err := h.app.WithdrawCorrection(ctx, r.CorrectionID); err != nil {
		return nil, err
	}
	return gen.WithdrawCorrection204Response{}, nil
}

func correctionOf(v app.CorrectionView) gen.Correction {
	c := gen.Correction{
		CorrectionID: v.ID, State: gen.CorrectionState(v.State), AskedAs: gen.CorrectionAskedAs(v.AskedAs), AskedBy: v.Asker, Mine: v.Mine,
		AskedAt: v.AskedAt, Reason: v.Reason, Wanted: spanOf(v.Wanted.From, v.Wanted.To, v.Wanted.Minutes),
		EntryID: v.EntryID, Title: v.Entry.Title, Person: v.Person, TeamID: v.TeamID, TeamName: v.Team,
		Was: spanOf(v.Entry.From, v.Entry.To, v.Entry.Minutes), Proof: proofs[v.Entry.Verification], ConfirmedAt: v.Entry.ConfirmedAt,
		Turn: gen.CorrectionTurn(v.Place.Turn), Deciders: append([]string{}, v.Deciders...), Office: v.Office, DueOn: v.DueOn.String(), Rises: v.Rises,
		MayDecide: v.MayDecide(), DecidedBy: v.Decider, DecidedAt: v.DecidedAt, Decision: v.Decision,
	}
	if v.Anew != nil {
		c.Now = spanOf(v.Anew.From, v.Anew.To, v.Anew.Minutes)
	}
	if v.State == domain.CorrectionOpen {
		c.MayNot = whyNot(v.MayNot)
	}
	return c
}

func whyNot(err error) gen.CorrectionMayNot {
	switch {
	case err == nil:
		return ""
	case errors.Is(err, domain.ErrOwnCorrection):
		return gen.Own
	case errors.Is(err, domain.ErrOwnConfirmation):
		return gen.Confirmed
	}
	return gen.Elsewhere
}

func spanOf(from, to time.Time, minutes int) gen.Span {
	return gen.Span{From: from, To: to, Minutes: minutes}
}
