package api

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
)

// ListAnomalies is GET /anomalies.
func (h *api) ListAnomalies(ctx context.Context, r gen.ListAnomaliesRequestObject) (gen.ListAnomaliesResponseObject, error) {
	views, err := h.app.ListAnomalies(ctx, r.Params.Region)
	if err != nil {
		return nil, err
	}
	return gen.ListAnomalies200JSONResponse(anomaliesOf(views, true)), nil
}

// ListMyAnomalies is GET /me/anomalies.
func (h *api) ListMyAnomalies(ctx context.Context, _ gen.ListMyAnomaliesRequestObject) (gen.ListMyAnomaliesResponseObject, error) {
	views, err := h.app.ListMyAnomalies(ctx)
	if err != nil {
		return nil, err
	}
	return gen.ListMyAnomalies200JSONResponse(anomaliesOf(views, false)), nil
}

// AnswerAnomaly is POST /anomalies/{anomaly_id}/answer.
func (h *api) AnswerAnomaly(ctx context.Context, r gen.AnswerAnomalyRequestObject) (gen.AnswerAnomalyResponseObject, error) {
	if err := h.app.AnswerAnomaly(ctx, r.AnomalyID, r.Body.Answer); err != nil {
		return nil, err
	}
	return gen.AnswerAnomaly204Response{}, nil
}

// DecideAnomaly is POST /anomalies/{anomaly_id}/decide.
func (h *api) DecideAnomaly(ctx context.Context, r gen.DecideAnomalyRequestObject) (gen.DecideAnomalyResponseObject, error) {
	if err := h.app.DecideAnomaly(ctx, r.AnomalyID, domain.AnomalyState(r.Body.State), r.Body.Reason); err != nil {
		return nil, err
	}
	return gen.DecideAnomaly204Response{}, nil
}

func anomaliesOf(views []app.AnomalyView, named bool) gen.AnomalyList {
	list := gen.AnomalyList{Items: []gen.Anomaly{}}
	for _, v := range views {
		a := gen.Anomaly{
			AnomalyID: v.ID, Rule: gen.AnomalyRule(v.Rule), State: gen.AnomalyState(v.State), VolunteerID: v.VolunteerID, FoundAt: v.FoundAt,
			Evidence: evidenceOf(v.Evidence), Facts: []gen.Fact{}, Answer: v.Answer, AnsweredAt: v.AnsweredAt,
			Reason: v.Reason, DecidedAt: v.DecidedAt, ConcernsMe: v.Concerns,
		}
		if named {
			a.Name, a.Number = v.Person.FullName(), v.Person.Number
		}
		for _, f := range v.Facts {
			a.Facts = append(a.Facts, factOf(f))
		}
		list.Items = append(list.Items, a)
	}
	return list
}

func factOf(f app.Fact) gen.Fact {
	return gen.Fact{
		AttendanceID: f.Attendance.ID, Title: f.Title, Place: f.Place, TeamName: f.TeamName, StartsAt: f.StartsAt, EndsAt: f.EndsAt,
		CheckedInAt: f.Attendance.CheckedInAt, CheckedOutAt: f.Attendance.CheckedOutAt, Minutes: worth(f.Shift, f.Attendance),
		Proof: gen.FactProof(f.ProofOf(f.Attendance)), State: gen.FactState(f.Attendance.State),
	}
}

func evidenceOf(e domain.Evidences) gen.Evidence {
	return gen.Evidence{Minutes: e.Minutes, Limit: e.Limit, Km: float32(e.Km), KmH: e.KmH, People: e.People, Run: e.Run}
}
