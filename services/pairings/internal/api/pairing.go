package api

import (
	"context"
	"time"

	openapi_types "github.com/oapi-codegen/runtime/types"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/app"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
)

// ListPairings is GET /pairings.
func (h handlers) ListPairings(ctx context.Context, r gen.ListPairingsRequestObject) (gen.ListPairingsResponseObject, error) {
	page, err := h.app.ListPairings(ctx, app.ListQuery{Part: string(r.Params.Part), After: r.Params.After, Limit: r.Params.Limit})
	if err != nil {
		return nil, err
	}
	c := page.Counts
	list := gen.PairingList{
		Items: make([]gen.ListedPairing, len(page.Items)), Next: page.Next,
		Counts: gen.PairingCounts{Due: c["due"], Proposed: c["proposed"], Trial: c["trial"], Active: c["active"], Paused: c["paused"], Closed: c["closed"]},
	}
	for i, p := range page.Items {
		list.Items[i] = pairingOf(p)
	}
	return gen.ListPairings200JSONResponse(list), nil
}

func pairingOf(p app.ListedPairing) gen.ListedPairing {
	return gen.ListedPairing{
		PairingID: p.ID, ChildID: p.ChildID, ChildNumber: p.ChildNumber, BirthYear: p.BirthYear, Sex: gen.Sex(p.Sex), RegionName: p.RegionName,
		CompanionID: p.CompanionID, VolunteerName: p.VolunteerName, TeamName: p.TeamName, State: gen.PairingState(p.State), StateAt: p.StateAt,
		ProposedAt: p.ProposedAt, ProposerName: p.ProposerName, SexReason: p.SexReason,
		VolunteerAgreed: !p.VolunteerAgreedAt.IsZero(), GuardianAgreed: !p.GuardianAgreedAt.IsZero(), GuardianForm: p.GuardianForm, OfficerAgreed: !p.OfficerAgreedAt.IsZero(),
		TrialEndsAt: p.TrialEndsAt, SupervisorID: p.SupervisorID, SupervisorName: p.SupervisorName, DeputyID: p.DeputyID, DeputyName: p.DeputyName,
		AwayFrom: p.AwayFrom, AwayUntil: p.AwayUntil, SupervisingID: p.SupervisingID, Plan: p.Plan, PausedReason: p.PausedReason,
		ClosedReason: p.ClosedReason, FarewellOn: p.FarewellOn, HandedOverTo: p.HandedOverTo, Attention: p.Attention, Overdue: p.Overdue,
		Mine: p.Mine, HoldsCase: p.HoldsCase, MayDecide: p.MayDecide, Manages: p.Manages, HasHandover: p.Handover != nil,
	}
}

// ProposePairing is POST /pairings.
func (h handlers) ProposePairing(ctx context.Context, r gen.ProposePairingRequestObject) (gen.ProposePairingResponseObject, error) {
	pairingID, err := h.app.ProposePairing(ctx, domain.NewPairing{
		ChildID: r.Body.ChildID, CompanionID: r.Body.CompanionID, TeamID: r.Body.TeamID, SexReason: string(r.Body.SexReason),
		SupervisorID: r.Body.SupervisorID, DeputyID: r.Body.DeputyID, Plan: r.Body.Plan,
	})
	if err != nil {
		return nil, err
	}
	return gen.ProposePairing201JSONResponse{PairingID: pairingID}, nil
}

// GetPairing is GET /pairings/{pairing_id}.
func (h handlers) GetPairing(ctx context.Context, r gen.GetPairingRequestObject) (gen.GetPairingResponseObject, error) {
	p, err := h.app.GetPairing(ctx, r.PairingID)
	if err != nil {
		return nil, err
	}
	return gen.GetPairing200JSONResponse(pairingOf(p)), nil
}

// RecordGuardianAnswer is PUT /pairings/{pairing_id}/guardian-answer.
func (h handlers) RecordGuardianAnswer(ctx context.Context, r gen.RecordGuardianAnswerRequestObject) (gen.RecordGuardianAnswerResponseObject, error) {
	if err := h.app.RecordGuardianAnswer(ctx, r.PairingID, r.Body.Agreed, r.Body.FormNumber); err != nil {
		return nil, err
	}
	return gen.RecordGuardianAnswer204Response{}, nil
}

// DecidePairing is PUT /pairings/{pairing_id}/decision.
func (h handlers) DecidePairing(ctx context.Context, r gen.DecidePairingRequestObject) (gen.DecidePairingResponseObject, error) {
	if err := h.app.DecidePairing(ctx, r.PairingID, r.Body.Agreed); err != nil {
		return nil, err
	}
	return gen.DecidePairing204Response{}, nil
}

// ReviewTrial is PUT /pairings/{pairing_id}/review.
func (h handlers) ReviewTrial(ctx context.Context, r gen.ReviewTrialRequestObject) (gen.ReviewTrialResponseObject, error) {
	if err := h.app.ReviewTrial(ctx, r.PairingID, r.Body.GoesOn); err != nil {
		return nil, err
	}
	return gen.ReviewTrial204Response{}, nil
}

// PausePairing is PUT /pairings/{pairing_id}/pause.
func (h handlers) PausePairing(ctx context.Context, r gen.PausePairingRequestObject) (gen.PausePairingResponseObject, error) {
	if err := h.app.PausePairing(ctx, r.PairingID, string(r.Body.Reason)); err != nil {
		return nil, err
	}
	return gen.PausePairing204Response{}, nil
}

// ResumePairing is PUT /pairings/{pairing_id}/resumption.
func (h handlers) ResumePairing(ctx context.Context, r gen.ResumePairingRequestObject) (gen.ResumePairingResponseObject, error) {
	if err := h.app.ResumePairing(ctx, r.PairingID); err != nil {
		return nil, err
	}
	return gen.ResumePairing204Response{}, nil
}

// ClosePairing is PUT /pairings/{pairing_id}/end.
func (h handlers) ClosePairing(ctx context.Context, r gen.ClosePairingRequestObject) (gen.ClosePairingResponseObject, error) {
	if err := h.app.ClosePairing(ctx, r.PairingID, domain.Ending{Reason: string(r.Body.Reason), FarewellOn: dayOr(r.Body.FarewellOn), Note: r.Body.Note}); err != nil {
		return nil, err
	}
	return gen.ClosePairing204Response{}, nil
}

// dayOr is a day that may be missing: empty then.
func dayOr(day openapi_types.Date) string {
	if day.IsZero() {
		return ""
	}
	return day.Format(time.DateOnly)
}

// TransferPairing is POST /pairings/{pairing_id}/transfer.
func (h handlers) TransferPairing(ctx context.Context, r gen.TransferPairingRequestObject) (gen.TransferPairingResponseObject, error) {
	nextID, err := h.app.TransferPairing(ctx, r.PairingID, domain.NewPairing{
		CompanionID: r.Body.CompanionID, TeamID: r.Body.TeamID, SexReason: string(r.Body.SexReason),
		SupervisorID: r.Body.SupervisorID, DeputyID: r.Body.DeputyID, Plan: r.Body.Plan,
	}, domain.Ending{FarewellOn: dayOr(r.Body.FarewellOn), Note: r.Body.Note})
	if err != nil {
		return nil, err
	}
	return gen.TransferPairing201JSONResponse{PairingID: nextID}, nil
}

// SetSupervision is PUT /pairings/{pairing_id}/supervision.
func (h handlers) SetSupervision(ctx context.Context, r gen.SetSupervisionRequestObject) (gen.SetSupervisionResponseObject, error) {
	if err := h.app.SetSupervision(ctx, r.PairingID, r.Body.SupervisorID, r.Body.DeputyID); err != nil {
		return nil, err
	}
	return gen.SetSupervision204Response{}, nil
}

// SetAbsence is PUT /pairings/{pairing_id}/absence.
func (h handlers) SetAbsence(ctx context.Context, r gen.SetAbsenceRequestObject) (gen.SetAbsenceResponseObject, error) {
	if err := h.app.SetAbsence(ctx, r.PairingID, dayOr(r.Body.From), dayOr(r.Body.Until)); err != nil {
		return nil, err
	}
	return gen.SetAbsence204Response{}, nil
}

// ReadHandover is POST /pairings/{pairing_id}/handover.
func (h handlers) ReadHandover(ctx context.Context, r gen.ReadHandoverRequestObject) (gen.ReadHandoverResponseObject, error) {
	note, err := h.app.ReadHandover(ctx, r.PairingID)
	if err != nil {
		return nil, err
	}
	return gen.ReadHandover200JSONResponse{Note: note}, nil
}

// ListPairingChoices is GET /children/{child_id}/pairing-choices.
func (h handlers) ListPairingChoices(ctx context.Context, r gen.ListPairingChoicesRequestObject) (gen.ListPairingChoicesResponseObject, error) {
	choices, err := h.app.ListChoices(ctx, r.ChildID)
	if err != nil {
		return nil, err
	}
	answer := gen.PairingChoices{
		CompanionSex: gen.PairingChoicesCompanionSex(choices.CompanionSex), Companions: make([]gen.CompanionChoice, len(choices.Companions)),
		Officers: make([]gen.CareOfficer, len(choices.Officers)),
	}
	for i, c := range choices.Companions {
		teams := make([]gen.TeamChoice, len(c.Teams))
		for j, t := range c.Teams {
			teams[j] = gen.TeamChoice{TeamID: t.TeamID, Name: t.Name}
		}
		answer.Companions[i] = gen.CompanionChoice{
			CompanionID: c.CompanionID, Name: c.Name, RegionName: c.RegionName, Open: c.Open, Full: c.Full, Suits: c.Suits, Teams: teams,
		}
	}
	for i, o := range choices.Officers {
		answer.Officers[i] = gen.CareOfficer{OfficerID: o.VolunteerID, Name: o.Name, Holds: o.Holds}
	}
	return gen.ListPairingChoices200JSONResponse(answer), nil
}

// CountTeamPairings is GET /teams/{team_id}/pairings.
func (h handlers) CountTeamPairings(ctx context.Context, r gen.CountTeamPairingsRequestObject) (gen.CountTeamPairingsResponseObject, error) {
	t, err := h.app.CountTeamPairings(ctx, r.TeamID)
	if err != nil {
		return nil, err
	}
	return gen.CountTeamPairings200JSONResponse{Proposed: t.Proposed, Trial: t.Trial, Active: t.Active, Paused: t.Paused}, nil
}
