package bus

import (
	"context"
	"errors"
	"time"
)

// ErrPanic marks that Handle broke off.
var ErrPanic = errors.New("panic")

// ErrRetryLater marks an error of Handle that is no fault of the events: the
// database is away. The same batch is tried again until it succeeds.
var ErrRetryLater = errors.New("try again later")

// Delivery is one event as a consumer gets it: at least once, in any order.
type Delivery struct {
	ID         string // of the event; the same at every repetition
	Subject    string
	OccurredAt time.Time
	Data       []byte
	Sequence   uint64 // in the stream
	Attempt    int    // 1 + the faults this event has caused in this process
	Trace      string // where the act is followed; empty: it is not
}

// Subscription says what a consumer wants and what it does with it.
type Subscription struct {
	Stream   string
	Durable  string   // "hours-from-tasks": the place in the stream is kept, and replicas share the work, under this name
	Subjects []string // empty: all of the stream

	// Handle takes what is there, up to 500 events, all or nothing: when it
	// returns nil all are acknowledged. An error or a panic makes it be called
	// again with fewer, until the event at fault stands alone. It must not
	// take more than half a minute: then the server would hand the events out again.
	Handle func(ctx context.Context, batch []Delivery) error

	// DeadLetter keeps an event that was at fault for the last time, with its
	// last error. Nil: it is only logged.
	DeadLetter func(ctx context.Context, d Delivery, cause error) error

	// Delays are the pauses after each fault of an event; it is given up after
	// one more. Nil: 1 s, 5 s, 30 s, 2 min, 10 min, so six attempts.
	Delays []time.Duration
}
