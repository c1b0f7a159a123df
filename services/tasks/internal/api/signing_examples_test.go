package api_test

import (
	"testing"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/people"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/testkit/apitest"
)

var (
	signingRights = map[string][]int{
		"readPasted":   {404, 200, 404, 404, 404},
		"sayComing":    {404, 404, 404, 404, 404}, // another's
		"enterSignUps": {404, 200, 404, 404, 404},
	}
	signingAbroad = map[string][]int{
		"readPasted":   {0, 0, 200, 0, 0},
		"enterSignUps": {0, 0, 404, 0, 0}, // their shift, but not their members
	}
)

// member is somebody new in the brigade.
func (s *site) member(b brigade) string {
	s.t.Helper()
	v := id.New()
	s.names.Know(people.Person{VolunteerID: v, Name: "王桂兰", Number: "HB0001", PhoneMasked: "138****0000", Version: 1})
	s.must(s.db.InTx(s.t.Context(), func(q postgres.Querier) error {
		return s.RememberMemberships(s.t.Context(), q, []teamsv1.MembershipChanged{
			{MembershipID: id.New(), TeamID: b.team, VolunteerID: v, Role: "member", State: "active", Version: 1},
		})
	}))
	return v
}

// signing has what a leader does about others' sign-ups.
func (s *site) signing(shift app.ShiftView) map[string]apitest.Operation {
	leader, theirs := by(s.ours.leader), s.shift(s.theirs)
	here := map[string]string{"shift_id": shift.ID}
	s.member(s.ours)
	s.member(s.theirs)
	return map[string]apitest.Operation{
		"sayComing": {
			Good: func(testing.TB) apitest.Request {
				u := s.signUp(shift)
				return apitest.Request{As: by(u.VolunteerID), Path: map[string]string{"sign_up_id": u.ID}}
			},
			Foreign: map[string]string{"sign_up_id": s.signUp(shift).ID},
		},
		"readPasted": {
			Good:    always(apitest.Request{As: leader, Path: here, Body: object{"text": "1. 王桂兰\n2. 李秀英"}}),
			Foreign: map[string]string{"shift_id": theirs.ID},
		},
		"enterSignUps": {
			Good: func(testing.TB) apitest.Request {
				return apitest.Request{As: leader, Path: here, Body: object{"volunteer_ids": []any{s.member(s.ours)}}}
			},
			Foreign: map[string]string{"shift_id": theirs.ID, "volunteer_ids[0]": s.member(s.theirs)},
		},
	}
}
