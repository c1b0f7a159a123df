package portal_test

import (
	"bufio"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/testkit/bustest"
	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
)

// live answers with one event at once and one for each tick, until the reader leaves.
func live(ticks <-chan int, left chan<- struct{}) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		out := http.NewResponseController(w)
		for n := 0; ; {
			_, _ = fmt.Fprintf(w, "event: counts\ndata: %d\n\n", n)
			_ = out.Flush()
			select {
			case n = <-ticks:
			case <-r.Context().Done():
				left <- struct{}{}
				return
			}
		}
	}
}

// follower reads a live stream as a page does.
type follower struct {
	res    *http.Response
	events chan string
	ended  chan error // closed or an error, when the stream ends
}

func (c *city) follow(secret string) *follower {
	c.t.Helper()
	res := c.open(http.MethodGet, "/api/hours/v1/live", "", "Accept", "text/event-stream", "Accept-Encoding", "gzip", "Cookie", cookie(secret))
	f := &follower{res: res, events: make(chan string, 10), ended: make(chan error, 1)}
	c.t.Cleanup(func() { _ = res.Body.Close() })
	go func() {
		lines := bufio.NewScanner(res.Body)
		for lines.Scan() {
			if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				f.events <- data
			}
		}
		f.ended <- lines.Err()
	}()
	return f
}

func (f *follower) next(t *testing.T) string {
	t.Helper()
	select {
	case e := <-f.events:
		return e
	case <-time.After(time.Minute):
		t.Fatal("no event within a minute")
		return ""
	}
}

func (f *follower) wantEnd(t *testing.T, promised time.Duration) {
	t.Helper()
	select {
	case err := <-f.ended:
		if err != nil {
			t.Errorf("the stream broke instead of ending: %v", err)
		}
	case <-time.After(wait.Allowed(promised)):
		t.Errorf("the stream is still open after %s", wait.Allowed(promised))
	}
}

func TestLiveStreams(t *testing.T) {
	t.Parallel()
	t.Run("every event is passed on at once and nothing is packed", func(t *testing.T) {
		t.Parallel()
		c := start(t, noNATS)
		ticks, left := make(chan int), make(chan struct{}, 9)
		c.hours.answer(live(ticks, left))
		secret, _ := c.teams.signIn()
		f := c.follow(secret)
		for n := range 3 {
			if got := f.next(t); got != fmt.Sprint(n) {
				t.Errorf("event = %s, want %d", got, n)
			}
			if n < 2 {
				ticks <- n + 1
			}
		}
		if got := f.res.Header.Get("Content-Encoding"); got != "" {
			t.Errorf("Content-Encoding = %q", got)
		}
		_ = f.res.Body.Close()
		select {
		case <-left:
		case <-time.After(time.Minute):
			t.Error("the service does not know that the reader has left")
		}
	})
	t.Run("a revoked session's stream ends within two seconds, another's goes on", func(t *testing.T) {
		t.Parallel()
		nats := bustest.Start(t)
		c := start(t, nats)
		c.hours.answer(live(nil, make(chan struct{}, 9)))
		secret, s := c.teams.signIn()
		other, _ := c.teams.signIn()
		c.untilRemembered(other)
		gone, stays := c.follow(secret), c.follow(other)
		gone.next(t)
		stays.next(t)
		c.teams.revoke(secret)
		tell(t, nats, teamsv1.SessionRevoked{SessionID: s.SessionID, VolunteerID: s.VolunteerID, RevokedAt: time.Now(), Version: 2})
		gone.wantEnd(t, 2*time.Second)
		select {
		case <-stays.ended:
			t.Error("the other stream ended too")
		default:
		}
	})
	t.Run("with NATS away, a revoked session's stream ends all the same", func(t *testing.T) {
		t.Parallel()
		c := start(t, noNATS)
		c.hours.answer(live(nil, make(chan struct{}, 9)))
		secret, _ := c.teams.signIn()
		f := c.follow(secret)
		f.next(t)
		c.teams.revoke(secret)
		f.wantEnd(t, 4*time.Second)
	})
	t.Run("stopping ends every stream, so that open pages do not hold it up", func(t *testing.T) {
		t.Parallel()
		c := start(t, noNATS)
		c.hours.answer(live(nil, make(chan struct{}, 9)))
		f := c.follow("")
		f.next(t)
		began := time.Now()
		c.stop()
		f.wantEnd(t, time.Second)
		if took := time.Since(began); took > wait.Allowed(2*time.Second) {
			t.Errorf("stopping took %s", took)
		}
	})
	t.Run("a stream opened just after its session was revoked does not stay open", func(t *testing.T) {
		t.Parallel()
		nats := bustest.Start(t)
		c := start(t, nats)
		secret, s := c.teams.signIn()
		c.untilRemembered(secret)
		asked, goOn := make(chan struct{}), make(chan struct{})
		stream := live(nil, make(chan struct{}, 9))
		c.hours.answer(func(w http.ResponseWriter, r *http.Request) {
			close(asked)
			<-goOn // the stream begins after the news
			stream(w, r)
		})
		opened := make(chan *follower)
		go func() { opened <- c.follow(secret) }()
		<-asked
		c.teams.revoke(secret)
		tell(t, nats, teamsv1.SessionRevoked{SessionID: s.SessionID, VolunteerID: s.VolunteerID, RevokedAt: time.Now(), Version: 2})
		wait.Within(t, 2*time.Second, "the person to be out", func() bool { return !c.signedIn(secret) })
		close(goOn)
		(<-opened).wantEnd(t, 2*time.Second)
	})
}
