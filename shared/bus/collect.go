package bus

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// Elsewhere is a stream on servers that are reached through a leaf node: a city's.
type Elsewhere struct {
	Stream  string // as it is called there
	Subject string // what of it is wanted, and nothing else
	At      string // what its API and what it delivers are called here: cell.410600
}

const (
	collectFor   = 60 * 24 * time.Hour
	collectBytes = 1 << 30
)

// EnsureCollected makes the stream name, which carries no subject of its own: only what its
// server fetches from elsewhere gets into it, so nobody here can put words into it. While the other side is
// cut off it stands still; then it goes on where it was.
func (b *Bus) EnsureCollected(ctx context.Context, name string, from Elsewhere) error {
	ctx, stop := b.whileConnected(ctx)
	defer stop()
	ctx, cancel := context.WithTimeout(ctx, answerWithin)
	defer cancel()
	config := jetstream.StreamConfig{
		Name: name, Storage: jetstream.FileStorage, MaxAge: collectFor, MaxBytes: collectBytes, Replicas: max(b.replicas, 1),
		Sources: []*jetstream.StreamSource{{
			Name: from.Stream, FilterSubject: from.Subject,
			External: &jetstream.ExternalStream{APIPrefix: from.At + ".api", DeliverPrefix: from.At + ".deliver"},
		}},
	}
	_, err := b.js.Stream(ctx, name)
	if errors.Is(err, jetstream.ErrStreamNotFound) {
		_, err = b.js.CreateStream(ctx, config)
	}
	if err != nil {
		return fmt.Errorf("collect %s: %w", name, err)
	}
	return nil
}
