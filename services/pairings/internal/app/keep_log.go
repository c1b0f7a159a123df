package app

import (
	"context"
	"fmt"
	"time"

	"golang.org/x/mod/sumdb/note"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/translog"
)

const logName = "openings log" // among the logs of the database

// logAtOnce is how many openings come into the log in one transaction.
const logAtOnce = 1000

// sequencer brings openings into the transparency log.
func (a *App) sequencer() *translog.Sequencer {
	return &translog.Sequencer{DB: a.db, Name: logName, Keys: a.logKeys, Clock: a.clock, Log: a.log, Next: a.logNext}
}

// KeepLog brings new openings into the log and signs checkpoints until ctx ends, and
// returns nil then.
func (a *App) KeepLog(ctx context.Context) error { return a.sequencer().Run(ctx) }

// LogOpenings brings the next openings into the log and signs a checkpoint when one
// is due. more says that there may be others to bring in at once.
func (a *App) LogOpenings(ctx context.Context) (more bool, err error) { return a.sequencer().Step(ctx) }

func (a *App) logNext(ctx context.Context, q postgres.Querier, tree *translog.Tree) (more bool, done func(), err error) {
	openings, err := store.TakeUnlogged(ctx, q, logAtOnce)
	if err != nil || len(openings) == 0 {
		return false, nil, err
	}
	hashes := make([]translog.Hash, len(openings))
	for i, o := range openings {
		leaf, err := o.Leaf(tree.Size() + int64(i))
		if err != nil {
			return false, nil, err
		}
		hashes[i] = translog.LeafHash(leaf)
	}
	if err := store.InsertLeaves(ctx, q, tree.Size(), openings); err != nil {
		return false, nil, err
	}
	return len(openings) == logAtOnce, nil, tree.Append(ctx, hashes)
}

// ErrNoCheckpoint says that nothing is in the log yet.
var ErrNoCheckpoint = apperr.New(apperr.NotFound, "no_checkpoint", "查看记录还没有签过检查点，请一分钟后再来。", "No checkpoint of the record of openings has been signed yet; please come back in a minute.")

// LastCheckpoint returns the newest signed checkpoint of the log of openings, which
// is public and tells nothing but how many there are. It returns NotFound before the
// first.
func (a *App) LastCheckpoint(ctx context.Context) (c translog.Signed, err error) {
	err = a.db.Read(ctx, func(q postgres.Querier) error {
		if c, err = translog.LastCheckpoint(ctx, q); err == nil && c.Note == "" {
			err = ErrNoCheckpoint
		}
		return err
	})
	return c, err
}

// PublicKeys returns what whoever checks the log must know, in note's form.
func (a *App) PublicKeys() []string { return a.logKeys.Public }

// LogReport says whether the record of openings is what the log has.
type LogReport struct {
	Leaves   int64    // in the log
	Unlogged int64    // openings older than a minute that are in no leaf
	Wrong    []int64  // leaves whose opening was changed, or is gone
	Notes    []string // checkpoints that the log does not begin with
}

// OK reports whether nothing is wrong.
func (r LogReport) OK() bool { return r.Unlogged == 0 && len(r.Wrong) == 0 && len(r.Notes) == 0 }

// logLate is after how long an opening must be in the log.
const logLate = time.Minute

// CheckLog compares every opening with its leaf, and the log with the checkpoints
// that somebody kept: notes are those, as they were signed. It returns an error for
// a note that our keys did not sign.
func (a *App) CheckLog(ctx context.Context, notes ...string) (r LogReport, err error) {
	err = a.db.InSnapshot(ctx, func(q postgres.Querier) error {
		tree, err := translog.Open(ctx, q)
		if err != nil {
			return err
		}
		hashes, err := tree.LeafHashes(ctx)
		if err != nil {
			return err
		}
		r.Leaves = int64(len(hashes))
		right := make([]bool, len(hashes))
		if err := store.EachLogged(ctx, q, func(index int64, o domain.Opening) error {
			leaf, err := o.Leaf(index)
			if err == nil && index < r.Leaves {
				right[index] = translog.LeafHash(leaf) == hashes[index]
			}
			return nil
		}); err != nil {
			return err
		}
		for index, ok := range right {
			if !ok {
				r.Wrong = append(r.Wrong, int64(index))
			}
		}
		if r.Unlogged, err = store.CountUnlogged(ctx, q, a.clock.Now().Add(-logLate)); err != nil {
			return err
		}
		return a.checkNotes(ctx, tree, notes, &r)
	})
	return r, err
}

// checkNotes asks whether the log begins as each note says.
func (a *App) checkNotes(ctx context.Context, tree *translog.Tree, notes []string, r *LogReport) error {
	var keys []note.Verifier
	for _, public := range a.logKeys.Public {
		key, err := note.NewVerifier(public)
		if err != nil {
			return fmt.Errorf("read our own public key: %w", err)
		}
		keys = append(keys, key)
	}
	for _, text := range notes {
		c, err := translog.OpenCheckpoint(text, note.VerifierList(keys...))
		if err != nil {
			return err
		}
		root, err := tree.Root(ctx, c.Size)
		if c.Size > r.Leaves || err != nil || root != c.Root {
			r.Notes = append(r.Notes, text)
		}
	}
	return nil
}
