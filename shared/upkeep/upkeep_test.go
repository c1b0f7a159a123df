package upkeep

import (
	"context"
	"errors"
	"log/slog"
	"sync/atomic"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
)

func TestRun(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(t.Context())
	var broken, whole atomic.Int32
	ended := make(chan error, 1)
	go func() {
		ended <- Run(ctx, time.Millisecond, slog.New(slog.DiscardHandler),
			Job{"broken", func(context.Context) error { broken.Add(1); return errors.New("no") }},
			Job{"whole", func(context.Context) error { whole.Add(1); return nil }})
	}()
	wait.Until(t, "both jobs to be done again and again, whatever fails", func() bool { return broken.Load() > 2 && whole.Load() > 2 })
	stop()
	if err := <-ended; err != nil {
		t.Errorf("Run = %v after its end, want nil", err)
	}
}
