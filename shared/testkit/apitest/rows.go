package apitest

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/qihe-volunteers/qihe/shared/testkit/pgtest"
)

// fingerprints returns a function that says what the database holds: for each
// table how many rows, and a sum over their contents that any change changes.
// The contents are read again only when some row was written since: that is
// seen by which transactions wrote the rows, and costs a fraction.
func fingerprints(t testing.TB, db *pgtest.DB, except []string) func(t testing.TB) string {
	t.Helper()
	owner := db.Owner(t)
	var names []string
	const list = `SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE 'migrations\_%' ORDER BY tablename`
	if err := owner.Select(&names, list); err != nil {
		t.Fatal(err)
	}
	sumUp := func(sum string) *sql.Stmt { // planned once: so many tables take longer to plan than to read
		var parts []string
		for _, name := range names {
			if !slices.Contains(except, name) {
				parts = append(parts, fmt.Sprintf(`SELECT '%[1]s ' || count(*) || ' ' || COALESCE(sum(%[2]s), 0) AS line FROM "%[1]s" r`, name, sum))
			}
		}
		query, err := owner.PrepareContext(t.Context(), strings.Join(parts, " UNION ALL "))
		if err != nil {
			t.Fatal(err)
		}
		return query
	}
	ask := func(t testing.TB, query *sql.Stmt) string {
		t.Helper()
		rows, err := query.QueryContext(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = rows.Close() }()
		var lines []string
		for rows.Next() {
			var line string
			if err := rows.Scan(&line); err != nil {
				t.Fatal(err)
			}
			lines = append(lines, line)
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
		return strings.Join(lines, "; ")
	}
	whoWrote, whatIs := sumUp("r.xmin::text::bigint"), sumUp("hashtextextended(r::text, 0)")
	var writers, contents string
	return func(t testing.TB) string {
		t.Helper()
		if now := ask(t, whoWrote); now != writers {
			writers, contents = now, ask(t, whatIs)
		}
		return contents
	}
}
