package compose_test

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/qihe-volunteers/qihe/services/hours"
	"github.com/qihe-volunteers/qihe/services/pairings"
	"github.com/qihe-volunteers/qihe/services/portal"
	"github.com/qihe-volunteers/qihe/services/tasks"
	"github.com/qihe-volunteers/qihe/services/teams"
	"github.com/qihe-volunteers/qihe/shared/bus"
	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
)

var users = []bus.Access{teams.Bus, tasks.Bus, hours.Bus, pairings.Bus, portal.Bus}

// act is what somebody with a service's password may try.
type act struct {
	what string
	do   func(*nats.Conn) error
}

func publish(subject string) act {
	return act{"publish to " + subject, func(nc *nats.Conn) error { return nc.Publish(subject, []byte(`{}`)) }}
}

func subscribe(subject string) act {
	return act{"subscribe to " + subject, func(nc *nats.Conn) error { _, err := nc.SubscribeSync(subject); return err }}
}

// own is what the service does all day.
func own(s bus.Access) (acts []act) {
	acts = append(acts, subscribe("_INBOX."+s.User+".one"))
	for _, subject := range s.Follows {
		acts = append(acts, subscribe(subject))
	}
	if s.Tells != "" {
		acts = append(acts, publish(strings.ToLower(s.Tells)+".v1.thing.done"), publish("$JS.API.STREAM.INFO."+s.Tells))
	}
	for _, stream := range s.Hears {
		at := stream + "." + bus.Durable(s.User, stream)
		acts = append(acts, publish("$JS.API.CONSUMER.CREATE."+at), publish("$JS.API.CONSUMER.MSG.NEXT."+at), publish("$JS.ACK."+at+".1.1.1.1.0"))
	}
	return acts
}

// others is what it has no business with.
func others(s bus.Access) (acts []act) {
	acts = append(acts, subscribe(">"), subscribe("$SYS.>"), subscribe("$JS.API.>"), subscribe("_INBOX.>"),
		publish("$JS.API.STREAM.CREATE.ANOTHER"), publish("$JS.API.STREAM.LIST"), publish("$SYS.REQ.SERVER.PING"))
	for _, other := range users {
		if other.User != s.User {
			acts = append(acts, subscribe("_INBOX."+other.User+".>"))
		}
		stream := other.Tells
		if stream == "" {
			continue
		}
		acts = append(acts, subscribe(strings.ToLower(stream)+".>"),
			publish("$JS.API.STREAM.PURGE."+stream), publish("$JS.API.STREAM.MSG.GET."+stream), publish("$JS.API.STREAM.MSG.DELETE."+stream), publish("$JS.API.DIRECT.GET."+stream),
			publish("$JS.API.CONSUMER.CREATE."+stream+"."+bus.Durable("another", stream)), publish("$JS.API.CONSUMER.DELETE."+stream+"."+bus.Durable(s.User, stream)),
			publish("$JS.API.STREAM.DELETE."+stream))
		if stream != s.Tells {
			acts = append(acts, publish(strings.ToLower(stream)+".v1.thing.done"), publish("$JS.API.STREAM.UPDATE."+stream))
			if !slices.Contains(s.Hears, stream) {
				at := stream + "." + bus.Durable(s.User, stream)
				acts = append(acts, publish("$JS.API.CONSUMER.CREATE."+at), publish("$JS.API.CONSUMER.MSG.NEXT."+at))
			}
		}
	}
	return acts
}

// refused reports whether the server refuses the act to the user. It says so before
// it answers the ping that follows, and each act has a connection of its own.
func refused(t *testing.T, i *installation, user string, a act) bool {
	t.Helper()
	nc, err := nats.Connect(i.natsURL(user), nats.Timeout(time.Minute), nats.ErrorHandler(func(*nats.Conn, *nats.Subscription, error) {}))
	must(t, err)
	defer nc.Close()
	must(t, a.do(nc))
	must(t, nc.Flush())
	return errors.Is(nc.LastError(), nats.ErrPermissionViolation)
}

// With the servers' real configuration and its own password each service does what
// is its own, and all else is refused.
func TestPermissions(t *testing.T) {
	t.Parallel()
	i := install(t, nil)
	i.findPlaces(t)
	i.startBus(t)
	for _, s := range users {
		for _, a := range own(s) {
			if refused(t, i, s.User, a) {
				t.Errorf("%s may not %s", s.User, a.what)
			}
		}
		for _, a := range others(s) {
			if !refused(t, i, s.User, a) {
				t.Errorf("%s may %s", s.User, a.what)
			}
		}
	}
	for _, wrong := range []string{strings.ReplaceAll(i.natsURL("teams"), "teams:p", "teams:q"), strings.ReplaceAll(i.natsURL("teams"), "teams:", "tasks:")} {
		if nc, err := nats.Connect(wrong); err == nil {
			nc.Close()
			t.Error("a wrong password is enough")
		}
	}
}

// Without the permissions all of that is allowed, and done: the test above sees what they do.
func TestWithoutPermissions(t *testing.T) {
	t.Parallel()
	i := install(t, nil)
	path := filepath.Join(i.folder, "nats", "gen", "users.conf")
	text, err := os.ReadFile(path)
	must(t, err)
	bare := regexp.MustCompile(`(?s)  permissions \{.*?\n  \}\n`).ReplaceAll(text, nil)
	must(t, os.WriteFile(path, bare, 0o600))
	i.findPlaces(t)
	i.startBus(t)
	for _, s := range users {
		for _, a := range others(s) {
			if refused(t, i, s.User, a) {
				t.Errorf("%s may not %s", s.User, a.what)
			}
		}
	}
	// The portal, which tells nothing, deletes what teams has told.
	nc, err := nats.Connect(i.natsURL("portal"))
	must(t, err)
	defer nc.Close()
	js, err := jetstream.New(nc, jetstream.WithDefaultTimeout(time.Second))
	must(t, err)
	wait.Until(t, "a stream", func() bool {
		_, err := js.CreateOrUpdateStream(t.Context(), jetstream.StreamConfig{Name: "TEAMS", Subjects: []string{"teams.>"}, Replicas: 3})
		return err == nil
	})
	wait.Until(t, "it is gone", func() bool {
		_ = js.DeleteStream(t.Context(), "TEAMS")
		_, err := js.Stream(t.Context(), "TEAMS")
		return errors.Is(err, jetstream.ErrStreamNotFound)
	})
}
