package domain

import (
	"time"

	"github.com/qihe-volunteers/qihe/shared/clock"
)

const (
	// acceptWindow is how long somebody on the waiting list may think about an
	// offer: long enough for a lunch break or a lesson without the phone, short
	// enough that three people can be asked one after another in a day.
	acceptWindow = 2 * time.Hour
	// openToAll is how long before the start a free seat is no longer held for
	// one after another, which could leave it empty, but goes to the first taker.
	openToAll = 24 * time.Hour
	// Nobody is expected to answer between quietFrom and quietUntil o'clock.
	quietFrom, quietUntil = 21, 7
)

// Terms are how a free seat is offered.
type Terms struct {
	Held   bool      // for one person at a time; else to all who wait, the first has it
	EndsAt time.Time // when the offer is over: never after the shift's start
}

// TermsAt says how a seat of a shift that begins at start is offered at now. It
// is offered to all at once in the last day, where every hour of the night
// counts. Before, it is held for the first of the line for acceptWindow, the
// quiet hours not counted. What begins before the noon after a night is in its
// last day all that night, so that the quiet hours never delay it. ok is false
// when the shift has begun: then nothing is offered any more.
func TermsAt(now, start time.Time) (t Terms, ok bool) {
	switch {
	case !now.Before(start):
		return Terms{}, false
	case start.Sub(now) <= openToAll:
		return Terms{EndsAt: start}, true
	}
	return Terms{Held: true, EndsAt: addAwake(now, acceptWindow).UTC()}, true
}

// addAwake returns the instant when d has passed since t, quiet hours not counted.
func addAwake(t time.Time, d time.Duration) time.Time {
	for {
		t = awake(t)
		y, m, day := t.Date()
		quiet := time.Date(y, m, day, quietFrom, 0, 0, 0, clock.City)
		left := quiet.Sub(t)
		if d <= left {
			return t.Add(d)
		}
		t, d = quiet, d-left
	}
}

// awake returns t, or when the quiet hours that t is in are over, in Hebi.
func awake(t time.Time) time.Time {
	t = t.In(clock.City)
	y, m, d := t.Date()
	switch {
	case t.Hour() < quietUntil:
		return time.Date(y, m, d, quietUntil, 0, 0, 0, clock.City)
	case t.Hour() >= quietFrom:
		return time.Date(y, m, d+1, quietUntil, 0, 0, 0, clock.City)
	}
	return t
}
