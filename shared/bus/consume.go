package bus

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

const (
	fetchSize     = 500              // the largest batch handed to Handle
	ackWait       = 30 * time.Second // after this the server gives a message to another replica; what a killed one had in hand waits so long
	maxAckPending = 2000             // handed out and not yet acknowledged, over all replicas
	finishWithin  = 15 * time.Second // how long the batch in hand may take once we are asked to stop
	heartbeat     = time.Second      // two missed, and the consumer is made anew
)

// Consume handles the events of s until ctx ends; then it finishes the batch
// in hand, gives back the rest and returns nil. While NATS is down, or the
// stream is not there yet, or was deleted, it waits and tries again.
func (b *Bus) Consume(ctx context.Context, s Subscription) error {
	c := newConsumption(b, s)
	go c.measure(ctx)
	waiting := false
	for wait := 100 * time.Millisecond; ctx.Err() == nil; wait = min(2*wait, 2*time.Second) {
		again := b.nextConnection()
		consumer, err := c.open(ctx)
		if err == nil {
			if waiting {
				c.log.Info("consumer is back")
			}
			waiting, wait = false, 50*time.Millisecond
			err = c.pull(ctx, consumer)
		}
		if ctx.Err() != nil {
			break
		}
		if !waiting {
			c.log.Warn("consumer waits", "error", err)
			waiting = true
		}
		select {
		case <-ctx.Done():
		case <-again:
		case <-time.After(wait):
		}
	}
	return nil
}

// open makes the consumer on the server, or brings it up to date.
func (c *consumption) open(ctx context.Context) (_ jetstream.Consumer, err error) {
	asked := time.Now()
	defer func() { c.bus.heard("hear", c.Stream, asked, err) }()
	config := jetstream.ConsumerConfig{
		Durable:        c.Durable,
		FilterSubjects: c.Subjects,
		AckPolicy:      jetstream.AckExplicitPolicy,
		AckWait:        ackWait, // and no BackOff, which would override it
		MaxAckPending:  maxAckPending,
		MaxDeliver:     -1, // we count faults ourselves; the server would count restarts
	}
	ctx, stop := c.bus.whileConnected(ctx)
	defer stop()
	ctx, cancel := context.WithTimeout(ctx, answerWithin)
	defer cancel()
	consumer, err := c.bus.js.CreateOrUpdateConsumer(ctx, c.Stream, config)
	if err != nil {
		return nil, fmt.Errorf("open consumer %s on %s: %w", c.Durable, c.Stream, err)
	}
	return consumer, nil
}

// pull handles messages until ctx ends or the consumer fails. The iterator
// keeps a request open at the server, which answers as soon as there is
// something, and asks again after a new connection. It is drained, never cut:
// a message thrown away here would come back only after AckWait.
func (c *consumption) pull(ctx context.Context, consumer jetstream.Consumer) (cause error) {
	msgs, err := consumer.Messages(jetstream.PullMaxMessages(2*fetchSize), jetstream.PullHeartbeat(heartbeat))
	if err != nil {
		return fmt.Errorf("ask for messages: %w", err)
	}
	stop := context.AfterFunc(ctx, msgs.Drain)
	defer stop()
	for {
		m, err := msgs.Next()
		switch {
		case errors.Is(err, jetstream.ErrMsgIteratorClosed):
			return cause
		case err != nil:
			cause = fmt.Errorf("wait for messages: %w", err)
			msgs.Drain()
		default:
			c.process(ctx, gather(msgs, m))
		}
	}
}

// gather returns first and what else is there already.
func gather(msgs jetstream.MessagesContext, first jetstream.Msg) []jetstream.Msg {
	batch := []jetstream.Msg{first}
	for len(batch) < fetchSize {
		m, err := msgs.Next(jetstream.NextMaxWait(100 * time.Microsecond))
		if err != nil {
			break // nothing there; a worse reason is met again in pull
		}
		batch = append(batch, m)
	}
	return batch
}
