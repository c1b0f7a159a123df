package api

import (
	"bytes"
	"context"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/httpserver"
	"github.com/qihe-volunteers/qihe/shared/people"
	"github.com/qihe-volunteers/qihe/shared/pinyin"
)

// SetClassGrant is PUT /tasks/{task_id}/grant.
func (h *api) SetClassGrant(ctx context.Context, r gen.SetClassGrantRequestObject) (gen.SetClassGrantResponseObject, error) {
	view, err := h.app.SetClassGrant(ctx, r.TaskID, r.Body.Kind, r.Body.Months)
	if err != nil {
		return nil, err
	}
	return gen.SetClassGrant200JSONResponse(taskOf(view)), nil
}

// ListClasses is GET /classes.
func (h *api) ListClasses(ctx context.Context, r gen.ListClassesRequestObject) (gen.ListClassesResponseObject, error) {
	all, err := h.app.ListClasses(ctx, app.ClassFilter{Year: r.Params.Year, Region: r.Params.Region, Words: pinyin.Parse(r.Params.Words)})
	if err != nil {
		return nil, err
	}
	list := gen.ClassList{Year: all.Year, Sessions: all.Sessions, Sum: figuresOf(all.Sum), Items: []gen.Class{}}
	for _, c := range all.Rows {
		list.Items = append(list.Items, gen.Class{
			TaskID: c.TaskID, Title: c.Title, Place: c.Place, TeamName: c.TeamName, RegionPath: c.RegionPath, State: gen.ClassState(c.State),
			FirstStartsAt: c.FirstStartsAt, LastStartsAt: c.LastStartsAt, Sessions: c.Sessions, Held: c.Held, SessionsNeeded: c.SessionsNeeded,
			Figures: figuresOf(c.ClassFigures), Grant: gen.ClassGrant{Kind: c.Grants, Months: c.Months}, MayGrant: app.MayGrant(ctx, c.RegionPath),
		})
	}
	return gen.ListClasses200JSONResponse(list), nil
}

func figuresOf(f domain.ClassFigures) gen.ClassFigures {
	return gen.ClassFigures{Attended: f.Attended, Others: f.Others, Minutes: f.Minutes, Certificates: f.Certificates}
}

// ListMyCertificates is GET /me/certificates.
func (h *api) ListMyCertificates(ctx context.Context, _ gen.ListMyCertificatesRequestObject) (gen.ListMyCertificatesResponseObject, error) {
	mine, err := h.app.ListMyCertificates(ctx)
	if err != nil {
		return nil, err
	}
	list := gen.CertificateList{Items: []gen.Certificate{}}
	for _, c := range mine {
		list.Items = append(list.Items, gen.Certificate{
			CertificateID: c.ID, Number: c.Number, TaskID: c.TaskID, Title: c.Title, TeamName: c.TeamName, CompletedOn: c.CompletedOn,
			Sessions: len(c.Attended.Sessions), Minutes: c.Attended.Minutes, Proved: c.Proved, Grants: c.Grants,
		})
	}
	return gen.ListMyCertificates200JSONResponse(list), nil
}

// GetCertificatePdf is GET /me/certificates/{certificate_id}/pdf.
func (h *api) GetCertificatePdf(ctx context.Context, r gen.GetCertificatePdfRequestObject) (gen.GetCertificatePdfResponseObject, error) {
	data, name, err := h.app.DrawCertificate(ctx, r.CertificateID)
	if err != nil {
		return nil, err
	}
	return gen.GetCertificatePdf200ApplicationOctetStreamResponse{
		Body: bytes.NewReader(data), ContentLength: int64(len(data)),
		Headers: gen.GetCertificatePdf200ResponseHeaders{ContentDisposition: httpserver.Attachment(name)},
	}, nil
}

// CheckCertificate is GET /certificates/{number}.
func (h *api) CheckCertificate(ctx context.Context, r gen.CheckCertificateRequestObject) (gen.CheckCertificateResponseObject, error) {
	c, holder, err := h.app.CheckCertificate(ctx, r.Number)
	if err != nil {
		return nil, err
	}
	checked := gen.CheckedCertificate{
		Number: c.Number, MaskedName: people.Surname(holder.Name), Title: c.Title, TeamName: c.TeamName, CompletedOn: c.CompletedOn,
		Minutes: c.Attended.Minutes, Proved: c.Proved, Sessions: []gen.CheckedSession{},
	}
	for _, s := range c.Attended.Sessions {
		checked.Sessions = append(checked.Sessions, gen.CheckedSession{Day: domain.DayOf(s.StartsAt), Minutes: s.Minutes})
	}
	return gen.CheckCertificate200JSONResponse(checked), nil
}
