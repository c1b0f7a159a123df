package domain

import "time"

// Limit allows so many of something within any period of that length.
type Limit struct {
	Max    int
	Within time.Duration
}

// Wait returns how long it takes until the limits allow one more, 0 for now.
// earlier holds the times of those before, newest first; more than the
// largest Max of them make no difference.
func Wait(limits []Limit, earlier []time.Time, now time.Time) time.Duration {
	var wait time.Duration
	for _, l := range limits {
		if len(earlier) >= l.Max {
			// One more is allowed when the Max-th newest has left the period.
			wait = max(wait, earlier[l.Max-1].Add(l.Within).Sub(now))
		}
	}
	return wait
}

// Largest returns the largest Max of the limits.
func Largest(limits []Limit) int {
	var largest int
	for _, l := range limits {
		largest = max(largest, l.Max)
	}
	return largest
}
