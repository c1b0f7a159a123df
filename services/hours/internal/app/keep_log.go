package app

import (
	"context"
	"maps"
	"slices"
	"time"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/translog"
)

// How the ledger comes into its transparency log
//
// Whoever writes a line knows nothing of the log. A little later one replica, the
// one that holds the log's lock at that moment, takes the lines that are in the
// ledger for good and in no leaf yet, in the ledger's order, and gives them the
// next indexes. Leaves, tree and salts are written in one transaction: a crash
// leaves all of them or none. Every replica looks through the ledger by itself
// and skips what another one has brought in.

const (
	logEvery     = time.Second      // from a line's commit to its leaf
	logAtOnce    = 4000             // lines in one transaction: well below a second, for an open one hides newer events of all services
	signEvery    = 60 * time.Second // from a leaf to a checkpoint that holds it
	signEachSize = 1000             // or after so many leaves
)

// logged is how far this replica has looked through the ledger for the log.
type logged struct {
	cursor  store.LogCursor
	start   store.Place // where the ledger ended when looking began
	caught  bool        // all that was there at the start was looked at
	started bool
}

// KeepLog brings new lines into the log and signs checkpoints until ctx ends, and
// returns nil then. While the database is away it tries again.
func (a *App) KeepLog(ctx context.Context) error {
	tick := time.NewTicker(logEvery)
	defer tick.Stop()
	trouble := false
	for {
		more, err := a.LogLines(ctx)
		if ctx.Err() != nil {
			return nil
		}
		if err != nil && !trouble {
			a.log.Warn("the ledger's log waits", "error", err)
		}
		if err == nil && trouble {
			a.log.Info("the ledger's log is back")
		}
		if trouble = err != nil; more && !trouble {
			continue
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// LogLines brings the next lines into the log and signs a checkpoint when one is
// due. more says that there may be others to bring in at once.
func (a *App) LogLines(ctx context.Context) (more bool, err error) {
	next := a.logged
	err = a.db.InTx(ctx, func(q postgres.Querier) error {
		held, err := store.LockLog(ctx, q)
		if err != nil || !held {
			return err
		}
		if !next.started {
			next = logged{cursor: store.FirstLogCursor(), started: true}
			if next.start, err = store.FirstPlace(ctx, q); err != nil {
				return err
			}
		}
		entries, cursor, err := store.ListUnlogged(ctx, q, next.cursor, next.start, logAtOnce)
		if err != nil {
			return err
		}
		next.cursor, more = cursor, len(entries) == logAtOnce
		if !more && !next.caught { // from now on the new ones only, also those with low numbers after a restore
			next.caught, next.cursor = true, store.LogCursor{TX: next.start.TX}
		}
		tree, err := translog.Open(ctx, q)
		if err != nil {
			return err
		}
		if err := a.appendLines(ctx, q, tree, entries); err != nil {
			return err
		}
		return a.signWhenDue(ctx, q, tree)
	})
	if err == nil {
		a.logged = next
	}
	return more, err
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

// signWhenDue signs the tree when it has grown by many leaves since the last
// checkpoint, or has grown at all and that is a while ago.
func (a *App) signWhenDue(ctx context.Context, q postgres.Querier, tree *translog.Tree) error {
	last, err := translog.LastCheckpoint(ctx, q)
	if err != nil {
		return err
	}
	grown, now := tree.Size()-last.Size, a.clock.Now()
	if grown == 0 || grown < signEachSize && now.Before(last.SignedAt.Add(signEvery)) {
		return nil
	}
	_, err = tree.Sign(ctx, a.logKeys.Signers, now)
	return err
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
