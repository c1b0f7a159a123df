package api

import (
	"context"
	"time"

	"github.com/qihe-volunteers/qihe/services/teams/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/teams/internal/app"
	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/auth"
)

// ListQualificationKinds is GET /qualification-kinds.
func (h *api) ListQualificationKinds(ctx context.Context, _ gen.ListQualificationKindsRequestObject) (gen.ListQualificationKindsResponseObject, error) {
	kinds, err := h.app.ListQualificationKinds(ctx)
	items := make([]gen.QualificationKind, len(kinds))
	for i, k := range kinds {
		items[i] = encodeQualificationKind(k)
	}
	return gen.ListQualificationKinds200JSONResponse{Items: items}, err
}

// PutQualificationKind is PUT /qualification-kinds/{code}.
func (h *api) PutQualificationKind(ctx context.Context, r gen.PutQualificationKindRequestObject) (gen.PutQualificationKindResponseObject, error) {
	k, err := h.app.KeepQualificationKind(ctx, domain.QualificationKind{
		Code: r.Code, Name: r.Body.Name, Place: r.Body.Place, Offered: r.Body.Offered, Expires: r.Body.Expires, Months: r.Body.Months,
		NeedsNumber: r.Body.NeedsNumber, NeedsIssuer: r.Body.NeedsIssuer, ByClass: r.Body.ByClass,
	})
	return gen.PutQualificationKind200JSONResponse(encodeQualificationKind(k)), err
}

// GetMyCredentials is GET /me/credentials.
func (h *api) GetMyCredentials(ctx context.Context, _ gen.GetMyCredentialsRequestObject) (gen.GetMyCredentialsResponseObject, error) {
	c, err := h.app.MyCredentials(ctx)
	return gen.GetMyCredentials200JSONResponse(encodeCredentials(c)), err
}

// GetCredentials is GET /volunteers/{volunteer_id}/credentials.
func (h *api) GetCredentials(ctx context.Context, r gen.GetCredentialsRequestObject) (gen.GetCredentialsResponseObject, error) {
	c, err := h.app.FindCredentials(ctx, r.VolunteerID)
	return gen.GetCredentials200JSONResponse(encodeCredentials(c)), err
}

// CreateMyQualification is POST /me/qualifications.
func (h *api) CreateMyQualification(ctx context.Context, r gen.CreateMyQualificationRequestObject) (gen.CreateMyQualificationResponseObject, error) {
	c, err := h.app.ClaimQualification(ctx, decodePaper(*r.Body))
	return gen.CreateMyQualification201JSONResponse(encodeCredentials(c)), err
}

// CreateQualification is POST /volunteers/{volunteer_id}/qualifications.
func (h *api) CreateQualification(ctx context.Context, r gen.CreateQualificationRequestObject) (gen.CreateQualificationResponseObject, error) {
	c, err := h.app.RecordQualification(ctx, r.VolunteerID, decodePaper(*r.Body))
	return gen.CreateQualification201JSONResponse(encodeCredentials(c)), err
}

// ListQualifications is GET /qualifications.
func (h *api) ListQualifications(ctx context.Context, r gen.ListQualificationsRequestObject) (gen.ListQualificationsResponseObject, error) {
	queue, next, err := h.app.ListWaitingQualifications(ctx, r.Params.Region, pageLength(r.Params.Limit), r.Params.After)
	if err != nil {
		return nil, err
	}
	p, err := auth.From(ctx)
	if err != nil {
		return nil, err
	}
	items := make([]gen.WaitingQualification, len(queue))
	for i, w := range queue {
		items[i] = gen.WaitingQualification{
			Qualification: encodeQualification(w.Qualification, w.KindName, h.app.Now()), VolunteerID: w.Qualification.VolunteerID,
			Name: w.Name, Number: w.Number, TeamName: w.TeamName, Mine: w.Qualification.VolunteerID == p.VolunteerID,
		}
	}
	return gen.ListQualifications200JSONResponse{Items: items, Next: next}, nil
}

// DecideQualifications is POST /qualifications/decide.
func (h *api) DecideQualifications(ctx context.Context, r gen.DecideQualificationsRequestObject) (gen.DecideQualificationsResponseObject, error) {
	done, err := h.app.DecideQualifications(ctx, app.Verdict{
		QualificationIDs: r.Body.QualificationIds, State: domain.QualificationState(r.Body.State), Reason: r.Body.Reason,
	})
	out := gen.DecideQualifications200JSONResponse{Decided: done.Decided, Refused: make([]gen.RefusedVerdict, len(done.Refused))}
	for i, refused := range done.Refused {
		out.Refused[i] = gen.RefusedVerdict{QualificationID: refused.QualificationID, Code: refused.Code}
	}
	return out, err
}

// WithdrawQualification is POST /qualifications/{qualification_id}/withdraw.
func (h *api) WithdrawQualification(ctx context.Context, r gen.WithdrawQualificationRequestObject) (gen.WithdrawQualificationResponseObject, error) {
	c, err := h.app.WithdrawQualification(ctx, r.QualificationID, r.Body.Reason)
	return gen.WithdrawQualification200JSONResponse(encodeCredentials(c)), err
}

// ReadQualification is POST /qualifications/{qualification_id}/read.
func (h *api) ReadQualification(ctx context.Context, r gen.ReadQualificationRequestObject) (gen.ReadQualificationResponseObject, error) {
	number, err := h.app.ReadQualification(ctx, r.QualificationID)
	return gen.ReadQualification200JSONResponse{Number: number}, err
}

func encodeCredentials(c app.Credentials) gen.Credentials {
	out := gen.Credentials{Kinds: []gen.QualificationKind{}, Qualifications: make([]gen.Qualification, len(c.Qualifications)), MayDecide: c.MayDecide}
	names := map[string]string{}
	for _, k := range c.Kinds {
		names[k.Code] = k.Name
		if k.Offered {
			out.Kinds = append(out.Kinds, encodeQualificationKind(k))
		}
	}
	out.Trainings, out.Honours = encodeNotes(c)
	for i, f := range c.Qualifications {
		out.Qualifications[i] = encodeQualification(f, names[f.Kind], c.Now)
	}
	return out
}

func encodeQualification(f domain.Qualification, kindName string, now time.Time) gen.Qualification {
	out := gen.Qualification{
		QualificationID: f.ID, Kind: f.Kind, KindName: kindName, Issuer: f.Issuer, NumberMasked: f.NumberMasked(), IssuedOn: dayOf(f.IssuedOn),
		State: gen.QualificationState(f.State), Expired: f.Expired(now), ClaimedAt: f.ClaimedAt, DecidedAt: f.DecidedAt, Reason: f.Reason,
	}
	if !f.ValidUntil.IsZero() {
		out.ValidUntil = dayOf(f.ValidUntil)
	}
	return out
}

func encodeQualificationKind(k domain.QualificationKind) gen.QualificationKind {
	return gen.QualificationKind{
		Code: k.Code, Name: k.Name, Place: k.Place, Offered: k.Offered, Expires: k.Expires, Months: k.Months, NeedsNumber: k.NeedsNumber, NeedsIssuer: k.NeedsIssuer, ByClass: k.ByClass,
	}
}

func decodePaper(p gen.Paper) domain.Paper {
	return domain.Paper{Kind: p.Kind, Issuer: p.Issuer, Number: p.Number, IssuedOn: p.IssuedOn, ValidUntil: p.ValidUntil}
}
