package apitest

import (
	"maps"
	"slices"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"pgregory.net/rapid"

	"github.com/qihe-volunteers/qihe/shared/id"
)

// allowed are values that the document lets pass, so that the rules behind it are met too.
func allowed(s *openapi3.Schema, f *form) *rapid.Generator[any] {
	return rapid.Custom(func(r *rapid.T) any {
		switch {
		case len(s.Enum) > 0:
			return rapid.SampledFrom(s.Enum).Draw(r, "choice")
		case s.Format == "uuid":
			return rapid.SampledFrom(append(slices.Sorted(maps.Values(f.path)), id.New(), f.as.VolunteerID)).Draw(r, "id")
		case s.Format == "date-time":
			return time.Unix(rapid.Int64Range(0, 7e9).Draw(r, "instant"), rapid.Int64Range(0, 999_999_999).Draw(r, "ns")).UTC().Format(time.RFC3339Nano)
		case s.Type.Is("integer"):
			return rapid.IntRange(int(orElse(s.Min, -1<<31)), int(orElse(s.Max, 1<<31))).Draw(r, "number")
		case s.Type.Is("number"):
			return rapid.Float64Range(orElse(s.Min, -1e300), orElse(s.Max, 1e300)).Draw(r, "number")
		case s.Type.Is("boolean"):
			return rapid.Bool().Draw(r, "flag")
		case s.Pattern != "":
			return rapid.StringMatching(s.Pattern).Draw(r, "text")
		case s.Type.Is("string"):
			return rapid.StringN(int(s.MinLength), int(min(orElse(s.MaxLength, 300), 300)), -1).Draw(r, "text")
		default:
			return anything(2).Draw(r, "value")
		}
	})
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
