// Package upkeep does, in the background and again and again, what nobody asks
// for: what the clock makes due, and throwing away what a service keeps for a
// while only, such as the ids of events it has seen and the answers to requests.
package upkeep

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
)

// Every is how often a service cleans up.
const Every = time.Hour

var failures = promauto.NewCounterVec(prometheus.CounterOpts{
	Name: "qihe_job_failures_total",
	Help: "How often a background job failed; it is tried again.",
}, []string{"background_job"}) // job is what Prometheus calls whom it asks

// Job is one thing to do.
type Job struct {
	Name string
	Do   func(ctx context.Context) error
}

// All does the jobs once. One that fails does not keep the others from being
// done; the error names those that failed.
func All(ctx context.Context, jobs ...Job) error {
	var failed []error
	for _, job := range jobs {
		if err := job.Do(ctx); err != nil && ctx.Err() == nil {
			failed = append(failed, fmt.Errorf("%s: %w", job.Name, err))
		}
	}
	return errors.Join(failed...)
}

// Run does the jobs now and after every period until ctx ends. A job that
// fails is logged and tried again the next time; nothing depends on it.
func Run(ctx context.Context, every time.Duration, log *slog.Logger, jobs ...Job) error {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for _, job := range jobs {
		failures.WithLabelValues(job.Name) // a rate needs a zero to begin at
	}
	for {
		for _, job := range jobs {
			if err := job.Do(ctx); err != nil && ctx.Err() == nil {
				failures.WithLabelValues(job.Name).Inc()
				log.Warn("a background job failed", "job", job.Name, "error", err)
			}
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return nil
		}
	}
}
