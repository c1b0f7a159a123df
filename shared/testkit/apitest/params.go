package apitest

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

func (op operation) badPaths() []sample {
	var all []sample
	for _, p := range op.params {
		if p.In != openapi3.ParameterInPath {
			continue
		}
		for _, text := range append([]string{"\x00", "\xff\xfe", strings.Repeat("a", 3000)}, notIDs...) {
			all = append(all, sample{name: p.Name + " in the path: " + text, spoil: func(f *form) { f.path[p.Name] = text }})
		}
	}
	return all
}

func (op operation) badParameters() []sample {
	var all []sample
	for _, p := range op.params {
		put := func(f *form, values ...string) {
			if p.In == openapi3.ParameterInHeader {
				f.header[http.CanonicalHeaderKey(p.Name)] = values
			} else {
				f.query[p.Name] = values
			}
		}
		add := func(what string, want verdict, values ...string) {
			all = append(all, sample{name: p.Name + ": " + what, spoil: func(f *form) { put(f, values...) }, want: want, field: p.Name})
		}
		if p.In == openapi3.ParameterInPath {
			continue
		}
		for _, v := range badParams(p) {
			add(v.name, v.want, string(v.text))
		}
		add("empty", survive, "")
		add("twice", survive, "1", "2")
		if p.Required {
			add("missing", named)
		}
		if p.Name == "after" {
			for _, cursor := range cursors {
				add("a broken cursor "+cursor, refused, cursor)
			}
		}
	}
	return all
}

// badParams are the texts that a parameter of this schema is tried with.
func badParams(p *openapi3.Parameter) []value {
	s := p.Schema.Value
	var all []value
	add := func(name, text string, want verdict) { all = append(all, value{name, raw(text), want}) }
	free := survive
	if !s.Type.Is("string") || s.Format != "" || s.Pattern != "" || len(s.Enum) > 0 {
		free = named
	}
	for _, text := range []string{"x", "1.5", "0x10", "1e3", "９", "true", "[]", "null", "'; DROP TABLE tasks; --", "../..", "<b>", "50,60", "{}"} {
		want := free
		if s.VisitJSON(text) == nil && s.Type.Is("string") {
			want = survive
		}
		add("text "+text, text, want)
	}
	add("a zero byte", "a\x00b", named)
	add("bytes that are no UTF-8", "a\xff\xfeb", named)
	if s.MaxLength != nil {
		add("too long", strings.Repeat("长", int(*s.MaxLength)+1), named)
	}
	if s.Format == "uuid" {
		for _, id := range notIDs {
			add("no id: "+id, id, named)
		}
	}
	if s.Format == "date-time" {
		for _, v := range badInstants() {
			text, _ := strconv.Unquote(string(v.text))
			add(v.name, text, v.want)
		}
	}
	if s.Max != nil || s.Min != nil {
		for _, v := range badNumbers(s) {
			if v.want == named {
				all = append(all, v)
			}
		}
	}
	return slices.Clip(all)
}
