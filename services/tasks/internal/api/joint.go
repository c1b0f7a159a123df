package api

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
)

// AskTeam is POST /tasks/{task_id}/teams.
func (h *api) AskTeam(ctx context.Context, r gen.AskTeamRequestObject) (gen.AskTeamResponseObject, error) {
	view, err := h.app.AskTeam(ctx, r.TaskID, r.Body.TeamID)
	if err != nil {
		return nil, err
	}
	return gen.AskTeam200JSONResponse(taskOf(view)), nil
}

// AnswerJoint is PUT /tasks/{task_id}/teams/{team_id}.
func (h *api) AnswerJoint(ctx context.Context, r gen.AnswerJointRequestObject) (gen.AnswerJointResponseObject, error) {
	view, err := h.app.AnswerJoint(ctx, r.TaskID, r.TeamID, domain.JointState(r.Body.State))
	if err != nil {
		return nil, err
	}
	return gen.AnswerJoint200JSONResponse(taskOf(view)), nil
}

// ChooseTeam is PUT /tasks/{task_id}/my-team.
func (h *api) ChooseTeam(ctx context.Context, r gen.ChooseTeamRequestObject) (gen.ChooseTeamResponseObject, error) {
	view, err := h.app.ChooseTeam(ctx, r.TaskID, r.Body.TeamID)
	if err != nil {
		return nil, err
	}
	return gen.ChooseTeam200JSONResponse(taskOf(view)), nil
}

// joint adds with whom an activity is held, and for whom the reader comes.
func joint(t *gen.Task, v app.TaskView) {
	for _, j := range v.Teams {
		t.Teams = append(t.Teams, gen.JointTeam{TeamID: j.TeamID, TeamName: j.TeamName, State: gen.JointTeamState(j.State), Led: v.Led[j.TeamID]})
	}
	for _, h := range v.Credits.In {
		t.MyTeams = append(t.MyTeams, gen.MyTeam{TeamID: h.TeamID, TeamName: h.Name, Credited: h.TeamID == v.Credits.Credited.TeamID})
	}
}
