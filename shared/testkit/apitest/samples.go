package apitest

import (
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/qihe-volunteers/qihe/shared/id"
)

// sample is one way to spoil a good request and what must become of it.
type sample struct {
	name  string
	spoil func(*form)
	want  verdict
	field string // that a refusal must name, with named
	code  int    // the status it must have; 0: any that the verdict allows
}

// node is a place in a body that the document describes.
type node struct {
	place    place
	schema   *openapi3.Schema
	required bool
}

// nodes returns every place of a body that can be spoilt. Of a list it takes the first item.
func nodes(s *openapi3.Schema, body any, at place, required bool) []node {
	all := []node{{at, s, required}}
	switch {
	case s.Type.Is("object"):
		for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
			all = append(all, nodes(s.Properties[name].Value, get(body, place{name}), at.in(name), slices.Contains(s.Required, name))...)
		}
	case s.Type.Is("array"):
		if items, ok := body.([]any); ok && len(items) > 0 {
			all = append(all, nodes(s.Items.Value, items[0], at.in("0"), false)...)
		}
	}
	return all
}

// inside are names of things that a service keeps and that are not the client's to set.
var inside = []string{
	"id", "role", "status", "state", "version", "minutes", "verified_by", "confirmed_by", "created_by", "created_at",
	"region_path", "grants", "key", "taken", "__proto__",
}

// samples are the ways to spoil a good request.
func (op operation) samples(good form) []sample {
	all := append(op.badPaths(), op.badParameters()...)
	if op.body != nil {
		all = append(all, badBodies(op.unknown)...)
		for _, n := range nodes(op.body, good.body, nil, true) {
			if len(n.place) > 0 {
				all = append(all, badField(good, n)...)
			}
			if n.schema.Type.Is("object") {
				all = append(all, unknownFields(n)...)
			}
		}
	}
	if op.file != "" {
		all = append(all, badFiles()...)
	}
	if op.secured {
		all = append(all, sample{name: "as nobody", spoil: func(f *form) { f.as.VolunteerID = "" }, code: http.StatusUnauthorized})
	}
	return all
}

func badField(good form, n node) []sample {
	var all []sample
	name := n.place.String()
	put := func(what string, v any, want verdict) {
		all = append(all, sample{name: name + ": " + what, spoil: func(f *form) { set(&f.body, n.place, v) }, want: want, field: name})
	}
	if n.required {
		all = append(all, sample{name: name + ": missing", spoil: func(f *form) { remove(f.body, n.place) }, want: named, field: name})
	}
	for _, v := range badValues(n.schema) {
		if v.text == "" && n.place.inList() {
			continue // a list with one item less
		}
		put(v.name, v.text, v.want)
	}
	if items, ok := get(good.body, n.place).([]any); ok && n.schema.MaxItems != nil && len(items) > 0 {
		put("one item too many", slices.Repeat(items[:1], int(*n.schema.MaxItems)+1), named)
	}
	if n.schema.Format == "uuid" {
		put("an unknown id", id.New(), survive)
	}
	return all
}

func unknownFields(n node) []sample {
	names := slices.Clone(inside)
	for _, name := range slices.Sorted(maps.Keys(n.schema.Properties)) {
		names = append(names, strings.ToUpper(name[:1])+name[1:]) // Go's decoder would take it for the field itself
	}
	var all []sample
	for _, name := range names {
		if _, known := n.schema.Properties[name]; known {
			continue
		}
		at := n.place.in(name)
		all = append(all, sample{
			name: "unknown field " + at.String(), spoil: func(f *form) { set(&f.body, at, "1") }, want: named, field: at.String(),
		})
	}
	return all
}
