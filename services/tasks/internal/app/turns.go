package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/shared/apperr"
)

// errPhotosBusy asks somebody to come back: others' photos are being made.
var errPhotosBusy = apperr.New(apperr.Unavailable, "photos_busy", "现在传照片的人多，照片还在手机里，请过一会儿再试。", "Many photos are being sent just now. Yours is still on your phone; please try again in a moment.")

// errExportsBusy asks somebody to come back: others' lists are being made.
var errExportsBusy = apperr.New(apperr.Unavailable, "exports_busy", "现在导出的人多，请过一会儿再试。", "Many lists are being made just now; please try again in a moment.")

// turns lets one do at a time what takes a processor for itself, so that
// check-ins always have the others; a few may wait, and whoever finds the queue
// full is asked to come back rather than kept.
type turns struct {
	busy  *apperr.Error // what whoever finds the queue full is told
	queue chan struct{} // whoever is at work or waits
	work  chan struct{} // whoever is at work
}

func newTurns(waiting int, busy *apperr.Error) turns {
	return turns{busy: busy, queue: make(chan struct{}, waiting+1), work: make(chan struct{}, 1)}
}

// take waits for a turn; done gives it back. It returns busy when too
// many wait already, or why ctx ended.
func (t turns) take(ctx context.Context) (done func(), err error) {
	select {
	case t.queue <- struct{}{}:
	default:
		return nil, t.busy
	}
	select {
	case t.work <- struct{}{}:
		return func() { <-t.work; <-t.queue }, nil
	case <-ctx.Done():
		<-t.queue
		return nil, context.Cause(ctx)
	}
}
