package domain

import (
	"strings"
	"time"

	"github.com/qihe-volunteers/qihe/shared/id"
)

// How long a posted line may be objected to (公示), in days of the city.
const (
	ShortestPublicity = 3
	LongestPublicity  = 7
	UsualPublicity    = 7 // where nobody has set anything
)

// Settled reports whether the line counts as settled on a day, unless a question
// holds it.
func (e Entry) Settled(on Day) bool { return e.SettlesOn <= on }

// SettlingReason says what became of a line's settling.
type SettlingReason string

// The reasons.
const (
	Held      SettlingReason = "held"      // a question was asked before the line settled
	Dismissed SettlingReason = "dismissed" // the question was found wrong, or taken back
	Reversed  SettlingReason = "reversed"  // the question was found right: a reversal takes its place
)

// SettlingChange changes how much of a line counts as settled, from a day on. It
// is never changed itself.
type SettlingChange struct {
	ID          string
	EntryID     string
	Minutes     int // added to what counts as settled
	EffectiveOn Day
	Reason      SettlingReason
	SourceID    string // the question: it holds its line once and lets it go once
	MadeAt      time.Time
}

// Hold keeps the line from settling because of a question that is asked now.
// What has settled already is not held: ok is false then.
func (e Entry) Hold(questionID string, now time.Time) (c SettlingChange, ok bool) {
	return e.settling(Held, -e.Minutes, e.SettlesOn, questionID, now), !e.Settled(DayOf(now))
}

// LetGo lets a line that the question held settle after all: on its day, or now
// when that has passed.
func (e Entry) LetGo(questionID string, now time.Time) SettlingChange {
	return e.settling(Dismissed, e.Minutes, max(e.SettlesOn, DayOf(now)), questionID, now)
}

// GiveWay ends the question's hold on the day on which the reversal settles, so
// that both together come to nothing on every day.
func (e Entry) GiveWay(reversal Entry, questionID string, now time.Time) SettlingChange {
	return e.settling(Reversed, e.Minutes, reversal.SettlesOn, questionID, now)
}

func (e Entry) settling(why SettlingReason, minutes int, on Day, questionID string, now time.Time) SettlingChange {
	return SettlingChange{ID: id.New(), EntryID: e.ID, Minutes: minutes, EffectiveOn: on, Reason: why, SourceID: questionID, MadeAt: now}
}

// Publicity says for how many days lines that are posted today are open to
// objections: by region path, where something was set. The zero value is what
// holds where nothing was set anywhere.
type Publicity map[string]int

// Days returns the days of a region: its own, or those of the nearest above it.
func (p Publicity) Days(regionPath string) int {
	for path := regionPath; path != ""; path = above(path) {
		if days, ok := p[path]; ok {
			return days
		}
	}
	return UsualPublicity
}

// above returns 4106/ of 4106/410621/.
func above(path string) string {
	return path[:strings.LastIndexByte(strings.TrimSuffix(path, "/"), '/')+1]
}

// SettlesOn returns the day from which on a line of the region that is recorded
// now counts as settled: so many full days lie between.
func (p Publicity) SettlesOn(regionPath string, recordedAt time.Time) Day {
	return DayOf(recordedAt) + Day(p.Days(regionPath))
}

// Standing is what has become of a line since it was posted.
type Standing struct {
	Reversed bool // another line has taken it back
	Held     bool // a question keeps it from settling
}

// Settling says in one word whether a line counts as settled.
type Settling string

// The words.
const (
	InPublicity Settling = "open"     // it may be objected to
	InQuestion  Settling = "held"     // somebody asked about it, and that is not decided
	HasSettled  Settling = "settled"  // it counts
	TakenBack   Settling = "reversed" // it was corrected: another line has taken it back
)

// Settling returns where the line stands today.
func (e Entry) Settling(s Standing, today Day) Settling {
	switch {
	case s.Reversed:
		return TakenBack
	case s.Held:
		return InQuestion
	case e.Settled(today):
		return HasSettled
	default:
		return InPublicity
	}
}
