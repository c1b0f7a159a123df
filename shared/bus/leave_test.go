package bus_test

import (
	"strings"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/shared/bus"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/testkit/bustest"
	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
)

// A server that takes connections and cannot store anything, as one that is cut off
// from the others, is left for another. The control knows no other.
func TestLeave(t *testing.T) {
	t.Parallel()
	well := bustest.StartServer(t)
	if err := connect(t, well.URL).EnsureStream(t.Context(), "TASKS"); err != nil {
		t.Fatal(err)
	}
	well.Stop() // until both are connected to the other
	ill := bustest.StartBare(t)
	goes, stays := connect(t, strings.Join([]string{ill, well.URL}, ",")), connect(t, ill)
	for _, b := range []*bus.Bus{goes, stays} {
		wait.Until(t, "a connection", b.Connected)
	}
	well.Start()

	event := bus.Message{ID: id.New(), Subject: "tasks.v1.thing.done", OccurredAt: time.Now(), Data: []byte(`{}`)}
	told := func(b *bus.Bus) bool {
		_, err := b.Publish(t.Context(), "TASKS", []bus.Message{event})
		return err == nil
	}
	wait.Until(t, "the event to be told by way of the other server", func() bool {
		if told(stays) {
			t.Fatal("control: the server that is left can store events: the test proves nothing")
		}
		return told(goes)
	})
}
