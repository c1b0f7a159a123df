package api

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/hours/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/hours/internal/app"
	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/apperr"
)

// ListHeldCredits is GET /held-credits.
func (h handlers) ListHeldCredits(ctx context.Context, _ gen.ListHeldCreditsRequestObject) (gen.ListHeldCreditsResponseObject, error) {
	held, err := h.app.ListHeld(ctx)
	if err != nil {
		return nil, err
	}
	list := gen.ListHeldCredits200JSONResponse{Items: make([]gen.HeldCredit, len(held))}
	for i, v := range held {
		list.Items[i] = gen.HeldCredit{
			HeldID: v.Entry.ID, Volunteer: v.Volunteer, HeldAt: v.HeldAt, MayDecide: v.MayDecide,
			This: heldSide(v.Entry, v.TeamName, v.ConfirmedBy), Other: heldSide(v.Other, v.OtherTeam, v.OtherBy),
		}
	}
	return list, nil
}

func heldSide(e domain.Entry, team, confirmedBy string) gen.HeldSide {
	return gen.HeldSide{Title: e.Title, TeamName: team, From: e.From, To: e.To, Minutes: e.Minutes, Proof: proofs[e.Verification], ConfirmedBy: confirmedBy}
}

// DecideHeldCredit is POST /held-credits/{held_id}/decision.
func (h handlers) DecideHeldCredit(ctx context.Context, r gen.DecideHeldCreditRequestObject) (gen.DecideHeldCreditResponseObject, error) {
	d := app.HeldDecision{From: r.Body.From.UTC(), To: r.Body.To.UTC(), Reason: r.Body.Reason}
	if err := h.app.DecideHeld(ctx, r.HeldID, d); err != nil {
		return nil, err
	}
	return gen.DecideHeldCredit204Response{}, nil
}

// ListDayCaps is GET /day-caps.
func (h handlers) ListDayCaps(ctx context.Context, _ gen.ListDayCapsRequestObject) (gen.ListDayCapsResponseObject, error) {
	c, err := h.app.ListDayCaps(ctx)
	if err != nil {
		return nil, err
	}
	list := gen.ListDayCaps200JSONResponse{Today: c.Today.String(), MaySet: c.MaySet, Items: make([]gen.DayCap, len(c.Caps))}
	for i, v := range c.Caps {
		list.Items[i] = gen.DayCap{
			ProgrammeID: v.ProgrammeID, ProgrammeName: v.ProgrammeName, ValidFrom: v.ValidFrom.String(), Minutes: v.Minutes,
			Reason: v.Reason, SetBy: v.SetByName, SetAt: v.SetAt,
		}
	}
	return list, nil
}

// SetDayCap is POST /day-caps.
func (h handlers) SetDayCap(ctx context.Context, r gen.SetDayCapRequestObject) (gen.SetDayCapResponseObject, error) {
	from, ok := domain.ParseDay(r.Body.ValidFrom)
	if !ok {
		return nil, apperr.For("valid_from", domain.ErrCapDay)
	}
	err := h.app.SetDayCap(ctx, domain.DayCap{ProgrammeID: r.Body.ProgrammeID, ValidFrom: from, Minutes: r.Body.Minutes, Reason: r.Body.Reason})
	if err != nil {
		return nil, err
	}
	return gen.SetDayCap204Response{}, nil
}
