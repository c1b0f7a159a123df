package api

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/teams/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/teams/internal/app"
	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
)

// CreateGuardianConsent is POST /volunteers/{volunteer_id}/guardian-consents.
func (h *api) CreateGuardianConsent(ctx context.Context, r gen.CreateGuardianConsentRequestObject) (gen.CreateGuardianConsentResponseObject, error) {
	record, err := h.app.RecordGuardianConsent(ctx, r.VolunteerID, guardianDraft(*r.Body))
	if err != nil {
		return nil, err
	}
	return gen.CreateGuardianConsent201JSONResponse(encodeRecord(record)), nil
}

// WithdrawGuardianConsent is POST /volunteers/{volunteer_id}/guardian-consents/withdraw.
func (h *api) WithdrawGuardianConsent(ctx context.Context, r gen.WithdrawGuardianConsentRequestObject) (gen.WithdrawGuardianConsentResponseObject, error) {
	record, err := h.app.WithdrawGuardianConsent(ctx, r.VolunteerID)
	if err != nil {
		return nil, err
	}
	return gen.WithdrawGuardianConsent200JSONResponse(encodeRecord(record)), nil
}

// ListVolunteerConsents is GET /volunteers/{volunteer_id}/consents.
func (h *api) ListVolunteerConsents(ctx context.Context, r gen.ListVolunteerConsentsRequestObject) (gen.ListVolunteerConsentsResponseObject, error) {
	consents, err := h.app.ConsentsOf(ctx, r.VolunteerID)
	if err != nil {
		return nil, err
	}
	return gen.ListVolunteerConsents200JSONResponse(encodeConsents(consents)), nil
}

// PutVolunteerConsent is PUT /volunteers/{volunteer_id}/consents/{purpose}.
func (h *api) PutVolunteerConsent(ctx context.Context, r gen.PutVolunteerConsentRequestObject) (gen.PutVolunteerConsentResponseObject, error) {
	consents, err := h.app.SayAsGuardian(ctx, r.VolunteerID, domain.Purpose(r.Purpose), r.Body.Given, r.Body.TextVersion)
	if err != nil {
		return nil, err
	}
	return gen.PutVolunteerConsent200JSONResponse(encodeConsents(consents)), nil
}

func guardianDraft(g gen.NewGuardianConsent) app.GuardianDraft {
	return app.GuardianDraft{
		Name: g.GuardianName, Phone: g.GuardianPhone, Relation: string(g.Relation), FormNumber: g.FormNumber, ArchivedAt: g.ArchivedAt,
	}
}

// encodeGuardian shows of the guardian no more than a masked name and phone.
func encodeGuardian(g domain.GuardianConsent) gen.GuardianConsent {
	return gen.GuardianConsent{
		GuardianMasked: domain.MaskedName(g.GuardianName), PhoneMasked: g.GuardianPhone.Masked(), Relation: gen.Relation(g.Relation),
		FormNumber: g.FormNumber, ArchivedAt: g.ArchivedAt, TextVersion: g.TextVersion, From: g.From, WithdrawnAt: g.WithdrawnAt,
	}
}
