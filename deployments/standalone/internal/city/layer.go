package city

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"golang.org/x/sync/errgroup"
)

// readyWithin is how long a part may take to answer: migrations of a large
// database may run first.
const readyWithin = 2 * time.Minute

// layer is what is started together and stopped together.
type layer struct {
	owner  *Running
	ctx    context.Context //nolint:containedctx // it is the life of the layer's parts
	cancel context.CancelFunc
	group  errgroup.Group
}

func (r *Running) newLayer() *layer {
	l := &layer{owner: r}
	l.ctx, l.cancel = context.WithCancel(context.Background())
	r.layers = append(r.layers, l)
	return l
}

// run runs one part until the layer is stopped. One that ends before that fails the city.
func (l *layer) run(name string, f func(context.Context) error) {
	l.group.Go(func() error {
		err := f(l.ctx)
		if l.ctx.Err() == nil {
			l.owner.fail(fmt.Errorf("%s has ended: %w", name, err))
			return nil // told already
		}
		if err != nil {
			return fmt.Errorf("stop %s: %w", name, err)
		}
		return nil
	})
}

func (l *layer) stop() error {
	l.cancel()
	return l.group.Wait()
}

// await waits until the part at the address says that it is ready.
func (r *Running) await(ctx context.Context, url string) error {
	ctx, cancel := context.WithTimeout(ctx, readyWithin)
	defer cancel()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for !ready(ctx, url) {
		select {
		case <-tick.C:
		case err := <-r.failed:
			return err
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// ready asks once. The port is open before anybody serves on it, so the answer
// may be long in coming; who waits must still hear of a failure.
func ready(ctx context.Context, url string) bool {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url+"/readyz", nil)
	if err != nil {
		return false
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return false
	}
	_ = res.Body.Close()
	return res.StatusCode == http.StatusNoContent
}
