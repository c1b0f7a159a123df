package bench

import (
	"database/sql"
	"encoding/json"
	"testing"
	"time"

	"github.com/ThreeDotsLabs/watermill"
	wsnats "github.com/ThreeDotsLabs/watermill-nats/v2/pkg/nats"
	wsql "github.com/ThreeDotsLabs/watermill-sql/v4/pkg/sql"
	"github.com/ThreeDotsLabs/watermill/components/forwarder"
	"github.com/ThreeDotsLabs/watermill/message"
	_ "github.com/lib/pq"
	"github.com/nats-io/nats.go"

	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/testkit/bench"
	"github.com/qihe-volunteers/qihe/shared/testkit/bustest"
	"github.com/qihe-volunteers/qihe/shared/testkit/pgtest"
	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
)

// forwarded is how many events the forwarder has to carry: it takes them one by one.
const forwarded = 5_000

// forwarderSettings are those that its manual names for speed.
type forwarderSettings struct {
	batch int           // rows read at once; 0: as it comes
	poll  time.Duration // 0: as it comes
}

var (
	forwarderDefault = forwarderSettings{}
	forwarderTuned   = forwarderSettings{batch: 1000, poll: time.Millisecond}
)

// forward lets Watermill's forwarder carry events from its own outbox table on
// the same kind of server to a stream on the same kind of server, deduplicated by
// id as ours are.
func forward(b *testing.B, settings forwarderSettings) bench.Measured {
	b.Helper()
	db, err := sql.Open("postgres", pgtest.New(b, "tasks", outbox.Migrations()).OwnerURL)
	must(b, err)
	b.Cleanup(func() { _ = db.Close() })
	quiet := watermill.NopLogger{}
	schema := wsql.DefaultPostgreSQLSchema{SubscribeBatchSize: settings.batch}
	subscriber, err := wsql.NewSubscriber(wsql.BeginnerFromStdSQL(db), wsql.SubscriberConfig{
		SchemaAdapter: schema, OffsetsAdapter: wsql.DefaultPostgreSQLOffsetsAdapter{}, InitializeSchema: true, PollInterval: settings.poll,
	}, quiet)
	must(b, err)
	const topic = "bench_outbox"
	must(b, subscriber.SubscribeInitialize(topic))
	fillForwarder(b, db, schema, topic)

	address := bustest.StartSafe(b)
	nc, err := nats.Connect(address)
	must(b, err)
	b.Cleanup(nc.Close)
	stream, err := nc.JetStream()
	must(b, err)
	_, err = stream.AddStream(&nats.StreamConfig{Name: tasksv1.Stream, Subjects: []string{"tasks.>"}, Storage: nats.FileStorage})
	must(b, err)
	publisher, err := wsnats.NewPublisher(wsnats.PublisherConfig{
		URL: address, Marshaler: &wsnats.NATSMarshaler{}, JetStream: wsnats.JetStreamConfig{TrackMsgId: true},
	}, quiet)
	must(b, err)
	f, err := forwarder.NewForwarder(subscriber, publisher, quiet, forwarder.Config{ForwarderTopic: topic})
	must(b, err)
	began := time.Now()
	go func() { _ = f.Run(b.Context()) }()
	defer func() { _ = f.Close() }()
	wait.Within(b, 10*time.Minute, "the stream to hold what is forwarded", func() bool {
		info, err := stream.StreamInfo(tasksv1.Stream)
		must(b, err)
		return info.State.Msgs >= forwarded
	})
	return bench.Measured{PerSecond: forwarded / time.Since(began).Seconds()}
}

func fillForwarder(b *testing.B, db *sql.DB, schema wsql.SchemaAdapter, topic string) {
	b.Helper()
	inner, err := wsql.NewPublisher(wsql.BeginnerFromStdSQL(db), wsql.PublisherConfig{SchemaAdapter: schema}, watermill.NopLogger{})
	must(b, err)
	publisher := forwarder.NewPublisher(inner, forwarder.PublisherConfig{ForwarderTopic: topic})
	some := &site{ledger: &ledger{volunteers: forwarded, teams: 1, paths: []string{"4106/"}}}
	messages := make([]*message.Message, 0, forwarded)
	for _, e := range some.attendances(0, forwarded) {
		body, err := json.Marshal(e)
		must(b, err)
		messages = append(messages, message.NewMessage(watermill.NewUUID(), body))
	}
	for i := 0; i < len(messages); i += 500 {
		must(b, publisher.Publish(tasksv1.AttendanceConfirmed{}.Subject(), messages[i:i+500]...))
	}
}
