package domain

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/id"
)

// Setting is what holds for a programme from a day on, until another setting
// begins. Settings are only added: what was in force when something happened
// can always be said. A second one for the same day replaces the first.
type Setting struct {
	ID          string
	ProgrammeID string
	ValidFrom   string   // a day of the city: 2026-12-01
	Needs       []string // codes of teams' list of papers; who takes part needs one of them (条例 art. 16). None: nobody needs any
	DayCap      int      // most minutes of one person's day that are not looked at; 0: none
	Rounding    int      // minutes are cut to whole multiples of it; 1: none
	Risky       bool     // every activity may endanger the person: insurance beforehand (条例 art. 17)
	RiskNote    string   // what every activity must warn of; empty: nothing in particular
	MeetEvery   int      // not used: contact plans are the pairings service's; kept for older clients
	CallEvery   int      // the same
	Reason      string
	SetBy       string // empty: Qihe's first settings
	SetAt       time.Time
}

// DefaultSetting holds for a programme that nothing was set for.
func DefaultSetting(programmeID string) Setting {
	return Setting{ProgrammeID: programmeID, DayCap: 8 * 60, Rounding: 1}
}

// What can be wrong with a setting.
var (
	ErrSettingDay      = apperr.New(apperr.Invalid, "setting_day", "生效日期不能早于今天：已经发生的，按当时的规定算。", "It cannot begin before today: what has happened is counted as it was then.")
	ErrSettingNeeds    = apperr.New(apperr.Invalid, "setting_needs", "资质要从资质种类里选，最多十种。", "Choose qualifications from the list, at most ten.")
	ErrSettingRounding = apperr.New(apperr.Invalid, "setting_rounding", "取整只能是 1、5、10、15、30 或 60 分钟。", "Rounding is to 1, 5, 10, 15, 30 or 60 minutes.")
	ErrNoAdministrator = apperr.New(apperr.Forbidden, "no_city_administrator", "只有市级管理员可以这样做。", "Only administrators of the city can do this.")
)

var (
	roundings = []int{1, 5, 10, 15, 30, 60}
	kindCode  = regexp.MustCompile(`^[a-z][a-z0-9_]{1,39}$`)
)

// NewSetting returns a setting that begins today or later.
func NewSetting(s Setting, by string, now time.Time) (Setting, error) {
	s.Reason, s.RiskNote = strings.TrimSpace(s.Reason), strings.TrimSpace(s.RiskNote)
	s.Needs = slices.Compact(slices.Sorted(slices.Values(s.Needs)))
	day, err := time.ParseInLocation(time.DateOnly, s.ValidFrom, clock.City)
	switch {
	case err != nil || day.Format(time.DateOnly) < DayOf(now):
		return Setting{}, apperr.For("valid_from", ErrSettingDay)
	case !slices.Contains(roundings, s.Rounding):
		return Setting{}, apperr.For("rounding", ErrSettingRounding)
	case len(s.Needs) > 10 || slices.ContainsFunc(s.Needs, func(code string) bool { return !kindCode.MatchString(code) }):
		return Setting{}, apperr.For("needs", ErrSettingNeeds)
	case s.Reason == "":
		return Setting{}, apperr.For("reason", ErrReasonMissing)
	}
	s.ID, s.SetBy, s.SetAt = id.New(), by, now
	return s, nil
}

// DayOf returns the city's day of an instant: 2026-12-01.
func DayOf(t time.Time) string { return t.In(clock.City).Format(time.DateOnly) }

// FirstSettings are what a new installation begins with, for those of its
// programmes whose work the law or the federation's plans bind.
func FirstSettings(programmes []Programme, now time.Time) []Setting {
	first := map[string]func(*Setting){
		"法律援助":     func(s *Setting) { s.Needs = []string{"lawyer", "legal_worker"} },
		"心理服务":     func(s *Setting) { s.Needs = []string{"counsellor", "social_worker"} },
		"留守儿童代理家长": func(s *Setting) { s.MeetEvery, s.CallEvery = 30, 7 },
		"爱心助困一帮一":  func(s *Setting) { s.MeetEvery, s.CallEvery = 30, 0 },
	}
	var settings []Setting
	for _, p := range programmes {
		if change, ok := first[p.Name]; ok {
			s := DefaultSetting(p.ID)
			s.ID, s.ValidFrom, s.Reason, s.SetAt = id.New(), "2017-12-01", "初始设置", now // the day the regulations came into force
			change(&s)
			settings = append(settings, s)
		}
	}
	return settings
}

// Meets adds to what a task must say before it is published what the
// programme's setting asks: insurance always, a warning in its words.
func (s Setting) Meets(t Task) error {
	if s.Risky && t.Insurance == "" {
		return apperr.For("insurance", ErrInsuranceMissing)
	}
	return nil
}
