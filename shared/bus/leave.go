package bus

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// leaveAfter is longer than three servers usually need to agree who leads.
const leaveAfter = 10 * time.Second

// inProcess is what a leader says of an event that it has and the others have not acknowledged.
const inProcess = 10158

// heard notes how ended what was asked of a stream at a time. A server that is
// cut off from the others keeps our connection and can do nothing for as long as
// it is cut off, while the others go on without it. So who has been given no
// answer to one sort of question for some time goes to the next server. Sorts are
// apart because such a server still answers some: what a stream's state was.
func (b *Bus) heard(question, stream string, asked time.Time, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	question += " " + stream
	if !unanswered(err) {
		if answered(err) {
			delete(b.silent, question)
		}
		return
	}
	since, silent := b.silent[question]
	if !silent {
		since = asked
		b.silent[question] = asked
	}
	if time.Since(since) < leaveAfter || len(b.nc.Servers()) < 2 {
		return
	}
	clear(b.silent)
	b.log.Warn("message bus does not answer; going to another server", "server", b.nc.ConnectedUrlRedacted(), "question", question, "error", err)
	if err := b.nc.ForceReconnect(); err != nil {
		b.log.Warn("message bus could not be left", "error", err)
	}
}

// unanswered is true of errors which mean that whoever leads the stream could not be asked.
func unanswered(err error) bool {
	var api *jetstream.APIError
	if errors.As(err, &api) {
		return api.Code == http.StatusServiceUnavailable || api.ErrorCode == inProcess
	}
	return errors.Is(err, context.DeadlineExceeded) || errors.Is(err, nats.ErrTimeout) || errors.Is(err, nats.ErrNoResponders) || errors.Is(err, jetstream.ErrNoStreamResponse)
}

// answered is true of none, and of what only JetStream itself can say.
func answered(err error) bool {
	var api *jetstream.APIError
	return err == nil || errors.As(err, &api)
}
