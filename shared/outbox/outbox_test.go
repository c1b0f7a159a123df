package outbox_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/testkit/pgtest"
)

func TestAppend(t *testing.T) {
	t.Parallel()
	t.Run("stores the events in order, with what the envelope needs", func(t *testing.T) {
		t.Parallel()
		db := givenDB(t)
		at := time.Date(2026, 5, 1, 8, 0, 0, 123456000, time.UTC)
		appendTo(t, db, at, done{"a", 1}, done{"b", 7}, done{"a", 2})
		type row struct {
			Aggregate  string
			Version    int64 `db:"aggregate_version"`
			Subject    string
			Body       string
			OccurredAt time.Time `db:"occurred_at"`
		}
		var got []row
		read(t, db, func(ctx context.Context, q postgres.Querier) error {
			return sqlx.SelectContext(ctx, q, &got, `
				SELECT aggregate, aggregate_version, subject, body, occurred_at FROM outbox ORDER BY tx, id`)
		})
		want := []row{
			{"thing/a", 1, "test.v1.thing.done", `{"thing":"a","version":1}`, at},
			{"thing/b", 7, "test.v1.thing.done", `{"thing":"b","version":7}`, at},
			{"thing/a", 2, "test.v1.thing.done", `{"thing":"a","version":2}`, at},
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("without events it does nothing", func(t *testing.T) {
		t.Parallel()
		if err := outbox.Append(t.Context(), nil, time.Now()); err != nil {
			t.Error(err)
		}
	})
	t.Run("an event too large to send is refused where it is made", func(t *testing.T) {
		t.Parallel()
		if err := outbox.Append(t.Context(), nil, time.Now(), done{strings.Repeat("x", 300<<10), 1}); err == nil {
			t.Error("Append = nil")
		}
	})
	t.Run("the run-time role can neither change nor delete nor backdate an event", func(t *testing.T) {
		t.Parallel()
		db := givenDB(t)
		appendTo(t, db, time.Now(), done{"a", 1})
		for _, query := range []string{
			`UPDATE outbox SET body = '{}'`,
			`DELETE FROM outbox`,
			`TRUNCATE outbox`,
			`INSERT INTO outbox (tx, event_id, aggregate, aggregate_version, subject, body, occurred_at)
			 VALUES ('5', gen_random_uuid(), 'thing/a', 1, 'test.v1.thing.done', '{}', now())`,
			`DELETE FROM outbox_cursor`,
		} {
			err := db.InTx(t.Context(), func(q postgres.Querier) error {
				_, err := q.ExecContext(t.Context(), query)
				return err
			})
			if err == nil || !strings.Contains(err.Error(), "permission denied") {
				t.Errorf("%s: %v, want permission denied", query, err)
			}
		}
	})
}

// done is an event of these tests.
type done struct {
	Thing   string `json:"thing"`
	Version int64  `json:"version"`
}

func (done) Subject() string              { return "test.v1.thing.done" }
func (e done) Aggregate() (string, int64) { return "thing/" + e.Thing, e.Version }

func givenDB(t testing.TB) *pgtest.DB {
	t.Helper()
	return pgtest.New(t, "tasks", outbox.Migrations())
}

func appendTo(t testing.TB, db *pgtest.DB, at time.Time, events ...outbox.Event) {
	t.Helper()
	err := db.InTx(t.Context(), func(q postgres.Querier) error { return outbox.Append(t.Context(), q, at, events...) })
	if err != nil {
		t.Fatal(err)
	}
}

// things returns n events of one aggregate, with versions beginning at first.
func things(thing string, first, n int) []outbox.Event {
	events := make([]outbox.Event, n)
	for i := range events {
		events[i] = done{thing, int64(first + i)}
	}
	return events
}

func read(t testing.TB, db *pgtest.DB, f func(ctx context.Context, q postgres.Querier) error) {
	t.Helper()
	if err := db.Read(t.Context(), func(q postgres.Querier) error { return f(t.Context(), q) }); err != nil {
		t.Fatal(err)
	}
}

// asOwner runs statements as the role that owns the tables.
func asOwner(t testing.TB, db *pgtest.DB, statements ...string) {
	t.Helper()
	owner, err := sqlx.Open("postgres", db.OwnerURL)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = owner.Close() }()
	for _, statement := range statements {
		if _, err := owner.Exec(statement); err != nil {
			t.Fatal(errors.Join(fmt.Errorf("%s", statement), err))
		}
	}
}
