package auth

import "sync"

// recentMost bounds what is remembered: tokens live for seconds, and a page
// asks for several things at once.
const recentMost = 10_000

// recent remembers what was last found out for some keys. The zero value is
// ready; it forgets everything when it is full, which is cheaper than keeping
// an order and happens at most every few seconds.
type recent[V any] struct {
	mu   sync.Mutex
	kept map[string]V
}

func (r *recent[V]) get(key string) (V, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	v, ok := r.kept[key]
	return v, ok
}

func (r *recent[V]) put(key string, v V) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.kept == nil || len(r.kept) >= recentMost {
		r.kept = map[string]V{}
	}
	r.kept[key] = v
}
