package lifecycle

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
)

type diary struct {
	mu    sync.Mutex
	lines []string
}

func (d *diary) note(line string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.lines = append(d.lines, line)
}

// part writes into the diary when it has stopped.
func (d *diary) part(name string, result error) Part {
	return func(ctx context.Context) error {
		<-ctx.Done()
		d.note(name)
		return result
	}
}

func TestRun(t *testing.T) {
	t.Parallel()
	t.Run("stages stop one after the other, in their order", func(t *testing.T) {
		t.Parallel()
		var d diary
		ctx, stop := context.WithCancel(t.Context())
		stop()
		if err := Run(ctx, Stage{d.part("http", nil)}, Stage{d.part("consumers", nil)}, Stage{d.part("relay", nil)}); err != nil {
			t.Fatal(err)
		}
		if want := []string{"http", "consumers", "relay"}; !slices.Equal(d.lines, want) {
			t.Errorf("stopped %v, want %v", d.lines, want)
		}
	})
	t.Run("a part that fails stops all the others and says why", func(t *testing.T) {
		t.Parallel()
		var d diary
		broken := errors.New("broken")
		err := Run(t.Context(), Stage{d.part("http", nil)}, Stage{func(context.Context) error { return broken }}, Stage{d.part("relay", nil)})
		if !errors.Is(err, broken) || !slices.Equal(d.lines, []string{"http", "relay"}) {
			t.Errorf("err = %v, stopped %v", err, d.lines)
		}
	})
	t.Run("a part that ends by itself without an error stops the others too", func(t *testing.T) {
		t.Parallel()
		var d diary
		if err := Run(t.Context(), Stage{func(context.Context) error { return nil }, d.part("http", nil)}); err != nil {
			t.Fatal(err)
		}
		if len(d.lines) != 1 {
			t.Errorf("stopped %v, want http", d.lines)
		}
	})
}
