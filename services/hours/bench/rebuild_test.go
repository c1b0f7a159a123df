package bench

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/hours/internal/app"
	"github.com/qihe-volunteers/qihe/shared/testkit/bench"
)

// measureRebuild makes all totals from the ledger, beside copying the ledger's
// rows into a bare table: the least that can be done with so many rows.
func measureRebuild(b *testing.B, l *ledger, table *bench.Table, g *growth) {
	b.Helper()
	began := time.Now()
	r, err := app.RebuildTotals(b.Context(), l.owner, app.RebuildAtOnce)
	must(b, err)
	g.rebuild = time.Since(began)
	g.rebuildPerSecond = float64(r.Lines) / g.rebuild.Seconds()
	table.Add(b, "rebuild totals, lines", "COPY of the same rows", bench.Measured{PerSecond: g.rebuildPerSecond}, copyRows(b, l))
}

func copyRows(b *testing.B, l *ledger) bench.Measured {
	b.Helper()
	super := l.as(b, superURL(b, l))
	var folder string
	must(b, super.Get(&folder, `SHOW data_directory`))
	file := filepath.Join(folder, "bench.copy")
	defer func() { _ = os.Remove(file) }()
	exec := func(statement string) {
		b.Helper()
		if _, err := super.Exec(statement); err != nil {
			b.Fatal(err)
		}
	}
	exec(`COPY entries (id, volunteer_id, team_id, programme_id, region_path, reporting_unit, kind, account, verification, minutes,
		started_at, ended_at, source_kind, source_id, title, confirmed_by, confirmed_at, recorded_at, settles_on) TO '` + file + `'`)
	exec(`CREATE TABLE copied AS SELECT id, volunteer_id, team_id, programme_id, region_path, reporting_unit, kind, account, verification, minutes,
		started_at, ended_at, source_kind, source_id, title, confirmed_by, confirmed_at, recorded_at, settles_on FROM entries WITH NO DATA`)
	began := time.Now()
	exec(`COPY copied FROM '` + file + `'`)
	took := time.Since(began)
	exec(`DROP TABLE copied`)
	return bench.Measured{PerSecond: float64(l.lines) / took.Seconds()}
}
