package outbox

import "time"

// SetFrozenAfter lets a test wait for less than half a minute; 0 is for ever.
func (r *Relay) SetFrozenAfter(d time.Duration) { r.frozenAfter = d }
