// Package app is everything the tasks service can be asked to do, one file per
// use case. It owns the transactions and decides who may do what.
package app

import (
	"log/slog"
	"strings"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/groupwrite"
	"github.com/qihe-volunteers/qihe/shared/live"
	"github.com/qihe-volunteers/qihe/shared/people"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// App carries out requests, whether they come by HTTP or as events.
type App struct {
	db      *postgres.DB
	clock   clock.Clock
	tickets *auth.Verifier
	people  *people.Directory
	claims  *groupwrite.Writer[domain.Claim, ClaimResult]
	shifts  live.Hub[string] // by shift id: pages that follow a shift
	log     *slog.Logger

	siteURL  string // where browsers reach Qihe; empty: not known, and paper has no QR code
	pictures turns  // of making photos
	exports  turns  // of making workbooks
}

// New returns an App that keeps its data in db, checks tickets with tickets
// and asks people for names. Close it when no more requests come.
func New(db *postgres.DB, c clock.Clock, tickets *auth.Verifier, directory *people.Directory, log *slog.Logger) *App {
	a := &App{db: db, clock: c, tickets: tickets, people: directory, log: log, pictures: newTurns(photosWaiting, errPhotosBusy), exports: newTurns(2, errExportsBusy)}
	a.claims = groupwrite.New(a.writeClaims)
	return a
}

// SetSiteURL says where browsers reach Qihe, for the codes on paper. Call it
// before anything is asked.
func (a *App) SetSiteURL(siteURL string) { a.siteURL = strings.TrimRight(siteURL, "/") }

// Close writes the claims that are queued and stops.
func (a *App) Close() { a.claims.Close() }

// People returns the directory of names, for the consumer that keeps it fresh.
func (a *App) People() *people.Directory { return a.people }
