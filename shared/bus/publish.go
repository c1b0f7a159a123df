package bus

import (
	"cmp"
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/synadia-io/orbit.go/jetstreamext"
)

// maxBatch is how many messages the server takes in one atomic batch.
const maxBatch = 1000

// answerWithin is how long the server may take to acknowledge.
const answerWithin = 5 * time.Second

// Message is one event on its way into a stream.
type Message struct {
	ID         string // of the event; the stream stores it once within ten minutes
	Again      string // not empty: stored once more, under this id; the event's own stays what it is
	Subject    string
	Aggregate  string
	Version    int64
	OccurredAt time.Time
	Data       []byte // JSON
	Trace      string // where the act is followed, as W3C Trace Context writes it; empty: it is not
}

// Publish stores msgs in the stream, in order, and returns the highest
// sequence number it was told. It returns nil only after the server has
// acknowledged every one. After an error some may be stored and some not:
// publish the same messages again.
//
// A batch is stored whole or not at all, with one disk sync. The server
// refuses it when it knows one of the ids already (error 10201), for instance
// after an acknowledgement was lost; then, and when no answer came, the
// messages are sent one by one, and those already known are dropped there.
func (b *Bus) Publish(ctx context.Context, stream string, msgs []Message) (last uint64, err error) {
	asked := time.Now()
	defer func() { b.heard("tell", stream, asked, err) }()
	ctx, cancel := b.whileConnected(ctx)
	defer cancel()
	for len(msgs) > 0 {
		n := min(len(msgs), maxBatch)
		sequence, err := b.publishBatch(ctx, stream, msgs[:n])
		if err != nil && ctx.Err() == nil {
			sequence, err = b.publishEach(ctx, stream, msgs[:n])
		}
		if err != nil {
			return last, fmt.Errorf("publish to stream %s: %w", stream, err)
		}
		last = max(last, sequence)
		msgs = msgs[n:]
	}
	return last, nil
}

func (b *Bus) publishBatch(ctx context.Context, stream string, msgs []Message) (uint64, error) {
	if len(msgs) == 1 { // one round trip, where a batch needs two
		return b.publishEach(ctx, stream, msgs)
	}
	batch := make([]*nats.Msg, len(msgs))
	for i, m := range msgs {
		batch[i] = m.encode(stream)
	}
	ctx, cancel := context.WithTimeout(ctx, answerWithin)
	defer cancel()
	// Only the last message is answered; waiting for an answer to the first
	// would cost a round trip and could not be cut short by ctx.
	ack, err := jetstreamext.PublishMsgBatch(ctx, b.js, batch, jetstreamext.BatchFlowControl{})
	if err != nil {
		return 0, err
	}
	return ack.Sequence, nil
}

func (b *Bus) publishEach(ctx context.Context, stream string, msgs []Message) (uint64, error) {
	var last uint64
	for _, m := range msgs {
		if !strings.HasPrefix(m.Subject, prefix(stream)) {
			return last, fmt.Errorf("event %s: the stream does not carry %s", m.ID, m.Subject)
		}
		ctx, cancel := context.WithTimeout(ctx, answerWithin)
		ack, err := b.js.PublishMsg(ctx, m.encode(stream), jetstream.WithRetryAttempts(0))
		cancel()
		if err != nil {
			return last, fmt.Errorf("event %s: %w", m.ID, err)
		}
		last = max(last, ack.Sequence) // of a known message it is the old one
	}
	return last, nil
}

// The attributes of CloudEvents 1.0 in binary mode, as its NATS binding names them.
const (
	headerID   = "ce-id"
	headerTime = "ce-time"

	headerTrace = "traceparent" // of its distributed tracing extension, which is W3C Trace Context
)

func (m Message) encode(stream string) *nats.Msg {
	msg := &nats.Msg{
		Subject: m.Subject,
		Data:    m.Data,
		Header: nats.Header{
			jetstream.MsgIDHeader:          {cmp.Or(m.Again, m.ID)},
			jetstream.ExpectedStreamHeader: {stream},
			"ce-specversion":               {"1.0"},
			headerID:                       {m.ID},
			"ce-source":                    {"/qihe/" + strings.ToLower(stream)},
			"ce-type":                      {m.Subject},
			"ce-subject":                   {m.Aggregate},
			"ce-aggregateversion":          {strconv.FormatInt(m.Version, 10)},
			headerTime:                     {m.OccurredAt.UTC().Format(time.RFC3339Nano)},
			"ce-datacontenttype":           {"application/json"},
		},
	}
	if m.Trace != "" {
		msg.Header[headerTrace] = []string{m.Trace}
	}
	return msg
}
