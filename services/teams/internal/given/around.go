package given

import (
	"context"
	"encoding/json"
	"regexp"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/sms"
	"github.com/qihe-volunteers/qihe/shared/auth"
)

// Clock stands still until it is told to leap.
type Clock struct{ ahead atomic.Int64 }

// Now returns Day and what was leapt since.
func (c *Clock) Now() time.Time { return Day.Add(time.Duration(c.ahead.Load())) }

// Leap moves the clock ahead.
func (c *Clock) Leap(d time.Duration) { c.ahead.Add(int64(d)) }

// Phones are everybody's phones: they keep what was sent to them.
type Phones struct {
	mu    sync.Mutex
	inbox map[string][]string
	Delay time.Duration // how long the gateway takes
}

// Send puts a message onto a phone.
func (p *Phones) Send(ctx context.Context, phone string, m sms.Message) error {
	select {
	case <-time.After(p.Delay):
	case <-ctx.Done():
		return ctx.Err()
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.inbox == nil {
		p.inbox = map[string][]string{}
	}
	p.inbox[phone] = append(p.inbox[phone], m.Text)
	return nil
}

// Messages returns what a phone received.
func (p *Phones) Messages(phone domain.Phone) []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]string{}, p.inbox[string(phone)]...)
}

// Count returns how many messages were sent to anybody.
func (p *Phones) Count() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	n := 0
	for _, texts := range p.inbox {
		n += len(texts)
	}
	return n
}

var sixDigits = regexp.MustCompile(`\d{6}`)

// Code asks for a code and reads it off the phone.
func (w *World) Code(t testing.TB, phone domain.Phone) string {
	t.Helper()
	_, err := w.App.AskCode(t.Context(), string(phone), "192.0.2.1")
	must(t, err)
	w.App.Wait()
	texts := w.Phones.Messages(phone)
	if len(texts) == 0 {
		t.Fatalf("no message reached %s", phone.Masked())
	}
	return CodeIn(texts[len(texts)-1])
}

// CodeIn returns the code that a message tells.
func CodeIn(text string) string { return sixDigits.FindString(text) }

// Wrong returns six digits that are not the code.
func Wrong(code string) string {
	digits := []byte(code)
	digits[5] = '0' + (digits[5]-'0'+1)%10
	return string(digits)
}

// As returns a context on behalf of a person with these grants. An officer is
// proved with a second factor.
func As(t testing.TB, v domain.Volunteer, grants ...auth.Grant) context.Context {
	t.Helper()
	return auth.With(t.Context(), auth.Principal{VolunteerID: v.ID, SessionID: "", Grants: grants, Strong: len(grants) > 0})
}

// Event is a row of the outbox.
type Event struct {
	Subject   string          `db:"subject"`
	Aggregate string          `db:"aggregate"`
	Version   int64           `db:"aggregate_version"`
	Body      json.RawMessage `db:"body"`
}

// Outbox returns all events appended so far.
func (w *World) Outbox(t testing.TB) []Event {
	t.Helper()
	events := []Event{}
	must(t, w.DB.Owner(t).SelectContext(t.Context(), &events, "SELECT subject, aggregate, aggregate_version, body FROM outbox ORDER BY tx, id"))
	return events
}

// Value returns one value of the database, read as the owner.
func Value[T any](t testing.TB, w *World, query string, args ...any) T {
	t.Helper()
	var v T
	must(t, w.DB.Owner(t).GetContext(t.Context(), &v, query, args...))
	return v
}
