// Package wait lets a test wait for something that happens elsewhere, instead
// of sleeping and hoping.
package wait

import (
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/shared/testkit/chaos"
)

// patience is for what must happen some time. Nobody was promised two minutes:
// a machine where ten packages are tested at once is slow, and not wrong.
const patience = 2 * time.Minute

// Until returns as soon as cond holds, and fails the test when it does not
// within two minutes. what completes the sentence "waited 2m0s for …".
func Until(t testing.TB, what string, cond func() bool) {
	t.Helper()
	until(t, patience, what, cond)
}

// Within is Until for what somebody was promised in time, or what would happen
// anyhow later; how late it may be, Allowed says.
func Within(t testing.TB, promised time.Duration, what string, cond func() bool) {
	t.Helper()
	until(t, Allowed(promised), what, cond)
}

// Allowed is how long something may take that is promised within promised on a
// machine that has time: `make chaos`, beside which nothing runs, takes a promise
// at its word; in `make test`, where much runs at once, it is five times as long.
func Allowed(promised time.Duration) time.Duration {
	if chaos.Long() {
		return promised
	}
	return 5 * promised
}

func until(t testing.TB, timeout time.Duration, what string, cond func() bool) {
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
