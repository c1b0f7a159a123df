package apitest

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/qihe-volunteers/qihe/shared/id"
)

// compareRights sends the good request on behalf of everybody, and again with
// each id in turn being somebody else's and being nobody's.
func (x *examiner) compareRights(t testing.TB, op operation) {
	t.Helper()
	rights := x.Rights[op.id]
	if len(rights) != len(x.People) {
		t.Errorf("Rights has %d statuses for %d people", len(rights), len(x.People))
		return
	}
	goods := &unspent{x: x, op: op}
	for i, person := range x.People {
		x.wantStatus(t, goods, "", "", person, rights[i])
		x.compareAbroad(t, goods, i)
	}
}

// unspent keeps a good request until one is carried out: to make one can take a dozen
// steps, and most of those who try are refused. It keeps one at a time, because to
// make the next may be the end of the one before.
type unspent struct {
	x    *examiner
	op   operation
	kept *form
	also bool // it is one of the example's others
}

// take returns the good request, or, where that has not the id of that name, the first
// other one that has.
func (u *unspent) take(t testing.TB, name string) form {
	t.Helper()
	if u.kept == nil || name == "" && u.also || name != "" && !u.kept.has(name) {
		f := u.x.good(t, u.op)
		if u.also = name != "" && !f.has(name); u.also {
			f = u.x.also(t, u.op, name)
		}
		u.kept = &f
	}
	return u.kept.with(func(*form) {})
}

// wantStatus sends a good request as the person, with another value for the id of
// that name, and returns the answer without what differs between two equal ones.
func (x *examiner) wantStatus(t testing.TB, goods *unspent, name, value string, person Person, want int) string {
	t.Helper()
	op, f := goods.op, goods.take(t, name)
	if name != "" {
		put(&f, name, value)
	}
	f.as = person.As
	before := x.rows(t)
	a, err := x.send(op, f, "zh")
	if err == nil {
		err = x.judge(a, "zh")
	}
	if err != nil || want != 0 && a.status != want || want == 0 && a.status < 400 {
		t.Errorf("as %s: status %d, want %s: %v %s", person.Name, a.status, wanted(want), err, a.body)
	}
	if a.status >= 400 && x.rows(t) != before {
		t.Errorf("as %s: refused, yet the database has changed", person.Name)
	}
	if a.status < 400 && !op.safe {
		goods.kept = nil
	}
	return a.plain()
}

func wanted(status int) string {
	if status == 0 {
		return "a refusal"
	}
	return fmt.Sprint(status)
}

// compareAbroad wants a person to be told the same of what is not theirs as of
// what is not there, unless Abroad says that it is theirs too.
func (x *examiner) compareAbroad(t testing.TB, goods *unspent, person int) {
	t.Helper()
	op := goods.op
	for _, name := range slices.Sorted(maps.Keys(op.example.Foreign)) {
		foreign, want := op.example.Foreign[name], 0
		if foreign == "" {
			continue
		}
		if row := x.Abroad[op.id]; person < len(row) {
			want = row[person]
		}
		missing := id.New()
		none := x.wantStatus(t, goods, name, missing, x.People[person], 0)
		theirs := x.wantStatus(t, goods, name, foreign, x.People[person], want)
		if want != 0 {
			continue // theirs too: the answer is about something else
		}
		if strings.ReplaceAll(none, missing, "") != strings.ReplaceAll(theirs, foreign, "") {
			t.Errorf("as %s: %s tells what exists:\nforeign: %s\nmissing: %s", x.People[person].Name, name, theirs, none)
		}
	}
}
