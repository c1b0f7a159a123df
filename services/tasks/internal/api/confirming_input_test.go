package api_test

import (
	"net/url"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/testkit/apitest"
)

var (
	confirmingRights = map[string][]int{
		"createAttendance": {404, 201, 404, 404, 404},
		"undoTap":          {404, 200, 404, 404, 404},

		"listConfirmations": {200, 200, 200, 200, 200}, // empty but for who decides there
		"listAnomalies":     {200, 200, 200, 200, 200}, // likewise
		"listMyAnomalies":   {200, 200, 200, 200, 200},
		"answerAnomaly":     {404, 404, 404, 404, 404}, // another's
		"decideAnomaly":     {404, 404, 404, 404, 404}, // these officers only look
	}
	confirmingAbroad = map[string][]int{
		"createAttendance": {0, 0, 404, 0, 0}, // their shift, but not their people
		"undoTap":          {0, 0, 409, 0, 0}, // theirs, but no tap
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
		"listAnomalies":     {Good: always(apitest.Request{As: coordinator(), Query: url.Values{"region": {"410611"}}})},
		"listMyAnomalies":   {Good: always(apitest.Request{As: leader})},
		"answerAnomaly": {
			Good: func(testing.TB) apitest.Request {
				about := s.askedOf(s.ours)
				return apitest.Request{As: by(about.VolunteerID), Path: map[string]string{"anomaly_id": about.ID}, Body: object{"answer": "手机借给了同组的人"}}
			},
			Foreign: map[string]string{"anomaly_id": s.askedOf(s.ours).ID},
		},
		"decideAnomaly": {
			Good: func(testing.TB) apitest.Request {
				return apitest.Request{As: coordinator(), Path: map[string]string{"anomaly_id": s.askedOf(s.ours).ID}, Body: object{"state": "dismissed", "reason": "当场核对过名单"}}
			},
			Foreign: map[string]string{"anomaly_id": s.askedOf(s.elsewhere()).ID},
		},
		"undoTap": {
			Good: func(testing.TB) apitest.Request {
				return apitest.Request{As: leader, Path: map[string]string{"attendance_id": s.attended(s.ours, shift).ID}}
			},
			Foreign: map[string]string{"attendance_id": s.scanned(theirs).ID},
		},
	}
}

// scanned is somebody's attendance that nobody tapped.
func (s *site) scanned(shift app.ShiftView) domain.Attendance {
	s.t.Helper()
	u := s.signUp(shift)
	result, err := s.CreateClaim(s.as(u.VolunteerID), app.NewClaim{ClaimID: id.New(), ShiftID: shift.ID, Kind: domain.ClaimIn, Ticket: s.ticket(shift)})
	s.must(err)
	return *result.Attendance
}

func coordinator() auth.Principal {
	return auth.Principal{VolunteerID: id.New(), Grants: []auth.Grant{{Role: "coordinator", RegionPath: "4106/410611/"}}}
}

// elsewhere is a brigade of another county.
func (s *site) elsewhere() brigade {
	s.t.Helper()
	b := brigade{id.New(), id.New()}
	s.must(s.db.InTx(s.t.Context(), func(q postgres.Querier) error {
		s.must(s.RememberTeams(s.t.Context(), q, []teamsv1.TeamChanged{{TeamID: b.team, Name: "浚县", RegionPath: "4106/410621/", State: "active", Version: 1}}))
		return s.RememberMemberships(s.t.Context(), q, []teamsv1.MembershipChanged{
			{MembershipID: id.New(), TeamID: b.team, VolunteerID: b.leader, Role: "leader", State: "active", Version: 1},
		})
	}))
	return b
}

// askedOf is a question about somebody who was with the brigade all day.
func (s *site) askedOf(b brigade) domain.Anomaly {
	s.t.Helper()
	at := s.attended(b, s.running(b))
	a := domain.NewAnomaly(domain.Finding{
		Rule: domain.RuleHours, Key: id.New(), VolunteerID: at.VolunteerID, AttendanceIDs: []string{at.ID}, ShiftID: at.ShiftID, TeamID: b.team,
		Evidence: domain.Evidences{Minutes: 600, Limit: 480},
	}, s.clock.Now())
	s.must(s.db.InTx(s.t.Context(), func(q postgres.Querier) error {
		_, err := store.InsertAnomalies(s.t.Context(), q, []domain.Anomaly{a})
		return err
	}))
	return a
}

// entry is that somebody was there for the first hour.
func (s *site) entry(shift app.ShiftView, volunteerID string) object {
	return object{
		"volunteer_id": volunteerID, "reason": "手机没电",
		"from": shift.StartsAt.Format(time.RFC3339), "to": shift.StartsAt.Add(time.Hour).Format(time.RFC3339),
	}
}
