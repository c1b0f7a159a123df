package hours

import (
	"context"
	"time"
)

// Load opens the service as Run does, and returns what keeps it in memory and
// how long filling it took.
func Load(ctx context.Context, cfg Config) (any, time.Duration, error) {
	begun := time.Now()
	s, err := open(ctx, cfg.withDefaults())
	return s, time.Since(begun), err
}
