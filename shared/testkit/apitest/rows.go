package apitest

import (
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
	ask := func(t testing.TB, sum string) string {
		t.Helper()
		var parts, lines []string
		for _, name := range names {
			if !slices.Contains(except, name) {
				parts = append(parts, fmt.Sprintf(`SELECT '%[1]s ' || count(*) || ' ' || COALESCE(sum(%[2]s), 0) AS line FROM "%[1]s" r`, name, sum))
			}
		}
		if err := owner.Select(&lines, strings.Join(parts, " UNION ALL ")); err != nil {
			t.Fatal(err)
		}
		return strings.Join(lines, "; ")
	}
	var writers, contents string
	return func(t testing.TB) string {
		t.Helper()
		if now := ask(t, "r.xmin::text::bigint"); now != writers {
			writers, contents = now, ask(t, "hashtextextended(r::text, 0)")
		}
		return contents
	}
}
