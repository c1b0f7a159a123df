package jetstream_test

import (
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	natsjs "github.com/nats-io/nats.go/jetstream"

	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/jetstream"
	"github.com/qihe-volunteers/qihe/services/hours"
	"github.com/qihe-volunteers/qihe/services/pairings"
	"github.com/qihe-volunteers/qihe/services/portal"
	"github.com/qihe-volunteers/qihe/services/tasks"
	"github.com/qihe-volunteers/qihe/services/teams"
	"github.com/qihe-volunteers/qihe/shared/bus"
)

// user is a service's connection, with what the server refused it.
type user struct {
	*nats.Conn
	js      natsjs.JetStream
	refused chan string
}

func connect(t *testing.T, url, name string) user {
	t.Helper()
	u := user{refused: make(chan string, 100)}
	var err error
	u.Conn, err = nats.Connect(url, nats.CustomInboxPrefix("_INBOX."+name), nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) {
		if errors.Is(err, nats.ErrPermissionViolation) {
			u.refused <- err.Error()
		}
	}))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(u.Close)
	if u.js, err = natsjs.New(u.Conn, natsjs.WithDefaultTimeout(300*time.Millisecond)); err != nil {
		t.Fatal(err)
	}
	return u
}

// mayNot reports an act that the server does not refuse.
func (u user) mayNot(t *testing.T, what string, act func() error) {
	t.Helper()
	err := act()
	if flushed := u.Flush(); flushed != nil {
		t.Fatal(flushed)
	}
	select {
	case <-u.refused:
	case <-time.After(time.Minute):
		t.Errorf("%s is not refused: %v", what, err)
	}
	for len(u.refused) > 0 { // one act may be several refusals
		<-u.refused
	}
}

// Each service tells its own and hears what it needs; all else the server refuses,
// whoever has the service's password. Who may do everything shows that the acts work.
func TestAccess(t *testing.T) {
	t.Parallel()
	services := []bus.Access{teams.Bus, tasks.Bus, hours.Bus, pairings.Bus, portal.Bus}
	server, err := jetstream.Start(t.TempDir(), slog.New(slog.DiscardHandler), services...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Stop)
	admin := connect(t, server.URL, "standalone")
	b, err := bus.Connect(t.Context(), server.URL, "test", slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.Close)
	var streams []string
	for _, s := range services {
		if s.Tells != "" {
			if err := b.EnsureStream(t.Context(), s.Tells); err != nil {
				t.Fatal(err)
			}
			if _, err := admin.js.Publish(t.Context(), strings.ToLower(s.Tells)+".v1.thing.done", []byte(`{}`)); err != nil {
				t.Fatal(err)
			}
			streams = append(streams, s.Tells)
		}
	}
	for _, s := range services {
		t.Run(s.User, func(t *testing.T) {
			t.Parallel()
			u := connect(t, server.URLOf(s.User), s.User)
			hears := map[string]bool{}
			for _, stream := range s.Hears {
				hears[stream] = true
				consumer, err := u.js.CreateOrUpdateConsumer(t.Context(), stream, natsjs.ConsumerConfig{
					Durable: bus.Durable(s.User, stream), AckPolicy: natsjs.AckExplicitPolicy, FilterSubjects: []string{strings.ToLower(stream) + ".v1.thing.done"},
				})
				if err != nil {
					t.Fatalf("it cannot hear %s: %v", stream, err)
				}
				m, err := consumer.Next(natsjs.FetchMaxWait(5 * time.Second))
				if err != nil {
					t.Fatalf("it cannot hear %s: %v", stream, err)
				}
				if err := m.DoubleAck(t.Context()); err != nil {
					t.Fatalf("it cannot say that it has handled something of %s: %v", stream, err)
				}
			}
			for _, subject := range s.Follows {
				if _, err := u.SubscribeSync(subject); err != nil {
					t.Fatal(err)
				}
			}
			for _, stream := range streams {
				subject := strings.ToLower(stream) + ".v1.thing.done"
				if stream == s.Tells {
					if _, err := u.js.Publish(t.Context(), subject, []byte(`{}`)); err != nil {
						t.Fatalf("it cannot tell: %v", err)
					}
				} else {
					u.mayNot(t, "to speak for "+stream, func() error { _, err := u.js.Publish(t.Context(), subject, []byte(`{}`)); return err })
				}
				u.mayNot(t, "to delete the stream "+stream, func() error { return u.js.DeleteStream(t.Context(), stream) })
				u.mayNot(t, "to follow all of "+stream, func() error { _, err := u.SubscribeSync(strings.ToLower(stream) + ".>"); return err })
				u.mayNot(t, "to purge "+stream, func() error { return u.Publish("$JS.API.STREAM.PURGE."+stream, nil) })
				u.mayNot(t, "to fetch one by one from "+stream, func() error { return u.Publish("$JS.API.STREAM.MSG.GET."+stream, []byte(`{"seq":1}`)) })
				u.mayNot(t, "to read "+stream+" in another's place", func() error {
					_, err := u.js.CreateOrUpdateConsumer(t.Context(), stream, natsjs.ConsumerConfig{Durable: bus.Durable("another", stream), AckPolicy: natsjs.AckExplicitPolicy})
					return err
				})
				if !hears[stream] {
					u.mayNot(t, "to hear "+stream, func() error {
						_, err := u.js.CreateOrUpdateConsumer(t.Context(), stream, natsjs.ConsumerConfig{Durable: bus.Durable(s.User, stream), AckPolicy: natsjs.AckExplicitPolicy})
						return err
					})
				}
			}
			u.mayNot(t, "to hear everything", func() error { _, err := u.SubscribeSync(">"); return err })
			for _, other := range services {
				if other.User != s.User {
					u.mayNot(t, "to read what "+other.User+" is answered", func() error { _, err := u.SubscribeSync("_INBOX." + other.User + ".>"); return err })
				}
			}
			if len(u.refused) > 0 {
				t.Errorf("what it may was refused: %s", <-u.refused)
			}
		})
	}
	t.Run("who may do everything", func(t *testing.T) {
		t.Parallel()
		for _, stream := range streams {
			if _, err := admin.js.CreateOrUpdateConsumer(t.Context(), stream, natsjs.ConsumerConfig{Durable: "control", AckPolicy: natsjs.AckExplicitPolicy}); err != nil {
				t.Error(err)
			}
		}
		if _, err := admin.SubscribeSync(">"); err != nil || admin.Flush() != nil || len(admin.refused) > 0 {
			t.Errorf("%v, %d refused", err, len(admin.refused))
		}
	})
	t.Run("without a password nobody comes in", func(t *testing.T) {
		t.Parallel()
		if nc, err := nats.Connect(strings.Replace(server.URL, strings.Split(strings.Split(server.URL, ":")[2], "@")[0], "guess", 1)); err == nil {
			nc.Close()
			t.Error("a guess is enough")
		}
	})
}
