package groupwrite

import (
	"context"
	"errors"
	"sync"
	"testing"

	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
)

func TestWriter(t *testing.T) {
	t.Parallel()
	t.Run("each caller gets the result of their own item, in groups of at most 128", func(t *testing.T) {
		t.Parallel()
		largest, groups := 0, 0
		w := New(func(_ context.Context, group []int) ([]Result[int], error) {
			groups++
			largest = max(largest, len(group))
			results := make([]Result[int], len(group))
			for i, n := range group {
				results[i].Value = n * n
			}
			return results, nil
		})
		var wg sync.WaitGroup
		const n = 5000
		for i := range n {
			wg.Go(func() {
				if got, err := w.Do(t.Context(), i); err != nil || got != i*i {
					t.Errorf("Do(%d) = %d, %v", i, got, err)
				}
			})
		}
		wg.Wait()
		w.Close()
		if largest > maxGroup || groups == n {
			t.Errorf("largest group %d, %d groups for %d items", largest, groups, n)
		}
	})
	t.Run("a group that fails is tried again one by one, so one bad item spoils nobody's", func(t *testing.T) {
		t.Parallel()
		bad := errors.New("bad item")
		held, release := make(chan struct{}), make(chan struct{})
		w := New(func(_ context.Context, group []int) ([]Result[string], error) {
			if group[0] == -1 {
				close(held)
				<-release // hold the writer until the others have queued up behind
			}
			for _, n := range group {
				if n == 7 {
					return nil, bad
				}
				if n == 9 {
					panic("item nine")
				}
			}
			return make([]Result[string], len(group)), nil
		})
		errs := make([]error, 20)
		var wg sync.WaitGroup
		wg.Go(func() { _, _ = w.Do(t.Context(), -1) })
		<-held
		for i := range errs {
			wg.Go(func() { _, errs[i] = w.Do(t.Context(), i) })
		}
		wait.Until(t, "all wait behind the first", func() bool { return len(w.queue) == len(errs) })
		close(release)
		wg.Wait()
		for i, err := range errs {
			switch {
			case i == 7 && !errors.Is(err, bad), i == 9 && err == nil, i != 7 && i != 9 && err != nil:
				t.Errorf("item %d: err = %v", i, err)
			}
		}
	})
	t.Run("what is queued at the end is still written; later items are refused", func(t *testing.T) {
		t.Parallel()
		w := New(func(_ context.Context, group []int) ([]Result[int], error) {
			return make([]Result[int], len(group)), nil
		})
		var wg sync.WaitGroup
		for i := range 50 {
			wg.Go(func() {
				if _, err := w.Do(t.Context(), i); err != nil && !errors.Is(err, ErrStopped) {
					t.Errorf("err = %v", err)
				}
			})
		}
		w.Close()
		wg.Wait()
		if _, err := w.Do(t.Context(), 1); !errors.Is(err, ErrStopped) {
			t.Errorf("after Close: err = %v, want ErrStopped", err)
		}
		w.Close() // twice does no harm
	})
	t.Run("a caller that leaves is not waited for", func(t *testing.T) {
		t.Parallel()
		w := New(func(_ context.Context, group []int) ([]Result[int], error) {
			return make([]Result[int], len(group)), nil
		})
		defer w.Close()
		gone, leave := context.WithCancel(t.Context())
		leave()
		if _, err := w.Do(gone, 1); err != nil && !errors.Is(err, context.Canceled) {
			t.Errorf("err = %v", err)
		}
		if _, err := w.Do(t.Context(), 2); err != nil {
			t.Errorf("the next caller: %v", err)
		}
	})
}
