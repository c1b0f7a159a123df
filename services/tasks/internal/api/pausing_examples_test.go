package api_test

import (
	"net/url"
	"testing"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/testkit/apitest"
)

// pausing is about a county without brigades: what is paused here takes nothing
// from the other examples.
func (s *site) pausing() map[string]apitest.Operation {
	coordinator := auth.Principal{VolunteerID: id.New(), Grants: []auth.Grant{{Role: "coordinator", RegionPath: "4106/410622/"}}}
	empty := s.shift(s.ours)
	pause := func(regionPath string) domain.Pause {
		all := auth.Principal{VolunteerID: id.New(), Grants: []auth.Grant{{Role: "administrator", RegionPath: "4106/"}}}
		p, err := s.PauseShifts(auth.With(s.t.Context(), all), app.NewPause{RegionPath: regionPath, Until: s.clock.Now().AddDate(0, 0, 1), Reason: "防汛"})
		s.must(err)
		return p
	}
	return map[string]apitest.Operation{
		"listPauses": {Good: always(apitest.Request{As: coordinator})},
		"createPause": {
			Good: always(apitest.Request{As: coordinator, Body: object{
				"region_path": "4106/410622/", "since": "2026-11-23T06:00:00+08:00", "until": "2026-11-24T20:00:00+08:00", "reason": "防汛",
			}}),
		},
		"previewPause": {
			Good: always(apitest.Request{As: coordinator, Query: url.Values{
				"region_path": {"4106/410622/"}, "since": {"2026-11-23T06:00:00+08:00"}, "until": {"2026-11-24T20:00:00+08:00"},
			}}),
		},
		"endPause": {
			Good: func(testing.TB) apitest.Request {
				return apitest.Request{As: coordinator, Path: map[string]string{"pause_id": pause("4106/410622/").ID}}
			},
			Foreign: map[string]string{"pause_id": pause("4106/410623/").ID},
		},
		"listCallees": {
			Good:    always(apitest.Request{As: by(s.ours.leader), Path: map[string]string{"shift_id": empty.ID}}),
			Foreign: map[string]string{"shift_id": s.shift(s.theirs).ID},
		},
	}
}
