// Package replicas asks a service of which several run side by side.
//
// Where a service is stands in one setting: an address, several with commas
// between them, or a name behind which several addresses stand, as Docker gives
// them to a service with replicas. Whoever asks does it by an http.Client with
// this Transport, and asks one address, Base.
//
//   - Requests go to the replicas in turn.
//   - Each is asked once a second whether it is ready, as long as there are
//     requests, beside them. One that is not, or that a request could not reach,
//     gets no more until it says that it is. When none is, all of them are tried.
//   - A request that could not be sent, because nobody listened, goes to the next.
//   - A request that was sent and got no answer may have been carried out. It goes
//     to the next one only if doing it twice is the same as doing it once: GET,
//     PUT, DELETE, and what carries an Idempotency-Key, by which the service gives
//     the answer that it gave, whichever replica is asked (package idempotency).
//     Anything else fails, and the person decides.
//   - A request that waited too long goes nowhere else: whoever asked has waited.
//
// With one address nothing of this happens: there is nobody else to ask. In a
// cluster the name of a Service is one address, and the cluster chooses.
package replicas

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"
)

const (
	checkEvery  = time.Second     // while there are requests
	checkWithin = 2 * time.Second // a replica that is halted takes connections and answers nothing
	lookEvery   = 5 * time.Second // what stands behind a name
)

// Transport sends requests to the replicas of one service.
type Transport struct {
	service   string
	log       *slog.Logger
	next      http.RoundTripper
	addresses []*url.URL // as they stand in the setting
	lookUp    func(ctx context.Context, network, host string) ([]string, error)

	mu      sync.Mutex
	turn    int
	known   []*replica // what stands behind the addresses
	looked  time.Time
	looking bool
}

// replica is one of those that run. Transport.mu guards it.
type replica struct {
	host     string
	away     bool
	checked  time.Time
	checking bool
}

// New returns a transport to the service that runs at the addresses of the
// setting; next makes the connections.
func New(service, setting string, next http.RoundTripper, log *slog.Logger) (*Transport, error) {
	t := &Transport{service: service, log: log, next: next, lookUp: addressesOf}
	for _, part := range strings.Split(setting, ",") {
		u, err := url.Parse(strings.TrimSpace(part))
		if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || strings.Trim(u.Path, "/") != "" {
			return nil, fmt.Errorf("address of %s: %q is not like http://host:port", service, part)
		}
		if t.addresses = append(t.addresses, u); u.Scheme != t.addresses[0].Scheme {
			return nil, fmt.Errorf("addresses of %s: some begin with http and others with https", service)
		}
	}
	return t, nil
}

// Base is the address to which requests are made; where they go is chosen at each.
func (t *Transport) Base() *url.URL {
	return &url.URL{Scheme: t.addresses[0].Scheme, Host: t.addresses[0].Host}
}

// Repeatable says of a request that doing it twice is the same as doing it once,
// although its method does not say so: of a question that is asked by POST. net/http
// reads it in the same way.
func Repeatable(r *http.Request) { r.Header["Idempotency-Key"] = []string{} }

func repeatable(r *http.Request) bool {
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodOptions, http.MethodPut, http.MethodDelete:
		return true
	}
	_, key := r.Header["Idempotency-Key"]
	return key
}

// RoundTrip sends the request to one of the replicas, and perhaps to others after it.
func (t *Transport) RoundTrip(r *http.Request) (*http.Response, error) {
	order := t.order(r.Context())
	if len(order) < 2 {
		return t.next.RoundTrip(r)
	}
	sent, err := keep(r)
	if err != nil {
		return nil, err
	}
	for {
		res, err := t.next.RoundTrip(sent.to(order[0].host))
		switch {
		case err == nil:
			return res, nil
		case r.Context().Err() != nil: // whoever asked has left: that says nothing of the replica
			sent.close()
			return nil, err
		}
		t.failed(order[0], err)
		if order = order[1:]; len(order) == 0 || !unsent(err) && (!sent.repeat || late(err)) {
			sent.close()
			return nil, err
		}
	}
}

// unsent reports whether there was no connection, so that nothing was sent.
func unsent(err error) bool {
	var op *net.OpError
	return errors.As(err, &op) && op.Op == "dial"
}

// late reports whether there was no answer in time.
func late(err error) bool {
	var timeout interface{ Timeout() bool }
	return errors.As(err, &timeout) && timeout.Timeout()
}

// order returns the replicas in the order in which a request tries them, and has
// those looked after of which that is due.
func (t *Transport) order(ctx context.Context) []*replica {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.lookDue(ctx)
	if len(t.known) < 2 {
		return nil
	}
	now := time.Now()
	for _, r := range t.known {
		if !r.checking && now.Sub(r.checked) > checkEvery {
			r.checking = true
			go t.check(context.WithoutCancel(ctx), r)
		}
	}
	t.turn = (t.turn + 1) % len(t.known)
	order := slices.Concat(t.known[t.turn:], t.known[:t.turn])
	slices.SortStableFunc(order, func(a, b *replica) int { return rank(a) - rank(b) })
	return order
}

func rank(r *replica) int {
	if r.away {
		return 1
	}
	return 0
}

// check asks a replica whether it is ready, as whoever starts containers does.
func (t *Transport) check(ctx context.Context, r *replica) {
	ctx, cancel := context.WithTimeout(ctx, checkWithin)
	defer cancel()
	err := t.ready(ctx, r.host)
	t.mu.Lock()
	defer t.mu.Unlock()
	r.checking, r.checked = false, time.Now()
	t.set(r, err)
}

func (t *Transport) ready(ctx context.Context, host string) error {
	ask, err := http.NewRequestWithContext(ctx, http.MethodGet, t.addresses[0].Scheme+"://"+host+"/readyz", http.NoBody)
	if err != nil {
		return fmt.Errorf("ask %s whether it is ready: %w", host, err)
	}
	res, err := t.next.RoundTrip(ask)
	if err != nil {
		return fmt.Errorf("ask %s whether it is ready: %w", host, err)
	}
	_ = res.Body.Close()
	if res.StatusCode >= http.StatusInternalServerError {
		return fmt.Errorf("%s is not ready: %s", host, res.Status)
	}
	return nil
}

// failed notes that a request got no answer.
func (t *Transport) failed(r *replica, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.set(r, err)
}

// set notes how a replica is, and says so when that is new. The caller holds mu.
func (t *Transport) set(r *replica, err error) {
	if away := err != nil; away != r.away {
		r.away = away
		if away {
			t.log.Warn("a replica does not answer; the others get its requests", "asked", t.service, "replica", r.host, "error", err)
		} else {
			t.log.Info("a replica answers again", "asked", t.service, "replica", r.host)
		}
	}
}
