package api

import (
	"bytes"
	"context"
	"io"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/app"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
)

// RecordConsent is POST /children/{child_id}/consents.
func (h handlers) RecordConsent(ctx context.Context, r gen.RecordConsentRequestObject) (gen.RecordConsentResponseObject, error) {
	consentID, err := h.app.RecordConsent(ctx, r.ChildID, domain.NewPaper{
		FormNumber: r.Body.FormNumber, GivenOn: r.Body.GivenOn.String(), ForPhone: r.Body.ForPhone,
		Form: domain.ConsentForm{Witness: r.Body.Witness, Archive: r.Body.Archive},
	})
	if err != nil {
		return nil, err
	}
	return gen.RecordConsent201JSONResponse{ConsentID: consentID}, nil
}

// WithdrawConsent is PUT /children/{child_id}/consent-withdrawal.
func (h handlers) WithdrawConsent(ctx context.Context, r gen.WithdrawConsentRequestObject) (gen.WithdrawConsentResponseObject, error) {
	if err := h.app.WithdrawConsent(ctx, r.ChildID); err != nil {
		return nil, err
	}
	return gen.WithdrawConsent204Response{}, nil
}

// AddSignature is POST /consent-signatures.
func (h handlers) AddSignature(ctx context.Context, r gen.AddSignatureRequestObject) (gen.AddSignatureResponseObject, error) {
	file, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	if err := h.app.AddSignature(ctx, r.Params.ConsentID, file); err != nil {
		return nil, err
	}
	return gen.AddSignature204Response{}, nil
}

// ReadSignature is POST /consent-signatures/{consent_id}/read.
func (h handlers) ReadSignature(ctx context.Context, r gen.ReadSignatureRequestObject) (gen.ReadSignatureResponseObject, error) {
	scan, err := h.app.ReadSignature(ctx, r.ConsentID)
	if err != nil {
		return nil, err
	}
	return gen.ReadSignature200ApplicationOctetStreamResponse{Body: bytes.NewReader(scan), ContentLength: int64(len(scan))}, nil
}

// MakeConsentLink is POST /children/{child_id}/consent-link.
func (h handlers) MakeConsentLink(ctx context.Context, r gen.MakeConsentLinkRequestObject) (gen.MakeConsentLinkResponseObject, error) {
	l, secret, err := h.app.MakeConsentLink(ctx, r.ChildID)
	if err != nil {
		return nil, err
	}
	return gen.MakeConsentLink201JSONResponse{Secret: secret, AnswerBy: l.AnswerBy}, nil
}

// OpenConsentLink is POST /consent-links/open.
func (h handlers) OpenConsentLink(ctx context.Context, r gen.OpenConsentLinkRequestObject) (gen.OpenConsentLinkResponseObject, error) {
	v, err := h.app.OpenConsentLink(ctx, app.Guardian{Secret: r.Body.Secret, Digits: r.Body.Digits})
	if err != nil {
		return nil, err
	}
	view := gen.OpenConsentLink200JSONResponse{
		AnswerBy: v.AnswerBy, Answered: v.Answered, Agreed: v.Agreed, Proved: v.Proved, ChildName: v.ChildName, EndsAt: v.EndsAt, ForPhone: v.ForPhone,
		Withdrawn: v.Withdrawn, MayRetract: v.MayRetract, Openings: openingsOf(v.Openings),
	}
	if p := v.Companion; p != nil {
		view.Companion = gen.ProposedCompanion{Name: p.Name, RegionName: p.RegionName, TeamName: p.TeamName, Waits: p.Waits, Agreed: p.Agreed}
	}
	return view, nil
}

// AnswerConsentLink is POST /consent-links/answer.
func (h handlers) AnswerConsentLink(ctx context.Context, r gen.AnswerConsentLinkRequestObject) (gen.AnswerConsentLinkResponseObject, error) {
	if err := h.app.AnswerConsentLink(ctx, app.GuardianAnswer{
		Guardian: app.Guardian{Secret: r.Body.Secret, Digits: r.Body.Digits}, Answer: string(r.Body.Answer),
		ForData: r.Body.ForData, ForPairing: r.Body.ForPairing, ForPhone: r.Body.ForPhone,
	}); err != nil {
		return nil, err
	}
	return gen.AnswerConsentLink204Response{}, nil
}
