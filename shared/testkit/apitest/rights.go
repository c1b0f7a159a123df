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
	for i, person := range x.People {
		x.wantStatus(t, op, x.good(t, op), person, rights[i])
		x.compareAbroad(t, op, i)
	}
}

// wantStatus sends the form as the person, and returns the answer without
// what differs between two equal ones.
func (x *examiner) wantStatus(t testing.TB, op operation, f form, person Person, want int) string {
	t.Helper()
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
func (x *examiner) compareAbroad(t testing.TB, op operation, person int) {
	t.Helper()
	for _, name := range slices.Sorted(maps.Keys(op.example.Foreign)) {
		foreign, want := op.example.Foreign[name], 0
		if foreign == "" {
			continue
		}
		if row := x.Abroad[op.id]; person < len(row) {
			want = row[person]
		}
		missing := id.New()
		other := x.holding(t, op, name)
		put(&other, name, missing)
		none := x.wantStatus(t, op, other, x.People[person], 0)
		other = x.holding(t, op, name)
		put(&other, name, foreign)
		theirs := x.wantStatus(t, op, other, x.People[person], want)
		if want != 0 {
			continue // theirs too: the answer is about something else
		}
		if strings.ReplaceAll(none, missing, "") != strings.ReplaceAll(theirs, foreign, "") {
			t.Errorf("as %s: %s tells what exists:\nforeign: %s\nmissing: %s", x.People[person].Name, name, theirs, none)
		}
	}
}
