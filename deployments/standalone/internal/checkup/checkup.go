// Package checkup looks whether a city's books are in order: what no service can see
// by itself, because it knows its own database only.
//
//	clock        the computer's clock is not behind what was recorded by it
//	totals       every sum equals a plain sum over the ledger
//	log          every line is what came into the ledger's log, and the log is what was signed
//	projections  what services keep of each other is what its owner says
//	arrivals     what was told and acknowledged has arrived
//	outbox       nothing waits for long to be told
//	letters      no event was given up
//
// It reads as whoever runs the machine, who alone reaches all databases, and changes
// nothing. While the city runs, things are on their way from one service to another:
// what is not in order is looked at again, and counts only when it stays so.
package checkup

import (
	"context"
	"fmt"
	"time"

	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/site"
	"github.com/qihe-volunteers/qihe/services/hours"
	"github.com/qihe-volunteers/qihe/services/pairings"
	"github.com/qihe-volunteers/qihe/services/tasks"
	"github.com/qihe-volunteers/qihe/services/teams"
	"github.com/qihe-volunteers/qihe/shared/bus"
	"github.com/qihe-volunteers/qihe/shared/clock"
)

// Finding is what one look found.
type Finding struct {
	Check            string // "totals", "arrivals hours-from-tasks"
	Good             bool
	Chinese, English string // the figures
}

// Options say what is looked at.
type Options struct {
	Data string                        // the folder
	Tell func(f Finding, done, of int) // hears of each finding when it is there
}

// looks, and how long lies between them, before something counts as wrong in a city that runs.
const (
	looks = 4
	pause = 1500 * time.Millisecond
)

// look is one thing that is looked at.
type look struct {
	name string
	do   func(ctx context.Context) (Finding, error)
}

// Run looks at everything, and reports whether all is good. What cannot be looked at
// is not good; the others are looked at all the same.
func Run(ctx context.Context, s *site.Site, o Options) (good bool, err error) {
	now, err := site.Clock(o.Data)
	if err != nil {
		return false, err
	}
	r := round{site: s, data: o.Data, clock: now}
	all := r.looks()
	good = true
	for i, l := range all {
		f, err := r.patiently(ctx, l)
		if ctx.Err() != nil {
			return false, ctx.Err()
		}
		if err != nil {
			f = Finding{Chinese: fmt.Sprintf("看不了：%v", err), English: "cannot be looked at"}
		}
		f.Check = l.name
		good = good && f.Good
		o.Tell(f, i+1, len(all))
	}
	return good, nil
}

// round is one going through a city.
type round struct {
	site  *site.Site
	data  string
	clock clock.Clock
}

func (r round) looks() []look {
	all := []look{{"clock", r.clockRight}, {"totals", r.totals}, {"log", r.log}}
	for _, p := range projections {
		all = append(all, look{"projections " + p.keeper + " ← " + p.owner + " " + p.what, func(ctx context.Context) (Finding, error) { return r.projection(ctx, p) }})
	}
	for _, service := range site.Services {
		for _, h := range Hearings[service] {
			all = append(all, look{"arrivals " + h.Durable, func(ctx context.Context) (Finding, error) { return r.arrivals(ctx, service, h) }})
		}
	}
	for _, service := range site.Services {
		all = append(all, look{"outbox " + service, func(ctx context.Context) (Finding, error) { return r.outbox(ctx, service) }})
	}
	return append(all, look{"letters", r.letters})
}

// patiently looks again while something is not good and may be on its way.
func (r round) patiently(ctx context.Context, l look) (f Finding, err error) {
	for n := 1; ; n++ {
		if f, err = l.do(ctx); err != nil || f.Good || !r.site.Runs || n == looks {
			return f, err
		}
		if err := wait(ctx); err != nil {
			return f, err
		}
	}
}

func wait(ctx context.Context) error {
	select {
	case <-time.After(pause):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Streams are what services tell.
var Streams = map[string]string{"teams": teams.Bus.Tells, "tasks": tasks.Bus.Tells, "hours": hours.Bus.Tells, "pairings": pairings.Bus.Tells}

// Hearings are what services listen to.
var Hearings = map[string][]bus.Subscription{
	"teams": teams.Hearings(), "tasks": tasks.Hearings(), "hours": hours.Hearings(), "pairings": pairings.Hearings(),
}

// tellerOf returns the service that tells a stream.
func tellerOf(stream string) string {
	for service, told := range Streams {
		if told == stream {
			return service
		}
	}
	return ""
}
