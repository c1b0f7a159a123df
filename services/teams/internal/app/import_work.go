package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

const (
	importPause = 5 * time.Second // between two looks for what another replica left
	importTries = 3               // after which an import is given up
)

// errNotOurs ends the work on an import that somebody else has taken up, or
// that its owner has dropped.
var errNotOurs = errors.New("the import is not ours any more")

func (a *App) wakeImports() {
	select {
	case a.imports <- struct{}{}:
	default: // somebody is awake already
	}
}

// RunImports works on rosters until ctx ends, and returns nil then.
func (a *App) RunImports(ctx context.Context) error {
	tick := time.NewTicker(importPause)
	defer tick.Stop()
	for {
		if err := a.WorkOnImports(ctx); err != nil && ctx.Err() == nil {
			a.log.WarnContext(ctx, "rosters wait", "error", err)
		}
		select {
		case <-tick.C:
		case <-a.imports:
		case <-ctx.Done():
			return nil
		}
	}
}

// WorkOnImports works on every roster that waits, one after the other. Each
// piece of work begins where the last finished one ended, so that a program
// that is stopped in the middle, or another one, goes on with it.
func (a *App) WorkOnImports(ctx context.Context) error {
	for {
		w, err := a.takeImport(ctx)
		if errors.Is(err, domain.ErrNoImport) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := w.work(ctx); err != nil && !errors.Is(err, errNotOurs) {
			return fmt.Errorf("work on import %s: %w", w.ID, err)
		}
	}
}

// importWork is an import in hand.
type importWork struct {
	*App
	domain.Import
	worker string
	told   time.Time // when the progress was written down last
}

func (a *App) takeImport(ctx context.Context) (*importWork, error) {
	w := &importWork{App: a, worker: id.New()}
	err := a.db.InTx(ctx, func(q postgres.Querier) (err error) {
		if w.Import, err = store.LockImportToWorkOn(ctx, q, a.clock.Now()); err != nil {
			return err
		}
		w.Tries++
		return w.take(ctx, q)
	})
	return w, err
}

func (w *importWork) take(ctx context.Context, q postgres.Querier) error {
	ours, err := store.TakeImport(ctx, q, w.Import, w.worker, w.clock.Now().Add(store.ImportLease))
	if err == nil && !ours {
		err = errNotOurs
	}
	return err
}

// tell writes down how far the work is, often enough for a bar that moves.
func (w *importWork) tell(ctx context.Context) progress {
	return func(step string, done, of int) error {
		fresh := step != w.Step
		w.Step, w.Done, w.Of = step, done, of
		if now := time.Now(); fresh || now.Sub(w.told) > 300*time.Millisecond { // of a bar, hence not the business's clock
			w.told = now
			return w.db.InTx(ctx, func(q postgres.Querier) error { return w.take(ctx, q) })
		}
		return nil
	}
}

// work does what the import waits for. What the file is to blame for is told
// to the uploader; what failed of ours is tried again, and then given up.
func (w *importWork) work(ctx context.Context) (err error) {
	defer func() {
		if r := recover(); r != nil { // a file that our reader stumbles over must not end the service
			err = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
		}
		if err != nil && !errors.Is(err, errNotOurs) {
			err = w.failed(context.WithoutCancel(ctx), err)
		}
	}()
	switch w.State {
	case domain.ImportWaiting:
		return w.judge(ctx)
	case domain.ImportConfirmed:
		return w.apply(ctx)
	default:
		return w.announce(ctx)
	}
}

func (w *importWork) failed(ctx context.Context, reason error) error {
	var known *apperr.Error
	final := errors.As(reason, &known) && known.Kind == apperr.Invalid
	if !final {
		w.log.ErrorContext(ctx, "work on a roster failed", "import", w.ID, "state", string(w.State), "tries", w.Tries, "error", reason)
		if w.Tries < importTries || w.State == domain.ImportApplied { // what everybody sees must be told, however often it takes
			return nil // taken up again when nobody believes any more that we work on it
		}
		known = domain.ErrImportFailed
	}
	return w.finish(ctx, func(i *domain.Import) {
		i.State, i.Refused, i.EndedAt = domain.ImportRefused, known.Code, w.clock.Now()
	})
}

// judge sums the roster up and hands it back to the uploader.
func (w *importWork) judge(ctx context.Context) error {
	judged, err := w.judgeNow(ctx)
	if err != nil {
		return err
	}
	return w.handBack(ctx, judged, w.Outdated)
}

func (w *importWork) judgeNow(ctx context.Context) (judged judgedRoster, err error) {
	err = w.db.InSnapshot(ctx, func(q postgres.Querier) error {
		file, err := store.OpenImportFile(ctx, q, w.vault, w.ID)
		if err != nil {
			return err
		}
		judged, err = w.judgeRoster(ctx, q, w.Import, file, w.tell(ctx))
		return err
	})
	return judged, err
}

func (w *importWork) handBack(ctx context.Context, judged judgedRoster, outdated bool) error {
	raw, err := json.Marshal(judged.report)
	if err != nil {
		return fmt.Errorf("encode report: %w", err)
	}
	return w.finish(ctx, func(i *domain.Import) {
		i.State, i.Report, i.Outdated, i.Step = domain.ImportJudged, raw, outdated, ""
	})
}

// finish writes down what became of the piece of work and lets go of it,
// unless the import has moved on without us.
func (w *importWork) finish(ctx context.Context, change func(*domain.Import)) error {
	return w.db.InTx(ctx, func(q postgres.Querier) error { return w.finishIn(ctx, q, change) })
}

func (w *importWork) finishIn(ctx context.Context, q postgres.Querier, change func(*domain.Import)) error {
	i, err := store.LockImport(ctx, q, w.ID)
	if err != nil {
		return err
	}
	if i.State != w.State {
		return errNotOurs
	}
	i.Tries = 0
	change(&i)
	if err := w.take(ctx, q); err != nil {
		return err
	}
	if err := store.UpdateImport(ctx, q, i); err != nil {
		return err
	}
	w.Import = i
	return store.LeaveImport(ctx, q, w.ID, w.worker)
}
