// Package app is everything the hours service can be asked to do: credit what
// others confirmed, answer for boards and figures, show people their own
// hours, and prove that all sums agree with the ledger.
package app

import (
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/qihe-volunteers/qihe/services/hours/internal/boards"
	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/live"
	"github.com/qihe-volunteers/qihe/shared/people"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/tracing"
	"github.com/qihe-volunteers/qihe/shared/translog"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

// App carries out requests, whether they come by HTTP or as events.
type App struct {
	db     *postgres.DB
	clock  clock.Clock
	people *people.Directory
	log    *slog.Logger
	tracer tracing.Tracer

	boards *boards.Boards
	names  *names
	change store.Change  // how far names has followed; used by Load and Follow only
	wake   chan struct{} // something was committed here
	feeds  feeds

	screens live.Hub[string] // of everybody who follows a wall
	walls   walls
	wallGap time.Duration // between two states that one screen is told

	switches atomic.Pointer[domain.BoardSwitches] // what offices have set about boards

	counting sync.Mutex   // held while boards and place move on together
	place    store.Places // how far the boards have counted the ledger

	logKeys translog.Keys
	logged  logged // used by KeepLog only

	papers   *vault.Vault // seals what certificates say of people
	misses   misses       // of who checks certificates
	unsigned misses       // of who gives back checkpoints that no witness signed
	cell     string       // what this installation is to a hub: a region's code; empty: nothing
	siteURL  string       // where browsers reach Qihe; empty: not known, and paper has no QR code

	scanning chan struct{} // held while a picture is decoded
}

// New returns an App that keeps its data in db, asks directory for people's
// names and signs the ledger's log with keys. Load fills its boards; Follow
// keeps them up to date, KeepLog the log.
func New(db *postgres.DB, c clock.Clock, directory *people.Directory, keys translog.Keys, log *slog.Logger) *App {
	a := &App{
		db: db, clock: c, people: directory, logKeys: keys, log: log, tracer: tracing.For("hours"),
		boards: boards.New(), names: newNames(), wake: make(chan struct{}, 1), wallGap: WallGap, scanning: make(chan struct{}, 1),
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

// SetPapers says with which keys what certificates say of people is sealed, and
// where browsers reach Qihe, for the codes on paper. Call it before anything is
// asked of certificates.
func (a *App) SetPapers(papers *vault.Vault, siteURL string) {
	a.papers, a.siteURL = papers, strings.TrimRight(siteURL, "/")
}

// SetWallGap says how often a screen is told something new at most; usually WallGap.
// Call it before anybody follows a wall.
func (a *App) SetWallGap(gap time.Duration) { a.wallGap = gap }
