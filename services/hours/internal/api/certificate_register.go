package api

import (
	"bytes"
	"context"
	"encoding/json"

	"github.com/qihe-volunteers/qihe/services/hours/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/hours/internal/app"
	"github.com/qihe-volunteers/qihe/shared/httpserver"
)

// ListCertificates is GET /service-certificates.
func (h handlers) ListCertificates(ctx context.Context, r gen.ListCertificatesRequestObject) (gen.ListCertificatesResponseObject, error) {
	p := r.Params
	found, next, err := h.app.ListRegister(ctx, app.RegisterQuery{Region: p.Region, Text: p.Text, State: string(p.State), After: p.After, Limit: usual(p.Limit)})
	if err != nil {
		return nil, err
	}
	page := gen.ListCertificates200JSONResponse{Items: make([]gen.RegisteredCertificate, len(found)), Next: next}
	for i, c := range found {
		page.Items[i] = gen.RegisteredCertificate{
			Certificate: certificateOf(c.Certificate), VolunteerID: c.VolunteerID, Name: c.Name, VolunteerNumber: c.VolunteerNumber,
			Handler: c.Handler, EndedBy: c.EndedBy, MayEnd: c.MayEnd,
		}
	}
	return page, nil
}

// RevokeCertificate is POST /service-certificates/{certificate_id}/revoke.
func (h handlers) RevokeCertificate(ctx context.Context, r gen.RevokeCertificateRequestObject) (gen.RevokeCertificateResponseObject, error) {
	if err := h.app.RevokeCertificate(ctx, r.CertificateID, r.Body.Reason); err != nil {
		return nil, err
	}
	return gen.RevokeCertificate204Response{}, nil
}

// ReplaceCertificate is POST /service-certificates/{certificate_id}/replace.
func (h handlers) ReplaceCertificate(ctx context.Context, r gen.ReplaceCertificateRequestObject) (gen.ReplaceCertificateResponseObject, error) {
	number, err := h.app.ReplaceCertificate(ctx, r.CertificateID, r.Body.Reason)
	if err != nil {
		return nil, err
	}
	return gen.ReplaceCertificate200JSONResponse{Number: number}, nil
}

// ExportCertificates is POST /service-certificate-exports.
func (h handlers) ExportCertificates(ctx context.Context, r gen.ExportCertificatesRequestObject) (gen.ExportCertificatesResponseObject, error) {
	file, name, err := h.app.ExportRegister(ctx, r.Body.Region, r.Body.Year, r.Body.Purpose)
	if err != nil {
		return nil, err
	}
	return gen.ExportCertificates200ApplicationOctetStreamResponse{
		Body: bytes.NewReader(file), ContentLength: int64(len(file)), Headers: gen.ExportCertificates200ResponseHeaders{ContentDisposition: httpserver.Attachment(name)},
	}, nil
}

// ProveCertificate is GET /service-certificates/{certificate_id}/proof.
func (h handlers) ProveCertificate(ctx context.Context, r gen.ProveCertificateRequestObject) (gen.ProveCertificateResponseObject, error) {
	proof, name, err := h.app.ProveCertificate(ctx, r.CertificateID)
	if err != nil {
		return nil, err
	}
	file, err := json.MarshalIndent(proof, "", " ")
	if err != nil {
		return nil, err
	}
	return gen.ProveCertificate200ApplicationOctetStreamResponse{
		Body: bytes.NewReader(file), ContentLength: int64(len(file)), Headers: gen.ProveCertificate200ResponseHeaders{ContentDisposition: httpserver.Attachment(name)},
	}, nil
}
