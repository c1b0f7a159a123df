package store

import (
	"context"
	"crypto/sha256"
	"fmt"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// LogCursor says how far the ledger was looked through for lines that are not in
// the log: all up to (TX, Sequence) were. It begins at the zero line.
type LogCursor struct {
	TX       string
	Sequence int64
}

// FirstLogCursor begins before the first line.
func FirstLogCursor() LogCursor { return LogCursor{TX: "0"} }

type unloggedRow struct {
	entryRow
	TX string `db:"tx"`
}

// ListUnlogged returns the next lines after the cursor that are not in the log,
// in the ledger's order, up to limit, and the cursor after them. p is the place
// found at the start: lines that a restore brought are there for good, though
// their transaction numbers say otherwise.
func ListUnlogged(ctx context.Context, q postgres.Querier, c LogCursor, p Place, limit int) ([]domain.Entry, LogCursor, error) {
	const query = `
		SELECT tx, id, seq, volunteer_id, team_id, programme_id, region_path, reporting_unit, kind, account, verification,
			minutes, started_at, ended_at, source_kind, source_id, title, confirmed_by, confirmed_at, recorded_at, settles_on - DATE '1970-01-01' AS settles_on
		FROM entries
		WHERE (tx, seq) > ($1::xid8, $2::bigint)
			AND (tx < pg_snapshot_xmin(pg_current_snapshot()) OR (tx >= $3::xid8 AND seq <= $4))
			AND NOT EXISTS (SELECT FROM log_leaves l WHERE l.entry_id = entries.id)
		ORDER BY tx, seq
		LIMIT $5`

	var rows []unloggedRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, c.TX, c.Sequence, p.RestoredTX, p.RestoredSequence, limit); err != nil {
		return nil, c, fmt.Errorf("list lines that are not in the log: %w", err)
	}
	entries := make([]domain.Entry, len(rows))
	for i, r := range rows {
		entries[i] = r.entry()
		c = LogCursor{r.TX, r.Sequence}
	}
	return entries, c, nil
}

// EnsureSalts returns the salt of each person; who has none gets the one that
// fresh makes. Of who was erased nobody keeps it.
func EnsureSalts(ctx context.Context, q postgres.Querier, people []string, fresh func() domain.Salt) (map[string]domain.Salt, error) {
	const insert = `
		INSERT INTO log_salts (person_id, salt)
		SELECT person_id, salt
		FROM unnest($1::uuid[], $2::bytea[]) AS s (person_id, salt)
		WHERE NOT EXISTS (SELECT FROM log_erased e WHERE e.person_id = s.person_id)
		ON CONFLICT (person_id) DO NOTHING`

	salts, err := listSalts(ctx, q, people)
	if err != nil {
		return nil, err
	}
	var missing []string
	for _, p := range people {
		if _, ok := salts[p]; !ok {
			salts[p] = fresh()
			missing = append(missing, p)
		}
	}
	if len(missing) == 0 {
		return salts, nil
	}
	if _, err := q.ExecContext(ctx, insert,
		postgres.Array(missing), postgres.Column(missing, func(p string) []byte { salt := salts[p]; return salt[:] })); err != nil {
		return nil, fmt.Errorf("insert %d salts: %w", len(missing), err)
	}
	return salts, nil
}

func listSalts(ctx context.Context, q postgres.Querier, people []string) (map[string]domain.Salt, error) {
	const query = `
		SELECT person_id, salt
		FROM log_salts
		WHERE person_id = ANY ($1::uuid[])`

	var rows []struct {
		PersonID string `db:"person_id"`
		Salt     []byte `db:"salt"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, postgres.Array(people)); err != nil {
		return nil, fmt.Errorf("list %d salts: %w", len(people), err)
	}
	salts := make(map[string]domain.Salt, len(people))
	for _, r := range rows {
		salts[r.PersonID] = domain.Salt(r.Salt)
	}
	return salts, nil
}

// DeleteSalts makes it impossible to say which leaves are about these people, for
// leaves to come too. The caller holds the log: a salt that is being made would stay.
func DeleteSalts(ctx context.Context, q postgres.Querier, people []string) error {
	const remember = `
		INSERT INTO log_erased (person_id)
		SELECT unnest($1::uuid[])
		ON CONFLICT (person_id) DO NOTHING`

	const forget = `DELETE FROM log_salts WHERE person_id = ANY ($1::uuid[])`

	for _, query := range []string{remember, forget} {
		if _, err := q.ExecContext(ctx, query, postgres.Array(people)); err != nil {
			return fmt.Errorf("delete %d salts: %w", len(people), err)
		}
	}
	return nil
}

// InsertLeaves writes down which lines are which leaves.
func InsertLeaves(ctx context.Context, q postgres.Querier, leaves []domain.Leaf) error {
	const query = `
		INSERT INTO log_leaves (index, entry_id, mark, confirmer_mark)
		SELECT index, entry_id, mark, confirmer_mark
		FROM unnest($1::bigint[], $2::uuid[], $3::bytea[], $4::bytea[]) AS l (index, entry_id, mark, confirmer_mark)`

	if _, err := q.ExecContext(ctx, query,
		postgres.Column(leaves, func(l domain.Leaf) int64 { return l.Index }),
		postgres.Column(leaves, func(l domain.Leaf) string { return l.Entry.ID }),
		postgres.Column(leaves, func(l domain.Leaf) []byte { return l.Mark[:] }),
		postgres.Column(leaves, func(l domain.Leaf) []byte { return l.ConfirmerMark[:] })); err != nil {
		return fmt.Errorf("insert %d leaves: %w", len(leaves), err)
	}
	return nil
}

// LoggedLine is a line of the ledger with its place in the log and, unless the
// person was erased, the salts that open its marks.
type LoggedLine struct {
	domain.Leaf
	Salt, ConfirmerSalt *domain.Salt
}

type loggedRow struct {
	entryRow
	Index         int64  `db:"index"`
	Mark          []byte `db:"mark"`
	ConfirmerMark []byte `db:"confirmer_mark"`
	Salt          []byte `db:"salt"`
	ConfirmerSalt []byte `db:"confirmer_salt"`
}

func (r loggedRow) line() LoggedLine {
	return LoggedLine{
		Leaf: domain.Leaf{Index: r.Index, Mark: domain.Mark(r.Mark), ConfirmerMark: domain.Mark(r.ConfirmerMark), Entry: r.entry()},
		Salt: saltOf(r.Salt), ConfirmerSalt: saltOf(r.ConfirmerSalt),
	}
}

// EachLogged calls f for the lines of the ledger in the log's order.
func EachLogged(ctx context.Context, q postgres.Querier, f func(LoggedLine) error) error {
	return each(ctx, q, loggedLines+`
		ORDER BY l.index`, nil, func(rows *sqlx.Rows) error {
		var r loggedRow
		if err := rows.StructScan(&r); err != nil {
			return err
		}
		return f(r.line())
	})
}

const loggedLines = `
		SELECT l.index, l.mark, l.confirmer_mark, s.salt, c.salt AS confirmer_salt,
			e.id, e.seq, e.volunteer_id, e.team_id, e.programme_id, e.region_path, e.reporting_unit, e.kind, e.account, e.verification,
			e.minutes, e.started_at, e.ended_at, e.source_kind, e.source_id, e.title, e.confirmed_by, e.confirmed_at, e.recorded_at, e.settles_on - DATE '1970-01-01' AS settles_on
		FROM log_leaves l
		JOIN entries e ON e.id = l.entry_id
		LEFT JOIN log_salts s ON s.person_id = e.volunteer_id
		LEFT JOIN log_salts c ON c.person_id = e.confirmed_by`

// FindLogged returns a line of the ledger with its place in the log; ok says
// that it has one.
func FindLogged(ctx context.Context, q postgres.Querier, entryID string) (l LoggedLine, ok bool, err error) {
	err = each(ctx, q, loggedLines+`
		WHERE l.entry_id = $1`, []any{entryID}, func(rows *sqlx.Rows) error {
		var r loggedRow
		if err := rows.StructScan(&r); err != nil {
			return err
		}
		l, ok = r.line(), true
		return nil
	})
	if err != nil {
		return l, false, fmt.Errorf("find line %s in the log: %w", entryID, err)
	}
	return l, ok, nil
}

// EachUnlogged calls f for the lines of the ledger that are in no leaf: the very
// newest, and any that was slipped in behind the log's back.
func EachUnlogged(ctx context.Context, q postgres.Querier, f func(domain.Entry) error) error {
	const query = `
		SELECT id, seq, volunteer_id, team_id, programme_id, region_path, reporting_unit, kind, account, verification,
			minutes, started_at, ended_at, source_kind, source_id, title, confirmed_by, confirmed_at, recorded_at, settles_on - DATE '1970-01-01' AS settles_on
		FROM entries
		WHERE NOT EXISTS (SELECT FROM log_leaves l WHERE l.entry_id = entries.id)
		ORDER BY tx, seq`

	return each(ctx, q, query, nil, func(rows *sqlx.Rows) error {
		var r entryRow
		if err := rows.StructScan(&r); err != nil {
			return err
		}
		return f(r.entry())
	})
}

func saltOf(b []byte) *domain.Salt {
	if len(b) != sha256.Size {
		return nil
	}
	return (*domain.Salt)(b)
}

// CountLogged returns how many of these lines are among the first leaves of the log.
func CountLogged(ctx context.Context, q postgres.Querier, entryIDs []string, size int64) (n int, err error) {
	const query = `
		SELECT count(*)
		FROM log_leaves
		WHERE entry_id = ANY ($1::uuid[]) AND index < $2`

	if err := sqlx.GetContext(ctx, q, &n, query, postgres.Array(entryIDs), size); err != nil {
		return 0, fmt.Errorf("count lines in the log: %w", err)
	}
	return n, nil
}
