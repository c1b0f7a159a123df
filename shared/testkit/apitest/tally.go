package apitest

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
)

var table = flag.String("apitest.table", "", "file to which a line is added for each operation that random requests were sent to")

// tally counts the answers to random requests, by operation and status.
type tally struct {
	mu    sync.Mutex
	heard map[string]map[int]int
}

func (y *tally) add(op string, status int) {
	y.mu.Lock()
	defer y.mu.Unlock()
	if y.heard == nil {
		y.heard = map[string]map[int]int{}
	}
	if y.heard[op] == nil {
		y.heard[op] = map[int]int{}
	}
	y.heard[op][status]++
}

// tell writes the table's lines: service, operation, requests, how many were carried out, and
// what was answered.
func (y *tally) tell(t testing.TB, prefix string) {
	t.Helper()
	y.mu.Lock()
	defer y.mu.Unlock()
	var lines strings.Builder
	for _, op := range slices.Sorted(maps.Keys(y.heard)) {
		sent, done, answers := 0, 0, []string{}
		for _, status := range slices.Sorted(maps.Keys(y.heard[op])) {
			n := y.heard[op][status]
			sent += n
			if status < 300 {
				done += n
			}
			answers = append(answers, fmt.Sprintf("%d×%d", n, status))
		}
		fmt.Fprintf(&lines, "%s\t%s\t%d\t%d\t%s\n", prefix, op, sent, done, strings.Join(answers, " "))
	}
	t.Logf("random requests:\n%s", lines.String())
	if *table == "" {
		return
	}
	file, err := os.OpenFile(*table, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err == nil {
		_, err = file.WriteString(lines.String())
		_ = file.Close()
	}
	if err != nil {
		t.Error(err)
	}
}
