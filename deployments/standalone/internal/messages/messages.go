// Package messages stands where a text message gateway would: it shows the
// messages on a page of this computer instead of sending them, so that whoever
// tries Qihe out can sign in as anybody in the demo city.
package messages

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/qihe-volunteers/qihe/services/teams"
	"github.com/qihe-volunteers/qihe/shared/clock"
)

const keep = 50

// Message is one text that a phone would have got.
type Message struct {
	At          time.Time
	Phone, Text string
}

// Gateway keeps the latest messages in memory, and only there.
type Gateway struct {
	clock clock.Clock
	log   *slog.Logger

	mu     sync.Mutex
	latest []Message // newest first
}

// New returns a gateway without messages.
func New(c clock.Clock, log *slog.Logger) *Gateway { return &Gateway{clock: c, log: log} }

// Send keeps the message for the page and writes it to the log, where the
// phone's number is masked.
func (g *Gateway) Send(_ context.Context, phone string, m teams.Message) error {
	g.log.Info("text message", "phone", mask(phone), "text", m.Text)
	g.mu.Lock()
	defer g.mu.Unlock()
	g.latest = slices.Insert(g.latest, 0, Message{At: g.clock.Now(), Phone: phone, Text: m.Text})
	g.latest = g.latest[:min(len(g.latest), keep)]
	return nil
}

// Latest returns the kept messages, newest first.
func (g *Gateway) Latest() []Message {
	g.mu.Lock()
	defer g.mu.Unlock()
	return slices.Clone(g.latest)
}

func mask(phone string) string {
	if len(phone) != 11 {
		return "***"
	}
	return phone[:3] + "****" + phone[7:]
}
