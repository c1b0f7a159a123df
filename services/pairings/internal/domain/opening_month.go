package domain

import (
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/clock"
)

// ErrMonth is what a month that is none, or that has not begun, gets.
var ErrMonth = apperr.New(apperr.Invalid, "month", "请选一个已经开始的月份。", "Please choose a month that has begun.")

// Month is a calendar month of the city, from its first instant to the next one's.
type Month struct{ From, To time.Time }

// ParseMonth reads a month like 2026-11.
func ParseMonth(text string, now time.Time) (Month, error) {
	from, err := time.ParseInLocation("2006-01", text, clock.City)
	if err != nil || from.After(now) {
		return Month{}, apperr.For("month", ErrMonth)
	}
	return Month{from, from.AddDate(0, 1, 0)}, nil
}

// OpeningCount is how often somebody opened records on one basis.
type OpeningCount struct {
	PersonID string // empty: guardians, by their links
	Basis    Basis
	Openings int // readings and writings
	Records  int // different ones
}

// Emergency is a record that was opened without anybody's leave.
type Emergency struct {
	Purpose
	Number   int // of the record
	Openings int // how often it was opened on these grounds
}
