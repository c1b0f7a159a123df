package bus

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// consumption is one running Consume. All its methods run in one goroutine.
type consumption struct {
	Subscription
	bus *Bus
	log *slog.Logger

	// faults counts the failed attempts at events that now wait for another.
	// It is not kept over a restart: a restart is no proof against an event,
	// so the count errs towards trying once more.
	faults map[string]int
}

func newConsumption(b *Bus, s Subscription) *consumption {
	if s.Delays == nil {
		s.Delays = usualDelays
	}
	return &consumption{
		Subscription: s,
		bus:          b,
		log:          b.log.With("stream", s.Stream, "consumer", s.Durable),
		faults:       map[string]int{},
	}
}

// parcel is a message beside what the handler sees of it.
type parcel struct {
	msg jetstream.Msg
	Delivery
}

// process settles every message, one way or the other. Events that were at
// fault before are tried alone, so that they do not spoil the batch again.
func (c *consumption) process(ctx context.Context, msgs []jetstream.Msg) {
	var clean, suspect []parcel
	for _, m := range msgs {
		p := c.unpack(m)
		if p.Attempt > 1 {
			suspect = append(suspect, p)
		} else {
			clean = append(clean, p)
		}
	}
	c.settle(ctx, clean)
	for _, p := range suspect {
		c.settle(ctx, []parcel{p})
	}
}

func (c *consumption) unpack(m jetstream.Msg) parcel {
	d := Delivery{ID: m.Headers().Get(headerID), Subject: m.Subject(), Data: m.Data(), Trace: m.Headers().Get(headerTrace)}
	d.OccurredAt, _ = time.Parse(time.RFC3339Nano, m.Headers().Get(headerTime))
	if meta, err := m.Metadata(); err == nil {
		d.Sequence = meta.Sequence.Stream
	}
	if d.ID == "" { // not from an outbox; the handler will find it at fault
		d.ID = fmt.Sprintf("%s:%d", c.Stream, d.Sequence)
	}
	d.Attempt = 1 + c.faults[d.ID]
	return parcel{msg: m, Delivery: d}
}

// settle handles the batch; when it fails, both halves by themselves, and so
// on until the event at fault stands alone: one bad event in 500 costs about
// 18 transactions, where trying one by one costs 500.
func (c *consumption) settle(ctx context.Context, batch []parcel) {
	if len(batch) == 0 {
		return
	}
	err := c.try(ctx, batch)
	switch {
	case err == nil:
		c.ack(batch)
	case ctx.Err() != nil:
		giveBack(batch)
	case len(batch) == 1:
		c.fault(ctx, batch[0], err)
	default:
		half := len(batch) / 2
		c.settle(ctx, batch[:half])
		c.settle(ctx, batch[half:])
	}
}

// try calls Handle until it succeeds, or fails by a fault of the events, or ctx ends.
func (c *consumption) try(ctx context.Context, batch []parcel) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	waiting := false
	for wait := 100 * time.Millisecond; ; wait = min(2*wait, 5*time.Second) {
		err := c.call(ctx, batch)
		if !errors.Is(err, ErrRetryLater) {
			if waiting {
				c.log.Info("handler is back")
			}
			return err
		}
		if !waiting {
			c.log.Warn("handler waits", "error", err)
			waiting = true
		}
		for _, p := range batch {
			_ = p.msg.InProgress() // or the server would hand them out again
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(wait):
		}
	}
}

// call calls Handle once and makes an error of a panic. When ctx ends, Handle
// still has some time to finish.
func (c *consumption) call(ctx context.Context, batch []parcel) (err error) {
	deliveries := make([]Delivery, len(batch))
	for i, p := range batch {
		deliveries[i] = p.Delivery
	}
	calm, cancel := afterwards(ctx, finishWithin)
	defer cancel()
	calm, done := c.follow(calm, deliveries)
	begun := time.Now()
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%w: %v\n%s", ErrPanic, r, debug.Stack())
		}
		batches.WithLabelValues(c.Durable).Observe(time.Since(begun).Seconds())
		done(err)
	}()
	return c.Handle(calm, deliveries)
}

// ack acknowledges every message, and waits for the server's answer to the
// last: one round trip for the batch. A lost acknowledgement means another
// delivery, which the inbox drops.
func (c *consumption) ack(batch []parcel) {
	for _, p := range batch {
		delete(c.faults, p.ID)
	}
	settled.WithLabelValues(c.Durable, applied).Add(float64(len(batch)))
	last := len(batch) - 1
	for _, p := range batch[:last] {
		_ = p.msg.Ack()
	}
	connected, stop := c.bus.whileConnected(context.Background())
	defer stop()
	ctx, cancel := context.WithTimeout(connected, answerWithin)
	defer cancel()
	_ = batch[last].msg.DoubleAck(ctx)
}

// giveBack makes the server hand the messages out again at once.
func giveBack(batch []parcel) {
	for _, p := range batch {
		_ = p.msg.Nak()
	}
}

// afterwards returns a context that ends d after ctx has ended.
func afterwards(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc) {
	calm, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() { time.AfterFunc(d, cancel) })
	return calm, func() { stop(); cancel() }
}
