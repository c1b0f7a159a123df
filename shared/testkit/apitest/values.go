package apitest

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// verdict is what the handler must make of a value.
type verdict int

const (
	refused verdict = iota // with a 4xx
	named                  // with a 4xx that names the field
	survive                // either way, but no 5xx
)

// value is something to put in a field's place, as JSON or worse.
type value struct {
	name string
	text raw
	want verdict
}

func quoted(name, s string, want verdict) value { return value{name, raw(strconv.Quote(s)), want} }

var deep = raw(strings.Repeat("[", 10_000) + strings.Repeat("]", 10_000))

// badValues are the values that a field of this schema is tried with.
func badValues(s *openapi3.Schema) []value {
	all := wrongTypes(s)
	switch {
	case s.Type.Is("string"):
		all = append(all, badTexts(s)...)
	case s.Type.Is("integer"), s.Type.Is("number"):
		all = append(all, badNumbers(s)...)
	}
	return append(all,
		value{"nested ten thousand deep", deep, refused},
		value{"not JSON", `nonsense`, refused},
		value{"nothing at all", ``, refused},
	)
}

func wrongTypes(s *openapi3.Schema) []value {
	var all []value
	for _, v := range []struct{ kind, text string }{
		{"string", `"text"`}, {"number", `7.5`}, {"integer", `7`}, {"boolean", `true`}, {"array", `[]`}, {"object", `{}`}, {"null", `null`},
	} {
		fits := s.Type.Is(v.kind) || v.kind == "integer" && s.Type.Is("number") || v.kind == "null" && s.Nullable
		if !fits {
			all = append(all, value{v.kind, raw(v.text), named})
		}
	}
	return all
}

func badTexts(s *openapi3.Schema) []value {
	free := survive // may be kept or refused
	if s.Format != "" || s.Pattern != "" || len(s.Enum) > 0 {
		free = named
	}
	all := []value{
		{"a zero byte, escaped", `"a\u0000b"`, named},
		{"a zero byte", "\"a\x00b\"", refused},
		{"bytes that are no UTF-8", "\"a\xff\xfeb\"", refused},
		{"half a character", `"a\ud800b"`, free},
		quoted("SQL", `'); DROP TABLE tasks; --`, free),
		quoted("a path", `../../../../etc/passwd`, free),
		quoted("markup", `<script>alert(1)</script>{{7*7}}${7*7}%s%n`, free),
		{"invisible characters", `"a\u202e\u200b\ufeff\u0007b"`, free},
		quoted("empty", "", map[bool]verdict{true: named, false: survive}[free == named || s.MinLength > 0]),
	}
	if s.MaxLength != nil {
		n := int(*s.MaxLength)
		all = append(all, quoted("one character too long", strings.Repeat("长", n+1), named), quoted("as long as may be", strings.Repeat("长", n), free))
	}
	switch s.Format {
	case "uuid":
		for _, id := range notIDs {
			all = append(all, quoted("no id: "+id, id, named))
		}
	case "date-time":
		all = append(all, badInstants()...)
	}
	for _, choice := range s.Enum {
		all = append(all, quoted("another case", strings.ToUpper(fmt.Sprint(choice)), named), quoted("with a space", fmt.Sprint(choice)+" ", named))
	}
	return all
}

// notIDs look like ids and are none: we know one way of writing them.
var notIDs = []string{
	"0193583C-7D00-7000-8000-000000000001", "0193583c7d0070008000000000000001", "{0193583c-7d00-7000-8000-000000000001}",
	"urn:uuid:0193583c-7d00-7000-8000-000000000001", "0193583c-7d00-7000-8000-000000000001 ", "0193583c-7d00-7000-8000-00000000000g",
	"' OR '1'='1", "..%2f..%2fetc%2fpasswd", "../me", "1", "０193583c-7d00-7000-8000-000000000001", "a\nb",
}

func badInstants() []value {
	var all []value
	for _, s := range []string{"yesterday", "2026-02-30T10:00:00Z", "2026-11-23", "2026-11-23 10:00:00", "2026-11-23T25:00:00Z", "1764000000"} {
		all = append(all, quoted("no instant: "+s, s, named))
	}
	for _, s := range []string{
		"10000-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "9999-12-31T23:59:59-23:59", "294277-01-01T00:00:00Z", "0000-01-01T00:00:00Z",
		"0000-01-01T00:00:00+23:59", "0001-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "2026-11-23T10:00:00+99:99", "2026-11-23T10:00:60Z",
		"2026-11-23T10:00:00." + strings.Repeat("9", 40) + "Z", "2026-11-23t10:00:00z", "2026-11-23T10:00:00,5Z",
	} {
		all = append(all, quoted("instant "+s, s, survive))
	}
	return all
}

func badNumbers(s *openapi3.Schema) []value {
	bound := func(limited bool) verdict { return map[bool]verdict{true: named, false: survive}[limited] }
	all := []value{
		{"a number no computer holds", `1e400`, refused},
		{"more than 64 bits", `9223372036854775808`, bound(s.Max != nil)},
		{"less than 64 bits", `-9223372036854775809`, bound(s.Min != nil)},
		{"thirty digits", `123456789012345678901234567890`, bound(s.Max != nil)},
		{"the largest", `1.7976931348623157e308`, bound(s.Max != nil)},
		{"minus nought", `-0`, survive}, {"nought", `0`, survive}, {"a whole number with a point", `1.0`, survive},
		{"with an exponent", `1e0`, survive}, {"octal", `010`, refused}, {"not a number", `NaN`, refused}, {"infinite", `Infinity`, refused},
	}
	if s.Max != nil {
		all = append(all, value{"one too many", raw(strconv.FormatFloat(*s.Max+1, 'f', -1, 64)), named})
	}
	if s.Min != nil {
		all = append(all, value{"one too few", raw(strconv.FormatFloat(*s.Min-1, 'f', -1, 64)), named})
	}
	return all
}
