package api_test

import (
	"context"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/testkit/apitest"
)

// decider is an officer of the county who is nobody else in these tests.
var decider = auth.Principal{
	VolunteerID: "01936000-0000-7000-8000-000000000009", Grants: []auth.Grant{{Role: "coordinator", RegionPath: "4106/410611/"}},
}

// line returns a new line of somebody's, an old one that only they and its region know.
func (s *site) line(volunteerID, regionPath string) (entryID string) {
	s.t.Helper()
	ctx, attendance := s.t.Context(), id.New()
	from := time.Date(2026, time.November, 20, 9, 0, 0, 0, clock.City)
	_, err := s.db.Owner(s.t).Exec("DELETE FROM credited_intervals WHERE during && tstzrange($1, $2)", from, from.Add(2*time.Hour)) // all of these lines are of the same two hours
	s.must(err)
	s.must(s.db.InTx(ctx, func(q postgres.Querier) error {
		return s.app.CreditHours(ctx, q, []tasksv1.AttendanceConfirmed{{
			AttendanceID: attendance, TaskTitle: "淇河岸边捡拾垃圾", TeamID: team, RegionPath: regionPath, ReportingUnit: "淇滨区",
			ProgrammeID: programme, VolunteerID: volunteerID, Verification: "B", From: from, To: from.Add(2 * time.Hour), Minutes: 120,
			ConfirmedBy: leader, ConfirmedAt: from, Version: 1,
		}})
	}))
	s.must(s.db.Owner(s.t).Get(&entryID, "SELECT id FROM entries WHERE source_id = $1", attendance))
	return entryID
}

// question returns one that the person asked about the line.
func (s *site) question(as context.Context, entryID string) string {
	s.t.Helper()
	v, err := s.app.AskCorrection(as, entryID, "那天没去", domain.Served{})
	s.must(err)
	return v.ID
}

func (s *site) correcting() map[string]apitest.Operation {
	mine, volunteer := s.as(me), auth.Principal{VolunteerID: me}
	stranger := id.New()
	s.must(s.db.InTx(s.t.Context(), func(q postgres.Querier) error {
		return s.app.LearnGrants(s.t.Context(), q, []teamsv1.GrantChanged{
			{GrantID: id.New(), VolunteerID: decider.VolunteerID, Role: "coordinator", RegionPath: "4106/410611/", State: "active", Version: 1},
		})
	}))
	foreign := s.question(s.as(stranger), s.line(stranger, "4107/410702/"))
	request := func(as auth.Principal, path map[string]string, body any) apitest.Request {
		return apitest.Request{As: as, Path: path, Body: body}
	}
	asked := func() map[string]string {
		return map[string]string{"correction_id": s.question(mine, s.line(me, "4106/410611/"))}
	}
	entry := func() map[string]string { return map[string]string{"entry_id": s.line(me, "4106/410611/")} }
	span := map[string]any{"from": "2026-11-20T09:00:00+08:00", "to": "2026-11-20T10:30:00+08:00", "minutes": 90}
	settled := s.settled(stranger)
	return map[string]apitest.Operation{
		"getEntry": {
			Good:    func(testing.TB) apitest.Request { return request(volunteer, entry(), nil) },
			Foreign: map[string]string{"entry_id": settled},
		},
		"askCorrection": {
			Good: func(testing.TB) apitest.Request {
				return request(volunteer, entry(), map[string]any{"reason": "只做了一个半小时", "minutes": 90, "from": span["from"], "to": span["to"]})
			},
			Also: []func(testing.TB) apitest.Request{func(testing.TB) apitest.Request {
				return request(volunteer, entry(), map[string]any{"reason": "那天没去", "minutes": 0})
			}},
			Foreign: map[string]string{"entry_id": settled},
		},
		"listCorrections": {
			Good: func(testing.TB) apitest.Request {
				return apitest.Request{As: volunteer, Query: map[string][]string{"of": {"mine"}}}
			},
			Also: []func(testing.TB) apitest.Request{
				func(testing.TB) apitest.Request {
					return apitest.Request{As: decider, Query: map[string][]string{"of": {"to_decide"}, "region": {"4106"}}}
				},
				func(testing.TB) apitest.Request {
					return apitest.Request{As: decider, Query: map[string][]string{"of": {"decided"}}}
				},
				func(testing.TB) apitest.Request {
					return apitest.Request{As: decider, Query: map[string][]string{"of": {"team"}, "team_id": {team}}}
				},
			},
		},
		"getCorrection": {
			Good:    func(testing.TB) apitest.Request { return request(volunteer, asked(), nil) },
			Foreign: map[string]string{"correction_id": foreign},
		},
		"decideCorrection": {
			Good: func(testing.TB) apitest.Request {
				return request(decider, asked(), map[string]any{"accept": true, "reason": "签到表上是这样", "to": span})
			},
			Also: []func(testing.TB) apitest.Request{func(testing.TB) apitest.Request {
				return request(decider, asked(), map[string]any{"accept": false, "reason": "照片上有她"})
			}},
			Foreign: map[string]string{"correction_id": foreign},
		},
		"withdrawCorrection": {
			Good:    func(testing.TB) apitest.Request { return request(volunteer, asked(), nil) },
			Foreign: map[string]string{"correction_id": foreign},
		},
	}
}

// settled returns a line of somebody in another city that is not open to objections.
func (s *site) settled(volunteerID string) string {
	s.t.Helper()
	entryID := id.New()
	_, err := s.db.Owner(s.t).Exec(`
		INSERT INTO entries (id, volunteer_id, team_id, programme_id, region_path, reporting_unit, kind, account, verification, minutes,
			started_at, ended_at, source_kind, source_id, title, confirmed_by, confirmed_at, recorded_at)
		SELECT $1, $2, $3, programme_id, '4107/410702/', '红旗区', kind, account, verification, minutes,
			started_at, ended_at, source_kind, $1, title, confirmed_by, confirmed_at, recorded_at
		FROM entries
		LIMIT 1`, entryID, volunteerID, id.New())
	s.must(err)
	return entryID
}
