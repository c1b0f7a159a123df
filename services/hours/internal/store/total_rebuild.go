package store

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// The totals can be made anew from the ledger beside a service that goes on
// crediting. A second table is filled piece by piece with what was in the ledger
// for good at one Place, and takes the first one's place in a moment in which
// nobody writes, with what came meanwhile. All of it is done as the owner.

// RebuildAlone calls f when nobody else rebuilds the totals, and keeps others
// waiting meanwhile.
func RebuildAlone(ctx context.Context, owner *postgres.DB, f func() error) error {
	return owner.Session(ctx, func(conn *sqlx.Conn) error {
		if _, err := conn.ExecContext(ctx, `SELECT pg_advisory_lock(hashtext('hours-rebuild-totals'))`); err != nil {
			return fmt.Errorf("lock rebuild: %w", err)
		}
		return f()
	})
}

// BeginRebuild makes the empty table beside the totals. What a rebuild that
// broke off has left goes.
func BeginRebuild(ctx context.Context, q postgres.Querier) error {
	const statement = `
		DROP TABLE IF EXISTS totals_rebuilt;
		CREATE TABLE totals_rebuilt (LIKE totals INCLUDING ALL)`

	if _, err := q.ExecContext(ctx, statement); err != nil {
		return fmt.Errorf("begin rebuild: %w", err)
	}
	return nil
}

// ListPieces returns ids of volunteers that part the ledger into as many pieces
// with about as many lines each, in order: each is the last one of its piece.
// There is none when the ledger is empty.
func ListPieces(ctx context.Context, q postgres.Querier, pieces int) ([]string, error) {
	const query = `
		SELECT DISTINCT unnest(percentile_disc(ARRAY(SELECT i / $1::float FROM generate_series(1, $1::int) AS i))
			WITHIN GROUP (ORDER BY volunteer_id)) AS last
		FROM entries
		ORDER BY last`

	var last []string
	if err := sqlx.SelectContext(ctx, q, &last, query, pieces); err != nil {
		return nil, fmt.Errorf("part the ledger: %w", err)
	}
	return last, nil
}

// CountLines returns how many lines the ledger has.
func CountLines(ctx context.Context, q postgres.Querier) (int64, error) {
	const query = `SELECT count(*) FROM entries`

	var lines int64
	if err := sqlx.GetContext(ctx, q, &lines, query); err != nil {
		return 0, fmt.Errorf("count the ledger's lines: %w", err)
	}
	return lines, nil
}

const (
	rebuiltColumns = `volunteer_id, day, team_id, programme_id, region_path, account, settles_on`
	intoRebuilt    = `
		INSERT INTO totals_rebuilt AS t (` + rebuiltColumns + `, minutes, entries)
		SELECT ` + rebuiltColumns + `, sum(minutes), count(*)
		FROM entries
		WHERE %s
		GROUP BY ` + rebuiltColumns + `
		ORDER BY ` + rebuiltColumns  // as the key is: it grows at one end
)

// RebuildPiece sums the lines counted at the place of the volunteers after one
// up to another, by id; the first piece begins after the empty string.
func RebuildPiece(ctx context.Context, q postgres.Querier, p Place, after, last string) error {
	query := fmt.Sprintf(intoRebuilt, counted+` AND ($5 = '' OR volunteer_id > nullif($5, '')::uuid) AND volunteer_id <= $6::uuid`)
	if _, err := q.ExecContext(ctx, postgres.Anew+query, append(p.args(), after, last)...); err != nil {
		return fmt.Errorf("rebuild totals after %q: %w", after, err)
	}
	return nil
}

// EndRebuild waits until nobody writes a line, adds the lines not counted at the
// place, and puts the new table where the old one was. Whoever reads or writes
// totals waits for as long as that takes, and then finds the new ones.
func EndRebuild(ctx context.Context, q postgres.Querier, p Place) (sums int64, err error) {
	const lock = `
		SET LOCAL lock_timeout = '30s';
		LOCK TABLE entries IN SHARE ROW EXCLUSIVE MODE;
		LOCK TABLE totals IN ACCESS EXCLUSIVE MODE`
	rest := fmt.Sprintf(intoRebuilt, notCounted) + `
		ON CONFLICT ON CONSTRAINT totals_rebuilt_pkey DO UPDATE
		SET minutes = t.minutes + excluded.minutes, entries = t.entries + excluded.entries`
	const exchange = `
		DROP TABLE totals;
		ALTER TABLE totals_rebuilt RENAME TO totals;
		ALTER TABLE totals RENAME CONSTRAINT totals_rebuilt_pkey TO totals_pkey;
		GRANT SELECT, INSERT, UPDATE ON totals TO hours`

	if _, err := q.ExecContext(ctx, lock); err != nil {
		return 0, fmt.Errorf("stop writers of totals: %w", err)
	}
	if _, err := q.ExecContext(ctx, postgres.Anew+rest, p.args()...); err != nil {
		return 0, fmt.Errorf("add the newest lines: %w", err)
	}
	if err := sqlx.GetContext(ctx, q, &sums, `SELECT count(*) FROM totals_rebuilt`); err != nil {
		return 0, fmt.Errorf("count totals: %w", err)
	}
	if _, err := q.ExecContext(ctx, exchange); err != nil {
		return 0, fmt.Errorf("exchange totals: %w", err)
	}
	return sums, nil
}
