package apitest

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/qihe-volunteers/qihe/shared/auth"
)

// form is a request that can be spoilt: everything about it may be wrong.
type form struct {
	as      auth.Principal
	path    map[string]string
	query   url.Values
	header  http.Header
	body    any  // a tree of map[string]any, []any and scalars; raw is written as it is; nil: none
	chunked bool // without saying how long it is
}

// raw is a piece of a body that need not be JSON.
type raw string

// formOf returns the request as a form of its own.
func formOf(r Request) (form, error) {
	f := form{as: r.As, path: maps.Clone(r.Path), query: url.Values{}, header: http.Header{}}
	for name, values := range r.Query {
		f.query[name] = slices.Clone(values)
	}
	if r.File != nil {
		f.header.Set("Content-Type", "application/octet-stream")
		f.body = raw(r.File)
	}
	if r.Body == nil {
		return f, nil
	}
	text, err := json.Marshal(r.Body)
	if err != nil {
		return f, fmt.Errorf("encode good body: %w", err)
	}
	f.header.Set("Content-Type", "application/json")
	d := json.NewDecoder(strings.NewReader(string(text)))
	d.UseNumber()
	return f, d.Decode(&f.body)
}

// with returns a copy of f that change has spoilt.
func (f form) with(change func(*form)) form {
	c := f
	c.path, c.header, c.body = maps.Clone(f.path), f.header.Clone(), clone(f.body)
	c.query = url.Values{}
	for name, values := range f.query {
		c.query[name] = slices.Clone(values)
	}
	change(&c)
	return c
}

func (f form) text() string {
	if f.body == nil {
		return ""
	}
	var b strings.Builder
	encode(&b, f.body)
	return b.String()
}

func encode(b *strings.Builder, v any) {
	switch v := v.(type) {
	case raw:
		b.WriteString(string(v))
	case map[string]any:
		b.WriteByte('{')
		for i, name := range slices.Sorted(maps.Keys(v)) {
			if i > 0 {
				b.WriteByte(',')
			}
			encode(b, name)
			b.WriteByte(':')
			encode(b, v[name])
		}
		b.WriteByte('}')
	case []any:
		b.WriteByte('[')
		for i, item := range v {
			if i > 0 {
				b.WriteByte(',')
			}
			encode(b, item)
		}
		b.WriteByte(']')
	default:
		text, err := json.Marshal(v)
		if err != nil {
			panic(err) // impossible: decoded JSON
		}
		b.Write(text)
	}
}

func clone(v any) any {
	switch v := v.(type) {
	case map[string]any:
		c := make(map[string]any, len(v))
		for name, item := range v {
			c[name] = clone(item)
		}
		return c
	case []any:
		c := make([]any, len(v))
		for i, item := range v {
			c[i] = clone(item)
		}
		return c
	default:
		return v
	}
}
