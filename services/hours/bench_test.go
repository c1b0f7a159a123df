package hours_test

import (
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/hours"
	"github.com/qihe-volunteers/qihe/shared/demo"
	"github.com/qihe-volunteers/qihe/shared/testkit/bustest"
	"github.com/qihe-volunteers/qihe/shared/testkit/pgtest"
)

// BenchmarkWholeCity loads the demo city at full scale and starts on it. Run it
// once, on a server that keeps its promises:
//
//	go run ./shared/cmd/withpg -safe -- go test -run - -bench WholeCity -benchtime 1x ./services/hours
func BenchmarkWholeCity(b *testing.B) {
	db := pgtest.New(b, "hours", hours.Migrations()...)
	cfg := hours.Config{
		DatabaseURL: db.URL, OwnerDatabaseURL: db.OwnerURL,
		NATSURL: bustest.Start(b), PortalURL: "http://127.0.0.1:1", TeamsURL: "http://127.0.0.1:1", InternalSecret: "secret", LogKeyFile: logKey(b), KeyFile: filepath.Join(b.TempDir(), "keys.json"), MakeKeyFile: true,
	}
	for b.Loop() {
		begun := time.Now()
		city, err := demo.NewCity(demo.Options{Scale: 1, Day: today})
		if err != nil {
			b.Fatal(err)
		}
		for range city.Tasks() {
		}
		b.ReportMetric(time.Since(begun).Seconds(), "s-city-alone")

		begun = time.Now()
		if err := hours.LoadDemo(b.Context(), cfg, city); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(time.Since(begun).Seconds(), "s-load")
		city = nil

		before := heap()
		loaded, took, err := hours.Load(b.Context(), cfg)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(took.Seconds(), "s-start")
		b.ReportMetric(float64(heap()-before)/(1<<20), "MB-boards")
		runtime.KeepAlive(loaded)

		begun = time.Now()
		report, err := hours.Check(b.Context(), cfg)
		if err != nil {
			b.Fatal(report, err)
		}
		b.ReportMetric(time.Since(begun).Seconds(), "s-check")
	}
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
