package pgtest_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/testkit/pgtest"
)

var notes = postgres.Migrations{Name: "notes", Files: fstest.MapFS{
	"00001_notes.sql": {Data: []byte("-- +goose Up\nCREATE TABLE notes (id int PRIMARY KEY, body text NOT NULL);\nGRANT SELECT, INSERT ON notes TO pgtest;\n")},
}}

func TestNew(t *testing.T) {
	t.Parallel()

	for _, name := range []string{"one", "two", "three"} {
		t.Run("test "+name+" has a database of its own", func(t *testing.T) {
			t.Parallel()
			db := pgtest.New(t, "pgtest", notes)
			if err := db.InTx(t.Context(), write(t, "INSERT INTO notes (id, body) VALUES (1, '"+name+"')")); err != nil {
				t.Fatal(err)
			}
			var bodies []string
			err := db.Owner(t).Select(&bodies, "SELECT body FROM notes")
			if diff := cmp.Diff([]string{name}, bodies); diff != "" || err != nil {
				t.Errorf("notes (-want +got):\n%s%v", diff, err)
			}
		})
	}

	t.Run("a right that no migration granted is missing", func(t *testing.T) {
		t.Parallel()
		db := pgtest.New(t, "pgtest", notes)
		err := db.InTx(t.Context(), write(t, "UPDATE notes SET body = ''"))
		if err == nil || !strings.Contains(err.Error(), "permission denied") {
			t.Errorf("UPDATE: %v, want it refused", err)
		}
		if _, err := db.Owner(t).Exec("UPDATE notes SET body = ''"); err != nil {
			t.Errorf("the owner may not either: %v", err)
		}
	})

	t.Run("other migrations make another template", func(t *testing.T) {
		t.Parallel()
		db := pgtest.New(t, "pgtest")
		var there bool
		if err := db.Owner(t).Get(&there, "SELECT to_regclass('notes') IS NOT NULL"); err != nil || there {
			t.Errorf("notes are in a database without migrations: %t, %v", there, err)
		}
	})

	t.Run("other services cannot enter", func(t *testing.T) {
		t.Parallel()
		mine, theirs := pgtest.New(t, "pgtest", notes), pgtest.New(t, "pgother")
		foreign := strings.Replace(mine.URL, database(mine), database(theirs), 1)
		if db, err := postgres.Open(t.Context(), foreign, 1); err == nil {
			_ = db.Close()
			t.Error("pgtest entered the database of pgother")
		}
	})
}

func database(db *pgtest.DB) string {
	_, name, _ := strings.Cut(db.URL, "/t_")
	name, _, _ = strings.Cut(name, "?")
	return "t_" + name
}

func write(t *testing.T, statement string) func(q postgres.Querier) error {
	return func(q postgres.Querier) error {
		_, err := q.ExecContext(t.Context(), statement)
		return err
	}
}
