package app

import (
	"context"
	"errors"
	"testing"

	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
)

func TestTurns(t *testing.T) {
	t.Parallel()
	t.Run("one works, a few wait, and the next is asked to come back", func(t *testing.T) {
		t.Parallel()
		turn := newTurns(2, errPhotosBusy)
		done, err := turn.take(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		worked := make(chan func(), 2)
		for range 2 {
			go func() {
				done, err := turn.take(t.Context())
				if err != nil {
					t.Error(err)
				}
				worked <- done
			}()
		}
		wait.Until(t, "two who wait", func() bool { return len(turn.queue) == 3 })
		if _, err := turn.take(t.Context()); !errors.Is(err, errPhotosBusy) {
			t.Errorf("got %v", err)
		}
		if len(worked) > 0 {
			t.Error("somebody works beside the first")
		}
		for range 2 {
			done()
			done = <-worked
		}
		done()
		if len(turn.queue) != 0 || len(turn.work) != 0 {
			t.Errorf("%d wait, %d work", len(turn.queue), len(turn.work))
		}
	})
	t.Run("whoever gives up while waiting leaves the queue", func(t *testing.T) {
		t.Parallel()
		turn := newTurns(2, errPhotosBusy)
		if _, err := turn.take(t.Context()); err != nil {
			t.Fatal(err)
		}
		gone, leave := context.WithCancel(t.Context())
		leave()
		if _, err := turn.take(gone); !errors.Is(err, context.Canceled) || len(turn.queue) != 1 {
			t.Errorf("got %v, %d in the queue", err, len(turn.queue))
		}
	})
}
