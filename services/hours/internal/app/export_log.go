package app

import (
	"bufio"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"github.com/qihe-volunteers/qihe/services/hours/internal/audit"
	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/translog"
)

// ExportLog writes the whole ledger with its log of this name, as of one moment,
// for an auditor: ids and salts of people are in it, names are not. Package audit
// says what stands in it. It needs nothing but the database: also a service that
// does not start can be audited.
func ExportLog(ctx context.Context, db *postgres.DB, origin string, now time.Time, to io.Writer) error {
	return db.InSnapshot(ctx, func(q postgres.Querier) error {
		if _, err := q.ExecContext(ctx, "SET LOCAL statement_timeout = '30min'"); err != nil {
			return fmt.Errorf("allow a long read: %w", err)
		}
		return exportLog(ctx, q, origin, now, to)
	})
}

// exportLog writes what q sees.
func exportLog(ctx context.Context, q postgres.Querier, origin string, now time.Time, to io.Writer) error {
	tree, err := translog.Open(ctx, q)
	if err != nil {
		return err
	}
	x := export{to: bufio.NewWriterSize(to, 1<<20)}
	if x.leaves, err = tree.LeafHashes(ctx); err != nil {
		return err
	}
	x.encode = json.NewEncoder(x.to)
	if err := x.write(audit.NewHead(origin, tree.Size(), now)); err != nil {
		return err
	}
	if err := store.EachLogged(ctx, q, x.line); err != nil {
		return err
	}
	if err := x.upTo(int64(len(x.leaves))); err != nil {
		return err
	}
	if err := store.EachUnlogged(ctx, q, func(e domain.Entry) error { return x.write(audit.LineOf(e)) }); err != nil {
		return err
	}
	return x.to.Flush()
}

// export is an export while it is written.
type export struct {
	to     *bufio.Writer
	encode *json.Encoder
	leaves []translog.Hash
	next   int64 // leaf
}

func (x *export) write(line any) error {
	if err := x.encode.Encode(line); err != nil {
		return fmt.Errorf("write export: %w", err)
	}
	return nil
}

func (x *export) hash(i int64) string { return base64.StdEncoding.EncodeToString(x.leaves[i][:]) }

// upTo writes leaves whose line is gone.
func (x *export) upTo(end int64) error {
	for ; x.next < end; x.next++ {
		if err := x.write(audit.Line{Index: x.next, LeafHash: x.hash(x.next)}); err != nil {
			return err
		}
	}
	return nil
}

func (x *export) line(l store.LoggedLine) error {
	if l.Index >= int64(len(x.leaves)) { // a line that says it is in the log, and is not
		return x.write(audit.LineOf(l.Entry))
	}
	if err := x.upTo(l.Index); err != nil {
		return err
	}
	x.next++
	return x.write(audit.LineOf(l.Entry).InLog(l.Leaf, x.hash(l.Index), l.Salt, l.ConfirmerSalt))
}
