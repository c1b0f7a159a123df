package api_test

import (
	"flag"
	"fmt"
	"math"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
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
		for range 3 { // equal samples look unequal once in a hundred times; not thrice
			ask, guess := s.compare(t, *attempts, func() {})
			t.Logf("asking: %s; guessing: %s", ask, guess)
			if ask.equal() && guess.equal() {
				return
			}
			differences = append(differences, ask.p, guess.p)
		}
		t.Errorf("known and unknown numbers can be told apart: p %v", differences)
	})
	t.Run("so do they to who registers, and to a leader who vouches for a new number", func(t *testing.T) {
		s := givenNumbers(t, *attempts)
		givenTeam(t, s)
		var differences []float64
		for range 3 {
			register, vouch := s.compareNewcomers(t, *attempts/2)
			t.Logf("registering: %s; vouching: %s", register, vouch)
			if register.equal() && vouch.equal() {
				return
			}
			differences = append(differences, register.p, vouch.p)
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
		p.HashMemory = 0 // as much as in production
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

// compareNewcomers asks for codes to register, and vouches for numbers as the
// new ones of members, n times each. A known and an unknown number look the
// same when masked.
func (s *server) compareNewcomers(t *testing.T, n int) (register, vouch comparison) {
	t.Helper()
	for i := range n {
		var asked, vouched [2]*httptest.ResponseRecorder
		known := string(s.Volunteer(t).Phone)
		phones := [2]string{known[:3] + "9999" + known[7:], known}
		address := map[string]string{"Qihe-Client-Ip": fmt.Sprintf("198.51.100.%d", i%50)}
		for _, k := range []int{i % 2, 1 - i%2} {
			register.took[k] = append(register.took[k], timed(func() {
				asked[k] = s.call(t, request{method: "POST", path: "/registration-codes", body: `{"phone": "` + phones[k] + `"}`, header: address})
			}))
			s.App.Wait()
		}
		deputy := s.Volunteer(t) // somebody new each time: nobody vouches for many a day
		s.Member(t, domain.Team{ID: teamID}, deputy, domain.RoleDeputy)
		token := s.token(t, deputy)
		for _, k := range []int{i % 2, 1 - i%2} {
			member := s.Volunteer(t)
			s.Member(t, domain.Team{ID: teamID}, member, domain.RoleMember)
			path := "/volunteers/" + member.ID + "/phone-changes"
			vouch.took[k] = append(vouch.took[k], timed(func() {
				vouched[k] = s.call(t, request{method: "POST", path: path, body: `{"phone": "` + phones[k] + `"}`, token: token})
			}))
		}
		sameAnswer(t, asked, http.StatusAccepted)
		sameAnswer(t, vouched, http.StatusCreated)
	}
	register.judge()
	vouch.judge()
	return register, vouch
}

var anyID = regexp.MustCompile(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`)

// TestSpentLinks opens claim links that were never made, used up, and too old:
// nobody is told which.
func TestSpentLinks(t *testing.T) {
	t.Parallel()
	s := givenServer(t)
	leader, _ := givenTeam(t, s)
	made := func() (secret, digits string) {
		v := s.Volunteer(t, func(v *domain.Volunteer) { v.State = domain.VolunteerUnclaimed })
		s.Member(t, domain.Team{ID: teamID}, v, domain.RoleMember)
		link, err := s.App.CreateClaimLink(given.As(t, leader), v.ID)
		must(t, err)
		return link.Secret, string(v.Phone[7:])
	}
	old, _ := made()
	s.Clock.Leap(25 * time.Hour)
	used, digits := made()
	s.call(t, request{method: "POST", path: "/claim-links/claim", body: `{"secret": "` + used + `", "digits": "` + digits + `"}`})
	for name, secret := range map[string]string{"used": used, "too old": old} {
		for _, path := range []string{"/claim-links/open", "/claim-links/claim"} {
			var answers [2]*httptest.ResponseRecorder
			for i, one := range []string{strings.Repeat("x", 43), secret} {
				body := `{"secret": "` + one + `"}`
				if path == "/claim-links/claim" {
					body = `{"secret": "` + one + `", "digits": "0000"}`
				}
				answers[i] = s.call(t, request{method: "POST", path: path, body: body})
			}
			t.Run(name+" "+path, func(t *testing.T) { sameAnswer(t, answers, http.StatusNotFound) })
		}
	}
}

// sameAnswer compares status, header and body, but for ids.
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
		answers[i] = answer{res.Code, res.Header(), anyID.ReplaceAllString(string(without(res.Body.Bytes(), id)), "")}
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
