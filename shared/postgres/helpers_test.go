package postgres_test

import (
	"context"
	"testing"
	"testing/fstest"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// seats is a table that the run-time role may read and add to, no more.
var seats = postgres.Migrations{Name: "seats", Files: fstest.MapFS{
	"00001_seats.sql": {Data: []byte(`-- +goose Up
CREATE TABLE seats (
  id     bigint GENERATED ALWAYS AS IDENTITY,
  number int NOT NULL CONSTRAINT seats_number_unique UNIQUE CONSTRAINT seats_number_positive CHECK (number > 0)
);
GRANT SELECT, INSERT ON seats TO trial;
`)},
	"00002_note.sql": {Data: []byte("-- +goose Up\nALTER TABLE seats ADD note text;\n")},
}}

// plain is a table where nothing refuses a second row.
var plain = postgres.Migrations{Name: "plain", Files: fstest.MapFS{
	"00001_seats.sql": {Data: []byte("-- +goose Up\nCREATE TABLE seats (number int NOT NULL);\nGRANT SELECT, INSERT ON seats TO trial;\n")},
}}

func insert(number int) func(q postgres.Querier) error {
	return func(q postgres.Querier) error {
		_, err := q.ExecContext(context.Background(), "INSERT INTO seats (number) VALUES ($1)", number)
		return err
	}
}

func count(t *testing.T, q sqlx.QueryerContext) int {
	t.Helper()
	var n int
	if err := sqlx.GetContext(t.Context(), q, &n, "SELECT count(*) FROM seats"); err != nil {
		t.Fatal(err)
	}
	return n
}
