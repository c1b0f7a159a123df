package hours

import (
	"context"
	"errors"
	"fmt"
	"io"

	"golang.org/x/mod/sumdb/note"

	"github.com/qihe-volunteers/qihe/services/hours/internal/app"
	"github.com/qihe-volunteers/qihe/services/hours/internal/audit"
	"github.com/qihe-volunteers/qihe/shared/people"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/translog"
)

// Books is what Check found.
type Books = app.Check

// LogReport is what CheckLog found.
type LogReport = audit.Report

// ErrWrongBooks says that the totals do not agree with the ledger.
var ErrWrongBooks = errors.New("the totals do not agree with the ledger")

// checkConns is how many connections a check takes, beside a service that needs its own.
const checkConns = 6

// Check compares the totals, in the table and in memory, with the ledger; the error
// is ErrWrongBooks when they differ. It needs the database and nothing else of the
// settings, may run beside the service or without it, and changes nothing.
func Check(ctx context.Context, cfg Config) (Books, error) {
	cfg = cfg.withDefaults()
	db, err := postgres.Open(ctx, cfg.DatabaseURL, checkConns)
	if err != nil {
		return Books{}, err
	}
	defer func() { _ = db.Close() }()
	a := app.New(db, cfg.Clock, &people.Directory{}, translog.Keys{}, cfg.Log) // nobody's name is asked for, nothing is signed
	if err := a.Load(ctx); err != nil {
		return Books{}, err
	}
	books, err := a.CheckTotals(ctx)
	if err == nil && !books.OK() {
		err = ErrWrongBooks
	}
	return books, err
}

// CheckLog compares every line of the ledger with its leaf in the log, and the log
// with the checkpoints that the service has signed, as an auditor does with what
// qihe-verify is given. Only who kept a checkpoint elsewhere notices a log that was
// made anew together with all of them. It needs the database and the log's key file.
func CheckLog(ctx context.Context, cfg Config) (LogReport, error) {
	trusted, signed, err := signedWith(ctx, cfg)
	if err != nil {
		return LogReport{}, err
	}
	from, to := io.Pipe()
	go func() { to.CloseWithError(ExportLog(ctx, cfg, to)) }()
	report, err := audit.Check(from, signed, audit.Trust{Keys: trusted})
	_ = from.CloseWithError(io.ErrClosedPipe) // who still writes need not go on
	return report, err
}

// signedWith returns the public keys of the log, and the checkpoints that they signed
// with the newest in any case: an earlier key, dropped since, may have signed the
// others, and the newest vouches for what came before it.
func signedWith(ctx context.Context, cfg Config) (trusted note.Verifiers, signed []string, err error) {
	keys, err := translog.ReadKeys(cfg.LogKeyFile)
	if err != nil {
		return nil, nil, err
	}
	var public []note.Verifier
	for _, text := range keys.Public {
		key, err := note.NewVerifier(text)
		if err != nil {
			return nil, nil, fmt.Errorf("public key of the log: %w", err)
		}
		public = append(public, key)
	}
	trusted = note.VerifierList(public...)
	db, err := postgres.Open(ctx, cfg.DatabaseURL, 1)
	if err != nil {
		return nil, nil, err
	}
	defer func() { _ = db.Close() }()
	err = db.Read(ctx, func(q postgres.Querier) error {
		last, err := translog.LastCheckpoint(ctx, q)
		if err != nil {
			return err
		}
		for after := int64(-1); ; {
			some, err := translog.ListCheckpoints(ctx, q, after, 1000)
			if err != nil || len(some) == 0 {
				return err
			}
			for _, c := range some {
				if _, err := translog.OpenCheckpoint(c.Note, trusted); err == nil || c.Size == last.Size {
					signed = append(signed, c.Note)
				}
			}
			after = some[len(some)-1].Size
		}
	})
	return trusted, signed, err
}
