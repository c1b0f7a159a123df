package app

import (
	"context"
	"sync"

	"github.com/qihe-volunteers/qihe/shared/auth"
)

// News says how far the ledger has come.
type News struct {
	Position int64
	Mine     bool // some of the lines since the last news are the reader's own
}

// Feed tells one reader of new lines in the ledger. Mine compares the position
// of the reader's newest line with the position told last, so however many
// wake-ups become one, no line of theirs goes unsaid.
type Feed struct {
	app      *App
	reader   string
	wake     chan struct{}
	last     News
	position int64 // told last; -1: nothing was told yet
}

// Feed opens a feed for the person who asks. Close it.
func (a *App) Feed(ctx context.Context) (*Feed, error) {
	who, err := auth.From(ctx)
	if err != nil {
		return nil, err
	}
	f := &Feed{app: a, reader: who.VolunteerID, wake: make(chan struct{}, 1), position: -1}
	a.feeds.add(f)
	return f, nil
}

// Wake receives after the ledger has grown.
func (f *Feed) Wake() <-chan struct{} { return f.wake }

// Next returns the news since the last call; when there are none, the same as
// last time. The first news always says Mine: what the reader saw before is not
// known here.
func (f *Feed) Next() News {
	position, mine := f.app.boards.Last(f.reader)
	if position != f.position {
		f.last = News{Position: position, Mine: f.position < 0 || mine > f.position}
		f.position = position
	}
	return f.last
}

// Close ends the feed.
func (f *Feed) Close() { f.app.feeds.remove(f) }

// feeds are the open ones.
type feeds struct {
	mu   sync.Mutex
	open map[*Feed]struct{}
}

func (fs *feeds) add(f *Feed) {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	if fs.open == nil {
		fs.open = map[*Feed]struct{}{}
	}
	fs.open[f] = struct{}{}
}

func (fs *feeds) remove(f *Feed) {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	delete(fs.open, f)
}

func (fs *feeds) wake() {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	for f := range fs.open {
		select {
		case f.wake <- struct{}{}:
		default: // it has not looked since the last wake-up
		}
	}
}
