package api

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/teams/internal/api/gen"
	"github.com/qihe-volunteers/qihe/shared/httpserver"
)

// CreateSignInCode is POST /sign-in-codes.
func (h *api) CreateSignInCode(ctx context.Context, r gen.CreateSignInCodeRequestObject) (gen.CreateSignInCodeResponseObject, error) {
	asked, err := h.app.AskCode(ctx, r.Body.Phone, httpserver.ClientIP(ctx))
	if err != nil {
		return nil, err
	}
	return gen.CreateSignInCode202JSONResponse{
		ExpiresInSeconds: seconds(asked.ExpiresIn),
		RetryInSeconds:   seconds(asked.RetryIn),
	}, nil
}

// CreateSession is POST /sessions.
func (h *api) CreateSession(ctx context.Context, r gen.CreateSessionRequestObject) (gen.CreateSessionResponseObject, error) {
	me, secret, err := h.app.SignIn(ctx, r.Body.Phone, r.Body.Code)
	if err != nil {
		return nil, err
	}
	return gen.CreateSession201JSONResponse{
		Body:    encodeMe(me),
		Headers: gen.CreateSession201ResponseHeaders{QiheSession: secret},
	}, nil
}

// DeleteCurrentSession is DELETE /sessions/current.
func (h *api) DeleteCurrentSession(ctx context.Context, _ gen.DeleteCurrentSessionRequestObject) (gen.DeleteCurrentSessionResponseObject, error) {
	if err := h.app.SignOut(ctx); err != nil {
		return nil, err
	}
	return gen.DeleteCurrentSession204Response{}, nil // an empty Qihe-Session: the portal drops its cookie
}
