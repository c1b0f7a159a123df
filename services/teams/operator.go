package teams

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/teams/internal/app"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

// Departure is what erasing somebody ends, without saying who it is.
type Departure = app.Departure

// Appointment is what Appoint is asked to do.
type Appointment = app.Appointment

// Appointed is what Appoint did.
type Appointed = app.Appointed

// EraseWord is typed by whoever means to erase, before the number.
const EraseWord = app.EraseWord

// DepartureOf returns what Erase would end. It and what follows needs of the settings
// the database, the key file and the clock, beside the running service or without it.
func DepartureOf(ctx context.Context, cfg Config, number string) (d Departure, err error) {
	err = asOperator(ctx, cfg, func(a *app.App) error { d, err = a.DepartureOf(ctx, number); return err })
	return d, err
}

// Erase erases the account of the person with that number, as teams does it for
// whoever asks for it in writing.
func Erase(ctx context.Context, cfg Config, number, reason string) error {
	return asOperator(ctx, cfg, func(a *app.App) error { return a.EraseAsOperator(ctx, number, reason) })
}

// Appoint makes somebody an administrator of the city who has nobody to be made one by.
// With look it changes nothing.
func Appoint(ctx context.Context, cfg Config, n Appointment, look bool) (done Appointed, err error) {
	err = asOperator(ctx, cfg, func(a *app.App) error { done, err = a.Appoint(ctx, n, look); return err })
	return done, err
}

// asOperator opens what f needs. Keys that are not those of the database are refused.
func asOperator(ctx context.Context, cfg Config, f func(a *app.App) error) error {
	cfg = cfg.withDefaults()
	keys, err := vault.Load(cfg.KeyFile)
	if err != nil {
		return err
	}
	db, err := postgres.Open(ctx, cfg.DatabaseURL, 2)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	a := app.New(app.Parts{DB: db, Vault: keys, Clock: cfg.Clock, Log: cfg.Log})
	if err := a.CheckKeys(ctx); err != nil {
		return err
	}
	return f(a)
}
