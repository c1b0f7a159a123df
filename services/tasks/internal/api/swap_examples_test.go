package api_test

import (
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/testkit/apitest"
)

var swapRights = map[string][]int{
	"offerSwap":    {404, 404, 404, 404, 404}, // another's
	"takeBackSwap": {404, 404, 404, 404, 404},
	"findSwap":     {200, 200, 200, 200, 200}, // whoever has the link
	"takeSwap":     {404, 404, 404, 404, 404}, // the seat that is given for it is another's
	"undoSwap":     {404, 204, 404, 404, 404},
}

var swapAbroad = map[string][]int{"undoSwap": {0, 0, 204, 0, 0}}

// swaps has what people do about changing places.
func (s *site) swaps() map[string]apitest.Operation {
	first, second := s.twoShifts()
	another := s.signUp(first)
	theirs := s.moved(s.shift(s.theirs))
	mine := func(testing.TB) apitest.Request {
		u := s.signUp(first)
		return apitest.Request{As: by(u.VolunteerID), Path: map[string]string{"sign_up_id": u.ID}}
	}
	return map[string]apitest.Operation{
		"offerSwap":    {Good: mine, Foreign: map[string]string{"sign_up_id": another.ID}},
		"takeBackSwap": {Good: mine, Foreign: map[string]string{"sign_up_id": another.ID}},
		"findSwap": {Good: func(testing.TB) apitest.Request {
			return apitest.Request{As: by(s.signUp(second).VolunteerID), Body: object{"secret": s.link(s.signUp(first))}}
		}},
		"takeSwap": {
			Good: func(testing.TB) apitest.Request {
				u := s.signUp(second)
				return apitest.Request{As: by(u.VolunteerID), Body: object{"secret": s.link(s.signUp(first)), "sign_up_id": u.ID}}
			},
			Also: []func(testing.TB) apitest.Request{func(testing.TB) apitest.Request {
				return apitest.Request{As: by(id.New()), Body: object{"secret": s.link(s.signUp(first))}}
			}},
			Foreign: map[string]string{"sign_up_id": another.ID},
		},
		"undoSwap": {
			Good: func(testing.TB) apitest.Request {
				return apitest.Request{As: by(s.ours.leader), Path: map[string]string{"swap_id": s.moved(first)}}
			},
			Foreign: map[string]string{"swap_id": theirs},
		},
	}
}

// twoShifts are of one task, tomorrow and the day after.
func (s *site) twoShifts() (first, second app.ShiftView) {
	tomorrow := s.clock.Now().Add(24 * time.Hour).Truncate(time.Minute)
	task, err := s.CreateTask(s.as(s.ours.leader), app.NewTask{
		TeamID: s.ours.team, ProgrammeID: s.programme,
		Details: domain.Details{Title: "陪伴老人", Place: "敬老院", Risks: "路滑", ContactName: "王秀英", ContactPhone: "13800000000"},
		Shifts: []app.NewShift{
			{StartsAt: tomorrow, EndsAt: tomorrow.Add(time.Hour), Capacity: 5000},
			{StartsAt: tomorrow.Add(24 * time.Hour), EndsAt: tomorrow.Add(25 * time.Hour), Capacity: 5000},
		},
	})
	s.must(err)
	task, err = s.PublishTask(s.as(s.ours.leader), task.ID)
	s.must(err)
	return task.Shifts[0], task.Shifts[1]
}

// link is what somebody with a seat sends to the group.
func (s *site) link(u domain.SignUp) string {
	_, secret, err := s.OfferSwap(s.as(u.VolunteerID), u.ID)
	s.must(err)
	return secret
}

// moved is a seat that changed hands.
func (s *site) moved(shift app.ShiftView) (swapID string) {
	u := s.signUp(shift)
	swap, secret, err := s.OfferSwap(s.as(u.VolunteerID), u.ID)
	s.must(err)
	_, err = s.TakeSwap(s.as(id.New()), secret, "")
	s.must(err)
	return swap.ID
}
