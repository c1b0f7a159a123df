// Package live wakes whoever watches a thing when it changes: the open pages
// of a shift when somebody checks in. It carries no content, so a wake that is
// missed or doubled does no harm; the watcher looks for itself.
package live

import "sync"

// Hub keeps the watchers of things named by K. The zero value is ready.
type Hub[K comparable] struct {
	mu       sync.Mutex
	watchers map[K]map[chan struct{}]struct{}
}

// Watch returns a channel that receives after each Touch of key, and a
// function that ends the watch. Touches that come close together may be one.
func (h *Hub[K]) Watch(key K) (wake <-chan struct{}, stop func()) {
	c := make(chan struct{}, 1)
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.watchers == nil {
		h.watchers = map[K]map[chan struct{}]struct{}{}
	}
	if h.watchers[key] == nil {
		h.watchers[key] = map[chan struct{}]struct{}{}
	}
	h.watchers[key][c] = struct{}{}
	return c, func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		delete(h.watchers[key], c)
		if len(h.watchers[key]) == 0 {
			delete(h.watchers, key)
		}
	}
}

// Touch wakes the watchers of the keys. It never waits.
func (h *Hub[K]) Touch(keys ...K) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, key := range keys {
		for c := range h.watchers[key] {
			select {
			case c <- struct{}{}:
			default: // a wake is waiting already
			}
		}
	}
}
