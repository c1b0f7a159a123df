package api_test

import (
	"testing"

	"github.com/qihe-volunteers/qihe/shared/testkit/apitest"
)

func (s *site) changing() map[string]apitest.Operation {
	leader, theirDraft := by(s.ours.leader), s.draft(s.theirs)
	hidden := map[string]string{"task_id": theirDraft.ID}
	change := func(shifts ...any) object {
		return object{
			"programme_id": s.programme, "title": "淇河岸边捡拾垃圾", "description": "带好手套", "place": "淇水湾西门", "latitude": 35.75, "longitude": 114.3,
			"risks": "岸边湿滑", "risky": true, "insurance": "市志愿者保险", "bring": "手套", "contact_name": "王秀英", "contact_phone": "13800000000", "shifts": shifts,
		}
	}
	times := func(more object) object {
		shift := object{"starts_at": "2026-11-28T09:00:00+08:00", "ends_at": "2026-11-28T11:30:00+08:00", "capacity": 20}
		for name, value := range more {
			shift[name] = value
		}
		return shift
	}
	return map[string]apitest.Operation{
		"changeTask": {
			Good: func(testing.TB) apitest.Request {
				return apitest.Request{As: leader, Path: map[string]string{"task_id": s.draft(s.ours).ID}, Body: change(times(nil))}
			},
			Also: []func(testing.TB) apitest.Request{func(testing.TB) apitest.Request {
				shift := s.shift(s.ours)
				return apitest.Request{As: leader, Path: map[string]string{"task_id": shift.TaskID}, Body: change(times(object{"shift_id": shift.ID}), times(nil))}
			}},
			Foreign: map[string]string{"task_id": theirDraft.ID, "programme_id": "", "shifts[0].shift_id": ""},
		},
		"discardDraft": {
			Good: func(testing.TB) apitest.Request {
				return apitest.Request{As: leader, Path: map[string]string{"task_id": s.draft(s.ours).ID}}
			},
			Foreign: hidden,
		},
		"cancelTask": {
			Good: func(testing.TB) apitest.Request {
				return apitest.Request{As: leader, Path: map[string]string{"task_id": s.shift(s.ours).TaskID}, Body: object{"reason": "大雨"}}
			},
			Foreign: hidden,
		},
		"cancelShift": {
			Good: func(testing.TB) apitest.Request {
				return apitest.Request{As: leader, Path: map[string]string{"shift_id": s.shift(s.ours).ID}, Body: object{"reason": "大雨"}}
			},
			Foreign: map[string]string{"shift_id": theirDraft.Shifts[0].ID},
		},
		"listLedTasks": {Good: always(apitest.Request{As: leader})},
	}
}
