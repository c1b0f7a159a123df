package apitest

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"strings"
)

// mega is a little more than the largest body a service reads.
const mega = 1<<20 + 1

// A crowd is an object of fields that nobody knows. One operation of each Check
// meets as many as a body can hold: who reads and refuses them knows nothing of
// operations, and takes as long as for a thousand other requests.
const (
	crowd    = 100_000
	gathered = 10_000 // told one by one, they too would be far more than the longest refusal
)

func crowdOf(fields int) string {
	var b strings.Builder
	for i := range fields {
		fmt.Fprintf(&b, `,"%d":1`, i)
	}
	return "{" + b.String()[1:] + "}"
}

// badBodies spoil the body as a whole.
func badBodies(unknown int) []sample {
	var all []sample
	add := func(name string, code int, spoil func(*form)) {
		all = append(all, sample{name: "body: " + name, spoil: spoil, want: refused, code: code})
	}
	for _, b := range []struct {
		name string
		of   func(text string) string
	}{
		{"empty", as("")}, {"null", as("null")}, {"text", as(`"text"`)}, {"a number", as("1")}, {"a list", as("[]")}, {"a form", as("a=b&c=d")},
		{"nested ten thousand deep", as(string(deep))}, {"not UTF-8", as("\xff\xfe{\x00}\x00")},
		{"nested deep in objects", as(strings.Repeat(`{"a":`, 10_001) + "1" + strings.Repeat("}", 10_001))},
		{fmt.Sprintf("of %d unknown fields", unknown), as(crowdOf(unknown))},
		{"in a list", func(text string) string { return "[" + text + "]" }},
		{"cut short", func(text string) string { return text[:len(text)-1] }},
		{"with something after it", func(text string) string { return text + " x" }},
		{"twice", func(text string) string { return text + text }},
		{"with a comma too many", func(text string) string { return text[:len(text)-1] + ",}" }},
		{"with a comment", func(text string) string { return "/**/" + text }},
		{"with a byte order mark", func(text string) string { return "\xef\xbb\xbf" + text }},
	} {
		add(b.name, 0, func(f *form) { f.body = raw(b.of(f.text())) })
	}
	spaces := strings.Repeat(" ", mega)
	add("over a mebibyte", http.StatusRequestEntityTooLarge, func(f *form) { f.body = raw(f.text() + spaces) })
	add("over a mebibyte, of unknown length", http.StatusRequestEntityTooLarge, func(f *form) {
		f.body, f.chunked = raw(f.text()+spaces), true
	})
	for _, kind := range []string{
		"", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/xml", "application/jsonx",
	} {
		add("sent as "+kind, 0, func(f *form) { f.header.Set("Content-Type", kind) })
	}
	add("sent without saying as what", 0, func(f *form) { f.header.Del("Content-Type") })
	return all
}

// badFiles spoil a body that is a file. What is cut short or noise may be taken
// in and found out later.
func badFiles() []sample {
	var all []sample
	add := func(name string, want verdict, code int, spoil func(*form)) {
		all = append(all, sample{name: "file: " + name, spoil: spoil, want: want, code: code})
	}
	add("none", refused, 0, func(f *form) { f.body = nil })
	add("empty", refused, 0, func(f *form) { f.body = raw("") })
	add("cut short", survive, 0, func(f *form) { f.body = raw(f.text()[:len(f.text())/2]) })
	add("JSON", survive, 0, func(f *form) { f.body = raw(`{"a": [1, 2, null]}`) })
	add("noise", survive, 0, func(f *form) { f.body = raw(strings.Repeat("\x00\xff\xfe\x80PK", 1000)) })
	for _, chunked := range []bool{false, true} {
		add(fmt.Sprintf("far too large, of unknown length: %t", chunked), refused, http.StatusRequestEntityTooLarge, func(f *form) {
			f.body, f.chunked = raw(strings.Repeat("x", 32*mega)), chunked
		})
	}
	for _, kind := range []string{"", "text/plain", "application/json", "multipart/form-data; boundary=x"} {
		add("sent as "+kind, refused, 0, func(f *form) { f.header.Set("Content-Type", kind) })
	}
	return all
}

func as(text string) func(string) string { return func(string) string { return text } }

// cursors are places in a list that no page before has named.
var cursors = []string{
	"x", "!!!", "=", base64.RawURLEncoding.EncodeToString([]byte("x")), base64.RawURLEncoding.EncodeToString([]byte("2026-11-23T10:00:00Z x")),
	base64.RawURLEncoding.EncodeToString([]byte("2026-11-23T10:00:00Z")), base64.RawURLEncoding.EncodeToString([]byte("\x00 \x00")),
	base64.RawURLEncoding.EncodeToString([]byte("{}")), base64.RawURLEncoding.EncodeToString([]byte(" ")), strings.Repeat("A", 200),
}
