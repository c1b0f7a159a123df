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

// notCounted holds for the others.
const notCounted = `(tx, seq) > ($1::xid8, $2::bigint) AND NOT (tx >= $3::xid8 AND seq <= $4)`

// behind holds for those of the others that are in the ledger for good: every
// transaction as old as theirs has ended, so nothing can come before them any more.
const behind = notCounted + ` AND tx < pg_snapshot_xmin(pg_current_snapshot())`

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

// FirstSettlingPlace is FirstPlace for the settling changes.
func FirstSettlingPlace(ctx context.Context, q postgres.Querier) (Place, error) {
	const query = `
		SELECT pg_snapshot_xmin(s) AS tx, 0 AS seq, pg_snapshot_xmax(s) AS restored_tx,
			(SELECT coalesce(max(seq), 0) FROM settling_changes WHERE tx >= pg_snapshot_xmax(s)) AS restored_seq
		FROM pg_current_snapshot() AS s`

	var p Place
	if err := sqlx.GetContext(ctx, q, &p, query); err != nil {
		return p, fmt.Errorf("find place in settling changes: %w", err)
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
		SELECT ` + totalColumns + `, sum(minutes), count(*), sum(sign(minutes))
		FROM entries
		WHERE ` + counted + `
		GROUP BY volunteer_id, day, team_id, programme_id, region_path, account, settles_on`
	err := each(ctx, q, query, p.args(), func(rows *sqlx.Rows) error {
		var t domain.Total
		err := rows.Scan(&t.VolunteerID, &t.Day, &t.TeamID, &t.ProgrammeID, &t.RegionPath, &t.Account, &t.SettlesOn, &t.Minutes, &t.Entries, &t.Services)
		if err == nil {
			f(t)
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("sum the ledger: %w", err)
	}
	return nil
}

// FindTakenBack returns how many lines of a sum take another back, by volunteer
// and sum: the few of which the totals do not say how many services they are.
func FindTakenBack(ctx context.Context, q postgres.Querier) (map[string]map[domain.Sum]int, error) {
	const query = `
		SELECT ` + totalColumns + `, sum(minutes), count(*)
		FROM entries
		WHERE minutes < 0
		GROUP BY volunteer_id, day, team_id, programme_id, region_path, account, settles_on`
	back := map[string]map[domain.Sum]int{}
	err := eachTotal(ctx, q, func(t domain.Total) {
		if back[t.VolunteerID] == nil {
			back[t.VolunteerID] = map[domain.Sum]int{}
		}
		back[t.VolunteerID][t.Sum] = t.Entries
	}, query)
	return back, err
}

// Places says how far a reader has counted the ledger and what changes the
// settling of its lines.
type Places struct{ Lines, Changes Place }

// FirstPlaces is FirstPlace for both.
func FirstPlaces(ctx context.Context, q postgres.Querier) (p Places, err error) {
	if p.Lines, err = FirstPlace(ctx, q); err != nil {
		return p, err
	}
	p.Changes, err = FirstSettlingPlace(ctx, q)
	return p, err
}

// EachChangeCounted calls f for the settling changes up to the place, each as a
// total without entries that counts from its SettlesOn on.
func EachChangeCounted(ctx context.Context, q postgres.Querier, p Place, f func(domain.Total)) error {
	const query = `
		SELECT ` + changeColumns + `, c.minutes, 0
		FROM (
			SELECT entry_id, effective_on, minutes
			FROM settling_changes
			WHERE ` + counted + `
		) c
		JOIN entries e ON e.id = c.entry_id`
	return eachTotal(ctx, q, f, query, p.args()...)
}

// changeColumns selects what a totalScan reads of a settling change c of a line e.
const changeColumns = `volunteer_id, day - DATE '1970-01-01', team_id, programme_id, region_path, account, effective_on - DATE '1970-01-01'`

// ListBehind returns the next lines and settling changes after the places, as
// totals, each in its own order, up to limit of each, and the places after them.
// Both are read as of one moment: what one transaction wrote comes together,
// unless there are too many.
func ListBehind(ctx context.Context, q postgres.Querier, p Places, limit int) ([]domain.Total, Places, error) {
	const query = `
		(
			SELECT tx, seq, ` + totalColumns + `, minutes, 1 AS entries
			FROM entries
			WHERE ` + behind + `
			ORDER BY tx, seq
			LIMIT $9
		)
		UNION ALL
		SELECT c.tx, c.seq, ` + changeColumns + `, c.minutes, 0
		FROM (
			SELECT tx, seq, entry_id, effective_on, minutes
			FROM settling_changes
			WHERE (tx, seq) > ($5::xid8, $6::bigint) AND NOT (tx >= $7::xid8 AND seq <= $8) AND tx < pg_snapshot_xmin(pg_current_snapshot())
			ORDER BY tx, seq
			LIMIT $9
		) c
		JOIN entries e ON e.id = c.entry_id
		ORDER BY entries DESC, tx, seq`

	var totals []domain.Total
	err := each(ctx, q, query, append(append(p.Lines.args(), p.Changes.args()...), limit), func(rows *sqlx.Rows) error {
		var t domain.Total
		var tx string
		var seq int64
		err := rows.Scan(&tx, &seq, &t.VolunteerID, &t.Day, &t.TeamID, &t.ProgrammeID, &t.RegionPath,
			&t.Account, &t.SettlesOn, &t.Minutes, &t.Entries)
		t.Services = domain.ServiceOf(t.Minutes)
		of := &p.Lines
		if t.Entries == 0 {
			of = &p.Changes
		}
		of.TX, of.Sequence = tx, seq
		totals = append(totals, t)
		return err
	})
	if err != nil {
		return nil, p, fmt.Errorf("read ledger after %s: %w", p.Lines.TX, err)
	}
	return totals, p, nil
}
