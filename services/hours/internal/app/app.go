// Package app is everything the hours service can be asked to do: credit what
// others confirmed, answer for boards and figures, show people their own
// hours, and prove that all sums agree with the ledger.
package app

import (
	"log/slog"
	"sync"

	"github.com/qihe-volunteers/qihe/services/hours/internal/boards"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/people"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// App carries out requests, whether they come by HTTP or as events.
type App struct {
	db     *postgres.DB
	clock  clock.Clock
	people *people.Directory
	log    *slog.Logger

	boards *boards.Boards
	names  *names
	change store.Change  // how far names has followed; used by Load and Follow only
	wake   chan struct{} // something was committed here
	feeds  feeds

	counting sync.Mutex  // held while boards and place move on together
	place    store.Place // how far the boards have counted the ledger
}

// New returns an App that keeps its data in db and asks directory for people's
// names. Load fills its boards; Follow keeps them up to date.
func New(db *postgres.DB, c clock.Clock, directory *people.Directory, log *slog.Logger) *App {
	a := &App{
		db: db, clock: c, people: directory, log: log,
		boards: boards.New(), names: newNames(), wake: make(chan struct{}, 1),
	}
	directory.OnChange(func(string) { a.names.renew() })
	db.OnCommit(func() {
		select {
		case a.wake <- struct{}{}:
		default: // one note is enough
		}
	})
	return a
}
