package apitest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
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

// holding returns the first good request that has the id of that name.
func (x *examiner) holding(t testing.TB, op operation, name string) form {
	t.Helper()
	first := x.good(t, op)
	if _, ok := first.path[name]; ok || get(first.body, placeOf(name)) != nil {
		return first
	}
	for _, request := range op.example.Also {
		f, err := formOf(request(t))
		if err != nil {
			t.Fatal(err)
		}
		if get(f.body, placeOf(name)) != nil {
			return f
		}
	}
	t.Fatalf("no good request has %s", name)
	return first
}

func put(f *form, name, value string) {
	if _, ok := f.path[name]; ok {
		f.path[name] = value
		return
	}
	set(&f.body, placeOf(name), value)
}

// placeOf reads a name as String writes it.
func placeOf(name string) place {
	return strings.FieldsFunc(name, func(r rune) bool { return r == '.' || r == '[' || r == ']' })
}
