package api_test

import (
	"bytes"
	"image"
	"image/jpeg"
	"net/url"
	"testing"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/testkit/apitest"
)

var (
	recordingRights = map[string][]int{
		"createPhoto":   {404, 201, 404, 404, 404},
		"getPhoto":      {200, 200, 200, 200, 200},
		"takeDownPhoto": {404, 204, 404, 404, 404},
		"listRecords":   {200, 200, 200, 200, 200},
		"writeRecord":   {404, 200, 404, 404, 404},
		"exportShifts":  {404, 200, 404, 200, 404},
		"listHolidays":  {200, 200, 200, 200, 200},
		"setHolidays":   {403, 403, 403, 403, 403}, // it takes an administrator of the city; the example has one
		"listFeeds":     {200, 200, 200, 200, 200},
		"renewFeed":     {404, 201, 404, 404, 404},
		"revokeFeed":    {404, 204, 404, 404, 404},
		"getFeed":       {200, 200, 200, 200, 200},
	}
	recordingAbroad = map[string][]int{
		"getPhoto":      {0, 0, 200, 0, 0},
		"takeDownPhoto": {0, 0, 204, 0, 0},
		"writeRecord":   {0, 0, 200, 0, 0},
		"exportShifts":  {0, 0, 200, 200, 0},
		"renewFeed":     {0, 0, 201, 0, 0},
		"revokeFeed":    {0, 0, 204, 0, 0},
	}
)

// over is a shift that has ended.
func (s *site) over(b brigade) app.ShiftView {
	s.t.Helper()
	shift := s.running(b)
	_, err := s.db.Owner(s.t).Exec(`UPDATE shifts SET starts_at = starts_at - interval '1 day', ends_at = ends_at - interval '1 day' WHERE id = $1`, shift.ID)
	s.must(err)
	return shift
}

func (s *site) photoOf(b brigade, n app.NewPhoto) domain.Photo {
	s.t.Helper()
	n.ID = id.New()
	p, err := s.AddPhoto(s.as(b.leader), n, s.jpeg())
	s.must(err)
	return p
}

func (s *site) jpeg() []byte {
	s.t.Helper()
	var file bytes.Buffer
	s.must(jpeg.Encode(&file, image.NewGray(image.Rect(0, 0, 4, 3)), nil))
	return file.Bytes()
}

func (s *site) recording() map[string]apitest.Operation {
	leader, anybody := by(s.ours.leader), by(id.New())
	ours, theirs, theirDraft := s.over(s.ours), s.over(s.theirs), s.draft(s.theirs)
	shown := s.photoOf(s.ours, app.NewPhoto{TaskID: ours.TaskID})
	hidden := s.photoOf(s.theirs, app.NewPhoto{TaskID: theirDraft.ID})
	of := always(apitest.Request{As: leader, Body: object{"team_id": s.ours.team}})
	_, secret, err := s.RenewFeed(s.as(id.New()), "")
	s.must(err)
	return map[string]apitest.Operation{
		"listHolidays": {Good: always(apitest.Request{As: anybody})},
		"setHolidays": {Good: always(apitest.Request{
			As:   auth.Principal{VolunteerID: id.New(), Grants: []auth.Grant{{Role: "administrator", RegionPath: "4106/"}}},
			Path: map[string]string{"year": "2027"}, Body: object{"items": []any{object{"day": "2027-01-01", "name": "元旦", "works": false}}},
		})},
		"listFeeds":  {Good: always(apitest.Request{As: anybody})},
		"renewFeed":  {Good: of, Also: []func(testing.TB) apitest.Request{always(apitest.Request{As: anybody, Body: object{}})}, Foreign: map[string]string{"team_id": s.theirs.team}},
		"revokeFeed": {Good: of, Foreign: map[string]string{"team_id": s.theirs.team}},
		"getFeed":    {Good: always(apitest.Request{As: anybody, Path: map[string]string{"secret": secret}})},
		"createPhoto": {Good: func(testing.TB) apitest.Request {
			return apitest.Request{As: leader, Query: url.Values{"photo_id": {id.New()}, "shift_id": {s.over(s.ours).ID}}, File: s.jpeg()}
		}},
		"getPhoto": {
			Good:    always(apitest.Request{As: anybody, Path: map[string]string{"photo_id": shown.ID, "size": "display"}}),
			Foreign: map[string]string{"photo_id": hidden.ID},
		},
		"takeDownPhoto": {
			Good: func(testing.TB) apitest.Request {
				p := s.photoOf(s.ours, app.NewPhoto{TaskID: s.shift(s.ours).TaskID})
				return apitest.Request{As: leader, Path: map[string]string{"photo_id": p.ID}, Body: object{"reason": "有孩子的脸"}}
			},
			Foreign: map[string]string{"photo_id": hidden.ID},
		},
		"listRecords": {
			Good: always(apitest.Request{As: anybody, Query: url.Values{"team_id": {s.ours.team}}}),
			Also: []func(testing.TB) apitest.Request{
				always(apitest.Request{As: anybody, Query: url.Values{"task_id": {ours.TaskID}, "limit": {"1"}}}),
				always(apitest.Request{As: leader, Query: url.Values{"shift_id": {ours.ID}}}),
			},
		},
		"exportShifts": {
			Good: always(apitest.Request{As: leader, Body: object{
				"team_id": s.ours.team, "first_day": "2026-11-01", "last_day": "2026-11-30", "purpose": "月度台账",
			}}),
			Also: []func(testing.TB) apitest.Request{always(apitest.Request{As: officer("4106/"), Body: object{
				"region": "410611", "first_day": "2026-11-01", "last_day": "2026-11-30", "purpose": "月度台账",
			}})},
			Foreign: map[string]string{"team_id": s.theirs.team},
		},
		"writeRecord": {
			Good:    always(apitest.Request{As: leader, Path: map[string]string{"shift_id": ours.ID}, Body: object{"summary": "捡了三十袋垃圾"}}),
			Foreign: map[string]string{"shift_id": theirs.ID},
		},
	}
}
