package api_test

import (
	"net/url"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/testkit/apitest"
)

var trainingRights = map[string][]int{
	"setClassGrant":      {404, 404, 404, 404, 404}, // it takes an administrator; the example has one
	"listClasses":        {403, 403, 403, 200, 200},
	"listMyCertificates": {200, 200, 200, 200, 200},
	"getCertificatePdf":  {404, 404, 404, 404, 404}, // another's
	"checkCertificate":   {200, 200, 200, 200, 200},
}

// class is one of a session that began two hours ago.
func (s *site) class(b brigade) app.ShiftView {
	s.t.Helper()
	start := s.clock.Now().Add(-2 * time.Hour).Truncate(time.Minute)
	task, err := s.CreateTask(s.as(b.leader), app.NewTask{
		TeamID: b.team, ProgrammeID: s.programme, Plan: domain.Plan{Kind: domain.KindTraining},
		Details: domain.Details{Title: "代理家长岗前培训", Place: "职教中心", Risks: "注意用电", ContactName: "王秀英", ContactPhone: "13800000000"},
		Shifts:  []app.NewShift{{StartsAt: start, EndsAt: start.Add(150 * time.Minute), Capacity: 30}},
	})
	s.must(err)
	task, err = s.PublishTask(s.as(b.leader), task.ID)
	s.must(err)
	return task.Shifts[0]
}

// certificate is that of somebody of the brigade who completed a class.
func (s *site) certificate(b brigade) domain.Certificate {
	s.t.Helper()
	class, v := s.class(b), s.member(b)
	_, err := s.EnterAttendance(s.as(b.leader), app.NewAttendance{
		ShiftID: class.ID, VolunteerID: v, Period: domain.Period{From: class.StartsAt, To: s.clock.Now()}, Reason: "没带手机",
	})
	s.must(err)
	_, err = s.ConfirmShift(s.as(b.leader), class.ID, app.Confirmation{PeopleServed: 12})
	s.must(err)
	mine, err := s.ListMyCertificates(s.as(v))
	s.must(err)
	return mine[0].Certificate
}

func (s *site) training() map[string]apitest.Operation {
	administrator := auth.Principal{VolunteerID: id.New(), Grants: []auth.Grant{{Role: "administrator", RegionPath: "4106/410611/"}}}
	class := s.class(s.ours)
	mine, theirs := s.certificate(s.ours), s.certificate(s.theirs)
	return map[string]apitest.Operation{
		"setClassGrant": {
			Good:    always(apitest.Request{As: administrator, Path: map[string]string{"task_id": class.TaskID}, Body: object{"kind": "companion_training", "months": 12}}),
			Foreign: map[string]string{"task_id": s.draft(s.theirs).ID},
		},
		"listClasses": {
			Good: always(apitest.Request{As: administrator}),
			Also: []func(testing.TB) apitest.Request{always(apitest.Request{As: administrator, Query: url.Values{"year": {"2026"}, "region": {"410611"}, "words": {"dljz"}}})},
		},
		"listMyCertificates": {Good: always(apitest.Request{As: by(mine.VolunteerID)})},
		"getCertificatePdf": {
			Good:    always(apitest.Request{As: by(mine.VolunteerID), Path: map[string]string{"certificate_id": mine.ID}}),
			Foreign: map[string]string{"certificate_id": theirs.ID},
		},
		"checkCertificate": {Good: always(apitest.Request{Path: map[string]string{"number": mine.Number}})},
	}
}
