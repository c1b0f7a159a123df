package apitest

import "testing"

// compareRights sends the good request on behalf of everybody.
func (x *examiner) compareRights(t testing.TB, op operation) {
	t.Helper()
	rights := x.Rights[op.id]
	if len(rights) != len(x.People) {
		t.Errorf("Rights has %d statuses for %d people", len(rights), len(x.People))
		return
	}
	for i, person := range x.People {
		f := x.good(t, op)
		f.as = person.As
		before := x.rows(t)
		a, err := x.send(op, f, "zh")
		if err == nil {
			err = x.judge(a, "zh")
		}
		if err != nil || a.status != rights[i] {
			t.Errorf("as %s: status %d, want %d: %v %s", person.Name, a.status, rights[i], err, a.body)
		}
		if a.status >= 400 && x.rows(t) != before {
			t.Errorf("as %s: refused, yet the database has changed", person.Name)
		}
	}
}
