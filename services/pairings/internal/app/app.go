// Package app is everything the pairings service can be asked to do: keep what is
// known of children and families where only those read it who may, and record each
// time that they do.
package app

import (
	"log/slog"
	"time"

	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/people"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/translog"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

// App carries out requests, whether they come by HTTP or as events.
type App struct {
	db     *postgres.DB
	clock  clock.Clock
	people *people.Directory
	vault  *vault.Vault // wraps data keys, indexes ID numbers
	log    *slog.Logger

	logKeys  translog.Keys
	scanning chan struct{} // a decoded picture takes much room: one at a time
	matching chan struct{} // and so does a matching of a county
}

// New returns an App that keeps its data in db, asks directory for the names of
// officers and volunteers, wraps the keys of children and families with v, and
// signs the log of openings with keys.
func New(db *postgres.DB, c clock.Clock, directory *people.Directory, v *vault.Vault, keys translog.Keys, log *slog.Logger) *App {
	return &App{db: db, clock: c, people: directory, vault: v, logKeys: keys, log: log, scanning: make(chan struct{}, 1), matching: make(chan struct{}, 1)}
}

// Now is the time by the service's clock.
func (a *App) Now() time.Time { return a.clock.Now() }
