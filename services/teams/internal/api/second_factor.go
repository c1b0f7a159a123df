package api

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/qihe-volunteers/qihe/services/teams/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/teams/internal/app"
)

// GetSecurity is GET /me/security.
func (h *api) GetSecurity(ctx context.Context, _ gen.GetSecurityRequestObject) (gen.GetSecurityResponseObject, error) {
	s, err := h.app.Security(ctx)
	if err != nil {
		return nil, err
	}
	out := gen.GetSecurity200JSONResponse{
		PhoneMasked: s.Phone.Masked(), Totp: s.TOTP, RecoveryLeft: s.Recovery, Officer: s.Officer, PasskeyOrigin: s.Origin,
		Passkeys: make([]gen.Passkey, len(s.Passkeys)), StrongUntil: s.StrongUntil,
	}
	for i, k := range s.Passkeys {
		out.Passkeys[i] = gen.Passkey{PasskeyID: k.ID, Name: k.Name, CreatedOn: dayOf(k.CreatedAt), UsedOn: dayOrNone(k.UsedAt)}
	}
	return out, nil
}

func dayOrNone(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return dayOf(t)
}

// CreatePasskeyOptions is POST /me/passkeys/options.
func (h *api) CreatePasskeyOptions(ctx context.Context, _ gen.CreatePasskeyOptionsRequestObject) (gen.CreatePasskeyOptionsResponseObject, error) {
	options, err := h.app.StartPasskey(ctx)
	if err != nil {
		return nil, err
	}
	out, err := object(options)
	return gen.CreatePasskeyOptions200JSONResponse{Options: out}, err
}

// CreatePasskey is POST /me/passkeys.
func (h *api) CreatePasskey(ctx context.Context, r gen.CreatePasskeyRequestObject) (gen.CreatePasskeyResponseObject, error) {
	codes, err := h.app.FinishPasskey(ctx, r.Body.Name, []byte(r.Body.Credential))
	if err != nil {
		return nil, err
	}
	return gen.CreatePasskey201JSONResponse{
		Body:    gen.RecoveryCodes{Codes: list(codes)},
		Headers: gen.CreatePasskey201ResponseHeaders{QiheSessionChanged: "yes"},
	}, nil
}

// DeletePasskey is DELETE /me/passkeys/{passkey_id}.
func (h *api) DeletePasskey(ctx context.Context, r gen.DeletePasskeyRequestObject) (gen.DeletePasskeyResponseObject, error) {
	if err := h.app.RemovePasskey(ctx, r.PasskeyID); err != nil {
		return nil, err
	}
	return gen.DeletePasskey204Response{}, nil
}

// CreateTotp is POST /me/totp.
func (h *api) CreateTotp(ctx context.Context, _ gen.CreateTotpRequestObject) (gen.CreateTotpResponseObject, error) {
	made, err := h.app.StartTOTP(ctx)
	if err != nil {
		return nil, err
	}
	return gen.CreateTotp201JSONResponse{Secret: made.Secret, URI: made.URI}, nil
}

// ConfirmTotp is POST /me/totp/confirm.
func (h *api) ConfirmTotp(ctx context.Context, r gen.ConfirmTotpRequestObject) (gen.ConfirmTotpResponseObject, error) {
	codes, err := h.app.ConfirmTOTP(ctx, r.Body.Code)
	if err != nil {
		return nil, err
	}
	return gen.ConfirmTotp200JSONResponse{
		Body:    gen.RecoveryCodes{Codes: list(codes)},
		Headers: gen.ConfirmTotp200ResponseHeaders{QiheSessionChanged: "yes"},
	}, nil
}

// DeleteTotp is DELETE /me/totp.
func (h *api) DeleteTotp(ctx context.Context, _ gen.DeleteTotpRequestObject) (gen.DeleteTotpResponseObject, error) {
	if err := h.app.RemoveTOTP(ctx); err != nil {
		return nil, err
	}
	return gen.DeleteTotp204Response{}, nil
}

// CreateRecoveryCodes is POST /me/recovery-codes.
func (h *api) CreateRecoveryCodes(ctx context.Context, _ gen.CreateRecoveryCodesRequestObject) (gen.CreateRecoveryCodesResponseObject, error) {
	codes, err := h.app.NewRecoveryCodes(ctx)
	if err != nil {
		return nil, err
	}
	return gen.CreateRecoveryCodes201JSONResponse{Codes: list(codes)}, nil
}

// CreateStepUpOptions is POST /me/step-up/options.
func (h *api) CreateStepUpOptions(ctx context.Context, _ gen.CreateStepUpOptionsRequestObject) (gen.CreateStepUpOptionsResponseObject, error) {
	options, err := h.app.StartStepUp(ctx)
	if err != nil {
		return nil, err
	}
	out, err := object(options)
	return gen.CreateStepUpOptions200JSONResponse{Options: out}, err
}

// StepUp is POST /me/step-up.
func (h *api) StepUp(ctx context.Context, r gen.StepUpRequestObject) (gen.StepUpResponseObject, error) {
	proof := app.Proof{Passkey: []byte(r.Body.Credential), TOTP: r.Body.Code, Recovery: r.Body.RecoveryCode}
	if err := h.app.StepUp(ctx, proof); err != nil {
		return nil, err
	}
	return gen.StepUp204Response{Headers: gen.StepUp204ResponseHeaders{QiheSessionChanged: "yes"}}, nil
}

// ResetSecondFactor is POST /volunteers/{volunteer_id}/second-factor/reset.
func (h *api) ResetSecondFactor(ctx context.Context, r gen.ResetSecondFactorRequestObject) (gen.ResetSecondFactorResponseObject, error) {
	if err := h.app.ResetFactor(ctx, r.VolunteerID, r.Body.Reason); err != nil {
		return nil, err
	}
	return gen.ResetSecondFactor204Response{}, nil
}

// object returns a value of the library as the JSON object it stands for.
func object(v any) (map[string]any, error) {
	raw, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("encode options: %w", err)
	}
	var out map[string]any
	if err := json.Unmarshal(raw, &out); err != nil {
		return nil, fmt.Errorf("encode options: %w", err)
	}
	return out, nil
}

// list is never null in JSON.
func list(codes []string) []string { return append([]string{}, codes...) }
