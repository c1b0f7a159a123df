package postgres_test

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/testkit/pgtest"
)

// told is a log that passes its lines on.
type told chan string

func (c told) Write(line []byte) (int, error) {
	c <- string(line)
	return len(line), nil
}

func TestPrepare(t *testing.T) {
	t.Parallel()
	first := func(t *testing.T) postgres.Migrations {
		t.Helper()
		names, err := fs.Glob(seats.Files, "*.sql")
		if err != nil || len(names) != 2 {
			t.Fatalf("%v, %v", names, err)
		}
		text, err := fs.ReadFile(seats.Files, names[0])
		if err != nil {
			t.Fatal(err)
		}
		return postgres.Migrations{Name: seats.Name, Files: fstest.MapFS{names[0]: {Data: text}}}
	}

	t.Run("who is told the owner's address migrates", func(t *testing.T) {
		t.Parallel()
		db := pgtest.New(t, "trial")
		if err := postgres.Prepare(t.Context(), slog.New(slog.DiscardHandler), db.OwnerURL, db.URL, seats); err != nil {
			t.Fatal(err)
		}
		if n := count(t, db.Owner(t)); n != 0 {
			t.Errorf("%d rows", n)
		}
	})

	t.Run("who is not waits until another has, from nothing and from an older release", func(t *testing.T) {
		t.Parallel()
		for _, before := range [][]postgres.Migrations{{}, {first(t)}} {
			db := pgtest.New(t, "trial", before...)
			lines, done := make(told), make(chan error, 1)
			go func() {
				done <- postgres.Prepare(t.Context(), slog.New(slog.NewTextHandler(lines, nil)), "", db.URL, seats)
			}()
			select {
			case line := <-lines:
				if !strings.Contains(line, "waiting") {
					t.Error(line)
				}
			case err := <-done:
				t.Fatalf("it did not wait: %v", err)
			}
			if err := postgres.Migrate(t.Context(), db.OwnerURL, seats); err != nil {
				t.Fatal(err)
			}
			for ended := false; !ended; {
				select {
				case <-lines:
				case err := <-done:
					if ended = true; err != nil {
						t.Error(err)
					}
				}
			}
		}
	})

	t.Run("a newer database is good", func(t *testing.T) {
		t.Parallel()
		db := pgtest.New(t, "trial", seats)
		if err := postgres.Prepare(t.Context(), slog.New(slog.DiscardHandler), "", db.URL, first(t)); err != nil {
			t.Error(err)
		}
	})

	t.Run("waiting ends with its context, and says for what", func(t *testing.T) {
		t.Parallel()
		db := pgtest.New(t, "trial")
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		err := postgres.Prepare(ctx, slog.New(slog.DiscardHandler), "", db.URL, seats)
		if !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	})
}
