// Package clock is where business time comes from.
//
// Rules about time (a code's ten seconds, a session's 180 days, the period an
// hour belongs to) ask a Clock that was handed in, never time.Now and never
// SQL's now(), so that a test can let a day pass in an instant.
package clock

import (
	"sync/atomic"
	"time"
	_ "time/tzdata" // the calendar must not depend on what the server has installed
)

// Clock tells the time.
type Clock interface{ Now() time.Time }

// System is the computer's own clock.
type System struct{}

// Now returns the time, to the microsecond, in UTC: what PostgreSQL can keep.
func (System) Now() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }

// Shifted is the computer's clock moved by a distance that can be changed
// while it runs: the demo city starts on a chosen day, a test leaps ahead.
// The zero value runs with the computer's clock.
type Shifted struct{ by atomic.Int64 }

// Now returns the moved time, to the microsecond, in UTC.
func (c *Shifted) Now() time.Time {
	return time.Now().UTC().Add(time.Duration(c.by.Load())).Truncate(time.Microsecond)
}

// Leap moves the clock ahead by d, or back when d is negative.
func (c *Shifted) Leap(d time.Duration) { c.by.Add(int64(d)) }

// SetTo moves the clock so that it shows t now; it goes on from there.
func (c *Shifted) SetTo(t time.Time) { c.by.Store(int64(time.Until(t))) }

// City is Asia/Shanghai, the calendar in which days, months and boards are counted.
var City = mustLoad("Asia/Shanghai")

func mustLoad(name string) *time.Location {
	loc, err := time.LoadLocation(name)
	if err != nil {
		panic(err) // impossible: the zone data is embedded
	}
	return loc
}
