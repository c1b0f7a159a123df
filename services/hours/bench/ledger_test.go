package bench

import (
	"context"
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/hours"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/demo"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/testkit/pgtest"
)

const (
	cityTeams      = 1676
	cityVolunteers = 200_000
	cityLines      = 5_000_000
	years          = 5
	fillAtOnce     = 500_000 // lines in one statement
	linesUpTo      = 2       // cities: larger ones have no lines, only their sums
)

// today is the day after the last line.
var today = time.Date(2026, time.November, 24, 12, 0, 0, 0, clock.City)

// ledger is a database of the hours service with the lines of years, and nothing
// summed yet; of a large city with the sums only, for lines take hours and tens of
// gigabytes. Who served when is drawn, but the same on every run.
type ledger struct {
	db                *pgtest.DB
	owner             *postgres.DB
	volunteers, teams int
	lines             int64
	summed            bool     // there are sums, and no lines
	paths             []string // of real regions, one for each team in turn
}

func newLedger(b *testing.B, cities float64) *ledger {
	b.Helper()
	l := &ledger{
		db:         pgtest.New(b, "hours", hours.Migrations()...),
		volunteers: int(math.Round(cityVolunteers * cities)), teams: max(1, int(math.Round(cityTeams*cities))), lines: int64(math.Round(cityLines * cities)),
	}
	var err error
	l.owner, err = postgres.Open(b.Context(), l.db.OwnerURL, 4)
	must(b, err)
	b.Cleanup(func() { _ = l.owner.Close() })
	real, err := demo.NewCity(demo.Options{Scale: 0.01, Day: today})
	must(b, err)
	for _, r := range real.Regions {
		l.paths = append(l.paths, r.Path)
	}
	began := time.Now()
	must(b, l.owner.InTx(b.Context(), func(q postgres.Querier) error {
		if err := l.fillKnown(b.Context(), q, real); err != nil {
			return err
		}
		if l.summed = cities > linesUpTo; l.summed {
			return l.fillSums(b.Context(), q)
		}
		return l.fill(b.Context(), q)
	}))
	b.Logf("%d lines written in %s, sums only: %v", l.lines, time.Since(began).Round(time.Second), l.summed)
	return l
}

func (l *ledger) fill(ctx context.Context, q postgres.Querier) error {
	const lines = `
		INSERT INTO entries (id, volunteer_id, team_id, programme_id, region_path, reporting_unit, kind, account, verification,
			minutes, started_at, ended_at, source_kind, source_id, title, confirmed_by, confirmed_at, recorded_at, settles_on)
		SELECT ('01936000-0000-7001-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
			('01936000-0000-7000-8000-' || lpad(to_hex(v), 12, '0'))::uuid,
			('01936000-0000-7000-9000-' || lpad(to_hex(v % $4), 12, '0'))::uuid,
			('01936000-0000-7000-a000-' || lpad(to_hex((v + n) % 15), 12, '0'))::uuid,
			($5::text[])[v % $4 % cardinality($5::text[]) + 1], '淇滨区', 'service', 'service', 'A',
			minutes, began, began + minutes * interval '1 minute',
			'attendance', ('01936000-0000-7002-8000-' || lpad(to_hex(n), 12, '0'))::uuid, '淇河岸边捡拾垃圾',
			'01936000-0000-7000-b000-000000000001', began + interval '5 hours', began + interval '5 hours', '1970-01-01'
		FROM (
			SELECT n, (hashint8(n)::bigint & 2147483647) % $3 AS v, 30 * (1 + (hashint8(n + 7) & 7)) AS minutes,
				$6::timestamptz - make_interval(days => ((1 - n / $7::float) * $8)::int, hours => (hashint8(n + 3) & 7) + 1) AS began
			FROM generate_series($1::bigint, $2::bigint) AS n
		) AS drawn`

	return postgres.InBulk(ctx, q, []string{"entries"}, func() error {
		for first := int64(1); first <= l.lines; first += fillAtOnce {
			if _, err := q.ExecContext(ctx, postgres.Anew+lines, first, min(first+fillAtOnce-1, l.lines),
				l.volunteers, l.teams, postgres.Array(l.paths), today, l.lines, years*365); err != nil {
				return fmt.Errorf("fill from line %d: %w", first, err)
			}
		}
		return nil
	})
}

// fillKnown writes what regions and teams are called.
func (l *ledger) fillKnown(ctx context.Context, q postgres.Querier, real *demo.City) error {
	const (
		regions = `INSERT INTO known (kind, id, name, region_path, version) VALUES ('region', $1, $2, $3, 1)`
		teams   = `
			INSERT INTO known (kind, id, name, region_path, version)
			SELECT 'team', ('01936000-0000-7000-9000-' || lpad(to_hex(n), 12, '0'))::uuid::text, n || ' 号巾帼志愿服务队', ($2::text[])[n % cardinality($2::text[]) + 1], 1
			FROM generate_series(0, $1 - 1) AS n`
	)
	for _, r := range real.Regions {
		if _, err := q.ExecContext(ctx, regions, r.Code, r.Name, r.Path); err != nil {
			return err
		}
	}
	_, err := q.ExecContext(ctx, teams, l.teams, postgres.Array(l.paths))
	return err
}

// fillSums writes the sums of as many lines, of one volunteer after the other, as a
// rebuild leaves them: a volunteer has about as many on days drawn from all years.
func (l *ledger) fillSums(ctx context.Context, q postgres.Querier) error {
	const sums = `
		INSERT INTO totals (volunteer_id, day, team_id, programme_id, region_path, account, settles_on, minutes, entries)
		SELECT ('01936000-0000-7000-8000-' || lpad(to_hex(v), 12, '0'))::uuid, day,
			('01936000-0000-7000-9000-' || lpad(to_hex(v % $4), 12, '0'))::uuid,
			('01936000-0000-7000-a000-' || lpad(to_hex(programme), 12, '0'))::uuid,
			($5::text[])[v % $4 % cardinality($5::text[]) + 1], 'service', '1970-01-01', sum(minutes), count(*)
		FROM (
			SELECT v, (v + n) % 15 AS programme, 30 * (1 + (hashint8(v * $3 + n) & 7)) AS minutes,
				($6::date - (hashint8(v * $3 + n + 7)::bigint & 2147483647)::bigint % $7 * interval '1 day')::date AS day
			FROM generate_series($1::bigint, $2::bigint) AS v, generate_series(1, $3::bigint) AS n
		) AS drawn
		GROUP BY v, day, programme
		ORDER BY v, day, programme`

	each := l.lines / int64(l.volunteers)
	for first := int64(0); first < int64(l.volunteers); first += fillAtOnce / each {
		if _, err := q.ExecContext(ctx, postgres.Anew+sums, first, min(first+fillAtOnce/each, int64(l.volunteers))-1,
			each, l.teams, postgres.Array(l.paths), today, years*365); err != nil {
			return fmt.Errorf("fill from volunteer %d: %w", first, err)
		}
	}
	return nil
}

// as connects to a database of the server as its superuser.
func (l *ledger) as(b *testing.B, url string) *sqlx.DB {
	b.Helper()
	db, err := sqlx.Connect("postgres", url)
	must(b, err)
	b.Cleanup(func() { _ = db.Close() })
	return db
}

func volunteerID(n int) string { return fmt.Sprintf("01936000-0000-7000-8000-%012x", n) }

func teamID(n int) string { return fmt.Sprintf("01936000-0000-7000-9000-%012x", n) }

func must(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}
