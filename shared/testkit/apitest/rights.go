package apitest

import (
	"fmt"
	"maps"
	"slices"
	"testing"
)

// unsaid complains about people of whom the example does not say what they may.
func (x *examiner) unsaid(op operation) []string {
	var complaints []string
	for _, name := range slices.Sorted(maps.Keys(x.People)) {
		if _, ok := op.example.May[name]; !ok {
			complaints = append(complaints, fmt.Sprintf("May does not say how %s is answered", name))
		}
	}
	return complaints
}

// compareRights sends the good request on behalf of everybody.
func (x *examiner) compareRights(t testing.TB, op operation) {
	t.Helper()
	for _, name := range slices.Sorted(maps.Keys(op.example.May)) {
		f := x.good(t, op)
		f.as = x.People[name]
		before := x.rows(t)
		a, err := x.send(op, f, "zh")
		if err == nil {
			err = x.judge(a, "zh")
		}
		if want := op.example.May[name]; err != nil || a.status != want {
			t.Errorf("as %s: status %d, want %d: %v %s", name, a.status, want, err, a.body)
		}
		if a.status >= 400 && x.rows(t) != before {
			t.Errorf("as %s: refused, yet the database has changed", name)
		}
	}
}
