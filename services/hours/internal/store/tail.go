package store

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// Place says how far a reader has counted the ledger: every line up to
// (TX, Sequence) in the ledger's order, and nothing behind.
//
// After a restore into another cluster transaction numbers begin low again,
// and the lines restored lie far behind any line that is now written. They are
// counted from the start: those from RestoredTX on, up to RestoredSequence.
type Place struct {
	TX               string `db:"tx"`
	Sequence         int64  `db:"seq"`
	RestoredTX       string `db:"restored_tx"`
	RestoredSequence int64  `db:"restored_seq"`
}

// counted holds for the lines that a reader at the place $1…$4 has counted.
const counted = `((tx, seq) <= ($1::xid8, $2::bigint) OR (tx >= $3::xid8 AND seq <= $4))`

// behind holds for the others that are in the ledger for good: every
// transaction as old as theirs has ended, so nothing can come before them any more.
const behind = `(tx, seq) > ($1::xid8, $2::bigint) AND NOT (tx >= $3::xid8 AND seq <= $4)
	AND tx < pg_snapshot_xmin(pg_current_snapshot())`

func (p Place) args() []any { return []any{p.TX, p.Sequence, p.RestoredTX, p.RestoredSequence} }

// FirstPlace returns where the lines end that the transaction's snapshot holds
// without a gap: below the oldest transaction that was open when it was taken.
func FirstPlace(ctx context.Context, q postgres.Querier) (Place, error) {
	const query = `
		SELECT pg_snapshot_xmin(s) AS tx, 0 AS seq, pg_snapshot_xmax(s) AS restored_tx,
			(SELECT coalesce(max(seq), 0) FROM entries WHERE tx >= pg_snapshot_xmax(s)) AS restored_seq
		FROM pg_current_snapshot() AS s`

	var p Place
	if err := sqlx.GetContext(ctx, q, &p, query); err != nil {
		return p, fmt.Errorf("find place in ledger: %w", err)
	}
	return p, nil
}

// EachEarly calls f for the lines that the snapshot holds but that lie behind
// its FirstPlace: they are in the totals already and will be met again.
func EachEarly(ctx context.Context, q postgres.Querier, p Place, f func(domain.Total)) error {
	const query = `
		SELECT ` + totalColumns + `, minutes, 1
		FROM entries
		WHERE tx >= $1::xid8 AND tx < $2::xid8`
	return eachTotal(ctx, q, f, query, p.TX, p.RestoredTX)
}

// EachCounted calls f for the sums of the ledger up to the place.
func EachCounted(ctx context.Context, q postgres.Querier, p Place, f func(domain.Total)) error {
	const query = `
		SELECT ` + totalColumns + `, sum(minutes), count(*)
		FROM entries
		WHERE ` + counted + `
		GROUP BY volunteer_id, day, team_id, programme_id, region_path, account, settles_on`
	return eachTotal(ctx, q, f, query, p.args()...)
}

// ListBehind returns the next lines after the place, as totals, in the
// ledger's order, up to limit, and the place after them.
func ListBehind(ctx context.Context, q postgres.Querier, p Place, limit int) ([]domain.Total, Place, error) {
	const query = `
		SELECT tx, seq, ` + totalColumns + `, minutes, 1
		FROM entries
		WHERE ` + behind + `
		ORDER BY tx, seq
		LIMIT $5`

	var totals []domain.Total
	err := each(ctx, q, query, append(p.args(), limit), func(rows *sqlx.Rows) error {
		var t domain.Total
		err := rows.Scan(&p.TX, &p.Sequence, &t.VolunteerID, &t.Day, &t.TeamID, &t.ProgrammeID, &t.RegionPath,
			&t.Account, &t.SettlesOn, &t.Minutes, &t.Entries)
		totals = append(totals, t)
		return err
	})
	if err != nil {
		return nil, p, fmt.Errorf("read ledger after %s: %w", p.TX, err)
	}
	return totals, p, nil
}
