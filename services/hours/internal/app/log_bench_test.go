package app_test

import (
	"bufio"
	"context"
	"flag"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/hours/internal/app"
	"github.com/qihe-volunteers/qihe/services/hours/internal/audit"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/translog"
)

var (
	benchLines   = flag.Int("ledger.bench", 1_000_000, "lines of the ledger that is exported and verified")
	benchSeconds = flag.Int("ledger.seconds", 120, "for how long 200 lines a second are written")
)

// BenchmarkVerify brings a million lines into the log, exports them and verifies
// the file on one core. Run it once:
//
//	go run ./shared/cmd/withpg -safe -- go test -run - -bench Verify -benchtime 1x -timeout 60m ./services/hours/internal/app
func BenchmarkVerify(b *testing.B) {
	k := &book{town: newTown(b), crowd: *benchLines / 25}
	path := filepath.Join(b.TempDir(), "ledger.jsonl")
	report := func(what string, f func()) {
		begun, before := time.Now(), spent()
		f()
		b.ReportMetric(time.Since(begun).Seconds(), what)
		b.ReportMetric((spent() - before).Seconds(), "cpu-"+what) // of this process; others may load the machine
	}
	for b.Loop() {
		report("s-copy", func() { k.fill(*benchLines, *benchLines) })
		report("s-log", func() {
			for more := true; more; {
				var err error
				more, err = k.LogLines(b.Context())
				k.must(err)
			}
		})
		report("s-export", func() {
			file, err := os.Create(path)
			k.must(err)
			k.must(app.ExportLog(b.Context(), k.db.DB, "test/hours", k.clock.Now(), file))
			k.must(file.Close())
		})
		info, err := os.Stat(path)
		k.must(err)
		b.ReportMetric(float64(info.Size())/(1<<20), "MB-export")
		notes, err := k.ListCheckpoints(b.Context(), 0)
		k.must(err)
		cores := runtime.GOMAXPROCS(1)
		report("s-verify", func() {
			file, err := os.Open(path)
			k.must(err)
			r, err := audit.Check(bufio.NewReaderSize(file, 1<<20), []string{notes[0].Note, notes[len(notes)-1].Note}, audit.Trust{Keys: k.verifiers()})
			k.must(err)
			k.must(file.Close())
			if !r.OK() || r.Lines != int64(*benchLines) || r.Checkpoints != 2 {
				b.Fatalf("%d lines, %d checkpoints, %+v", r.Lines, r.Checkpoints, first(r.Findings))
			}
		})
		runtime.GOMAXPROCS(cores)
		k.proofs(b, notes[len(notes)-1].Note)
	}
}

func spent() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// proofs proves and checks lines here and there.
func (b *book) proofs(bench *testing.B, signed string) {
	c, err := translog.OpenCheckpoint(signed, b.verifiers())
	b.must(err)
	const many = 200
	longest, checked, made := 0, time.Duration(0), time.Duration(0)
	for i := range int64(many) {
		index := i * (c.Size / many)
		b.must(b.db.InSnapshot(bench.Context(), func(q postgres.Querier) error {
			tree, err := translog.Open(bench.Context(), q)
			b.must(err)
			begun := time.Now()
			proof, err := tree.ProveLeaf(bench.Context(), c.Size, index)
			b.must(err)
			made += time.Since(begun)
			var leaf []byte
			b.must(sqlx.GetContext(bench.Context(), q, &leaf, `SELECT substring(hashes FROM $2::int * 32 + 1 FOR 32) FROM log_tiles WHERE level = 0 AND n = $1`, index/256, index%256))
			begun = time.Now()
			b.must(translog.CheckLeaf(c, index, translog.Hash(leaf), proof))
			checked += time.Since(begun)
			longest = max(longest, 32*len(proof))
			return nil
		}))
	}
	bench.ReportMetric(float64(longest), "B-proof")
	bench.ReportMetric(float64(made.Microseconds())/many, "µs-to-prove")
	bench.ReportMetric(float64(checked.Microseconds())/many, "µs-to-check")
}

// BenchmarkLag writes 200 lines a second, each in a transaction of its own, and
// looks how long after its commit each is in a leaf, and in a checkpoint; then
// it writes as much as there is room for, with the sequencer and without, in turns.
//
//	go run ./shared/cmd/withpg -safe -- go test -run - -bench Lag -benchtime 1x -timeout 60m ./services/hours/internal/app
func BenchmarkLag(b *testing.B) {
	w := newTown(b)
	for b.Loop() {
		leaf, checkpoint := w.lags(b, 200, time.Duration(*benchSeconds)*time.Second)
		for name, lags := range map[string][]time.Duration{"leaf": leaf, "checkpoint": checkpoint} {
			slices.Sort(lags)
			b.ReportMetric(lags[len(lags)/2].Seconds(), "s-p50-"+name)
			b.ReportMetric(lags[len(lags)*99/100].Seconds(), "s-p99-"+name)
		}
		var with, without float64
		const turns, each = 6, 5 * time.Second
		for range turns {
			without += w.throughput(each)
			stop := w.keeping()
			with += w.throughput(each)
			stop()
		}
		b.ReportMetric(without/turns, "lines/s-without")
		b.ReportMetric(with/turns, "lines/s-with")
		b.ReportMetric(100*(1-with/without), "%-slower")
	}
}

// keeping runs a sequencer until stop is called.
func (w *town) keeping() (stop func()) {
	ctx, cancel := context.WithCancel(w.t.Context())
	var done sync.WaitGroup
	done.Go(func() { _ = w.KeepLog(ctx) })
	return func() { cancel(); done.Wait() }
}

// writeOne credits one attendance and returns its id once it is committed.
func (w *town) writeOne() string {
	e := w.attendance()
	w.inTx(func(q postgres.Querier) error {
		return w.CreditHours(w.t.Context(), q, []tasksv1.AttendanceConfirmed{e})
	})
	return e.AttendanceID
}

func (w *town) throughput(during time.Duration) float64 {
	var lines atomic.Int64
	var writers sync.WaitGroup
	begun := time.Now()
	for range 8 {
		writers.Go(func() {
			for time.Since(begun) < during {
				w.writeOne()
				lines.Add(1)
			}
		})
	}
	writers.Wait()
	return float64(lines.Load()) / time.Since(begun).Seconds()
}

// lags returns for each line how long after its commit it was seen in a leaf,
// and in a checkpoint.
func (w *town) lags(b *testing.B, perSecond int, during time.Duration) (leaf, checkpoint []time.Duration) {
	stop := w.keeping()
	defer stop()
	var mu sync.Mutex
	committed := map[string]time.Time{}
	var writers sync.WaitGroup
	due := make(chan struct{}, perSecond)
	for range 8 {
		writers.Go(func() {
			for range due {
				source := w.writeOne()
				mu.Lock()
				committed[source] = time.Now()
				mu.Unlock()
			}
		})
	}
	total := perSecond * int(during.Seconds())
	go func() {
		tick := time.NewTicker(time.Second / time.Duration(perSecond))
		defer tick.Stop()
		for range total {
			<-tick.C
			due <- struct{}{}
		}
		close(due)
	}()
	owner := w.db.Owner(b)
	var sources []string // by leaf
	look := time.NewTicker(20 * time.Millisecond)
	defer look.Stop()
	for len(checkpoint) < total {
		var fresh []string
		w.must(owner.Select(&fresh, `SELECT e.source_id FROM log_leaves l JOIN entries e ON e.id = l.entry_id WHERE l.index >= $1 ORDER BY l.index`, len(sources)))
		var size int
		w.must(owner.Get(&size, `SELECT coalesce(max(size), 0) FROM log_checkpoints`))
		seen := time.Now()
		mu.Lock()
		for _, s := range fresh {
			leaf = append(leaf, since(seen, committed[s]))
		}
		sources = append(sources, fresh...)
		for len(checkpoint) < min(size, len(sources)) {
			checkpoint = append(checkpoint, since(seen, committed[sources[len(checkpoint)]]))
		}
		mu.Unlock()
		<-look.C
	}
	writers.Wait()
	return leaf, checkpoint
}

// since is nothing for a line that was seen before its writer wrote down the commit.
func since(seen, committed time.Time) time.Duration {
	if committed.IsZero() || seen.Before(committed) {
		return 0
	}
	return seen.Sub(committed)
}
