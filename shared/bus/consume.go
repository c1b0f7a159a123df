package bus

import (
	"context"
	"fmt"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

const (
	fetchSize     = 500              // the largest batch handed to Handle
	ackWait       = 60 * time.Second // after this the server gives a message to another replica
	maxAckPending = 2000             // handed out and not yet acknowledged, over all replicas
	finishWithin  = 15 * time.Second // how long the batch in hand may take once we are asked to stop
	leaveWithin   = 50 * time.Millisecond
)

// Consume handles the events of s until ctx ends; then it finishes the batch
// in hand, gives back the rest and returns nil. While NATS is down, or the
// stream is not there yet, or was deleted, it waits and tries again.
func (b *Bus) Consume(ctx context.Context, s Subscription) error {
	c := newConsumption(b, s)
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
func (c *consumption) open(ctx context.Context) (jetstream.Consumer, error) {
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

// pull asks for messages and handles them until ctx ends or the consumer
// fails. A request that found less than it asked for stays open for 30 s and is
// answered as soon as there is something, so an event at rest waits for nobody.
//
// When ctx ends or the connection breaks, the request stays open for a moment,
// to receive what is already under way: thrown away, it would come back only
// after AckWait.
func (c *consumption) pull(ctx context.Context, consumer jetstream.Consumer) error {
	for ctx.Err() == nil {
		connected, cancel := c.bus.whileConnected(ctx)
		asked, leave := afterwards(connected, leaveWithin)
		answer, err := consumer.Fetch(fetchSize, jetstream.FetchContext(asked))
		if err == nil {
			var late []jetstream.Msg
			for m := range answer.Messages() {
				batch := append([]jetstream.Msg{m}, ready(answer.Messages())...)
				if ctx.Err() != nil {
					late = append(late, batch...)
					continue
				}
				c.process(ctx, batch)
			}
			giveBack(late)
			err = answer.Error()
		}
		leave()
		cancel()
		if err != nil && ctx.Err() == nil {
			return fmt.Errorf("wait for messages: %w", err)
		}
	}
	return nil
}

// ready takes what is in the channel, without waiting.
func ready(msgs <-chan jetstream.Msg) (batch []jetstream.Msg) {
	for {
		select {
		case m, ok := <-msgs:
			if !ok {
				return batch
			}
			batch = append(batch, m)
		default:
			return batch
		}
	}
}
