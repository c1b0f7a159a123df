package api_test

import (
	"flag"
	"fmt"
	"math"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/teams/internal/app"
	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/given"
)

var attempts = flag.Int("enumeration.attempts", 50, "requests each for known and for unknown numbers")

// TestEnumeration asks and guesses for numbers that somebody has and numbers
// that nobody has, in turn, and compares what can be seen from outside
// (ASVS 5.0, 6.3.8). The gateway is slow, as gateways are.
func TestEnumeration(t *testing.T) { //nolint:paralleltest // it measures time
	t.Run("known and unknown numbers look the same", func(t *testing.T) {
		s := givenNumbers(t, *attempts)
		var differences []float64
		for range 2 { // equal samples look unequal once in a hundred times; not twice
			ask, guess := s.compare(t, *attempts, func() {})
			t.Logf("asking: %s; guessing: %s", ask, guess)
			if ask.equal() && guess.equal() {
				return
			}
			differences = append(differences, ask.p, guess.p)
		}
		t.Errorf("known and unknown numbers can be told apart: p %v", differences)
	})
	t.Run("control: with the message sent before the answer they would not", func(t *testing.T) {
		s := givenNumbers(t, 12)
		s.Phones.Delay = 300 * time.Millisecond
		ask, _ := s.compare(t, 12, s.App.Wait)
		if ask.equal() {
			t.Errorf("the test above shows nothing: %s", ask)
		}
	})
}

func givenNumbers(t *testing.T, n int) *server {
	t.Helper()
	s := givenServer(t, func(p *app.Parts) {
		p.Limits = app.Limits{PerPhoneTenMinutes: 100, PerPhoneHour: 100, PerAddressHour: 100, PerDay: math.MaxInt}
	})
	s.Phones.Delay = 20 * time.Millisecond
	for range n {
		s.Volunteer(t)
	}
	return s
}

// compare asks for codes and guesses them once, wrongly, n times each.
// afterwards runs before the clock is stopped.
func (s *server) compare(t *testing.T, n int, afterwards func()) (ask, guess comparison) {
	t.Helper()
	for i := range n {
		var asked, guessed [2]*httptest.ResponseRecorder
		turns := []int{i % 2, 1 - i%2} // neither is always first
		phones := [2]string{fmt.Sprintf("139%08d", i+1), fmt.Sprintf("138%08d", i+1)}
		address := map[string]string{"Qihe-Client-Ip": fmt.Sprintf("192.0.2.%d", i%50)}
		for _, known := range turns {
			ask.took[known] = append(ask.took[known], timed(func() {
				asked[known] = s.call(t, request{method: "POST", path: "/sign-in-codes", body: `{"phone": "` + phones[known] + `"}`, header: address})
				afterwards()
			}))
		}
		s.App.Wait() // for both, or the pause alone would make one of them slower
		texts := s.Phones.Messages(domain.Phone(phones[1]))
		wrong := given.Wrong(given.CodeIn(texts[len(texts)-1]))
		for _, known := range turns {
			guess.took[known] = append(guess.took[known], timed(func() {
				guessed[known] = s.call(t, request{method: "POST", path: "/sessions", body: `{"phone": "` + phones[known] + `", "code": "` + wrong + `"}`, header: address})
			}))
		}
		sameAnswer(t, asked, http.StatusAccepted)
		sameAnswer(t, guessed, http.StatusUnprocessableEntity)
	}
	ask.judge()
	guess.judge()
	return ask, guess
}

// sameAnswer compares status, header and body, but for the request's own id.
func sameAnswer(t *testing.T, got [2]*httptest.ResponseRecorder, status int) {
	t.Helper()
	type answer struct {
		Status int
		Header http.Header
		Body   string
	}
	var answers [2]answer
	for i, res := range got {
		id := res.Header().Get("X-Request-Id")
		res.Header().Del("X-Request-Id")
		answers[i] = answer{res.Code, res.Header(), string(without(res.Body.Bytes(), id))}
	}
	if diff := cmp.Diff(answers[0], answers[1]); diff != "" || answers[0].Status != status {
		t.Fatalf("status %d; unknown and known differ: %s", answers[0].Status, diff)
	}
}

func timed(f func()) float64 {
	start := time.Now()
	f()
	return float64(time.Since(start).Microseconds()) / 1000
}

// comparison holds how long requests took, in milliseconds: [0] for unknown
// numbers, [1] for known ones.
type comparison struct {
	took    [2][]float64
	medians [2]float64
	noise   float64 // half of the distance between the quartiles of unknown numbers
	p       float64
}

func (c *comparison) judge() {
	for i := range c.took {
		sorted := slices.Sorted(slices.Values(c.took[i]))
		c.medians[i] = sorted[len(sorted)/2]
		if i == 0 {
			c.noise = (sorted[len(sorted)*3/4] - sorted[len(sorted)/4]) / 2
		}
	}
	c.p = mannWhitney(c.took[0], c.took[1])
}

// equal asks for medians within 5 ms; on a machine so busy that equal requests
// differ by more, within what they differ by.
func (c comparison) equal() bool {
	return math.Abs(c.medians[0]-c.medians[1]) <= max(5, c.noise) && c.p > 0.01
}

func (c comparison) String() string {
	return fmt.Sprintf("median %.2f ms unknown, %.2f ms known, p %.3f", c.medians[0], c.medians[1], c.p)
}

// mannWhitney returns the two-sided probability that samples of the same
// distribution rank at least as unequally (normal approximation; times in
// microseconds have few ties).
func mannWhitney(a, b []float64) float64 {
	all := slices.Sorted(slices.Values(slices.Concat(a, b)))
	var ranks float64
	for _, x := range a {
		first, _ := slices.BinarySearch(all, x)
		last := first
		for last < len(all) && all[last] == x {
			last++
		}
		ranks += float64(first+last+1) / 2
	}
	n, m := float64(len(a)), float64(len(b))
	u := ranks - n*(n+1)/2
	z := (u - n*m/2) / math.Sqrt(n*m*(n+m+1)/12)
	return math.Erfc(math.Abs(z) / math.Sqrt2)
}
