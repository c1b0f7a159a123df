// Package bench measures something beside a peer: in turns, on one machine, in
// one run. A shared machine is twice as fast in one minute as in the next, so a
// ratio tells more than a time.
package bench

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"slices"
	"sync"
	"testing"
	"time"
)

// Phase is how long each side runs before the other has its turn.
const Phase = 3 * time.Second

// rounds is how often both sides run; the medians are compared.
const rounds = 3

// Measured is what one phase brought.
type Measured struct {
	PerSecond float64
	P50, P99  time.Duration // of one act; 0: not known
}

// Load lets clients call act until the phase is over. An act that fails ends
// the benchmark: how fast errors are made is nothing to know.
func Load(b *testing.B, clients int, act func() error) Measured {
	b.Helper()
	var (
		mu    sync.Mutex
		times []time.Duration
		fault error
		wg    sync.WaitGroup
		began = time.Now()
		stop  = began.Add(Phase)
	)
	for range clients {
		wg.Go(func() {
			var mine []time.Duration
			for now := time.Now(); now.Before(stop); {
				if err := act(); err != nil {
					mu.Lock()
					fault = err
					mu.Unlock()
					return
				}
				next := time.Now()
				mine = append(mine, next.Sub(now))
				now = next
			}
			mu.Lock()
			times = append(times, mine...)
			mu.Unlock()
		})
	}
	wg.Wait()
	took := time.Since(began)
	if fault != nil || len(times) == 0 {
		b.Fatalf("%d acts carried out, then: %v", len(times), fault)
	}
	slices.Sort(times)
	return Measured{float64(len(times)) / took.Seconds(), Share(times, 50), Share(times, 99)}
}

// Share returns the time below which that many of a hundred sorted times lie.
func Share(sorted []time.Duration, hundredth int) time.Duration {
	return sorted[len(sorted)*hundredth/100]
}

// Table gathers lines and prints them at the end.
type Table struct{ text bytes.Buffer }

// NewTable returns a table with its head.
func NewTable() *Table {
	t := &Table{}
	fmt.Fprintf(&t.text, "%-32s %10s %9s %9s   %-26s %10s %8s\n", "path", "per second", "p50", "p99", "against", "per second", "ratio")
	return t
}

// Compare runs both sides in turns, writes a line with the medians and returns
// how much faster ours is.
func (t *Table) Compare(b *testing.B, name, peer string, ours, theirs func() Measured) float64 {
	b.Helper()
	var a, z []Measured
	for range rounds {
		a, z = append(a, ours()), append(z, theirs())
	}
	return t.Add(b, name, peer, median(a), median(z))
}

// Add writes a line with what was measured of both, and returns how much faster ours is.
func (t *Table) Add(b *testing.B, name, peer string, ours, theirs Measured) float64 {
	b.Helper()
	ratio := ours.PerSecond / theirs.PerSecond
	fmt.Fprintf(&t.text, "%-32s %10.0f %9s %9s   %-26s %10.0f %8.2f\n", name, ours.PerSecond, short(ours.P50), short(ours.P99), peer, theirs.PerSecond, ratio)
	b.ReportMetric(ratio, regexp.MustCompile(`\W+`).ReplaceAllString(name+" / "+peer, "-"))
	return ratio
}

// Say writes a line of words.
func (t *Table) Say(format string, args ...any) { fmt.Fprintf(&t.text, format+"\n", args...) }

// Print shows the table.
func (t *Table) Print() { fmt.Print("\n", t.text.String(), "\n") }

func short(d time.Duration) string {
	if d == 0 {
		return "-"
	}
	return d.Round(10 * time.Microsecond).String()
}

func median(all []Measured) Measured {
	slices.SortFunc(all, func(x, y Measured) int { return int(x.PerSecond - y.PerSecond) })
	return all[len(all)/2]
}

// NewClient returns a client that keeps a connection for each of many users.
func NewClient() *http.Client {
	return &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 256}}
}

// Ask sends a request and reads the whole answer, which must be 200.
func Ask(ctx context.Context, client *http.Client, method, address string, body []byte, header http.Header) error {
	req, err := http.NewRequestWithContext(ctx, method, address, bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header = header
	res, err := client.Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = res.Body.Close() }()
	answer, err := io.ReadAll(res.Body)
	if err == nil && res.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s %s: %s %s", method, address, res.Status, answer)
	}
	return err
}
