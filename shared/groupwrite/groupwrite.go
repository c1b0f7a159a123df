// Package groupwrite lets requests that arrive together share one commit.
//
// A commit waits for the disk; at a busy gate it is the whole cost of a
// check-in. A Writer takes whatever has queued up while it was busy, up to
// 128 items, and hands them to one function that writes them in one
// transaction. There is no timer: a lone request is written at once, and under
// load groups form by themselves. Each item gets its own result. When a group
// fails as a whole, its items are tried again one by one, so that one bad item
// never fails its neighbours. A group is written within the trace of the first
// item that is followed, with links to the others.
package groupwrite

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"go.opentelemetry.io/otel/trace"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/tracing"
)

// maxGroup bounds how long one transaction holds its locks.
const maxGroup = 128

// ErrStopped says that the writer was closed before the item was taken.
var ErrStopped = apperr.New(apperr.Unavailable, "stopping", "系统正在重启，请过几秒再试。", "The system is restarting; please try again in a few seconds.")

// Result is what became of one item.
type Result[Out any] struct {
	Value Out
	Err   error
}

// Writer groups items of type In.
type Writer[In, Out any] struct {
	write func(ctx context.Context, group []In) ([]Result[Out], error)
	queue chan item[In, Out]
	done  chan struct{}

	mu      sync.RWMutex
	stopped bool
}

type item[In, Out any] struct {
	in  In
	act trace.Span       // of the request, when it is followed
	out chan Result[Out] // buffered: the writer never waits for a caller that left
}

// New starts a writer. write carries out a group in one transaction and
// returns one result per item in the same order, or an error when nothing of
// the group was written. It must not depend on a request's context: the group
// belongs to many.
func New[In, Out any](write func(ctx context.Context, group []In) ([]Result[Out], error)) *Writer[In, Out] {
	w := &Writer[In, Out]{write: write, queue: make(chan item[In, Out], 8*maxGroup), done: make(chan struct{})}
	go w.run()
	return w
}

// Do hands in one item and waits for its result. When ctx ends first, the
// item may still be written; whoever asks again with the same claim id learns.
func (w *Writer[In, Out]) Do(ctx context.Context, in In) (Out, error) {
	it := item[In, Out]{in: in, act: trace.SpanFromContext(ctx), out: make(chan Result[Out], 1)}
	if err := w.enqueue(ctx, it); err != nil {
		var none Out
		return none, err
	}
	select {
	case r := <-it.out:
		return r.Value, r.Err
	case <-ctx.Done():
		var none Out
		return none, ctx.Err()
	}
}

func (w *Writer[In, Out]) enqueue(ctx context.Context, it item[In, Out]) error {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if w.stopped {
		return ErrStopped
	}
	select {
	case w.queue <- it:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Close writes what is queued, then stops. Later calls of Do get ErrStopped.
func (w *Writer[In, Out]) Close() {
	w.mu.Lock()
	if !w.stopped {
		w.stopped = true
		close(w.queue)
	}
	w.mu.Unlock()
	<-w.done
}

func (w *Writer[In, Out]) run() {
	defer close(w.done)
	for first := range w.queue {
		w.carryOut(w.gather(first))
	}
}

// gather takes what is queued behind first, without waiting for more.
func (w *Writer[In, Out]) gather(first item[In, Out]) []item[In, Out] {
	group := []item[In, Out]{first}
	for len(group) < maxGroup {
		select {
		case it, ok := <-w.queue:
			if !ok {
				return group
			}
			group = append(group, it)
		default:
			return group
		}
	}
	return group
}

func (w *Writer[In, Out]) carryOut(group []item[In, Out]) {
	results, err := w.attempt(group)
	switch {
	case err == nil:
		for i, it := range group {
			it.out <- results[i]
		}
	case len(group) == 1:
		group[0].out <- Result[Out]{Err: err}
	default:
		for i := range group {
			w.carryOut(group[i : i+1])
		}
	}
}

var errMiscounted = errors.New("a group's results do not match its items")

func (w *Writer[In, Out]) attempt(group []item[In, Out]) (results []Result[Out], err error) {
	defer func() {
		if r := recover(); r != nil { // a panic must not end the writer for everybody
			err = errors.Join(errors.New("panic in group write"), toError(r))
		}
	}()
	in, acts := make([]In, len(group)), make([]trace.Span, len(group))
	for i, it := range group {
		in[i], acts[i] = it.in, it.act
	}
	ctx, span := tracing.Together(context.Background(), "write a group", acts)
	defer func() { tracing.End(span, err) }()
	results, err = w.write(ctx, in)
	if err == nil && len(results) != len(group) {
		return nil, errMiscounted
	}
	return results, err
}

func toError(r any) error {
	if err, ok := r.(error); ok {
		return err
	}
	return fmt.Errorf("%v", r)
}
