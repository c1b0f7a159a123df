package translog

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// How rows come into the log
//
// Whoever writes a row knows nothing of the log. A little later one replica, the
// one that holds the log's lock at that moment, takes the rows that are in the
// table for good and in no leaf yet, and gives them the next indexes. What its
// Next writes, the tree and the checkpoint are one transaction: a crash leaves
// all of them or none. Every replica looks through the table by itself and skips
// what another one has brought in.

const (
	logEvery     = time.Second      // from a row's commit to its leaf
	signEvery    = 58 * time.Second // with a second to its leaf and one until somebody looks: a minute from a commit to a checkpoint
	signEachSize = 1000             // or after so many leaves
)

// Sequencer brings the rows of a table into the log and signs checkpoints. Many
// may run on one database.
type Sequencer struct {
	DB    *postgres.DB
	Name  string // of the log in the database: one sequencer of this name works at a time
	Keys  Keys
	Clock clock.Clock
	Log   *slog.Logger

	// Next takes the next rows and appends their leaves to the tree, in the same
	// transaction as whatever it writes of them; few enough for a transaction well
	// below a second. more says that there may be others to take at once; done,
	// unless nil, is called when all of it is committed: what Next has to remember,
	// it remembers then.
	Next func(ctx context.Context, q postgres.Querier, tree *Tree) (more bool, done func(), err error)
}

// Run works until ctx ends, and returns nil then. While the database is away it
// tries again.
func (s *Sequencer) Run(ctx context.Context) error {
	tick := time.NewTicker(logEvery)
	defer tick.Stop()
	trouble := false
	for {
		more, err := s.Step(ctx)
		if ctx.Err() != nil {
			return nil
		}
		if err != nil && !trouble {
			s.Log.Warn("the log waits", "log", s.Name, "error", err)
		}
		if err == nil && trouble {
			s.Log.Info("the log is back", "log", s.Name)
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

// Step brings the next rows into the log and signs a checkpoint when one is due.
// more says that there may be others to bring in at once.
func (s *Sequencer) Step(ctx context.Context) (more bool, err error) {
	var done func()
	err = s.DB.InTx(ctx, func(q postgres.Querier) error {
		more, done = false, nil
		held, err := s.lock(ctx, q)
		if err != nil || !held {
			return err
		}
		more, done, err = s.StepIn(ctx, q)
		return err
	})
	if err == nil {
		lastStep.WithLabelValues(s.Name).SetToCurrentTime()
		if done != nil {
			done()
		}
	}
	return more, err
}

// StepIn is Step in a transaction that holds the log.
func (s *Sequencer) StepIn(ctx context.Context, q postgres.Querier) (more bool, done func(), err error) {
	tree, err := Open(ctx, q)
	if err != nil {
		return false, nil, err
	}
	if more, done, err = s.Next(ctx, q, tree); err != nil {
		return false, nil, err
	}
	return more, done, s.signWhenDue(ctx, q, tree)
}

func (s *Sequencer) lock(ctx context.Context, q postgres.Querier) (held bool, err error) {
	const query = `SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0))`

	if err := sqlx.GetContext(ctx, q, &held, query, s.Name); err != nil {
		return false, fmt.Errorf("lock log: %w", err)
	}
	return held, nil
}

// signWhenDue signs the tree when it has grown by many leaves since the last
// checkpoint, or has grown at all and that is a while ago.
func (s *Sequencer) signWhenDue(ctx context.Context, q postgres.Querier, tree *Tree) error {
	last, err := LastCheckpoint(ctx, q)
	if err != nil {
		return err
	}
	grown, now := tree.Size()-last.Size, s.Clock.Now()
	if grown == 0 || grown < signEachSize && now.Before(last.SignedAt.Add(signEvery)) {
		s.measure(tree.Size(), grown, last.SignedAt)
		return nil
	}
	if _, err = tree.Sign(ctx, s.Keys.Signers, now); err != nil {
		s.measure(tree.Size(), grown, last.SignedAt)
		return err
	}
	s.measure(tree.Size(), 0, now)
	return nil
}

// Hold keeps the log of this name as it is until the transaction ends: no
// sequencer works meanwhile.
func Hold(ctx context.Context, q postgres.Querier, name string) error {
	const query = `SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`

	if _, err := q.ExecContext(ctx, query, name); err != nil {
		return fmt.Errorf("hold log: %w", err)
	}
	return nil
}
