package httpserver

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"
)

const (
	// streamGap is the least time between two events of one stream: however
	// fast things change, a page is not drawn more than five times a second.
	streamGap = 200 * time.Millisecond
	// heartbeat keeps the connection open through proxies and finds dead ones.
	heartbeat = 20 * time.Second
	// sendWithin is how long a reader may take what was sent.
	sendWithin = 10 * time.Second
)

// Stream answers w with server-sent events until the reader leaves or the
// server stops. It sends what state returns at once, and again after each
// wake whenever it has changed; wakes that come close together become one.
func Stream(ctx context.Context, w http.ResponseWriter, event string, wake <-chan struct{}, state func(context.Context) (any, error)) error {
	return StreamEvery(ctx, w, streamGap, event, wake, state)
}

// StreamEvery is Stream for a page with a pace of its own: gap is the least time
// between two events. It ends with the first error of state.
func StreamEvery(ctx context.Context, w http.ResponseWriter, gap time.Duration, event string, wake <-chan struct{}, state func(context.Context) (any, error)) error {
	out := http.NewResponseController(w)
	closing, _ := ctx.Value(closingKey).(chan struct{})

	// The end of a stream is written too, and must not come too late for the last event's deadline.
	defer func() { _ = out.SetWriteDeadline(time.Now().Add(sendWithin)) }()

	var last []byte
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	for {
		now, err := state(ctx)
		if err != nil {
			return err
		}
		data, err := json.Marshal(now)
		if err != nil {
			return fmt.Errorf("encode %s event: %w", event, err)
		}
		if last == nil { // not before: an error of the first state is answered as any other
			w.Header().Set("Content-Type", "text/event-stream")
			w.Header().Set("Cache-Control", "no-store")
			w.WriteHeader(http.StatusOK)
		}
		if !bytes.Equal(data, last) {
			if err := send(w, out, fmt.Sprintf("event: %s\ndata: %s\n\n", event, data)); err != nil {
				return nil // the reader has left
			}
			last = data
		}
		if !pause(ctx, closing, gap) {
			return nil
		}
		for waiting := true; waiting; {
			select {
			case <-wake:
				waiting = false
			case <-beat.C:
				if err := send(w, out, ": still here\n\n"); err != nil {
					return nil // the reader has left
				}
			case <-closing:
				return nil
			case <-ctx.Done():
				return nil
			}
		}
	}
}

func pause(ctx context.Context, closing <-chan struct{}, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-closing:
	case <-ctx.Done():
	}
	return false
}

func send(w http.ResponseWriter, out *http.ResponseController, text string) error {
	_ = out.SetWriteDeadline(time.Now().Add(sendWithin)) // not every writer has one
	if _, err := w.Write([]byte(text)); err != nil {
		return err
	}
	return out.Flush()
}
