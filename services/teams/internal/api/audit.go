package api

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/teams/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/teams/internal/app"
	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
)

// ListMyAccesses is GET /me/accesses.
func (h *api) ListMyAccesses(ctx context.Context, r gen.ListMyAccessesRequestObject) (gen.ListMyAccessesResponseObject, error) {
	accesses, next, err := h.app.Accesses(ctx, pageLength(r.Params.Limit), r.Params.After)
	if err != nil {
		return nil, err
	}
	out := gen.ListMyAccesses200JSONResponse{Items: make([]gen.Access, len(accesses)), Next: next}
	for i, one := range accesses {
		out.Items[i] = gen.Access{
			At: one.At, Act: one.Act, What: encodeWords(domain.ActWords(one.Act)), Who: one.Actor.Name,
			Role: gen.AccessRole(one.Office.Role), RegionName: one.Office.RegionName, TeamName: one.Team, Reason: one.Reason,
		}
	}
	return out, nil
}

// ListAudit is GET /audit.
func (h *api) ListAudit(ctx context.Context, r gen.ListAuditRequestObject) (gen.ListAuditResponseObject, error) {
	page, err := h.app.Audit(ctx, app.AuditQuery{
		Act: r.Params.Act, Number: r.Params.Number, From: r.Params.From, Until: r.Params.Until,
		After: r.Params.After, Limit: pageLength(r.Params.Limit),
	})
	if err != nil {
		return nil, err
	}
	out := gen.ListAudit200JSONResponse{Items: make([]gen.AuditLine, len(page.Lines)), Acts: make([]gen.ActName, len(page.Acts)), Next: page.Next}
	for i, line := range page.Lines {
		out.Items[i] = gen.AuditLine{
			RecordID: line.ID, At: line.At, Act: line.Act, What: encodeWords(domain.ActWords(line.Act)),
			Who: line.Actor.Name, WhoNumber: line.Actor.Number, Person: line.Person.Name, PersonNumber: line.Person.Number,
			SubjectKind: line.SubjectKind, Subject: line.Subject, Reason: line.Reason,
		}
	}
	for i, act := range page.Acts {
		out.Acts[i] = gen.ActName{Act: act, Words: encodeWords(domain.ActWords(act))}
	}
	return out, nil
}

func encodeWords(w domain.Phrase) gen.Words { return gen.Words{Zh: w.Zh, En: w.En} }
