package api

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/teams/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/teams/internal/app"
	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
)

// ListMyConsents is GET /me/consents.
func (h *api) ListMyConsents(ctx context.Context, _ gen.ListMyConsentsRequestObject) (gen.ListMyConsentsResponseObject, error) {
	mine, err := h.app.MyConsents(ctx)
	if err != nil {
		return nil, err
	}
	return gen.ListMyConsents200JSONResponse(encodeConsents(mine)), nil
}

// PutConsent is PUT /me/consents/{purpose}.
func (h *api) PutConsent(ctx context.Context, r gen.PutConsentRequestObject) (gen.PutConsentResponseObject, error) {
	mine, err := h.app.SetConsent(ctx, domain.Purpose(r.Purpose), r.Body.Given, r.Body.TextVersion)
	if err != nil {
		return nil, err
	}
	return gen.PutConsent200JSONResponse(encodeConsents(mine)), nil
}

func encodeConsents(mine []app.MyConsent) gen.Consents {
	out := gen.Consents{Items: make([]gen.Consent, len(mine))}
	for i, c := range mine {
		one := gen.Consent{
			Purpose: gen.Purpose(c.Purpose), State: gen.ConsentState(c.State), Since: c.Since,
			Text: encodeConsentText(c.Text), Said: make([]gen.ConsentSaid, len(c.Said)),
		}
		for j, said := range c.Said {
			one.Said[j] = gen.ConsentSaid{Given: said.Given, At: said.At, By: gen.ConsentSaidBy(said.SaidBy)}
			for _, t := range c.Texts {
				if t.Version == said.TextVersion {
					one.Said[j].Text = encodeConsentText(t)
				}
			}
		}
		out.Items[i] = one
	}
	return out
}

func encodeConsentText(t domain.ConsentText) gen.ConsentText {
	return gen.ConsentText{Version: t.Version, Zh: t.Zh, En: t.En, From: t.From}
}
