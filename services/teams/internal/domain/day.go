package domain

import (
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/clock"
)

var (
	// ErrDay says that a text is no day of the calendar.
	ErrDay = apperr.New(apperr.Invalid, "day_wrong", "日期不对，请重新选。", "This is no date; please choose again.")
	// ErrDayAhead says that what has happened cannot have happened tomorrow.
	ErrDayAhead = apperr.New(apperr.Invalid, "day_ahead", "日期还没有到，请重新选。", "This day has not come yet; please choose again.")
)

// ParseDay understands 2026-11-26 as a day in Hebi. Empty is the zero time.
func ParseDay(s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	d, err := time.ParseInLocation(time.DateOnly, s, clock.City)
	if err != nil || d.Year() < 1900 || d.Year() > 2200 {
		return time.Time{}, ErrDay
	}
	return d, nil
}

// parsePastDay returns a day that must be told and has come, or what is wrong
// with it, on the input called field.
func parsePastDay(field, s string, now time.Time) (time.Time, error) {
	d, err := ParseDay(s)
	switch {
	case err != nil:
		return d, apperr.For(field, ErrDay)
	case d.IsZero():
		return d, apperr.For(field, ErrBlank)
	case d.After(now):
		return d, apperr.For(field, ErrDayAhead)
	}
	return d, nil
}
