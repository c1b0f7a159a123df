package postgres_test

import (
	"testing"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/testkit/cutwire"
	"github.com/qihe-volunteers/qihe/shared/testkit/pgtest"
)

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
