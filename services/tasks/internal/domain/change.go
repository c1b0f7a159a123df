package domain

import (
	"strconv"
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
)

// What can stand in the way of a change or a cancellation.
var (
	ErrTaskCancelled   = apperr.New(apperr.Conflict, "task_cancelled", "这个活动已经取消。要再办，请用“再发一次”。", "This activity has been cancelled; to hold it after all, post it again.")
	ErrProgrammeFixed  = apperr.New(apperr.Invalid, "programme_fixed", "发布以后不能换项目。请取消后重新发布。", "The programme cannot be changed once it is published; please cancel and post anew.")
	ErrNotADraft       = apperr.New(apperr.Conflict, "not_a_draft", "已经发布的活动不能删除，只能取消。", "A published activity cannot be thrown away, only cancelled.")
	ErrNothingToCancel = apperr.New(apperr.Conflict, "nothing_to_cancel", "这个活动没有还没开始的场次，不用取消。", "There is no shift left to cancel.")
	ErrPeoplePresent   = apperr.New(apperr.Conflict, "people_present", "现场已有 {n} 人签到，他们的时长要算数，这一场不能取消。请大家签退，再到“确认”里结束。", "{n} people have checked in and their time counts, so this shift cannot be cancelled; let them check out and confirm it.")
	ErrTimesFixed      = apperr.New(apperr.Conflict, "times_fixed", "这一场已经开始或有人签到，时间不能再改。", "This shift has begun or somebody has checked in; its time can no longer be changed.")
	ErrTooFewSeats     = apperr.New(apperr.Conflict, "too_few_seats", "已有 {taken} 人报名，人数不能少于 {taken}。", "{taken} people have signed up; the number cannot be lower.")
	ErrRegionPaused    = apperr.New(apperr.Conflict, "region_paused", "这段时间这里的活动都暂停了（{reason}），请改到别的时间，或等恢复以后再发。", "Activities here are paused at that time ({reason}); please choose another, or post when they resume.")
	ErrShiftCancelled  = apperr.New(apperr.Conflict, "shift_cancelled", "这一场已经取消：{reason}。", "This shift has been cancelled: {reason}.")
	ErrShiftPaused     = apperr.New(apperr.Conflict, "shift_paused", "这一场已经暂停：{reason}。请等通知，先不要去。", "This shift has been paused: {reason}. Please wait for news before you go.")
)

// Change rewrites what volunteers are told. news reports whether those who
// signed up must hear of it: where to be, what to bring, what may happen, whom
// to ask; a better description is none. A draft may say anything, a published
// task all that the law wants said.
func (t *Task) Change(programmeID string, d Details) (news bool, err error) {
	d = d.trimmed()
	switch {
	case t.State == TaskCancelled:
		return false, ErrTaskCancelled
	case d.Title == "":
		return false, apperr.For("title", ErrTitleMissing)
	case t.State == TaskPublished && programmeID != t.ProgrammeID:
		return false, apperr.For("programme_id", ErrProgrammeFixed) // hours may have been confirmed under it
	}
	before := t.Details
	t.ProgrammeID, t.Details = programmeID, d
	if t.State == TaskPublished {
		if missing := t.unsaid(); len(missing) > 0 {
			return false, apperr.Together(missing...)
		}
	}
	t.Version++
	return t.State == TaskPublished && d.news() != before.news(), nil
}

// news is what somebody who comes must not learn too late.
func (d Details) news() Details {
	return Details{Place: d.Place, Risks: d.Risks, Bring: d.Bring, ContactName: d.ContactName, ContactPhone: d.ContactPhone}
}

// Cancel takes back what is to come of a published task. Its shifts are
// cancelled one by one. Cancelling twice changes nothing.
func (t *Task) Cancel(reason string) (changed bool, err error) {
	switch {
	case t.State == TaskCancelled:
		return false, nil
	case reason == "":
		return false, apperr.For("reason", ErrReasonMissing)
	}
	t.State, t.Reason = TaskCancelled, reason
	t.Version++
	return true, nil
}

// Times is when a shift is and for how many.
type Times struct {
	StartsAt, EndsAt time.Time
	Capacity         int
}

// Change moves a shift or gives it other seats. present is how many have
// checked in: what is proved stays proved, so from the first of them, and from
// the start on, the times are fixed. news reports whether those who signed up
// must hear of it.
func (s *Shift) Change(to Times, present int, now time.Time) (news bool, err error) {
	to.StartsAt, to.EndsAt = to.StartsAt.UTC(), to.EndsAt.UTC()
	moved := !to.StartsAt.Equal(s.StartsAt) || !to.EndsAt.Equal(s.EndsAt)
	if !moved && to.Capacity == s.Capacity {
		return false, nil
	}
	switch err := s.stands(); {
	case err != nil:
		return false, err
	case moved && s.fixed(to, present, now):
		return false, ErrTimesFixed
	case moved && (!to.EndsAt.After(to.StartsAt) || to.EndsAt.Sub(to.StartsAt) > MaxShift):
		return false, ErrShiftTimes
	case moved && !s.ahead(to, now):
		return false, ErrShiftPast
	case to.Capacity < s.Taken:
		return false, ErrTooFewSeats.With("taken", strconv.Itoa(s.Taken))
	}
	s.StartsAt, s.EndsAt, s.Capacity = to.StartsAt, to.EndsAt, to.Capacity
	s.Version++
	return moved, nil
}

// fixed reports whether the times stay as they are. The last day of what has no
// hours can be moved on, and, while nobody did anything, back.
func (s Shift) fixed(to Times, present int, now time.Time) bool {
	if s.Flexible() {
		return present > 0 && to.EndsAt.Before(s.EndsAt) || to.StartsAt.Before(s.OpenFrom)
	}
	return present > 0 || !now.Before(s.StartsAt)
}

func (s Shift) ahead(to Times, now time.Time) bool {
	if s.Flexible() {
		return to.EndsAt.After(now)
	}
	return to.StartsAt.After(now)
}

// Cancel calls a shift off. Where somebody has checked in it cannot be called
// off: what happened stays and is confirmed. Cancelling twice changes nothing.
func (s *Shift) Cancel(reason string, present int, now time.Time) (changed bool, err error) {
	switch {
	case s.State == ShiftCancelled:
		return false, nil
	case s.State == ShiftConfirmed:
		return false, ErrShiftConfirmed
	case !now.Before(s.EndsAt):
		return false, ErrShiftOver
	case present > 0:
		return false, ErrPeoplePresent.With("n", strconv.Itoa(present))
	case reason == "":
		return false, apperr.For("reason", ErrReasonMissing)
	}
	s.State, s.Reason = ShiftCancelled, reason
	s.Version++
	return true, nil
}

// Draws returns nil unless the shift is called off or paused, when its code
// stops, or has no hours, when it has none.
func (s Shift) Draws() error {
	if s.State == ShiftCancelled || s.State == ShiftPaused {
		return s.stands()
	}
	if s.Flexible() {
		return ErrNoFixedHours
	}
	return nil
}

// Settles returns nil when the roster can be confirmed: of a paused shift only
// what had happened before.
func (s Shift) Settles(attended int) error {
	if s.State == ShiftCancelled || s.State == ShiftPaused && attended == 0 {
		return s.stands()
	}
	return nil
}

// stands returns nil while the shift is neither called off, paused nor settled.
func (s Shift) stands() error {
	switch s.State {
	case ShiftCancelled:
		return ErrShiftCancelled.With("reason", s.Reason)
	case ShiftPaused:
		return ErrShiftPaused.With("reason", s.Reason)
	case ShiftConfirmed:
		return ErrShiftConfirmed
	default:
		return nil
	}
}
