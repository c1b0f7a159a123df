package domain

import (
	"strings"
	"time"
	"unicode/utf8"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/id"
)

// BoardSwitch says whether there are boards of a region and of all below it, from
// a day on, until another one begins. Switches are only added, and a second one
// for the same day replaces the first.
type BoardSwitch struct {
	ID         string
	RegionPath string
	ValidFrom  Day
	Off        bool
	Reason     string
	SetBy      string
	SetAt      time.Time
}

// What can be wrong with a switch.
var (
	ErrSwitchFrom   = apperr.New(apperr.Invalid, "switch_from", "生效日期要在今天到一年之内。", "It begins today or within a year.")
	ErrSwitchReason = apperr.New(apperr.Invalid, "switch_reason", "请写明原因，200 字以内。", "Please give a reason, in at most 200 characters.")
)

// NewBoardSwitch returns a switch that begins today or later.
func NewBoardSwitch(s BoardSwitch, by string, now time.Time) (BoardSwitch, error) {
	s.Reason = strings.TrimSpace(s.Reason)
	today := DayOf(now)
	switch {
	case s.ValidFrom < today || s.ValidFrom > today+366:
		return BoardSwitch{}, apperr.For("valid_from", ErrSwitchFrom)
	case s.Reason == "" || utf8.RuneCountInString(s.Reason) > 200:
		return BoardSwitch{}, apperr.For("reason", ErrSwitchReason)
	}
	s.ID, s.SetBy, s.SetAt = id.New(), by, now
	return s, nil
}

// BoardSwitches are all that were ever set, the last day first, and of one day
// the newest first.
type BoardSwitches []BoardSwitch

// Off returns the region by which boards of the one at the path are switched off
// on a day: itself or one above it, the lowest of them. ok is false when there
// are boards.
func (all BoardSwitches) Off(regionPath string, today Day) (by string, ok bool) {
	for path := regionPath; path != ""; path = above(path) {
		for _, s := range all {
			if s.RegionPath != path || s.ValidFrom > today {
				continue
			}
			if s.Off {
				return path, true
			}
			break
		}
	}
	return "", false
}

// City returns the path of the region of which boards of the whole city, such as
// a programme's, are: one without another above it. It is empty when nothing was
// set there.
func (all BoardSwitches) City() string {
	for _, s := range all {
		if above(s.RegionPath) == "" {
			return s.RegionPath
		}
	}
	return ""
}
