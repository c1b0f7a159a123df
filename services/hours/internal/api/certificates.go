package api

import (
	"bytes"
	"context"

	"github.com/qihe-volunteers/qihe/services/hours/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/httpserver"
)

var errDay = apperr.New(apperr.Invalid, "not_a_day", "没有这一天，请写成 2026-01-31 这样。", "There is no such day; please write it like 2026-01-31.")

// day reads a date of our time; empty is open.
func day(field, text string) (domain.Day, error) {
	if text == "" {
		return 0, nil
	}
	d, ok := domain.ParseDay(text)
	if year := d.Date().Year(); !ok || year < 2000 || year > 2100 {
		return 0, apperr.For(field, errDay)
	}
	return d, nil
}

func spellDay(d domain.Day) string {
	if d == 0 {
		return ""
	}
	return d.String()
}

// ListMyCertificates is GET /me/service-certificates.
func (h handlers) ListMyCertificates(ctx context.Context, _ gen.ListMyCertificatesRequestObject) (gen.ListMyCertificatesResponseObject, error) {
	mine, err := h.app.MyCertificates(ctx)
	if err != nil {
		return nil, err
	}
	page := gen.ListMyCertificates200JSONResponse{
		Requests: make([]gen.CertificateRequest, len(mine.Waiting)), Items: make([]gen.Certificate, len(mine.Certificates)),
		Minutes: mine.Minutes, Identified: mine.Identified,
	}
	for i, r := range mine.Waiting {
		page.Requests[i] = requestOf(r)
	}
	for i, c := range mine.Certificates {
		page.Items[i] = certificateOf(c)
	}
	return page, nil
}

func requestOf(r domain.CertificateRequest) gen.CertificateRequest {
	return gen.CertificateRequest{
		RequestID: r.ID, FirstDay: spellDay(r.Asked.First), LastDay: spellDay(r.Asked.Last), Note: r.Note, WholeNumber: r.Whole, AskedAt: r.AskedAt,
	}
}

func certificateOf(c domain.Certificate) gen.Certificate {
	out := gen.Certificate{
		CertificateID: c.ID, Number: c.Number(), Code: c.Code, State: gen.CertificateStateValid, Minutes: c.Minutes, Times: c.Content.Times,
		FirstDay: c.Span.First.String(), LastDay: c.Span.Last.String(), Issuer: c.Issuer.Name, IssuedOn: domain.DayOf(c.IssuedAt).String(),
	}
	if e := c.End; e != nil {
		out.State, out.Reason, out.EndedOn, out.ReplacedBy = gen.CertificateState(e.State), e.Reason, domain.DayOf(e.At).String(), e.Successor
	}
	return out
}

// AskForCertificate is POST /me/service-certificates.
func (h handlers) AskForCertificate(ctx context.Context, r gen.AskForCertificateRequestObject) (gen.AskForCertificateResponseObject, error) {
	first, err := day("first_day", r.Body.FirstDay)
	if err != nil {
		return nil, err
	}
	last, err := day("last_day", r.Body.LastDay)
	if err != nil {
		return nil, err
	}
	id, err := h.app.AskForCertificate(ctx, domain.CertificateRequest{Asked: domain.Span{First: first, Last: last}, Note: r.Body.Note, Whole: r.Body.WholeNumber})
	if err != nil {
		return nil, err
	}
	return gen.AskForCertificate201JSONResponse{RequestID: id}, nil
}

// WithdrawCertificateRequest is POST /me/service-certificate-requests/{request_id}/withdraw.
func (h handlers) WithdrawCertificateRequest(ctx context.Context, r gen.WithdrawCertificateRequestRequestObject) (gen.WithdrawCertificateRequestResponseObject, error) {
	if err := h.app.WithdrawRequest(ctx, r.RequestID); err != nil {
		return nil, err
	}
	return gen.WithdrawCertificateRequest204Response{}, nil
}

// DrawCertificate is GET /service-certificates/{certificate_id}/pdf.
func (h handlers) DrawCertificate(ctx context.Context, r gen.DrawCertificateRequestObject) (gen.DrawCertificateResponseObject, error) {
	pdf, name, err := h.app.DrawCertificate(ctx, r.CertificateID)
	if err != nil {
		return nil, err
	}
	return gen.DrawCertificate200ApplicationOctetStreamResponse{
		Body: bytes.NewReader(pdf), ContentLength: int64(len(pdf)), Headers: gen.DrawCertificate200ResponseHeaders{ContentDisposition: httpserver.Attachment(name)},
	}, nil
}

// ListCertificateRequests is GET /service-certificate-requests.
func (h handlers) ListCertificateRequests(ctx context.Context, r gen.ListCertificateRequestsRequestObject) (gen.ListCertificateRequestsResponseObject, error) {
	waiting, next, err := h.app.ListRequests(ctx, r.Params.Region, r.Params.After, usual(r.Params.Limit))
	if err != nil {
		return nil, err
	}
	page := gen.ListCertificateRequests200JSONResponse{Items: make([]gen.CertificateRequest, len(waiting)), Next: next}
	for i, w := range waiting {
		one := requestOf(w.CertificateRequest)
		one.VolunteerID, one.Name, one.Number, one.Identified = w.VolunteerID, w.Person.FullName(), w.Person.Number, w.Person.Identified
		one.RegionName, one.Minutes, one.Refused = w.RegionName, w.Minutes, w.Refused
		page.Items[i] = one
	}
	return page, nil
}

// usual is how many lines a page has when nobody says, as openapi.yaml says.
func usual(limit int) int {
	if limit == 0 {
		return 50
	}
	return limit
}

// IssueCertificates is POST /service-certificate-requests/issue.
func (h handlers) IssueCertificates(ctx context.Context, r gen.IssueCertificatesRequestObject) (gen.IssueCertificatesResponseObject, error) {
	issued, err := h.app.IssueCertificates(ctx, r.Body.RequestIds)
	if err != nil {
		return nil, err
	}
	out := gen.IssueCertificates200JSONResponse{Items: make([]gen.CertificateIssued, len(issued))}
	for i, one := range issued {
		out.Items[i] = gen.CertificateIssued{RequestID: one.RequestID, CertificateID: one.CertificateID, Number: one.Number, Refused: one.Refused}
	}
	return out, nil
}

// ListCertificateIssuers is GET /service-certificate-issuers.
func (h handlers) ListCertificateIssuers(ctx context.Context, r gen.ListCertificateIssuersRequestObject) (gen.ListCertificateIssuersResponseObject, error) {
	found, names, err := h.app.ListIssuers(ctx, r.Params.Region)
	if err != nil {
		return nil, err
	}
	out := gen.ListCertificateIssuers200JSONResponse{
		Settings: make([]gen.CertificateIssuer, len(found.Settings)), Office: found.Office, MayIssue: found.MayIssue, MaySet: found.MaySet,
	}
	for i, s := range found.Settings {
		out.Settings[i] = issuerOf(s, names)
	}
	if found.Now.ID != "" {
		out.Now = issuerOf(found.Now, names)
	}
	return out, nil
}

func issuerOf(i domain.Issuer, names map[string]string) gen.CertificateIssuer {
	return gen.CertificateIssuer{
		RegionCode: i.RegionCode, Name: i.Name, InCharge: i.InCharge, Contact: i.Contact, ValidFrom: i.ValidFrom.String(), SetBy: names[i.SetBy], SetAt: i.SetAt,
	}
}

// SetCertificateIssuer is POST /service-certificate-issuers.
func (h handlers) SetCertificateIssuer(ctx context.Context, r gen.SetCertificateIssuerRequestObject) (gen.SetCertificateIssuerResponseObject, error) {
	from, err := day("valid_from", r.Body.ValidFrom)
	if err != nil {
		return nil, err
	}
	if _, err := h.app.SetIssuer(ctx, domain.Issuer{
		RegionCode: r.Body.RegionCode, Name: r.Body.Name, InCharge: r.Body.InCharge, Contact: r.Body.Contact, ValidFrom: from,
	}); err != nil {
		return nil, err
	}
	return gen.SetCertificateIssuer204Response{}, nil
}
