package store

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// AddTotals adds to the sums. Each sum may be named once; rows are locked in
// the order given.
func AddTotals(ctx context.Context, q postgres.Querier, totals []domain.Total) error {
	const query = `
		INSERT INTO totals (volunteer_id, day, team_id, programme_id, region_path, account, settles_on, minutes, entries)
		SELECT volunteer_id, day, team_id, programme_id, region_path, account, settles_on, minutes, entries
		FROM unnest($1::uuid[], $2::date[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::date[], $8::int[], $9::int[])
			WITH ORDINALITY AS t (volunteer_id, day, team_id, programme_id, region_path, account, settles_on, minutes, entries, place)
		ORDER BY place
		ON CONFLICT ON CONSTRAINT totals_pkey DO UPDATE
		SET minutes = totals.minutes + excluded.minutes, entries = totals.entries + excluded.entries`

	type total = domain.Total
	if _, err := q.ExecContext(ctx, query,
		postgres.Column(totals, func(t total) string { return t.VolunteerID }),
		postgres.Column(totals, func(t total) string { return t.Day.String() }),
		postgres.Column(totals, func(t total) string { return t.TeamID }),
		postgres.Column(totals, func(t total) string { return t.ProgrammeID }),
		postgres.Column(totals, func(t total) string { return t.RegionPath }),
		postgres.Column(totals, func(t total) string { return string(t.Account) }),
		postgres.Column(totals, func(t total) string { return t.SettlesOn.String() }),
		postgres.Column(totals, func(t total) int64 { return int64(t.Minutes) }),
		postgres.Column(totals, func(t total) int64 { return int64(t.Entries) }),
	); err != nil {
		return fmt.Errorf("add %d totals: %w", len(totals), err)
	}
	return nil
}

// totalColumns selects what a totalScan reads, days as numbers.
const totalColumns = `volunteer_id, day - DATE '1970-01-01', team_id, programme_id, region_path, account, settles_on - DATE '1970-01-01'`

// PartTotals parts the table of the sums into stretches for EachTotal, about as long each.
func PartTotals(ctx context.Context, q postgres.Querier, parts int) ([]Blocks, error) {
	const query = `SELECT pg_relation_size('totals') / current_setting('block_size')::bigint`
	var blocks int64
	if err := sqlx.GetContext(ctx, q, &blocks, query); err != nil {
		return nil, fmt.Errorf("measure totals: %w", err)
	}
	stretches := make([]Blocks, parts)
	for i := range stretches {
		stretches[i] = Blocks{blocks * int64(i) / int64(parts), blocks * int64(i+1) / int64(parts)}
	}
	stretches[parts-1].until = 1<<32 - 1 // also what came while we measured
	return stretches, nil
}

// Blocks is a part of a table as it lies on the disk, in blocks.
type Blocks struct{ from, until int64 }

// EachTotal calls f for every sum in the stretch.
func EachTotal(ctx context.Context, q postgres.Querier, s Blocks, f func(domain.Total)) error {
	const query = `
		SELECT ` + totalColumns + `, minutes, entries
		FROM totals
		WHERE ctid >= $1::tid AND ctid < $2::tid`
	return eachTotal(ctx, q, f, query, fmt.Sprintf("(%d,0)", s.from), fmt.Sprintf("(%d,0)", s.until))
}

// ListVolunteerTotals returns all sums of one volunteer, under all their
// records, oldest day first.
func ListVolunteerTotals(ctx context.Context, q postgres.Querier, records []string) ([]domain.Total, error) {
	const query = `
		SELECT ` + totalColumns + `, minutes, entries
		FROM totals
		WHERE volunteer_id = ANY ($1::uuid[])
		ORDER BY day`

	var totals []domain.Total
	err := eachTotal(ctx, q, func(t domain.Total) { totals = append(totals, t) }, query, postgres.Array(records))
	return totals, err
}

// EachServiceTotal calls f for the sums of service of these records from one
// day to another, both included.
func EachServiceTotal(ctx context.Context, q postgres.Querier, records []string, from, to domain.Day, f func(domain.Total)) error {
	const query = `
		SELECT ` + totalColumns + `, minutes, entries
		FROM totals
		WHERE volunteer_id = ANY ($1::uuid[]) AND totals.day BETWEEN $2::date AND $3::date AND account = 'service'`
	return eachTotal(ctx, q, f, query, postgres.Array(records), from.String(), to.String())
}

// EachDayTotal calls f for all minutes, of whichever account, that these records
// have on these days.
func EachDayTotal(ctx context.Context, q postgres.Querier, records []string, days []domain.Day, f func(record string, day domain.Day, minutes int)) error {
	const query = `
		SELECT volunteer_id, day - DATE '1970-01-01', sum(minutes)
		FROM totals
		WHERE volunteer_id = ANY ($1::uuid[]) AND day = ANY ($2::date[])
		GROUP BY volunteer_id, day`

	args := []any{postgres.Array(records), postgres.Column(days, domain.Day.String)}
	err := each(ctx, q, query, args, func(rows *sqlx.Rows) error {
		var record string
		var day domain.Day
		var minutes int
		if err := rows.Scan(&record, &day, &minutes); err != nil {
			return err
		}
		f(record, day, minutes)
		return nil
	})
	if err != nil {
		return fmt.Errorf("read totals of %d days: %w", len(days), err)
	}
	return nil
}

func eachTotal(ctx context.Context, q postgres.Querier, f func(domain.Total), query string, args ...any) error {
	scan := newTotalScan()
	err := each(ctx, q, query, args, func(rows *sqlx.Rows) error {
		t, err := scan.row(rows)
		if err == nil {
			f(t)
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("read totals: %w", err)
	}
	return nil
}

// totalScan reads millions of rows of few different texts.
type totalScan struct {
	same                                        interned
	volunteer, team, programme, region, account sql.RawBytes
	day, settlesOn, minutes, entries            int64 // as the driver has them: anything else is written out and read again
	into                                        []any
}

func newTotalScan() *totalScan {
	s := &totalScan{same: interned{}}
	s.into = []any{&s.volunteer, &s.day, &s.team, &s.programme, &s.region, &s.account, &s.settlesOn, &s.minutes, &s.entries}
	return s
}

func (s *totalScan) row(rows *sqlx.Rows) (domain.Total, error) {
	if err := rows.Scan(s.into...); err != nil {
		return domain.Total{}, err
	}
	return domain.Total{Sum: domain.Sum{
		VolunteerID: s.same.of(s.volunteer), Day: domain.Day(s.day), TeamID: s.same.of(s.team), ProgrammeID: s.same.of(s.programme),
		RegionPath: s.same.of(s.region), Account: domain.Account(s.same.of(s.account)), SettlesOn: domain.Day(s.settlesOn),
	}, Minutes: int(s.minutes), Entries: int(s.entries)}, nil
}

// CountWrongTotals compares the sums with the ledger and returns how many
// differ; it reads all of both.
func CountWrongTotals(ctx context.Context, q postgres.Querier) (int, error) {
	const query = `
		SELECT count(*)
		FROM (
			SELECT volunteer_id, day, team_id, programme_id, region_path, account, settles_on, sum(minutes) AS minutes, count(*) AS entries
			FROM entries
			GROUP BY volunteer_id, day, team_id, programme_id, region_path, account, settles_on
		) AS e
		FULL JOIN totals AS t USING (volunteer_id, day, team_id, programme_id, region_path, account, settles_on)
		WHERE e.minutes IS DISTINCT FROM t.minutes OR e.entries IS DISTINCT FROM t.entries`

	var wrong int
	if err := sqlx.GetContext(ctx, q, &wrong, query); err != nil {
		return 0, fmt.Errorf("compare totals with ledger: %w", err)
	}
	return wrong, nil
}
