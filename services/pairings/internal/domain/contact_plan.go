package domain

import (
	"strings"
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/id"
)

// Rung is how far a silence has climbed.
type Rung int

// The rungs, from the volunteer up. NoRung: nobody was told.
const (
	NoRung Rung = iota
	RungVolunteer
	RungLeader   // who leads the brigade, and who supervises the pairing
	RungTownship // 儿童主任 of the village, 儿童督导员 of the township
	RungCounty
	RungCity
)

// Rungs is how many there are.
const Rungs = int(RungCity)

// ContactPlan says how often a companion parent is to see and to call, from a day on,
// until another of the same code begins. Plans are only added: what was asked for when
// can always be said.
type ContactPlan struct {
	ID         string
	Code       string
	ValidFrom  string     // a day of the city: 2026-12-01
	MeetMonths int        // a visit in so many months; 0: none is asked for
	CallWeeks  int        // a call, or a visit, in so many weeks; 0: none
	Silence    [Rungs]int // after how many days each rung is told
	Reason     string
	SetBy      string // empty: what Qihe begins with
	SetAt      time.Time
}

// What can be wrong with a plan.
var (
	ErrPlanDay     = apperr.New(apperr.Invalid, "plan_day", "生效日期不能早于明天：已经开始的这一周、这个月，按当时的规定算。", "It cannot begin before tomorrow: what is under way is counted as it was asked for.")
	ErrPlanOften   = apperr.New(apperr.Invalid, "plan_often", "见面按月、通话按周，都在 0 到 12 之间；0 表示不要求。", "Visits are in 0 to 12 months, calls in 0 to 12 weeks; 0 asks for none.")
	ErrPlanSilence = apperr.New(apperr.Invalid, "plan_silence", "五级提醒的天数要一级比一级晚，最多 180 天。", "The days of the five rungs must go up, to 180 at most.")
	ErrPlanReason  = apperr.New(apperr.Invalid, "plan_reason", "请写为什么这样定，200 字以内。", "Please say in at most 200 characters why.")
	ErrPlanCity    = apperr.New(apperr.Forbidden, "no_city_administrator", "只有市级管理员可以这样做。", "Only administrators of the city can do this.")
)

// NewContactPlan returns a plan that begins tomorrow or later.
func NewContactPlan(p ContactPlan, by string, now time.Time) (ContactPlan, error) {
	p.Reason = strings.TrimSpace(p.Reason)
	day, err := time.ParseInLocation(time.DateOnly, p.ValidFrom, clock.City)
	switch {
	case err != nil || !day.After(now):
		return ContactPlan{}, apperr.For("valid_from", ErrPlanDay)
	case p.MeetMonths < 0 || p.MeetMonths > 12:
		return ContactPlan{}, apperr.For("meet_months", ErrPlanOften)
	case p.CallWeeks < 0 || p.CallWeeks > 12:
		return ContactPlan{}, apperr.For("call_weeks", ErrPlanOften)
	case !climbs(p.Silence):
		return ContactPlan{}, apperr.For("silence", ErrPlanSilence)
	case !within(p.Reason, 200):
		return ContactPlan{}, apperr.For("reason", ErrPlanReason)
	}
	p.ID, p.SetBy, p.SetAt = id.New(), by, now
	return p, nil
}

func climbs(days [Rungs]int) bool {
	before := -1
	for _, d := range days {
		if d <= before || d > 180 {
			return false
		}
		before = d
	}
	return true
}

// ContactPlans are all of one code that were ever set, the newest first.
type ContactPlans []ContactPlan

// On returns the one in force at an instant; before the first, the first. Without any
// it is one that asks for nothing.
func (all ContactPlans) On(at time.Time) ContactPlan {
	day := at.In(clock.City).Format(time.DateOnly)
	for _, p := range all {
		if p.ValidFrom <= day {
			return p
		}
	}
	if len(all) > 0 {
		return all[len(all)-1]
	}
	return ContactPlan{}
}

// Next returns when the next one begins that is not in force yet; zero: none is set.
func (all ContactPlans) Next(now time.Time) (next time.Time) {
	for _, p := range all {
		if begins, err := time.ParseInLocation(time.DateOnly, p.ValidFrom, clock.City); err == nil && begins.After(now) {
			next = begins // the newest first: the last that is still to come is the next
		}
	}
	return next
}
