package bus

import (
	"context"
	"time"
)

// usualDelays is our own table: a plain Nak brings a message back at once.
var usualDelays = []time.Duration{time.Second, 5 * time.Second, 30 * time.Second, 2 * time.Minute, 10 * time.Minute}

// fault puts an event back for later, or after the last attempt away for good.
func (c *consumption) fault(ctx context.Context, p parcel, cause error) {
	c.faults[p.ID]++
	log := c.log.With("event", p.ID, "subject", p.Subject, "attempt", p.Attempt, "error", cause)
	settled.WithLabelValues(c.Durable, failed).Inc()
	if p.Attempt <= len(c.Delays) {
		log.Warn("event failed; it will be tried again")
		_ = p.msg.NakWithDelay(c.Delays[p.Attempt-1])
		return
	}
	if err := c.bury(ctx, p.Delivery, cause); err != nil {
		log.Error("dead letter could not be kept; it will be tried again", "keeping", err)
		c.faults[p.ID]--
		_ = p.msg.NakWithDelay(usualDelays[0])
		return
	}
	settled.WithLabelValues(c.Durable, givenUp).Inc()
	log.Error("event given up")
	delete(c.faults, p.ID)
	_ = p.msg.TermWithReason("given up after the last attempt")
}

func (c *consumption) bury(ctx context.Context, d Delivery, cause error) error {
	if c.DeadLetter == nil {
		return nil
	}
	calm, cancel := afterwards(ctx, finishWithin)
	defer cancel()
	return c.DeadLetter(calm, d, cause)
}
