package bus

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// What a stream keeps. It is a window on the outbox, not an archive.
const (
	keepFor         = 14 * 24 * time.Hour
	keepBytes       = 4 << 30
	duplicateWindow = 10 * time.Minute // a message id is known this long; after that the inbox alone remembers
)

// StreamState tells one incarnation of a stream from another, and how far it has got.
type StreamState struct {
	Created      time.Time // to the microsecond; changes when the stream was lost and made again
	LastSequence uint64    // of the newest message ever stored; falls only when JetStream lost what it had acknowledged
}

// EnsureStream makes the stream of that name, or brings its settings up to
// date. It carries the subjects lower(name).> . The number of replicas belongs
// to whoever runs the servers and is left as found. It fails while NATS is
// down; the relay calls it again.
func (b *Bus) EnsureStream(ctx context.Context, name string) error {
	want := jetstream.StreamConfig{
		Name:               name,
		Subjects:           []string{prefix(name) + ">"},
		Storage:            jetstream.FileStorage,
		Retention:          jetstream.LimitsPolicy,
		Discard:            jetstream.DiscardOld,
		MaxAge:             keepFor,
		MaxBytes:           keepBytes,
		Duplicates:         duplicateWindow,
		AllowAtomicPublish: true,
		Replicas:           1,
	}
	ctx, cancel := b.whileConnected(ctx)
	defer cancel()
	found, err := b.js.Stream(ctx, name)
	if err != nil && !errors.Is(err, jetstream.ErrStreamNotFound) {
		return fmt.Errorf("look for stream %s: %w", name, err)
	}
	if err == nil {
		want.Replicas = found.CachedInfo().Config.Replicas
	}
	if _, err := b.js.CreateOrUpdateStream(ctx, want); err != nil {
		return fmt.Errorf("make stream %s: %w", name, err)
	}
	return nil
}

// StreamState returns the present state of the stream of that name.
func (b *Bus) StreamState(ctx context.Context, name string) (StreamState, error) {
	ctx, cancel := b.whileConnected(ctx)
	defer cancel()
	s, err := b.js.Stream(ctx, name)
	if err != nil {
		return StreamState{}, fmt.Errorf("look for stream %s: %w", name, err)
	}
	info := s.CachedInfo()
	return StreamState{
		Created:      info.Created.UTC().Truncate(time.Microsecond),
		LastSequence: info.State.LastSeq,
	}, nil
}

// prefix is what every subject of the stream begins with.
func prefix(stream string) string { return strings.ToLower(stream) + "." }
