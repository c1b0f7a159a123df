package domain

import (
	"slices"
	"strings"
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/id"
)

// StarRule says how many settled minutes of service make a star, from a day on,
// and for how long nothing upheld may lie back when one is reached: hours alone
// are no measure of service (河南省志愿服务条例 art. 41). Rules are only added; a
// second one for the same day replaces the first.
type StarRule struct {
	ID          string
	ValidFrom   Day
	Minutes     []int // of the first star, the second and so on
	CleanMonths int   // 0: whatever there was
	Reason      string
	SetBy       string // empty: Qihe's first rules
	SetAt       time.Time
}

// What can be wrong with a rule.
var (
	ErrStarDay    = apperr.New(apperr.Invalid, "star_day", "生效日期不能早于明天：今天的星级已经算过了。", "It cannot begin before tomorrow: today's stars are judged already.")
	ErrStarHours  = apperr.New(apperr.Invalid, "star_hours", "一到五个星级，每一级都要比前一级多，最多 10 万小时。", "One to five levels, each of more hours than the one before, at most 100,000.")
	ErrStarMonths = apperr.New(apperr.Invalid, "star_months", "月数在 0 到 60 之间；0 表示不看。", "Between 0 and 60 months; 0 means it does not matter.")
	ErrStarReason = apperr.New(apperr.Invalid, "star_reason", "请写明依据，大家都看得到。", "Please say on what grounds; everybody can read it.")
)

// NewStarRule returns a rule that begins tomorrow or later.
func NewStarRule(r StarRule, by string, now time.Time) (StarRule, error) {
	r.Reason = strings.TrimSpace(r.Reason)
	switch {
	case r.ValidFrom <= DayOf(now):
		return StarRule{}, apperr.For("valid_from", ErrStarDay)
	case len(r.Minutes) < 1 || len(r.Minutes) > 5 || r.Minutes[0] < 60 || slices.Max(r.Minutes) > 100_000*60 || !rising(r.Minutes):
		return StarRule{}, apperr.For("hours", ErrStarHours)
	case r.CleanMonths < 0 || r.CleanMonths > 60:
		return StarRule{}, apperr.For("clean_months", ErrStarMonths)
	case r.Reason == "":
		return StarRule{}, apperr.For("reason", ErrStarReason)
	}
	r.ID, r.SetBy, r.SetAt = id.New(), by, now
	return r, nil
}

func rising(all []int) bool {
	for i := 1; i < len(all); i++ {
		if all[i] <= all[i-1] {
			return false
		}
	}
	return true
}

// Level returns how many stars the minutes make, from 0.
func (r StarRule) Level(minutes int) int {
	level := 0
	for level < len(r.Minutes) && minutes >= r.Minutes[level] {
		level++
	}
	return level
}

// Needed returns the minutes of a level; 0 stars need none.
func (r StarRule) Needed(level int) int {
	if level < 1 || level > len(r.Minutes) {
		return 0
	}
	return r.Minutes[level-1]
}

// CleanSince returns since when nothing upheld may be about somebody who rises
// at the instant.
func (r StarRule) CleanSince(at time.Time) time.Time { return at.AddDate(0, -r.CleanMonths, 0) }

// Star is how somebody stands: the last change.
type Star struct {
	VolunteerID string
	Level       int
	Since       Day
	Needed      int // minutes, by the rule of that day
}

// StarChange is a star reached, or lost because hours were corrected. It is
// never changed.
type StarChange struct {
	Star
	Was     int
	Minutes int // settled service on that day
	RuleID  string
	MadeAt  time.Time
}

// Judge returns the change that settled minutes on a day make, and whether there
// is one. Somebody rises if nothing upheld lies back (clean). What was reached
// under an earlier rule stays; it is lost only when hours were corrected to less
// than were needed then.
func (r StarRule) Judge(s Star, minutes int, clean bool, day Day, now time.Time) (StarChange, bool) {
	level := r.Level(minutes)
	switch {
	case level > s.Level && clean:
	case minutes < s.Needed:
		level = min(level, s.Level-1)
	default:
		return StarChange{}, false
	}
	return StarChange{
		Star: Star{VolunteerID: s.VolunteerID, Level: level, Since: day, Needed: r.Needed(level)},
		Was:  s.Level, Minutes: minutes, RuleID: r.ID, MadeAt: now,
	}, true
}
