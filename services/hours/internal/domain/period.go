package domain

import (
	"fmt"
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
)

// PeriodKind says how long a period is.
type PeriodKind string

// The periods of boards and figures. A week begins on Monday and may reach
// over a month's or a year's end (ISO 8601).
const (
	OneDay   PeriodKind = "day"
	Week     PeriodKind = "week"
	Month    PeriodKind = "month"
	Quarter  PeriodKind = "quarter"
	Year     PeriodKind = "year"
	AllTime  PeriodKind = "all"
	SomeDays PeriodKind = "days" // from one day to another: a part of a period
)

// PeriodKinds are all kinds: every day lies in exactly one period of each.
var PeriodKinds = [...]PeriodKind{OneDay, Week, Month, Quarter, Year, AllTime}

// Period is a stretch of days by the city's calendar.
type Period struct {
	Kind  PeriodKind
	Start Day // 0 for all time
	Until Day // of some days the day after the last, else 0
}

// ErrPeriod refuses a period that cannot be read.
var ErrPeriod = apperr.New(apperr.Invalid, "not_a_period", "没有这个时段。", "There is no such period.")

// PeriodOf returns the period of that kind in which the day lies.
func PeriodOf(kind PeriodKind, day Day) Period {
	first := day.FirstOfMonth(0)
	month := int(first.Date().Month()) - 1
	switch kind {
	case OneDay:
		return Period{Kind: kind, Start: day}
	case Week:
		return Period{Kind: kind, Start: day.Monday()}
	case Month:
		return Period{Kind: kind, Start: first}
	case Quarter:
		return Period{Kind: kind, Start: first.FirstOfMonth(-(month % 3))}
	case Year:
		return Period{Kind: kind, Start: first.FirstOfMonth(-month)}
	default:
		return Period{Kind: AllTime}
	}
}

// ParsePeriod reads a period as the API writes it: week:2026-W48,
// month:2026-11, quarter:2026-Q4, year:2026, all; and this-week, this-month,
// this-quarter and this-year as seen from today. Else it returns ErrPeriod.
func ParsePeriod(text string, today Day) (Period, error) {
	for _, kind := range []PeriodKind{Week, Month, Quarter, Year} {
		if text == "this-"+string(kind) {
			return PeriodOf(kind, today), nil
		}
	}
	if text == string(AllTime) {
		return Period{Kind: AllTime}, nil
	}
	p, ok := written(text)
	if !ok || p.String() != text { // reading is lenient, and there is no 53rd week in most years
		return Period{}, ErrPeriod
	}
	return p, nil
}

func written(text string) (Period, bool) {
	var year, n int
	scan := func(format string, into ...any) bool {
		got, err := fmt.Sscanf(text, format, into...)
		return err == nil && got == len(into) && year >= 1 && year <= 9999
	}
	switch {
	case scan("week:%4d-W%2d", &year, &n):
		return Period{Kind: Week, Start: DayOn(year, time.January, 4).Monday() + Day(7*(n-1))}, true // 4 January is always in week 1
	case scan("month:%4d-%2d", &year, &n):
		return Period{Kind: Month, Start: DayOn(year, time.Month(n), 1)}, true
	case scan("quarter:%4d-Q%1d", &year, &n):
		return Period{Kind: Quarter, Start: DayOn(year, time.Month(3*n-2), 1)}, true
	case scan("year:%4d", &year):
		return Period{Kind: Year, Start: DayOn(year, time.January, 1)}, true
	default:
		return Period{}, false
	}
}

// String returns the period as ParsePeriod reads it.
func (p Period) String() string {
	t := p.Start.Date()
	switch p.Kind {
	case Week:
		year, week := t.ISOWeek()
		return fmt.Sprintf("week:%04d-W%02d", year, week)
	case Month:
		return t.Format("month:2006-01")
	case Quarter:
		return fmt.Sprintf("quarter:%04d-Q%d", t.Year(), (int(t.Month())+2)/3)
	case Year:
		return t.Format("year:2006")
	case OneDay:
		return "day:" + p.Start.String()
	case SomeDays:
		return "days:" + p.Start.String() + ":" + (p.Until - 1).String()
	default:
		return string(AllTime)
	}
}

// Contains reports whether the day lies in the period.
func (p Period) Contains(d Day) bool {
	from, until := p.Days()
	return from <= d && d < until
}

// Days returns the first day and the day after the last.
func (p Period) Days() (from, until Day) {
	switch p.Kind {
	case OneDay:
		return p.Start, p.Start + 1
	case Week:
		return p.Start, p.Start + 7
	case Month:
		return p.Start, p.Start.FirstOfMonth(1)
	case Quarter:
		return p.Start, p.Start.FirstOfMonth(3)
	case Year:
		return p.Start, p.Start.FirstOfMonth(12)
	case SomeDays:
		return p.Start, p.Until
	default:
		return -1 << 31, 1<<31 - 1
	}
}

// Dates is Days within what a date can be, for all time from the year 1 on.
func (p Period) Dates() (from, until Day) {
	if p.Kind == AllTime {
		return DayOn(1, time.January, 1), DayOn(9999, time.January, 1)
	}
	return p.Days()
}

// Before returns the period of the same kind that ends where p begins.
func (p Period) Before() Period {
	if p.Kind == AllTime {
		return p
	}
	return PeriodOf(p.Kind, p.Start-1)
}

// SoFar returns of the period before p as many days as p has had until today,
// today included: what p can honestly be compared with. Of a period that is over
// it is all of the one before; of one in which the one before had fewer days,
// such as 31 March, also all of it. ok is false for all time.
func (p Period) SoFar(today Day) (before Period, ok bool) {
	if p.Kind == AllTime {
		return p, false
	}
	before = p.Before()
	from, until := before.Days()
	if same := from + (today - p.Start) + 1; p.Contains(today) && same < until {
		return Period{Kind: SomeDays, Start: from, Until: same}, true
	}
	return before, true
}
