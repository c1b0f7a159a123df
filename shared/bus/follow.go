package bus

import (
	"sync/atomic"
	"time"

	"github.com/nats-io/nats.go"
)

// Following hears events the moment they are told, and knows when it may have
// missed some.
//
// A cache that an event empties needs no place in a stream and no
// acknowledgement: it needs to hear at once, in every replica, and to know
// when it was deaf. So this is a plain NATS subscription on the subjects of a
// stream, which the server serves before it has even stored the event. Events
// told while the connection was down are not made up for; instead Period
// changes, and whoever keeps something from an earlier period throws it away.
type Following struct {
	bus   *Bus
	heard atomic.Uint64 // 1 + the connection on which the server has confirmed the subscription
}

// Follow calls f for every event on the subjects from now on, one at a time.
// f must return at once. It works while NATS is down, and begins when it is there.
func (b *Bus) Follow(subjects []string, f func(Delivery)) (*Following, error) {
	w := &Following{bus: b}
	for _, subject := range subjects {
		sub, err := b.nc.Subscribe(subject, func(m *nats.Msg) { f(told(m)) })
		if err != nil {
			return nil, err
		}
		if err := sub.SetPendingLimits(-1, -1); err != nil { // never drop: f only forgets something
			return nil, err
		}
	}
	b.OnConnect(func() { go w.confirm() })
	go w.confirm()
	return w, nil
}

func told(m *nats.Msg) Delivery {
	d := Delivery{ID: m.Header.Get(headerID), Subject: m.Subject, Data: m.Data, Attempt: 1}
	d.OccurredAt, _ = time.Parse(time.RFC3339Nano, m.Header.Get(headerTime))
	return d
}

// Period returns a number that stays the same for as long as no event can have
// been missed, and false while events are being missed.
func (w *Following) Period() (uint64, bool) {
	n := w.connection()
	return n, w.bus.Connected() && w.heard.Load() == n+1
}

// confirm waits for the server's answer on this connection: the subscriptions
// were sent before the question, so they stand when the answer is here.
func (w *Following) confirm() {
	n := w.connection()
	for w.bus.Connected() && w.connection() == n {
		if w.bus.nc.FlushTimeout(answerWithin) == nil {
			w.hear(n + 1)
			return
		}
	}
}

func (w *Following) hear(n uint64) {
	for old := w.heard.Load(); old < n && !w.heard.CompareAndSwap(old, n); old = w.heard.Load() {
	}
}

func (w *Following) connection() uint64 { return w.bus.nc.Stats().Reconnects }
