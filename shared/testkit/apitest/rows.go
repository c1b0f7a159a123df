package apitest

import (
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/qihe-volunteers/qihe/shared/testkit/pgtest"
)

// holdings says what the database holds: for each table how many rows, and a
// sum over their contents that any change changes.
//
// It is asked after every request, and hardly any writes. So it asks in three
// steps, each a hundred times dearer than the one before and only taken when that
// saw something: whether any statement has written since, which triggers count
// on sequences, whatever became of its transaction; to which tables; what is in
// these now.
type holdings struct {
	statements *sql.Stmt            // counted by the triggers
	writers    *sql.Stmt            // a line for each table
	contents   map[string]*sql.Stmt // by table
	relay      *sql.Stmt            // nil: nothing is told
	counted    int64
	written    map[string]int64  // by table
	held       map[string]string // by table
	said       string
}

// counting puts a trigger on a table. It runs with its owner's rights: whoever
// writes the table need not have any on the sequences.
const counting = `
	CREATE SEQUENCE "apitest_of_%[1]s" MINVALUE 0;
	SELECT nextval('"apitest_of_%[1]s"'); -- the first is told apart only now: an untouched sequence shows it too
	CREATE TRIGGER apitest_counts AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON %[1]q EXECUTE FUNCTION apitest_count('"apitest_of_%[1]s"')`

func newHoldings(t testing.TB, db *pgtest.DB, except []string) *holdings {
	t.Helper()
	owner := db.Owner(t)
	run := func(statement string) {
		if _, err := owner.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	prepare := func(query string) *sql.Stmt { // planned once: so many tables take longer to plan than to read
		statement, err := owner.PrepareContext(t.Context(), query)
		if err != nil {
			t.Fatal(err)
		}
		return statement
	}
	var tables []string
	const list = `SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE 'migrations\_%' ORDER BY tablename`
	if err := owner.Select(&tables, list); err != nil {
		t.Fatal(err)
	}
	run(`CREATE SEQUENCE apitest_statements MINVALUE 0`)
	run(`CREATE FUNCTION apitest_count() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS
		'BEGIN PERFORM nextval(''apitest_statements''), nextval(TG_ARGV[0]::regclass); RETURN NULL; END'`)
	run(`SELECT nextval('apitest_statements')`)
	h := &holdings{statements: prepare(`SELECT last_value FROM apitest_statements`), contents: map[string]*sql.Stmt{}, held: map[string]string{}, counted: -1}
	var lines []string
	for _, table := range tables {
		if slices.Contains(except, table) {
			continue
		}
		run(fmt.Sprintf(counting, table))
		lines = append(lines, fmt.Sprintf(`SELECT '%[1]s' AS name, last_value FROM "apitest_of_%[1]s"`, table))
		h.contents[table] = prepare(fmt.Sprintf(`SELECT count(*) || ' ' || COALESCE(sum(hashtextextended(r::text, 0)), 0) FROM %q r`, table))
	}
	h.writers = prepare(strings.Join(lines, " UNION ALL "))
	if slices.Contains(tables, "outbox") {
		h.relay = prepare(`TRUNCATE outbox CASCADE`) // and what of it is told again
	}
	return h
}

// relayed empties the outbox as a relay would in the end: what good requests have
// told is many times more than all else, and would be read again and again.
func (h *holdings) relayed(t testing.TB) {
	t.Helper()
	if h.relay == nil {
		return
	}
	if _, err := h.relay.ExecContext(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// say returns what the database holds now.
func (h *holdings) say(t testing.TB) string {
	t.Helper()
	var count int64
	if err := h.statements.QueryRowContext(t.Context()).Scan(&count); err != nil {
		t.Fatal(err)
	}
	if count != h.counted {
		h.counted = count
		h.look(t)
	}
	return h.said
}

// look takes the second step and the third.
func (h *holdings) look(t testing.TB) {
	t.Helper()
	now, err := countsOf(h.writers.QueryContext(t.Context()))
	if err != nil {
		t.Fatal(err)
	}
	for table, n := range now {
		if was, known := h.written[table]; known && was == n {
			continue
		}
		var held string
		if err := h.contents[table].QueryRowContext(t.Context()).Scan(&held); err != nil {
			t.Fatal(err)
		}
		h.held[table] = held
	}
	h.written = now
	var lines []string
	for _, table := range slices.Sorted(maps.Keys(h.held)) {
		lines = append(lines, table+" "+h.held[table])
	}
	h.said = strings.Join(lines, "; ")
}

func countsOf(rows *sql.Rows, err error) (map[string]int64, error) {
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	all := map[string]int64{}
	for rows.Next() {
		var name string
		var n int64
		if err := rows.Scan(&name, &n); err != nil {
			return nil, err
		}
		all[name] = n
	}
	return all, rows.Err()
}
