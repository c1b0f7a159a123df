// Package upkeep throws away, in the background, what a service keeps for a
// while only: the ids of events it has seen, the answers to requests.
package upkeep

import (
	"context"
	"log/slog"
	"time"
)

// Every is how often a service cleans up.
const Every = time.Hour

// Job is one thing to clean up.
type Job struct {
	Name string
	Do   func(ctx context.Context) error
}

// Run does the jobs now and after every period until ctx ends. A job that
// fails is logged and tried again the next time; nothing depends on it.
func Run(ctx context.Context, every time.Duration, log *slog.Logger, jobs ...Job) error {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		for _, job := range jobs {
			if err := job.Do(ctx); err != nil && ctx.Err() == nil {
				log.Warn("clean-up failed", "job", job.Name, "error", err)
			}
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return nil
		}
	}
}
