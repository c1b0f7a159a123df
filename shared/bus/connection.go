package bus

import (
	"context"
	"errors"
)

var errLost = errors.New("message bus connection lost")

func (b *Bus) connected() {
	b.log.Info("message bus connected")
	connections.WithLabelValues(b.name).Set(1)
	b.mu.Lock()
	defer b.mu.Unlock()
	if closed(b.lost) {
		b.lost = make(chan struct{})
	}
	clear(b.silent)
	close(b.fresh)
	b.fresh = make(chan struct{})
	for _, f := range b.onConnect {
		f()
	}
}

func (b *Bus) disconnected(err error) {
	if err != nil { // nil: we closed it ourselves
		b.log.Warn("message bus lost; reconnecting", "error", err)
	}
	connections.WithLabelValues(b.name).Set(0)
	b.mu.Lock()
	defer b.mu.Unlock()
	if !closed(b.lost) {
		close(b.lost)
	}
}

// nextConnection returns a channel that is closed when a new connection is made.
func (b *Bus) nextConnection() <-chan struct{} {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.fresh
}

// whileConnected returns a context that also ends when the connection breaks:
// what was asked on it will never be answered, and there is no point in waiting.
func (b *Bus) whileConnected(ctx context.Context) (context.Context, context.CancelFunc) {
	b.mu.Lock()
	lost := b.lost
	b.mu.Unlock()
	ctx, cancel := context.WithCancelCause(ctx)
	go func() {
		select {
		case <-lost:
			cancel(errLost)
		case <-ctx.Done():
		}
	}()
	return ctx, func() { cancel(nil) }
}

func closed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}
