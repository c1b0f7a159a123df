package edge

import (
	"context"
	"errors"
	"io"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// streamLife is how long a live stream may run before the browser has to open
// it again, which it does by itself.
const streamLife = time.Hour

// streams remembers the live streams that are open, to end them when their
// session ends or the portal stops.
type streams struct {
	mu      sync.Mutex
	open    map[*stream]struct{}
	stopped bool
}

// stream is one live stream: the body that comes from a service. Ended from
// here it looks to the browser like a proper end, not like a broken line.
type stream struct {
	io.ReadCloser
	secret string  // empty: nobody is signed in
	who    session // of that secret
	cancel context.CancelFunc
	ended  atomic.Bool
	timer  *time.Timer
	owner  *streams
}

func newStreams() *streams { return &streams{open: map[*stream]struct{}{}} }

// isStream reports whether an answer goes on for as long as the reader stays.
func isStream(res *http.Response) bool {
	return res.StatusCode == http.StatusOK && mediaType(res.Header) == "text/event-stream"
}

// add puts the body under our control.
func (s *streams) add(body io.ReadCloser, secret string, who session, life time.Duration, cancel context.CancelFunc) *stream {
	st := &stream{ReadCloser: body, secret: secret, who: who, cancel: cancel, owner: s}
	st.timer = time.AfterFunc(life, st.end)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.open[st] = struct{}{}
	if s.stopped {
		st.end()
	}
	return st
}

func (st *stream) end() {
	st.ended.Store(true)
	st.cancel()
}

func (st *stream) Read(p []byte) (int, error) {
	n, err := st.ReadCloser.Read(p)
	if err != nil && st.ended.Load() {
		err = io.EOF
	}
	return n, err
}

func (st *stream) Close() error {
	st.timer.Stop()
	st.owner.mu.Lock()
	delete(st.owner.open, st)
	st.owner.mu.Unlock()
	return st.ReadCloser.Close()
}

// close ends the streams of the sessions that match.
func (s *streams) close(match func(session) bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for st := range s.open {
		if st.secret != "" && match(st.who) {
			st.end()
		}
	}
}

// closeAll ends every stream, and every one that is opened from now on.
func (s *streams) closeAll() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stopped = true
	for st := range s.open {
		st.end()
	}
}

// signedIn returns the streams that belong to somebody, by their secret.
func (s *streams) signedIn() map[string][]*stream {
	s.mu.Lock()
	defer s.mu.Unlock()
	bySecret := map[string][]*stream{}
	for st := range s.open {
		if st.secret != "" {
			bySecret[st.secret] = append(bySecret[st.secret], st)
		}
	}
	return bySecret
}

// watchStreams looks every second for open streams whose session or authority
// ends, or begins, by its date: the browser opens them again and is somebody
// else then. While the portal cannot hear of the other ends it asks teams about
// their sessions too, and once more when it can hear again.
func (e *Edge) watchStreams(ctx context.Context) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	var checked uint64
	for n := 0; ; n++ {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if n%60 == 0 {
			e.sessions.sweep()
		}
		now := e.Clock.Now()
		e.streams.close(func(s session) bool { return !s.holds(now) })
		period, hearing := e.sessions.period()
		if hearing && period+1 == checked {
			continue
		}
		if e.recheck(ctx) && hearing {
			checked = period + 1
		}
	}
}

// recheck ends the streams whose session is no more, or gives another authority. It reports false when
// teams could not be asked.
func (e *Edge) recheck(ctx context.Context) bool {
	for secret, open := range e.streams.signedIn() {
		now, err := e.sessions.find(ctx, secret)
		if err != nil && !errors.Is(err, errNoSession) {
			return false
		}
		for _, st := range open {
			if err != nil || !now.sameAuthority(st.who) {
				st.end()
			}
		}
	}
	return true
}
