package app

import (
	"context"
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/translog"
)

// Witnesses co-sign the checkpoints of the ledger's log. Who they are and how far
// they signed is public, and so is the way to sign: it is the key that speaks.

// silentAfter is how long a witness may leave longer checkpoints unsigned before
// the page says so.
const silentAfter = 7 * 24 * time.Hour

var (
	errWitnessName   = apperr.New(apperr.Invalid, "witness_name", "请填写单位名称，不超过 60 个字。", "Please give the organisation's name, at most 60 characters.")
	errWitnessReason = apperr.New(apperr.Invalid, "witness_reason", "请填写依据，不超过 200 个字，大家都看得到。", "Please say why, in at most 200 characters; everybody can read it.")
	errTooLong       = apperr.New(apperr.Invalid, "log_is_shorter", "账本还没有这么多行，请从 0 开始要。", "The ledger has not so many lines; please ask from 0.")
)

// WitnessView is a witness with how it stands.
type WitnessView struct {
	translog.Witness
	Silent bool // longer checkpoints have been there for a week and more
}

// ListWitnesses returns all who are or were witnesses, for anybody.
func (a *App) ListWitnesses(ctx context.Context) (views []WitnessView, err error) {
	var all []translog.Witness
	if err := a.db.Read(ctx, func(q postgres.Querier) error {
		all, err = translog.ListWitnesses(ctx, q)
		return err
	}); err != nil {
		return nil, err
	}
	now := a.clock.Now()
	for _, w := range all {
		since := w.SetAt // nothing may be asked of it from before
		if w.Behind != nil && w.Behind.After(since) {
			since = *w.Behind
		}
		views = append(views, WitnessView{Witness: w, Silent: w.EndedAt == nil && w.Behind != nil && now.Sub(since) > silentAfter})
	}
	return views, nil
}

// AddWitness registers a witness by its public key. It is for administrators of
// the city; others get Forbidden.
func (a *App) AddWitness(ctx context.Context, name, key, reason string) error {
	name, reason = strings.TrimSpace(name), strings.TrimSpace(reason)
	if n := utf8.RuneCountInString(name); n == 0 || n > 60 {
		return apperr.For("name", errWitnessName)
	}
	return a.setWitness(ctx, "add_witness", translog.Witness{Name: name, Key: strings.TrimSpace(key), Reason: reason}, reason,
		func(ctx context.Context, q postgres.Querier, w translog.Witness, by string, now time.Time) error {
			w.ID, w.SetBy, w.SetAt = id.New(), by, now
			return translog.AddWitness(ctx, q, w)
		})
}

// EndWitness takes no more signatures of a witness; what it signed stays. It is
// for administrators of the city; NotFound for one that is none.
func (a *App) EndWitness(ctx context.Context, witnessID, reason string) error {
	reason = strings.TrimSpace(reason)
	return a.setWitness(ctx, "end_witness", translog.Witness{ID: witnessID, EndReason: reason}, reason,
		func(ctx context.Context, q postgres.Querier, w translog.Witness, by string, now time.Time) error {
			w.EndedBy, w.EndedAt = by, &now
			return translog.EndWitness(ctx, q, w)
		})
}

func (a *App) setWitness(ctx context.Context, operation string, w translog.Witness, reason string,
	set func(ctx context.Context, q postgres.Querier, w translog.Witness, by string, now time.Time) error,
) error {
	who, err := auth.From(ctx)
	if err != nil {
		return err
	}
	if !who.AdministersCity() {
		return errNoCityAdministrator
	}
	if n := utf8.RuneCountInString(reason); n == 0 || n > 200 {
		return apperr.For("reason", errWitnessReason)
	}
	_, err = idempotency.Do(ctx, a.db, a.clock.Now(), operation, w, func(q postgres.Querier) (struct{}, error) {
		return struct{}{}, set(ctx, q, w, who.VolunteerID, a.clock.Now())
	})
	return err
}

// Cosign keeps what witnesses signed under a checkpoint of ours and returns how
// many of them did. It is for anybody: a signature speaks for itself, and only
// those of registered witnesses are kept, one under each checkpoint. Many that
// are none, from one address, are refused for ten minutes.
func (a *App) Cosign(ctx context.Context, address, signed string) (n int, err error) {
	now := a.clock.Now()
	if !a.unsigned.allow(address, now) {
		return 0, errTooManyChecks
	}
	err = a.db.InTx(ctx, func(q postgres.Querier) error {
		n, err = translog.Cosign(ctx, q, signed, now)
		return err
	})
	if errors.Is(err, translog.ErrNotOurs) || errors.Is(err, translog.ErrNobodySigned) {
		a.unsigned.add(address)
	}
	return n, err
}

// Growth returns what a witness reads that signed when the log had so many
// lines, for anybody. It returns NotFound before the first checkpoint.
func (a *App) Growth(ctx context.Context, old int64) (g translog.Growth, err error) {
	err = a.db.InSnapshot(ctx, func(q postgres.Querier) error {
		g, err = translog.GrowthSince(ctx, q, old)
		return err
	})
	switch {
	case errors.Is(err, translog.ErrNoSuchSize):
		return g, apperr.For("old", errTooLong)
	case err == nil && g.Note == "":
		return g, ErrNoCheckpoint
	}
	return g, err
}
