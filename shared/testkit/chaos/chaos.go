// Package chaos is what the tests of faults have in common: how long they run,
// and the table of promises and figures that `make chaos` prints at its end.
//
// Each of these tests breaks something on purpose and counts what was lost. Each
// has a control, which runs the same without the protection and must lose: a
// test of faults whose control loses nothing has tested nothing.
package chaos

import (
	"fmt"
	"os"
	"testing"
)

// tableVariable names the file that collects the rows; with it the tests run long.
const tableVariable = "QIHE_CHAOS_TABLE"

// Long reports whether `make chaos` runs us, and not `make test`.
func Long() bool { return os.Getenv(tableVariable) != "" }

// Times is how often something is done: a few times in every test run, as often
// as the promise says under `make chaos`.
func Times(short, long int) int {
	if Long() {
		return long
	}
	return short
}

// Promise notes what row of the table the test has tried (docs/reliability.md)
// and what it counted. Whether the promise was kept is said when the test has ended.
func Promise(t testing.TB, row, promise, figures string, args ...any) {
	t.Helper()
	figure := fmt.Sprintf(figures, args...)
	t.Logf("%s: %s: %s", row, promise, figure)
	if !Long() {
		return
	}
	t.Cleanup(func() {
		verdict := "kept"
		if t.Failed() {
			verdict = "BROKEN"
		}
		table, err := os.OpenFile(os.Getenv(tableVariable), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600) // #nosec G703 -- whoever runs the tests names it
		if err == nil {
			_, err = fmt.Fprintf(table, "%s\t%s\t%s\t%s\n", row, promise, figure, verdict)
			_ = table.Close()
		}
		if err != nil {
			t.Error(err)
		}
	})
}
