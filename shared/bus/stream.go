package bus

import (
	"context"
	"errors"
	"fmt"
	"reflect"
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

// Replicate has the streams that EnsureStream looks after kept by so many servers
// of a cluster; say it before a relay runs. Without it, or with 0, the number belongs to whoever runs
// the servers: it is left as found, and one for a new stream.
func (b *Bus) Replicate(servers int) { b.replicas = servers }

// EnsureStream makes the stream of that name, or brings its settings up to
// date. It carries the subjects lower(name).> . What is not set here belongs to
// whoever runs the servers and is left as found;
// a stream that is as it should be is not touched. It fails while NATS is down;
// the relay calls it again.
func (b *Bus) EnsureStream(ctx context.Context, name string) (err error) {
	asked := time.Now()
	defer func() { b.heard("make", name, asked, err) }()
	ctx, stop := b.whileConnected(ctx)
	defer stop()
	ctx, cancel := context.WithTimeout(ctx, answerWithin) // in a cluster a question that meets no leader is lost
	defer cancel()
	found, err := b.js.Stream(ctx, name)
	switch {
	case errors.Is(err, jetstream.ErrStreamNotFound):
		_, err = b.js.CreateStream(ctx, b.settings(jetstream.StreamConfig{Name: name, Replicas: 1}))
	case err == nil:
		present := found.CachedInfo().Config
		if want := b.settings(present); !reflect.DeepEqual(want, present) {
			_, err = b.js.UpdateStream(ctx, want)
		}
	}
	if err != nil {
		return fmt.Errorf("make stream %s: %w", name, err)
	}
	return nil
}

// settings changes of a stream what matters to Qihe.
func (b *Bus) settings(c jetstream.StreamConfig) jetstream.StreamConfig {
	if b.replicas > 0 {
		c.Replicas = b.replicas
	}
	c.Subjects = []string{prefix(c.Name) + ">"}
	c.Storage = jetstream.FileStorage
	c.Retention = jetstream.LimitsPolicy
	c.Discard = jetstream.DiscardOld
	c.MaxAge = keepFor
	c.MaxBytes = keepBytes
	c.Duplicates = duplicateWindow
	c.AllowAtomicPublish = true
	return c
}

// StreamState returns the present state of the stream of that name.
func (b *Bus) StreamState(ctx context.Context, name string) (_ StreamState, err error) {
	asked := time.Now()
	defer func() { b.heard("look at", name, asked, err) }()
	ctx, stop := b.whileConnected(ctx)
	defer stop()
	ctx, cancel := context.WithTimeout(ctx, answerWithin) // in a cluster a question that meets no leader is lost
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
