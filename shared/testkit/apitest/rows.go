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
func fingerprints(t testing.TB, db *pgtest.DB, except []string) func(t testing.TB) string {
	t.Helper()
	owner := db.Owner(t)
	var names []string
	const list = `SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE 'migrations\_%' ORDER BY tablename`
	if err := owner.Select(&names, list); err != nil {
		t.Fatal(err)
	}
	var parts []string
	for _, name := range names {
		if !slices.Contains(except, name) {
			parts = append(parts, fmt.Sprintf(
				`SELECT '%[1]s ' || count(*) || ' ' || COALESCE(sum(hashtextextended(r::text, 0)), 0) AS line FROM "%[1]s" r`, name))
		}
	}
	query := strings.Join(parts, " UNION ALL ")
	return func(t testing.TB) string {
		t.Helper()
		var lines []string
		if err := owner.Select(&lines, query); err != nil {
			t.Fatal(err)
		}
		return strings.Join(lines, "; ")
	}
}
