package bench

import (
	"flag"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/hours/internal/app"
	"github.com/qihe-volunteers/qihe/shared/testkit/bench"
)

// sizes are in cities: one is 1,676 brigades, 200,000 volunteers and 5,000,000
// lines of the ledger in five years.
var sizes = flag.String("cities", "0.1,1", "`sizes` to measure, in cities, comma separated")

// BenchmarkHours prints one table per size, then how what was measured grows. What
// needs the lines themselves, rebuilding and crediting, is not measured where a city
// is too large for them, and is 0 there.
func BenchmarkHours(b *testing.B) {
	for b.Loop() {
		var grown []growth
		for _, size := range givenSizes(b) {
			b.Run(fmt.Sprint(size), func(b *testing.B) { grown = append(grown, measure(b, size)) })
		}
		printGrowth(grown)
	}
}

func givenSizes(b *testing.B) (all []float64) {
	for s := range strings.SplitSeq(*sizes, ",") {
		size, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
		if err != nil || size <= 0 || size > 10 {
			b.Fatalf("-cities %s: sizes are numbers above 0, up to 10", *sizes)
		}
		all = append(all, size)
	}
	return all
}

// growth is what is compared from size to size.
type growth struct {
	cities           float64
	volunteers       int
	lines            int64
	rebuild, load    time.Duration
	boardsMB         float64
	processMB        float64
	ready            time.Duration
	board, rank      float64 // against an empty handler
	redis, rollup    float64 // how many times their board
	relay, pipeline  float64 // against Watermill's forwarder: to the stream, to the boards
	toBoard50, to99  time.Duration
	linesPerSecond   float64 // of the whole pipeline
	rebuildPerSecond float64
}

func measure(b *testing.B, cities float64) growth {
	table := bench.NewTable()
	table.Say("%v cities", cities)
	l := newLedger(b, cities)
	g := growth{cities: cities, volunteers: l.volunteers, lines: l.lines}
	if !l.summed {
		measureRebuild(b, l, table, &g)
	}
	measureProcess(b, l, table, &g)
	s := newSite(b, l, table, &g)
	measureBoards(b, s, table, &g)
	if !l.summed {
		measurePipeline(b, s, table, &g)
	}
	table.Print()
	return g
}

func printGrowth(all []growth) {
	fmt.Printf("\n%7s %10s %10s %8s %8s %7s %7s %7s %7s %7s %7s %8s %8s %7s %8s %8s\n", "cities", "volunteers", "lines",
		"rebuild", "lines/s", "load", "heap MB", "RSS MB", "ready", "board", "rank", "x redis", "x rollup", "relay x", "board/s", "p99")
	for _, g := range all {
		fmt.Printf("%7v %10d %10d %8s %8.0f %7s %7.0f %7.0f %7s %7.2f %7.2f %8.1f %8.1f %7.1f %8.0f %8s\n", g.cities, g.volunteers, g.lines,
			g.rebuild.Round(100*time.Millisecond), g.rebuildPerSecond, g.load.Round(100*time.Millisecond), g.boardsMB, g.processMB, g.ready.Round(100*time.Millisecond),
			g.board, g.rank, g.redis, g.rollup, g.relay, g.linesPerSecond, g.to99.Round(time.Millisecond))
	}
}

// BenchmarkStart is the one to profile when a start is slow or takes much memory:
// only the program and its boards.
func BenchmarkStart(b *testing.B) {
	l := newLedger(b, givenSizes(b)[0])
	if !l.summed {
		_, err := app.RebuildTotals(b.Context(), l.owner, app.RebuildAtOnce)
		must(b, err)
	}
	for b.Loop() {
		var g growth
		table := bench.NewTable()
		measureProcess(b, l, table, &g)
		newSite(b, l, table, &g)
		table.Print()
	}
}

// BenchmarkPipeline is the one to profile: a small city, and a backlog that
// travels from the outbox to the boards.
func BenchmarkPipeline(b *testing.B) {
	l := newLedger(b, 0.02)
	_, err := app.RebuildTotals(b.Context(), l.owner, app.RebuildAtOnce)
	must(b, err)
	s := newSite(b, l, bench.NewTable(), &growth{})
	for b.Loop() {
		b.ReportMetric(newPipeline(b, s).drain(b, backlog).PerSecond, "events/s")
	}
}
