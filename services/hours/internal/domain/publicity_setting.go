package domain

import (
	"strings"
	"time"
	"unicode/utf8"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/id"
)

// PublicitySetting is for how many days lines of a region are open to objections,
// from a day on, until another setting begins there. It holds for all regions
// below that have none of their own. Settings are only added, and a second one
// for the same day replaces the first; what is posted already keeps its day.
type PublicitySetting struct {
	ID         string
	RegionPath string
	ValidFrom  Day
	Days       int
	Reason     string
	SetBy      string
	SetAt      time.Time
}

// What can be wrong with a setting.
var (
	ErrPublicityDays   = apperr.New(apperr.Invalid, "publicity_days", "公示期要在 3 到 7 天之间。", "Hours are open to objections for 3 to 7 days.")
	ErrPublicityFrom   = apperr.New(apperr.Invalid, "publicity_from", "生效日期不能早于今天，也不能晚于一年：已经公布的，截止日不变。", "It begins today or within a year: what is posted already keeps its day.")
	ErrPublicityReason = apperr.New(apperr.Invalid, "publicity_reason", "请写明为什么这样定，200 字以内。", "Please give a reason, in at most 200 characters.")
)

// NewPublicitySetting returns a setting that begins today or later.
func NewPublicitySetting(s PublicitySetting, by string, now time.Time) (PublicitySetting, error) {
	s.Reason = strings.TrimSpace(s.Reason)
	today := DayOf(now)
	switch {
	case s.Days < ShortestPublicity || s.Days > LongestPublicity:
		return PublicitySetting{}, apperr.For("days", ErrPublicityDays)
	case s.ValidFrom < today || s.ValidFrom > today+366:
		return PublicitySetting{}, apperr.For("valid_from", ErrPublicityFrom)
	case s.Reason == "" || utf8.RuneCountInString(s.Reason) > 200:
		return PublicitySetting{}, apperr.For("reason", ErrPublicityReason)
	}
	s.ID, s.SetBy, s.SetAt = id.New(), by, now
	return s, nil
}
