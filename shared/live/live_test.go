package live

import "testing"

func TestHub(t *testing.T) {
	t.Parallel()
	t.Run("a touch wakes the watchers of its key and nobody else", func(t *testing.T) {
		t.Parallel()
		var h Hub[string]
		mine, stop := h.Watch("a")
		defer stop()
		other, stopOther := h.Watch("b")
		defer stopOther()
		h.Touch("a")
		h.Touch("a") // the second finds a wake waiting and does not block
		select {
		case <-mine:
		default:
			t.Error("the watcher of a was not woken")
		}
		select {
		case <-other:
			t.Error("the watcher of b was woken by a")
		default:
		}
	})
	t.Run("whoever stopped is forgotten", func(t *testing.T) {
		t.Parallel()
		var h Hub[string]
		_, stop := h.Watch("a")
		stop()
		if len(h.watchers) != 0 {
			t.Errorf("watchers = %v, want none", h.watchers)
		}
	})
}
