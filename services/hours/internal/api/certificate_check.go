package api

import (
	"context"
	"encoding/base64"

	"github.com/qihe-volunteers/qihe/services/hours/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/hours/internal/app"
	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/httpserver"
)

// CheckCertificate is GET /service-certificates/check/{code}.
func (h handlers) CheckCertificate(ctx context.Context, r gen.CheckCertificateRequestObject) (gen.CheckCertificateResponseObject, error) {
	c, err := h.app.CheckCertificate(ctx, httpserver.ClientIP(ctx), r.Code)
	if err != nil {
		return nil, err
	}
	one := certificateOf(c.Certificate)
	return gen.CheckCertificate200JSONResponse{
		State: one.State, Number: one.Number, MaskedName: c.MaskedName, Minutes: one.Minutes, Times: one.Times, FirstDay: one.FirstDay, LastDay: one.LastDay,
		Issuer: one.Issuer, Contact: c.Issuer.Contact, IssuedOn: one.IssuedOn, EndedOn: one.EndedOn, ReplacedBy: one.ReplacedBy,
		SettledOn: c.SettledOn.String(), Position: c.Position, LogSize: c.LogSize, LogRoot: base64.StdEncoding.EncodeToString(c.LogRoot),
	}, nil
}

// CheckCertificates is POST /service-certificates/check.
func (h handlers) CheckCertificates(ctx context.Context, r gen.CheckCertificatesRequestObject) (gen.CheckCertificatesResponseObject, error) {
	found, err := h.app.CheckCertificates(ctx, httpserver.ClientIP(ctx), r.Body.Lines)
	if err != nil {
		return nil, err
	}
	out := gen.CheckCertificates200JSONResponse{Items: make([]gen.CheckedLine, len(found))}
	for i, c := range found {
		out.Items[i] = checkedLine(c)
	}
	return out, nil
}

func checkedLine(c *app.Checked) gen.CheckedLine {
	if c == nil {
		return gen.CheckedLine{State: gen.CheckedLineStateUnknown}
	}
	line := gen.CheckedLine{
		State: gen.CheckedLineStateValid, Number: c.Number(), MaskedName: c.MaskedName, Minutes: c.Minutes, Issuer: c.Issuer.Name, IssuedOn: domain.DayOf(c.IssuedAt).String(),
	}
	if c.End != nil {
		line.State, line.ReplacedBy = gen.CheckedLineState(c.End.State), c.End.Successor
	}
	return line
}
