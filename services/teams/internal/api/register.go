package api

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/teams/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/teams/internal/app"
	"github.com/qihe-volunteers/qihe/shared/httpserver"
)

// CreateRegistrationCode is POST /registration-codes.
func (h *api) CreateRegistrationCode(ctx context.Context, r gen.CreateRegistrationCodeRequestObject) (gen.CreateRegistrationCodeResponseObject, error) {
	asked, err := h.app.AskRegistrationCode(ctx, r.Body.Phone, httpserver.ClientIP(ctx))
	if err != nil {
		return nil, err
	}
	return gen.CreateRegistrationCode202JSONResponse{
		ExpiresInSeconds: seconds(asked.ExpiresIn),
		RetryInSeconds:   seconds(asked.RetryIn),
	}, nil
}

// CreateRegistration is POST /registrations.
func (h *api) CreateRegistration(ctx context.Context, r gen.CreateRegistrationRequestObject) (gen.CreateRegistrationResponseObject, error) {
	me, secret, err := h.app.Register(ctx, app.Registration{
		Phone: r.Body.Phone, Code: r.Body.Code, Name: r.Body.Name,
		RegionCode: r.Body.RegionCode, Adult: r.Body.Adult, IDNumber: r.Body.IDNumber,
	})
	if err != nil {
		return nil, err
	}
	return gen.CreateRegistration201JSONResponse{
		Body:    encodeMe(me),
		Headers: gen.CreateRegistration201ResponseHeaders{QiheSession: secret},
	}, nil
}
