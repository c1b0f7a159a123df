package api_test

import (
	"testing"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/shared/testkit/apitest"
)

var (
	jointRights = map[string][]int{
		"askTeam":     {404, 200, 404, 404, 404},
		"answerJoint": {404, 403, 200, 404, 404}, // they are asked, we may only take it back
		"chooseTeam":  {422, 200, 422, 422, 422}, // it takes somebody of the brigade
	}
	jointAbroad = map[string][]int{
		"askTeam":     {0, 0, 409, 0, 0}, // a draft
		"answerJoint": {0, 0, 404, 0, 0},
		"chooseTeam":  {0, 0, 404, 0, 0},
	}
)

// joint has what brigades say to each other about holding an activity together.
func (s *site) joint() map[string]apitest.Operation {
	theirDraft := s.draft(s.theirs)
	ours := s.shift(s.ours)
	return map[string]apitest.Operation{
		"askTeam": {
			Good: func(testing.TB) apitest.Request {
				return apitest.Request{As: by(s.ours.leader), Path: map[string]string{"task_id": s.shift(s.ours).TaskID}, Body: object{"team_id": s.theirs.team}}
			},
			Foreign: map[string]string{"task_id": theirDraft.ID, "team_id": ""},
		},
		"answerJoint": {
			Good: func(testing.TB) apitest.Request {
				return apitest.Request{As: by(s.theirs.leader), Path: map[string]string{"task_id": s.asked().TaskID, "team_id": s.theirs.team}, Body: object{"state": "joined"}}
			},
			Foreign: map[string]string{"task_id": theirDraft.ID, "team_id": ""},
		},
		"chooseTeam": {
			Good:    always(apitest.Request{As: by(s.ours.leader), Path: map[string]string{"task_id": ours.TaskID}, Body: object{"team_id": s.ours.team}}),
			Foreign: map[string]string{"task_id": theirDraft.ID, "team_id": ""},
		},
	}
}

// asked is a shift of ours that they are asked to join.
func (s *site) asked() app.ShiftView {
	s.t.Helper()
	shift := s.shift(s.ours)
	_, err := s.AskTeam(s.as(s.ours.leader), shift.TaskID, s.theirs.team)
	s.must(err)
	return shift
}
