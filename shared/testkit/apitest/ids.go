package apitest

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/qihe-volunteers/qihe/shared/id"
)

// ids returns the names of the operation's ids: in its path, and in its body.
func (op operation) ids(good form) []string {
	var names []string
	for _, p := range op.params {
		if p.In == openapi3.ParameterInPath && p.Schema.Value.Format == "uuid" {
			names = append(names, p.Name)
		}
	}
	if op.body != nil {
		for _, n := range nodes(op.body, good.body, nil, true) {
			if n.schema.Format == "uuid" {
				names = append(names, n.place.String())
			}
		}
	}
	return names
}

// blindSpots complains about what the example leaves unexamined.
func (op operation) blindSpots(good form) []string {
	var complaints []string
	for _, name := range op.ids(good) {
		if _, ok := op.example.Foreign[name]; !ok {
			complaints = append(complaints, fmt.Sprintf("Foreign does not say what %s of somebody else is", name))
		}
	}
	if op.body == nil {
		return complaints
	}
	for _, n := range nodes(op.body, good.body, nil, true) {
		here := get(good.body, n.place)
		items, _ := here.([]any)
		if n.schema.Type.Is("array") && len(items) == 0 || n.schema.Type.Is("object") && here == nil {
			complaints = append(complaints, fmt.Sprintf("the good request has nothing in %s: its inside is not examined", n.place))
		}
	}
	return complaints
}

// has reports whether the request has the id of that name.
func (f form) has(name string) bool {
	_, ok := f.path[name]
	return ok || get(f.body, placeOf(name)) != nil
}

// also returns the first of the other good requests that has the id of that name.
func (x *examiner) also(t testing.TB, op operation, name string) form {
	t.Helper()
	for _, request := range op.example.Also {
		f, err := formOf(request(t))
		if err != nil {
			t.Fatal(err)
		}
		if f.has(name) {
			return f
		}
	}
	t.Fatalf("no good request has %s", name)
	return form{}
}

func put(f *form, name, value string) {
	if _, ok := f.path[name]; ok {
		f.path[name] = value
		return
	}
	set(&f.body, placeOf(name), value)
}

// compareForeign wants the same answer for what is somebody else's as for what is not there.
func (x *examiner) compareForeign(t testing.TB, op operation) {
	t.Helper()
	goods := &unspent{x: x, op: op}
	for _, name := range slices.Sorted(maps.Keys(op.example.Foreign)) {
		foreign := op.example.Foreign[name]
		if foreign == "" {
			continue
		}
		var answers [2]string
		good := goods.take(t, name)
		before := x.rows(t)
		for i, value := range []string{foreign, id.New()} {
			f := good.with(func(f *form) { put(f, name, value) })
			a, err := x.send(op, f, "zh")
			if err != nil {
				t.Fatal(err)
			}
			if err := x.judge(a, "zh"); err != nil || a.status < 400 {
				t.Errorf("%s of somebody else: %v, %d %s", name, err, a.status, a.body)
			}
			answers[i] = strings.ReplaceAll(a.plain(), value, "")
		}
		if x.rows(t) != before {
			t.Errorf("%s of somebody else: refused, yet the database has changed", name)
		}
		if answers[0] != answers[1] {
			t.Errorf("%s tells what exists:\nforeign: %s\nmissing: %s", name, answers[0], answers[1])
		}
	}
}
