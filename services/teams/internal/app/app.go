// Package app is everything the teams service can be asked to do, one file for
// each use case. It decides who may (authorize.go), opens the transactions,
// lets domain judge and store write, and says what others must know.
package app

import (
	"context"
	"log/slog"
	"sync"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

// Messages sends short text messages to phones.
type Messages interface {
	// Send hands a text over to whoever delivers it to the phone, an 11-digit
	// mainland number. An error is logged and not shown to the person.
	Send(ctx context.Context, phone, text string) error
}

// Limits bound how many sign-in codes can be asked for.
type Limits struct {
	PerPhone   []domain.Limit // by one number
	PerAddress []domain.Limit // from one client address
	PerDay     int            // sent by the whole of Qihe in 24 hours: what a flood of messages can cost
}

// App carries out requests.
type App struct {
	db       *postgres.DB
	vault    *vault.Vault
	clock    clock.Clock
	messages Messages
	limits   Limits
	log      *slog.Logger

	hashing chan struct{}  // a place in it is the right to hash: it takes 19 MiB each
	sending sync.WaitGroup // messages on their way
}

// Parts is what an App works with.
type Parts struct {
	DB       *postgres.DB
	Vault    *vault.Vault
	Clock    clock.Clock
	Messages Messages
	Limits   Limits
	Log      *slog.Logger
}

// New returns an App. Call Wait before the program ends.
func New(p Parts) *App {
	return &App{
		db:       p.DB,
		vault:    p.Vault,
		clock:    p.Clock,
		messages: p.Messages,
		limits:   p.Limits,
		log:      p.Log,
		hashing:  make(chan struct{}, maxHashing),
	}
}

// Wait returns when all messages are handed over.
func (a *App) Wait() { a.sending.Wait() }
