package app

import (
	"context"
	"maps"
	"slices"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/translog"
)

const logName = "ledger log" // among the logs of the database

// logAtOnce is how many lines come into the log in one transaction: well below a
// second, for an open one hides newer events of all services.
const logAtOnce = 4000

// logged is how far this replica has looked through the ledger for the log.
type logged struct {
	cursor  store.LogCursor
	start   store.Place // where the ledger ended when looking began
	caught  bool        // all that was there at the start was looked at
	started bool
}

// sequencer brings lines into the ledger's log.
func (a *App) sequencer() *translog.Sequencer {
	return &translog.Sequencer{DB: a.db, Name: logName, Keys: a.logKeys, Clock: a.clock, Log: a.log, Next: a.logNext}
}

// KeepLog brings new lines into the log and signs checkpoints until ctx ends, and
// returns nil then.
func (a *App) KeepLog(ctx context.Context) error { return a.sequencer().Run(ctx) }

// LogLines brings the next lines into the log and signs a checkpoint when one is
// due. more says that there may be others to bring in at once.
func (a *App) LogLines(ctx context.Context) (more bool, err error) { return a.sequencer().Step(ctx) }

// logNext takes the next lines, in the ledger's order.
func (a *App) logNext(ctx context.Context, q postgres.Querier, tree *translog.Tree) (more bool, done func(), err error) {
	next := a.logged
	if !next.started {
		next = logged{cursor: store.FirstLogCursor(), started: true}
		if next.start, err = store.FirstPlace(ctx, q); err != nil {
			return false, nil, err
		}
	}
	entries, cursor, err := store.ListUnlogged(ctx, q, next.cursor, next.start, logAtOnce)
	if err != nil {
		return false, nil, err
	}
	next.cursor, more = cursor, len(entries) == logAtOnce
	if !more && !next.caught { // from now on the new ones only, also those with low numbers after a restore
		next.caught, next.cursor = true, store.LogCursor{TX: next.start.TX}
	}
	return more, func() { a.logged = next }, a.appendLines(ctx, q, tree, entries)
}

func (a *App) appendLines(ctx context.Context, q postgres.Querier, tree *translog.Tree, entries []domain.Entry) error {
	if len(entries) == 0 {
		return nil
	}
	people := map[string]bool{}
	for _, e := range entries {
		people[e.VolunteerID], people[e.ConfirmedBy] = true, true
	}
	salts, err := store.EnsureSalts(ctx, q, slices.Sorted(maps.Keys(people)), domain.NewSalt)
	if err != nil {
		return err
	}
	leaves, hashes := make([]domain.Leaf, len(entries)), make([]translog.Hash, len(entries))
	for i, e := range entries {
		leaves[i] = domain.Leaf{
			Index: tree.Size() + int64(i), Mark: salts[e.VolunteerID].Mark(e.VolunteerID), ConfirmerMark: salts[e.ConfirmedBy].Mark(e.ConfirmedBy), Entry: e,
		}
		b, err := leaves[i].Encode()
		if err != nil {
			return err
		}
		hashes[i] = translog.LeafHash(b)
	}
	if err := store.InsertLeaves(ctx, q, leaves); err != nil {
		return err
	}
	return tree.Append(ctx, hashes)
}

// ErrNoCheckpoint says that nothing is in the log yet.
var ErrNoCheckpoint = apperr.New(apperr.NotFound, "no_checkpoint", "账本还没有签过检查点，请一分钟后再来。", "No checkpoint of the ledger has been signed yet; please come back in a minute.")

// LastCheckpoint returns the newest signed checkpoint of the ledger's log, which
// is public. It returns NotFound before the first.
func (a *App) LastCheckpoint(ctx context.Context) (c translog.Signed, err error) {
	err = a.db.Read(ctx, func(q postgres.Querier) error {
		if c, err = translog.LastCheckpoint(ctx, q); err == nil && c.Note == "" {
			err = ErrNoCheckpoint
		}
		return err
	})
	return c, err
}

// checkpointsAtOnce bounds an answer of ListCheckpoints.
const checkpointsAtOnce = 1000

// ListCheckpoints returns the signed checkpoints of more than after lines,
// smallest first, a thousand at most. They are public.
func (a *App) ListCheckpoints(ctx context.Context, after int64) (all []translog.Signed, err error) {
	err = a.db.Read(ctx, func(q postgres.Querier) error {
		all, err = translog.ListCheckpoints(ctx, q, after, checkpointsAtOnce)
		return err
	})
	return all, err
}

// PublicKeys returns what whoever checks the log must know, in note's form: one
// key, or two while one is changed for another.
func (a *App) PublicKeys() []string { return a.logKeys.Public }
