package domain

import (
	"strings"
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/id"
)

// DayCap is the most minutes of service that one person is credited for one
// day, from a day on. Caps are only added; a second one for the same day
// replaces the first. It never touches lines that were written before.
type DayCap struct {
	ID          string
	ProgrammeID string // empty: of all programmes together
	ValidFrom   Day
	Minutes     int // 0: no cap
	Reason      string
	SetBy       string
	SetAt       time.Time
}

// What can be wrong with a cap.
var (
	ErrCapDay     = apperr.New(apperr.Invalid, "cap_day", "生效日期不能早于今天：已经记的时长，按当时的规定算。", "It cannot begin before today: hours that were credited are counted as it was then.")
	ErrCapMinutes = apperr.New(apperr.Invalid, "cap_minutes", "每天的上限在 0 到 24 小时之间；0 表示不设上限。", "A day's cap lies between 0 and 24 hours; 0 means none.")
	ErrCapReason  = apperr.New(apperr.Invalid, "cap_reason", "请写明依据，大家都看得到。", "Please say on what grounds; everybody can read it.")
)

// NewDayCap returns a cap that begins today or later.
func NewDayCap(c DayCap, by string, now time.Time) (DayCap, error) {
	c.Reason = strings.TrimSpace(c.Reason)
	switch {
	case c.ValidFrom < DayOf(now):
		return DayCap{}, apperr.For("valid_from", ErrCapDay)
	case c.Minutes < 0 || c.Minutes > longest:
		return DayCap{}, apperr.For("minutes", ErrCapMinutes)
	case c.Reason == "":
		return DayCap{}, apperr.For("reason", ErrCapReason)
	}
	c.ID, c.SetBy, c.SetAt = id.New(), by, now
	return c, nil
}

// Caps is all that was ever set, the newest first for each programme.
type Caps []DayCap

// On returns the most minutes that count on the day under the programme, or
// under all together if none is named, and whether there is such a bound.
func (caps Caps) On(day Day, programmeID string) (minutes int, ok bool) {
	for _, c := range caps {
		if c.ProgrammeID == programmeID && c.ValidFrom <= day {
			return c.Minutes, c.Minutes > 0
		}
	}
	return 0, false
}
