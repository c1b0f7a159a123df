package apitest

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"pgregory.net/rapid"

	"github.com/qihe-volunteers/qihe/shared/id"
)

// invent makes all of a request anew, out of nothing but the document: with and without what
// may be left out, and at the bounds of what is allowed. Ids are mostly those of the good one.
func (op operation) invent(r *rapid.T, f *form) {
	clear(f.query)
	for _, p := range op.params {
		if p.Required || rapid.Bool().Draw(r, "has "+p.Name) {
			f.put(p, fmt.Sprint(allowed(p.Schema.Value, f).Draw(r, p.Name)))
		}
	}
	switch {
	case op.body != nil:
		f.body = invented(op.body, f, "").Draw(r, "body")
	case op.file != "":
		changeFile(r, f)
	}
}

// invented are values of the schema with all that is inside.
func invented(s *openapi3.Schema, f *form, name string) *rapid.Generator[any] {
	return rapid.Custom(func(r *rapid.T) any {
		switch {
		case s.Nullable && rapid.IntRange(0, 4).Draw(r, "null") == 4:
			return nil
		case s.Type.Is("object"):
			fields := map[string]any{}
			for _, field := range slices.Sorted(maps.Keys(s.Properties)) {
				if slices.Contains(s.Required, field) || rapid.Bool().Draw(r, "has "+name+field) {
					fields[field] = invented(s.Properties[field].Value, f, name+field+".").Draw(r, name+field)
				}
			}
			return fields
		case s.Type.Is("array"):
			most := min(orElse(s.MaxItems, 3), max(3, s.MinItems))
			return rapid.SliceOfN(invented(s.Items.Value, f, name), int(s.MinItems), int(most)).Draw(r, "items") //nolint:gosec // a few
		}
		return allowed(s, f).Draw(r, "value")
	})
}

// allowed are values that the document lets pass, so that the rules behind it are met too.
func allowed(s *openapi3.Schema, f *form) *rapid.Generator[any] {
	return rapid.Custom(func(r *rapid.T) any {
		switch {
		case len(s.Enum) > 0:
			return rapid.SampledFrom(s.Enum).Draw(r, "choice")
		case s.Format == "uuid":
			return rapid.SampledFrom(append(slices.Sorted(maps.Values(f.path)), id.New(), f.as.VolunteerID)).Draw(r, "id")
		case s.Format == "date-time":
			return instant(r).Format(time.RFC3339Nano)
		case s.Format == "date":
			return instant(r).Format(time.DateOnly)
		case s.Type.Is("integer"):
			low, high := int(orElse(s.Min, -1<<31)), int(orElse(s.Max, 1<<31))
			return rapid.OneOf(rapid.IntRange(low, high), rapid.SampledFrom([]int{low, high})).Draw(r, "number")
		case s.Type.Is("number"):
			return rapid.Float64Range(orElse(s.Min, -1e300), orElse(s.Max, 1e300)).Draw(r, "number")
		case s.Type.Is("boolean"):
			return rapid.Bool().Draw(r, "flag")
		case s.Pattern != "":
			return rapid.StringMatching(s.Pattern).Draw(r, "text")
		case s.Type.Is("string"):
			return text(s).Draw(r, "text")
		default:
			return anything(2).Draw(r, "value")
		}
	})
}

func instant(r *rapid.T) time.Time {
	return time.Unix(rapid.Int64Range(0, 7e9).Draw(r, "instant"), rapid.Int64Range(0, 999_999_999).Draw(r, "ns")).UTC()
}

// oddities are pieces of texts that programs stumble over: combining marks, letters outside of
// the first plane, marks that turn the direction, what looks like a digit, a quote, a template.
var oddities = []string{
	"e\u0301", "𠮷", "🧑🏽‍🚀", "\u202e", "\u200b", "\ufeff", "٣", "Ⅷ", "ﬁ", "İ", "ß", "\u2028", "\ufffd", "''", `\`, "%00", "{{1}}", "$1", "\r\n", "﷽", "淇",
}

// text is a text as long as the schema allows, of whatever letters.
func text(s *openapi3.Schema) *rapid.Generator[string] {
	low, high := int(s.MinLength), int(min(orElse(s.MaxLength, 300), 300)) //nolint:gosec // short
	return rapid.OneOf(
		rapid.StringN(low, high, -1),
		rapid.Map(rapid.SliceOfN(rapid.SampledFrom(oddities), 1, 5), func(pieces []string) string {
			letters := []rune(strings.Repeat(strings.Join(pieces, ""), low+1))
			return string(letters[:min(len(letters), max(low, high))])
		}),
		rapid.Just(strings.Repeat("长", high)),
	)
}

func orElse[T any](limit *T, otherwise T) T {
	if limit != nil {
		return *limit
	}
	return otherwise
}

// anything is any JSON up to a depth.
func anything(depth int) *rapid.Generator[any] {
	scalars := []*rapid.Generator[any]{
		rapid.Just[any](nil), rapid.Bool().AsAny(), rapid.Int64().AsAny(), rapid.Float64().AsAny(), rapid.String().AsAny(),
	}
	if depth == 0 {
		return rapid.OneOf(scalars...)
	}
	inner := anything(depth - 1)
	return rapid.OneOf(append(scalars,
		rapid.Map(rapid.SliceOfN(inner, 0, 4), func(items []any) any { return items }),
		rapid.Map(rapid.MapOfN(rapid.String(), inner, 0, 4), func(fields map[string]any) any { return fields }))...)
}
