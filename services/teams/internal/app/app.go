// Package app is everything the teams service can be asked to do, one file for
// each use case. It decides who may (authorize.go), opens the transactions,
// lets domain judge and store write, and says what others must know.
package app

import (
	"cmp"
	"log/slog"
	"strings"
	"sync"
	"time"

	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

// App carries out requests.
type App struct {
	db       *postgres.DB
	vault    *vault.Vault
	clock    clock.Clock
	messages Messages
	limits   Limits
	log      *slog.Logger

	officerIdle time.Duration
	strongFor   time.Duration
	phoneUndo   time.Duration
	passkeys    relyingParty
	siteURL     string // without a slash at the end

	hashing    chan struct{} // a place in it is the right to hash: it takes 19 MiB each
	hashMemory uint32
	sending    sync.WaitGroup // messages on their way
	imports    chan struct{}  // something in it: a roster waits
	marking    chan struct{}  // a place in it is the right to mark a workbook, which takes much room
}

// Parts is what an App works with.
type Parts struct {
	DB       *postgres.DB
	Vault    *vault.Vault
	Clock    clock.Clock
	Messages Messages
	Limits   Limits
	Log      *slog.Logger

	OfficerIdle time.Duration // how long an officer's session may go unused; 0: three days
	StrongFor   time.Duration // how long a second factor proves a session; 0: twelve hours
	PhoneUndo   time.Duration // how long the office may take a changed number back; 0: seven days
	SiteURL     string        // where browsers reach Qihe; empty: no passkeys, no cards on paper
	HashMemory  uint32        // KiB that it takes to try a code; 0: what it should take. Tests with hundreds of sign-ins take less
}

// New returns an App. Call Wait before the program ends.
func New(p Parts) *App {
	return &App{
		db:          p.DB,
		vault:       p.Vault,
		clock:       p.Clock,
		messages:    p.Messages,
		limits:      p.Limits,
		log:         p.Log,
		officerIdle: cmp.Or(p.OfficerIdle, 72*time.Hour),
		strongFor:   cmp.Or(p.StrongFor, 12*time.Hour),
		phoneUndo:   cmp.Or(p.PhoneUndo, 7*day),
		passkeys:    relyingPartyAt(p.SiteURL),
		siteURL:     strings.TrimRight(p.SiteURL, "/"),
		hashMemory:  cmp.Or(p.HashMemory, hashMemory),
		hashing:     make(chan struct{}, maxHashing),
		imports:     make(chan struct{}, 1),
		marking:     make(chan struct{}, 1),
	}
}

// Now returns the time by which the service goes.
func (a *App) Now() time.Time { return a.clock.Now() }

// Wait returns when all messages are handed over.
func (a *App) Wait() { a.sending.Wait() }
