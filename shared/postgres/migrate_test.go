package postgres_test

import (
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/testkit/pgtest"
)

func TestMigrate(t *testing.T) {
	t.Parallel()

	t.Run("replicas that start together migrate once, without waiting for each other's pauses", func(t *testing.T) {
		t.Parallel()
		db := pgtest.New(t, "trial")
		began := time.Now()
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				if err := postgres.Migrate(t.Context(), db.OwnerURL, seats); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if took := time.Since(began); took > 4*time.Second { // goose's own lock would ask again after five
			t.Errorf("four migrations took %s", took)
		}
		var versions []int
		err := db.Owner(t).Select(&versions, "SELECT version_id FROM migrations_seats ORDER BY id")
		if diff := cmp.Diff([]int{0, 1, 2}, versions); diff != "" || err != nil {
			t.Errorf("applied versions (-want +got):\n%s%v", diff, err)
		}
	})

	t.Run("a second time changes nothing and loses nothing", func(t *testing.T) {
		t.Parallel()
		db := pgtest.New(t, "trial", seats)
		if err := db.InTx(t.Context(), insert(1)); err != nil {
			t.Fatal(err)
		}
		if err := postgres.Migrate(t.Context(), db.OwnerURL, seats); err != nil {
			t.Fatal(err)
		}
		if n := count(t, db.Owner(t)); n != 1 {
			t.Errorf("%d rows, want 1", n)
		}
	})

	t.Run("a file that fails leaves nothing of itself, and is named", func(t *testing.T) {
		t.Parallel()
		db := pgtest.New(t, "trial")
		broken := postgres.Migrations{Name: "broken", Files: fstest.MapFS{
			"00001_broken.sql": {Data: []byte("-- +goose Up\nCREATE TABLE half (id int);\nCREATE TABLE half (id int);\n")},
		}}
		err := postgres.Migrate(t.Context(), db.OwnerURL, broken)
		if err == nil || !strings.Contains(err.Error(), "apply migrations of broken") {
			t.Errorf("error = %v, want it to name the set", err)
		}
		var there bool
		if err := db.Owner(t).Get(&there, "SELECT to_regclass('half') IS NOT NULL"); err != nil || there {
			t.Errorf("half a migration is left: %t, %v", there, err)
		}
	})

	t.Run("the run-time role cannot migrate", func(t *testing.T) {
		t.Parallel()
		db := pgtest.New(t, "trial")
		if err := postgres.Migrate(t.Context(), db.URL, seats); err == nil {
			t.Error("it migrated")
		}
	})
}
