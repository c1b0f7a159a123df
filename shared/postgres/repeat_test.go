package postgres_test

import (
	"context"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/testkit/chaos"
	"github.com/qihe-volunteers/qihe/shared/testkit/cutwire"
	"github.com/qihe-volunteers/qihe/shared/testkit/pgtest"
	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
)

// The database answers with an error and the connection is reset behind it: the
// driver may keep such a connection, and whoever gets it next must not suffer.
// The control holds on to one connection.
func TestLostReplyPool(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t, "trial", plain)
	line := cutwire.New(t, db.URL)
	flaky, err := postgres.Open(t.Context(), line.URL, 4)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = flaky.Close() }()
	resets := chaos.Times(50, 200)
	for range resets {
		before := line.Cuts()
		line.ResetAfter("division by zero")
		for line.Cuts() == before {
			if err := flaky.InTx(t.Context(), wrong); err == nil {
				t.Fatal("an error was expected")
			}
		}
	}
	healed, failed := time.Now(), 0
	for n := range 200 {
		if err := flaky.InTx(t.Context(), insert(n)); err != nil {
			failed++
			if time.Since(healed) > wait.Allowed(5*time.Second) {
				t.Errorf("%s after the last reset: %v", time.Since(healed), err)
			}
		}
	}
	chaos.Promise(t, "B2", "a connection reset behind an error poisons nobody", "%d resets; of the next 200 transactions %d failed", resets, failed)

	held, err := sqlx.Connect("postgres", line.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = held.Close() }()
	one, err := held.Connx(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = one.Close() }()
	line.ResetAfter("division by zero")
	_, _ = one.ExecContext(t.Context(), `SELECT 1/0`)
	failed = 0
	for range 20 {
		if _, err := one.ExecContext(t.Context(), `SELECT 1`); err != nil {
			failed++
		}
	}
	if failed == 0 {
		t.Error("control: a connection that was reset works: the test above proves nothing")
	}
	chaos.Promise(t, "B2", "control: who holds on to the connection", "%d of the next 20 fail", failed)
}

func wrong(q postgres.Querier) error {
	_, err := q.ExecContext(context.Background(), `SELECT 1/0`)
	return err
}

// The reason why every write is in InTx: the driver repeats a statement
// outside a transaction when the connection breaks before the reply.
func TestLostReply(t *testing.T) {
	t.Parallel()

	t.Run("a transaction whose reply is lost is not written twice, and says so", func(t *testing.T) {
		t.Parallel()
		db := pgtest.New(t, "trial", plain)
		line := cutwire.New(t, db.URL)
		flaky, err := postgres.Open(t.Context(), line.URL, 2)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = flaky.Close() }()
		line.CutAt("INSERT 0 1")
		if err := flaky.InTx(t.Context(), insert(1)); !postgres.Unreachable(err) {
			t.Errorf("error = %v, want that the database is unreachable", err)
		}
		if n := count(t, db.Owner(t)); n > 1 {
			t.Errorf("%d rows, want at most one", n)
		}
	})

	t.Run("control: the same statement outside a transaction is written twice", func(t *testing.T) {
		t.Parallel()
		db := pgtest.New(t, "trial", plain)
		line := cutwire.New(t, db.URL)
		bare, err := sqlx.Connect("postgres", line.URL)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = bare.Close() }()
		line.CutAt("INSERT 0 1")
		if _, err := bare.Exec("INSERT INTO seats (number) VALUES (1)"); err != nil {
			t.Fatal(err)
		}
		if n := count(t, db.Owner(t)); n != 2 {
			t.Errorf("%d rows: the driver has changed, look again at the rule", n)
		}
	})
}
