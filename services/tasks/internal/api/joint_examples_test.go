package api_test

import (
	"testing"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/shared/testkit/apitest"
)

var (
	jointRights = map[string][]int{
		"askTeam":           {404, 200, 404, 404, 404},
		"answerJoint":       {404, 403, 200, 404, 404}, // they are asked, we may only take it back
		"chooseTeam":        {422, 200, 422, 422, 422}, // it takes somebody of the brigade
		"listInvitees":      {404, 200, 404, 404, 404},
		"inviteToShift":     {404, 200, 404, 404, 404},
		"declineInvitation": {404, 404, 404, 404, 404}, // another's
	}
	jointAbroad = map[string][]int{
		"askTeam":       {0, 0, 409, 0, 0}, // a draft
		"answerJoint":   {0, 0, 404, 0, 0},
		"chooseTeam":    {0, 0, 404, 0, 0},
		"listInvitees":  {0, 0, 200, 0, 0},
		"inviteToShift": {0, 0, 404, 0, 0}, // their shift, but not their members
	}
)

// joint has what brigades say to each other about holding an activity together.
func (s *site) joint() map[string]apitest.Operation {
	theirDraft := s.draft(s.theirs)
	ours, theirs := s.shift(s.ours), s.shift(s.theirs)
	s.member(s.theirs)
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
		"listInvitees": {
			Good:    always(apitest.Request{As: by(s.ours.leader), Path: map[string]string{"shift_id": ours.ID}}),
			Foreign: map[string]string{"shift_id": theirs.ID},
		},
		"inviteToShift": {
			Good: func(testing.TB) apitest.Request {
				return apitest.Request{As: by(s.ours.leader), Path: map[string]string{"shift_id": ours.ID}, Body: object{"volunteer_ids": []any{s.member(s.ours)}}}
			},
			Foreign: map[string]string{"shift_id": theirs.ID, "volunteer_ids[0]": s.member(s.theirs)},
		},
		"declineInvitation": {
			Good: func(testing.TB) apitest.Request {
				return apitest.Request{As: by(s.invited(ours)), Path: map[string]string{"shift_id": ours.ID}}
			},
			Foreign: map[string]string{"shift_id": theirs.ID},
		},
	}
}

// invited is a member of ours who is asked to come to a shift.
func (s *site) invited(shift app.ShiftView) string {
	s.t.Helper()
	v := s.member(s.ours)
	_, err := s.InviteToShift(s.as(s.ours.leader), shift.ID, []string{v})
	s.must(err)
	return v
}

// asked is a shift of ours that they are asked to join.
func (s *site) asked() app.ShiftView {
	s.t.Helper()
	shift := s.shift(s.ours)
	_, err := s.AskTeam(s.as(s.ours.leader), shift.TaskID, s.theirs.team)
	s.must(err)
	return shift
}
