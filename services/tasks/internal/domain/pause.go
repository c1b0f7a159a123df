package domain

import (
	"strings"
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/id"
)

// Pause holds back every shift of a region and a period at once: a flood, a
// heat wave. What is held back accepts no sign-up and no check-in, and nobody
// who stays away has missed anything. It ends by hand: within UndoPauseWithin that is
// an undo, later a resumption; the shifts that have not passed meanwhile come back.
type Pause struct {
	ID           string
	RegionPath   string // codes from the city down, each followed by a slash
	Since, Until time.Time
	Reason       string
	PausedBy     string
	PausedAt     time.Time
	Shifts       int // how many it held back
	People       int // how many sign-ups these had
	EndedBy      string
	EndedAt      time.Time // zero while it stands
	Resumed      int       // how many shifts came back
}

const (
	// UndoPauseWithin is how long after a pause its end is called an undo.
	UndoPauseWithin = 10 * time.Minute
	// MaxPause is how far ahead a pause may reach. What is held back longer is cancelled.
	MaxPause = 62 * 24 * time.Hour
)

// What can be wrong with a pause.
var (
	ErrPausePeriod = apperr.New(apperr.Invalid, "pause_period", "暂停的结束时间要在现在之后、两个月以内。", "A pause must end after now and within two months.")
	ErrNoSuchPause = apperr.New(apperr.NotFound, "no_such_pause", "没有这次暂停。", "There is no such pause.")
	ErrNoPauser    = apperr.New(apperr.Forbidden, "no_pauser", "暂停活动要有这个区划的统筹或管理权限。", "To pause activities one must coordinate or administer the division.")
)

// NewPause returns a pause of a region from since, or now when that has passed.
func NewPause(regionPath string, since, until time.Time, reason, by string, now time.Time) (Pause, error) {
	if since.Before(now) {
		since = now
	}
	reason = strings.TrimSpace(reason)
	switch {
	case !until.After(since) || until.Sub(now) > MaxPause:
		return Pause{}, apperr.For("until", ErrPausePeriod)
	case reason == "":
		return Pause{}, apperr.For("reason", ErrReasonMissing)
	}
	return Pause{
		ID: id.New(), RegionPath: regionPath, Since: since.UTC(), Until: until.UTC(), Reason: reason, PausedBy: by, PausedAt: now,
	}, nil
}

// End lets go what the pause holds back. Ending twice changes nothing.
func (p *Pause) End(by string, now time.Time) (changed bool) {
	if !p.EndedAt.IsZero() {
		return false
	}
	p.EndedBy, p.EndedAt = by, now
	return true
}

// Undoable reports whether ending the pause now takes back a mistake.
func (p Pause) Undoable(now time.Time) bool {
	return p.EndedAt.IsZero() && now.Before(p.PausedAt.Add(UndoPauseWithin))
}

// HeldShift is what those concerned are told of a shift that is held back or let go.
type HeldShift struct {
	Shift
	TeamID, Title, Place string
}
