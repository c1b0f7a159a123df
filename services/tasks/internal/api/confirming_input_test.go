package api_test

import (
	"net/url"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/shared/testkit/apitest"
)

var (
	confirmingRights = map[string][]int{
		"createAttendance": {404, 201, 404, 404, 404},
		"undoTap":          {404, 200, 404, 404, 404},

		"listConfirmations": {200, 200, 200, 200, 200}, // empty but for who decides there
	}
	confirmingAbroad = map[string][]int{
		"createAttendance": {0, 0, 404, 0, 0}, // their shift, but not their people
		"undoTap":          {0, 0, 200, 0, 0},
	}
)

// confirming has the operations about what happened, beside the roster itself.
func (s *site) confirming() map[string]apitest.Operation {
	leader, shift, theirs := by(s.ours.leader), s.running(s.ours), s.running(s.theirs)
	return map[string]apitest.Operation{
		"createAttendance": {
			Good: func(testing.TB) apitest.Request {
				return apitest.Request{As: leader, Path: map[string]string{"shift_id": shift.ID}, Body: s.entry(shift, s.signUp(shift).VolunteerID)}
			},
			Foreign: map[string]string{"shift_id": theirs.ID, "volunteer_id": s.signUp(theirs).VolunteerID},
		},
		"listConfirmations": {Good: always(apitest.Request{As: officer("4106/410611/"), Query: url.Values{"region": {"410611"}}})},
		"undoTap": {
			Good: func(testing.TB) apitest.Request {
				return apitest.Request{As: leader, Path: map[string]string{"attendance_id": s.attended(s.ours, shift).ID}}
			},
			Foreign: map[string]string{"attendance_id": s.attended(s.theirs, theirs).ID},
		},
	}
}

// entry is that somebody was there for the first hour.
func (s *site) entry(shift app.ShiftView, volunteerID string) object {
	return object{
		"volunteer_id": volunteerID, "reason": "手机没电",
		"from": shift.StartsAt.Format(time.RFC3339), "to": shift.StartsAt.Add(time.Hour).Format(time.RFC3339),
	}
}
