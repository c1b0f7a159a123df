package api_test

import (
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/shared/people"
	"github.com/qihe-volunteers/qihe/shared/testkit/apitest"
)

var (
	paperRights = map[string][]int{
		"getSheet":   {404, 200, 404, 404, 404},
		"printSheet": {404, 200, 404, 404, 404},
		"enterSheet": {404, 200, 404, 404, 404},

		"lookAtClaim": {404, 204, 404, 404, 404},
	}
	paperAbroad = map[string][]int{
		"getSheet":   {0, 0, 200, 0, 0},
		"printSheet": {0, 0, 200, 0, 0},
		"enterSheet": {0, 0, 404, 0, 0}, // their shift, but not their members

		"lookAtClaim": {0, 0, 204, 0, 0},
	}
)

// paper has what a leader does with printed sheets.
func (s *site) paper() map[string]apitest.Operation {
	leader, shift, theirs := by(s.ours.leader), s.running(s.ours), s.running(s.theirs)
	here := map[string]string{"shift_id": shift.ID}
	rows, walkedIn := s.printed(s.ours, shift), s.member(s.ours)
	s.printed(s.theirs, theirs)
	return map[string]apitest.Operation{
		"getSheet":   {Good: always(apitest.Request{As: leader, Path: here}), Foreign: map[string]string{"shift_id": theirs.ID}},
		"printSheet": {Good: always(apitest.Request{As: leader, Path: here}), Foreign: map[string]string{"shift_id": theirs.ID}},
		"enterSheet": {
			Good: func(testing.TB) apitest.Request {
				return apitest.Request{As: leader, Path: here, Body: object{"rows": []any{object{
					"code": rows[1].Code, "volunteer_id": walkedIn,
					"from": shift.StartsAt.Format(time.RFC3339), "to": shift.StartsAt.Add(time.Hour).Format(time.RFC3339),
				}}}}
			},
			Foreign: map[string]string{"shift_id": theirs.ID, "rows[0].volunteer_id": s.member(s.theirs)},
		},
		"lookAtClaim": {
			Good: func(testing.TB) apitest.Request {
				return apitest.Request{As: leader, Path: map[string]string{"claim_id": s.held(s.ours, shift)}, Body: object{"verdict": "accept"}}
			},
			Foreign: map[string]string{"claim_id": s.held(s.theirs, theirs)},
		},
	}
}

// printed prints a sheet with one person on it and returns its rows.
func (s *site) printed(b brigade, shift app.ShiftView) []app.SheetRow {
	s.t.Helper()
	u := s.signUp(shift)
	s.names.Know(people.Person{VolunteerID: u.VolunteerID, Name: "李秀英", Version: 1})
	_, _, err := s.PrintSheet(s.as(b.leader), shift.ID)
	s.must(err)
	view, err := s.FindSheet(s.as(b.leader), shift.ID)
	s.must(err)
	return view.Rows
}
