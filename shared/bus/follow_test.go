package bus_test

import (
	"sync"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/shared/bus"
	"github.com/qihe-volunteers/qihe/shared/testkit/bustest"
	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
)

// heard collects the events that a Following hears.
type heard struct {
	mu  sync.Mutex
	ids []string
}

func (h *heard) add(d bus.Delivery) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.ids = append(h.ids, d.Subject+" "+string(d.Data))
}

func (h *heard) has(id string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, one := range h.ids {
		if one == id {
			return true
		}
	}
	return false
}

func TestFollow(t *testing.T) {
	t.Parallel()
	t.Run("hears what is told on its subjects, from a single publication and from a batch", func(t *testing.T) {
		t.Parallel()
		b := connect(t, bustest.Start(t))
		wait.Until(t, "the stream", func() bool { return b.EnsureStream(t.Context(), "NEWS") == nil })
		var h heard
		following, err := b.Follow([]string{"news.wanted"}, h.add)
		if err != nil {
			t.Fatal(err)
		}
		wait.Until(t, "the subscription", func() bool { _, ok := following.Period(); return ok })
		for _, batch := range [][]bus.Message{{told("1", "news.wanted")}, {told("2", "news.other"), told("3", "news.wanted")}} {
			if _, err := b.Publish(t.Context(), "NEWS", batch); err != nil {
				t.Fatal(err)
			}
		}
		wait.Until(t, "the events", func() bool { return h.has("news.wanted 1") && h.has("news.wanted 3") })
		if h.has("news.other 2") {
			t.Error("it heard another subject")
		}
	})
	t.Run("tells that events are missed while NATS is away, and that some were when it is back", func(t *testing.T) {
		t.Parallel()
		server := bustest.StartServer(t)
		b := connect(t, server.URL)
		var h heard
		following, err := b.Follow([]string{"news.wanted"}, h.add)
		if err != nil {
			t.Fatal(err)
		}
		wait.Until(t, "the subscription", func() bool { _, ok := following.Period(); return ok })
		before, _ := following.Period()
		server.Stop()
		wait.Until(t, "the silence to be noticed", func() bool { _, ok := following.Period(); return !ok })
		server.Start()
		wait.Until(t, "the subscription to be back", func() bool { _, ok := following.Period(); return ok })
		if after, _ := following.Period(); after == before {
			t.Errorf("period is still %d", after)
		}
		wait.Until(t, "the stream", func() bool { return b.EnsureStream(t.Context(), "NEWS") == nil })
		if _, err := b.Publish(t.Context(), "NEWS", []bus.Message{told("4", "news.wanted")}); err != nil {
			t.Fatal(err)
		}
		wait.Until(t, "the event", func() bool { return h.has("news.wanted 4") })
	})
	t.Run("begins by itself when NATS appears", func(t *testing.T) {
		t.Parallel()
		server := bustest.StartServer(t)
		server.Stop()
		following, err := connect(t, server.URL).Follow([]string{"news.wanted"}, func(bus.Delivery) {})
		if err != nil {
			t.Fatal(err)
		}
		if _, ok := following.Period(); ok {
			t.Error("it hears without NATS")
		}
		server.Start()
		wait.Until(t, "the subscription", func() bool { _, ok := following.Period(); return ok })
	})
}

func told(text, subject string) bus.Message {
	return bus.Message{ID: text + subject + time.Now().String(), Subject: subject, OccurredAt: time.Now(), Data: []byte(text)}
}
