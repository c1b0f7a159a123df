package domain

import (
	"fmt"
	"strings"
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
)

// Holiday is a day that is not what its weekday says: free (节假日), or worked
// though it is of a weekend (调休上班).
type Holiday struct {
	Day   string `db:"day"` // of the city: 2026-10-01
	Name  string `db:"name"`
	Works bool   `db:"works"`
}

// What can be wrong with a year's list.
var (
	ErrHolidayDay  = apperr.New(apperr.Invalid, "holiday_day", "日期要写成 2026-10-01 这样，属于这一年，不能重复。", "A day is written like 2026-10-01, lies in the year, and stands once.")
	ErrHolidayName = apperr.New(apperr.Invalid, "holiday_name", "请写节日的名称。", "Please name the holiday.")
)

// CheckHolidays returns nil for a year's list that can be kept, or Invalid with every item that is wrong.
func CheckHolidays(year int, days []Holiday) error {
	var wrong []apperr.Field
	seen := map[string]bool{}
	for i, h := range days {
		at, err := time.Parse(time.DateOnly, h.Day)
		if err != nil || at.Year() != year || seen[h.Day] {
			wrong = append(wrong, apperr.Wrong(fmt.Sprintf("items[%d].day", i), ErrHolidayDay))
		}
		if strings.TrimSpace(h.Name) == "" {
			wrong = append(wrong, apperr.Wrong(fmt.Sprintf("items[%d].name", i), ErrHolidayName))
		}
		seen[h.Day] = true
	}
	if len(wrong) > 0 {
		return apperr.Together(wrong...)
	}
	return nil
}
