package hours_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/hours"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/demo"
	"github.com/qihe-volunteers/qihe/shared/testkit/bustest"
	"github.com/qihe-volunteers/qihe/shared/testkit/pgtest"
)

var today = time.Date(2026, time.November, 24, 0, 0, 0, 0, clock.City)

func TestLoadDemo(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t, "hours", hours.Migrations()...)
	city, err := demo.NewCity(demo.Options{Scale: 0.01, Day: today})
	if err != nil {
		t.Fatal(err)
	}
	cfg := hours.Config{
		DatabaseURL: db.URL, OwnerDatabaseURL: db.OwnerURL,
		NATSURL: bustest.Start(t), PortalURL: "http://127.0.0.1:1", TeamsURL: "http://127.0.0.1:1", InternalSecret: "secret", LogKeyFile: logKey(t), KeyFile: filepath.Join(t.TempDir(), "keys.json"), MakeKeyFile: true,
	}
	for range 2 { // the second time changes nothing
		if err := hours.LoadDemo(t.Context(), cfg, city); err != nil {
			t.Fatal(err)
		}
	}
	report, err := hours.Check(context.Background(), cfg)
	if err != nil {
		t.Fatalf("%s: %v", report, err)
	}
	t.Log(report)
}
