// Package wait lets a test wait for something that happens elsewhere, instead
// of sleeping and hoping.
package wait

import (
	"testing"
	"time"
)

// Until returns as soon as cond holds, and fails the test when it does not
// within timeout. what completes the sentence "waited 5s for …".
func Until(t testing.TB, timeout time.Duration, what string, cond func() bool) {
	t.Helper()
	const shortest, longest = time.Millisecond, 50 * time.Millisecond
	deadline := time.Now().Add(timeout)
	for gap := shortest; !cond(); gap = min(2*gap, longest) {
		if time.Now().After(deadline) {
			t.Fatalf("waited %s for %s", timeout, what)
		}
		time.Sleep(gap)
	}
}
