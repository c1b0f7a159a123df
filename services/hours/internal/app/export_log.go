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
	buffered := bufio.NewWriterSize(to, 1<<20)
	write := json.NewEncoder(buffered).Encode
	err := db.InSnapshot(ctx, func(q postgres.Querier) error {
		if _, err := q.ExecContext(ctx, "SET LOCAL statement_timeout = '30min'"); err != nil {
			return fmt.Errorf("allow a long read: %w", err)
		}
		tree, err := translog.Open(ctx, q)
		if err != nil {
			return err
		}
		leaves, err := tree.LeafHashes(ctx)
		if err != nil {
			return err
		}
		if err := write(audit.NewHead(origin, tree.Size(), now)); err != nil {
			return fmt.Errorf("write export: %w", err)
		}
		next, hash := int64(0), func(i int64) string { return base64.StdEncoding.EncodeToString(leaves[i][:]) }
		upTo := func(end int64) error { // leaves whose line is gone
			for ; next < end; next++ {
				if err := write(audit.Line{Index: next, LeafHash: hash(next)}); err != nil {
					return fmt.Errorf("write export: %w", err)
				}
			}
			return nil
		}
		if err := store.EachLogged(ctx, q, func(l store.LoggedLine) error {
			if l.Index >= int64(len(leaves)) { // a line that says it is in the log, and is not
				return write(audit.LineOf(l.Entry))
			}
			if err := upTo(l.Index); err != nil {
				return err
			}
			next++
			return write(audit.LineOf(l.Entry).InLog(l.Leaf, hash(l.Index), l.Salt, l.ConfirmerSalt))
		}); err != nil {
			return err
		}
		if err := upTo(int64(len(leaves))); err != nil {
			return err
		}
		return store.EachUnlogged(ctx, q, func(e domain.Entry) error { return write(audit.LineOf(e)) })
	})
	if err != nil {
		return err
	}
	return buffered.Flush()
}
