package edge

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/replicas"
	"github.com/qihe-volunteers/qihe/shared/tracing"
)

const (
	rememberFor  = 30 * time.Second // docs/adr/0004-opaque-sessions-short-tokens.md
	rememberMost = 100_000          // sessions; a few hundred bytes each
	lookupWithin = 3 * time.Second
)

var errNoSession = errors.New("no such session")

// errTeamsAway asks the reader to wait: nobody can say who they are right now.
var errTeamsAway = apperr.New(apperr.Unavailable, "sign_in_unavailable", "暂时无法确认您的登录，请过一会儿再试。您填写的内容还在。", "Your sign-in cannot be checked right now. Please try again in a moment; what you entered is still here.")

// session is what teams knows about a cookie's secret.
type session struct {
	SessionID   string       `json:"session_id"`
	VolunteerID string       `json:"volunteer_id"`
	ExpiresAt   time.Time    `json:"expires_at"`
	Grants      []auth.Grant `json:"grants"`
	StrongUntil time.Time    `json:"strong_until"` // how long a second factor proves it; zero: none did
	Shared      bool         `json:"shared"`       // on a phone that several people share
	ChangesAt   time.Time    `json:"changes_at"`   // when other grants count, by their dates; zero: not foreseen
}

// holds reports whether what is known is still so at a time: the session counts,
// and no grant has begun or ended by its date since.
func (s session) holds(now time.Time) bool {
	return s.ExpiresAt.After(now) && (s.ChangesAt.IsZero() || s.ChangesAt.After(now))
}

// sameAuthority reports whether the person may do now what they might then.
func (s session) sameAuthority(then session) bool { return slices.Equal(s.Grants, then.Grants) }

func (s session) principal(now time.Time) auth.Principal {
	return auth.Principal{VolunteerID: s.VolunteerID, SessionID: s.SessionID, Grants: s.Grants, Strong: s.StrongUntil.After(now), Shared: s.Shared}
}

// sessions asks teams who a secret belongs to, and remembers the answer for a
// while if it would hear of a change.
type sessions struct {
	url, secret string
	client      *http.Client
	clock       clock.Clock
	period      func() (uint64, bool) // bus.Following.Period
	calls       singleflight.Group

	mu    sync.Mutex
	known map[secretHash]remembered
	news  uint64 // events heard; an answer asked for before one may already be wrong
}

type secretHash [sha256.Size]byte // secrets themselves are not kept

type remembered struct {
	session
	period uint64
	until  time.Time
}

func newSessions(teams *replicas.Transport, secret string, c clock.Clock) *sessions {
	return &sessions{
		url: teams.Base().JoinPath("/internal/v1/sessions/lookup").String(), secret: secret, clock: c,
		client: &http.Client{Timeout: lookupWithin, Transport: tracing.Transport(teams, "teams")},
		period: func() (uint64, bool) { return 0, false },
		known:  map[secretHash]remembered{},
	}
}

// find returns whose session the secret opens, errNoSession, or errTeamsAway.
func (s *sessions) find(ctx context.Context, secret string) (session, error) {
	hash := sha256.Sum256([]byte(secret))
	period, hearing := s.period()
	known, news, ok := s.recall(hash, period, hearing)
	if ok {
		return known, nil
	}
	// Whoever asks after an event must not share the answer of one who asked before it.
	question := fmt.Sprintf("%x %d %d", hash, period, news)
	answer, err, _ := s.calls.Do(question, func() (any, error) {
		found, err := s.ask(ctx, secret)
		if err == nil && hearing {
			s.remember(hash, remembered{session: found, period: period, until: time.Now().Add(rememberFor)}, news)
		}
		return found, err
	})
	if err != nil {
		return session{}, err
	}
	found := answer.(session)
	if !found.ExpiresAt.After(s.clock.Now()) {
		return session{}, errNoSession
	}
	return found, nil
}

func (s *sessions) recall(hash secretHash, period uint64, hearing bool) (session, uint64, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r, ok := s.known[hash]
	ok = ok && hearing && r.period == period && time.Now().Before(r.until) && r.holds(s.clock.Now())
	return r.session, s.news, ok
}

// remember keeps the answer unless there was news since it was asked for.
func (s *sessions) remember(hash secretHash, r remembered, news uint64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.news != news {
		return
	}
	if len(s.known) >= rememberMost {
		s.known = map[secretHash]remembered{} // cheaper than keeping an order, and rarer than once in 30 s
	}
	s.known[hash] = r
}

// forget drops what is remembered about the sessions that match.
func (s *sessions) forget(match func(session) bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.news++
	for hash, r := range s.known {
		if match(r.session) {
			delete(s.known, hash)
		}
	}
}

// sweep drops what is too old to be used.
func (s *sessions) sweep() {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	for hash, r := range s.known {
		if now.After(r.until) {
			delete(s.known, hash)
		}
	}
}

// ask looks the secret up at teams. It does not end with the request that
// asked, because others wait for the same answer.
func (s *sessions) ask(ctx context.Context, secret string) (session, error) {
	body, err := json.Marshal(map[string]string{"secret": secret})
	if err != nil {
		return session{}, fmt.Errorf("ask teams for a session: %w", err)
	}
	req, err := http.NewRequestWithContext(context.WithoutCancel(ctx), http.MethodPost, s.url, bytes.NewReader(body))
	if err != nil {
		return session{}, fmt.Errorf("ask teams for a session: %w", err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Authorization", "Bearer "+s.secret)
	replicas.Repeatable(req)
	res, err := s.client.Do(req)
	if err != nil {
		return session{}, errors.Join(errTeamsAway, err)
	}
	defer func() { _ = res.Body.Close() }()
	return read(res)
}

// read tells "no such session" from "teams does not know this question", which
// is how it answers a wrong internal secret: that must sign nobody out.
func read(res *http.Response) (session, error) {
	var answer struct {
		session
		Code string `json:"code"`
	}
	err := json.NewDecoder(io.LimitReader(res.Body, 1<<20)).Decode(&answer)
	switch {
	case err == nil && res.StatusCode == http.StatusOK && answer.SessionID != "" && answer.VolunteerID != "":
		return answer.session, nil
	case err == nil && res.StatusCode == http.StatusNotFound && answer.Code != "no_such_address":
		return session{}, errNoSession
	default:
		return session{}, errors.Join(errTeamsAway, fmt.Errorf("teams answered a session lookup with %s %s", res.Status, answer.Code), err)
	}
}
