package postgres_test

import (
	"testing"
	"testing/fstest"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/testkit/pgtest"
)

var shelves = postgres.Migrations{Name: "shelves", Files: fstest.MapFS{"00001_shelves.sql": {Data: []byte(`-- +goose Up
CREATE TABLE shelves (id int CONSTRAINT shelves_pkey PRIMARY KEY, code text NOT NULL, CONSTRAINT shelves_code_key UNIQUE (code));
CREATE TABLE books (id int CONSTRAINT books_pkey PRIMARY KEY, code text NOT NULL, title text NOT NULL,
	CONSTRAINT books_shelf_fkey FOREIGN KEY (code) REFERENCES shelves (code));
CREATE INDEX books_title_idx ON books (lower(title)) WHERE id > 0;
GRANT SELECT ON shelves, books TO trial;
`)}}}

func TestInBulk(t *testing.T) {
	t.Parallel()
	load := func(t *testing.T, statement string) (*pgtest.DB, error) {
		db := pgtest.New(t, "trial", shelves)
		owner, err := postgres.Open(t.Context(), db.OwnerURL, 1)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = owner.Close() })
		return db, owner.InTx(t.Context(), func(q postgres.Querier) error {
			return postgres.InBulk(t.Context(), q, []string{"shelves", "books"}, func() error {
				_, err := q.ExecContext(t.Context(), statement)
				return err
			})
		})
	}
	structure := func(t *testing.T, db *pgtest.DB) (s []string) {
		const query = `
			SELECT pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid IN ('shelves'::regclass, 'books'::regclass)
			UNION ALL
			SELECT conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid IN ('shelves'::regclass, 'books'::regclass)
			ORDER BY 1`
		if err := sqlx.SelectContext(t.Context(), db.Owner(t), &s, query); err != nil {
			t.Fatal(err)
		}
		return s
	}
	t.Run("everything is back afterwards, as it was", func(t *testing.T) {
		t.Parallel()
		before := structure(t, pgtest.New(t, "trial", shelves))
		db, err := load(t, `INSERT INTO shelves VALUES (1, 'a'); INSERT INTO books VALUES (1, 'a', 'x')`)
		if err != nil {
			t.Fatal(err)
		}
		after := structure(t, db)
		if len(before) != 8 || len(after) != len(before) {
			t.Fatalf("before %q, after %q", before, after)
		}
		for i := range before {
			if before[i] != after[i] {
				t.Errorf("before %q, after %q", before[i], after[i])
			}
		}
	})
	t.Run("rows that break a rule undo the whole load", func(t *testing.T) {
		t.Parallel()
		for rule, statement := range map[string]string{
			"shelves_code_key": `INSERT INTO shelves VALUES (1, 'a'), (2, 'a')`,
			"books_shelf_fkey": `INSERT INTO books VALUES (1, 'nowhere', 'x')`,
		} {
			db, err := load(t, statement)
			if !postgres.Violated(err, rule) {
				t.Errorf("%s: err = %v", rule, err)
			}
			if n := len(structure(t, db)); n != 8 {
				t.Errorf("%s: %d parts are left, want 8", rule, n)
			}
		}
	})
}
