package domain

import (
	"time"

	"github.com/qihe-volunteers/qihe/shared/clock"
)

// Day is a date of the city's calendar, as the number of days since 1970-01-01.
type Day int32

// DayOf returns the day in Asia/Shanghai at the instant t.
func DayOf(t time.Time) Day {
	y, m, d := t.In(clock.City).Date()
	return DayOn(y, m, d)
}

// DayOn returns the day of a date; dates beyond a month's end run on, as in time.Date.
func DayOn(year int, month time.Month, day int) Day {
	return Day(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / secondsOfDay)
}

const secondsOfDay = 24 * 60 * 60

// Date returns midnight UTC of the date, for its year, month, week and weekday.
func (d Day) Date() time.Time { return time.Unix(int64(d)*secondsOfDay, 0).UTC() }

// Start returns the midnight in Asia/Shanghai with which the day begins.
func (d Day) Start() time.Time {
	y, m, day := d.Date().Date()
	return time.Date(y, m, day, 0, 0, 0, 0, clock.City)
}

// String returns the date as 2026-11-24.
func (d Day) String() string { return d.Date().Format(time.DateOnly) }

// Monday returns the first day of the day's ISO week.
func (d Day) Monday() Day {
	return d - Day((d.Date().Weekday()+6)%7)
}

// FirstOfMonth returns the first day of the month that is months away from the
// day's own: 0 is its own, -1 the one before.
func (d Day) FirstOfMonth(months int) Day {
	t := d.Date()
	return DayOn(t.Year(), t.Month()+time.Month(months), 1)
}

// ParseDay reads 2026-11-24; ok is false for anything else.
func ParseDay(text string) (day Day, ok bool) {
	t, err := time.Parse(time.DateOnly, text)
	return DayOn(t.Date()), err == nil
}
