// Package lifecycle runs the parts of a service side by side and stops them in order.
//
// What faces outward stops first: the HTTP server drains, then the consumers
// finish the batch in hand, and the relay goes on until last, so that what the
// others still did is told before the process ends.
package lifecycle

import (
	"context"
	"errors"

	"golang.org/x/sync/errgroup"
)

// Part is something that runs until its context ends, and returns nil when it
// has stopped cleanly.
type Part func(ctx context.Context) error

// Stage is parts that are stopped together.
type Stage []Part

// Run runs all parts until ctx ends or one of them ends by itself, then stops
// stage after stage, each when the one before has ended. It returns what went wrong.
func Run(ctx context.Context, stages ...Stage) error {
	ctx, end := context.WithCancel(ctx)
	defer end()
	running := make([]*stage, len(stages))
	for i, parts := range stages {
		running[i] = start(context.WithoutCancel(ctx), parts, end)
	}
	<-ctx.Done()
	var errs []error
	for _, s := range running {
		s.stop()
		errs = append(errs, s.group.Wait())
	}
	return errors.Join(errs...)
}

type stage struct {
	group errgroup.Group
	stop  context.CancelFunc
}

// start runs the parts; one that ends before it is told to ends everything.
func start(ctx context.Context, parts Stage, end func()) *stage {
	s := &stage{}
	ctx, s.stop = context.WithCancel(ctx)
	for _, part := range parts {
		s.group.Go(func() error {
			defer end()
			return part(ctx)
		})
	}
	return s
}
