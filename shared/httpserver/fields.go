package httpserver

import (
	"errors"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/labstack/echo/v4"

	"github.com/qihe-volunteers/qihe/shared/apperr"
)

var (
	errMissing = apperr.New(apperr.Invalid, "missing", "请填写。", "Please fill this in.")
	errTooLong = apperr.New(apperr.Invalid, "too_long", "太长了，最多 {max} 个字。", "This is too long; at most {max} characters.")
	errTooFew  = apperr.New(apperr.Invalid, "too_small", "不能小于 {min}。", "This cannot be less than {min}.")
	errTooMuch = apperr.New(apperr.Invalid, "too_large_value", "不能大于 {max}。", "This cannot be more than {max}.")
	errTooMany = apperr.New(apperr.Invalid, "too_many_items", "太多了，最多 {max} 项。", "Too many; at most {max}.")
	errUnknown = apperr.New(apperr.Invalid, "unknown_field", "没有这一项。", "There is no such field.")
	errChoice  = apperr.New(apperr.Invalid, "not_a_choice", "只能从给出的选项中选。", "Only the given choices are possible.")
	errFormat  = apperr.New(apperr.Invalid, "wrong_format", "格式不对。", "This is not in the right form.")
)

// mostFields is how many wrong fields are named: who sends thousands is no
// person with a form.
const mostFields = 50

// wrongFields turns the validator's findings into one error that names the
// fields; what is not about a field (a path, a broken body) stays as it is.
func wrongFields(err *echo.HTTPError) error {
	var fields []apperr.Field
	collect(err.Internal, "", &fields)
	if len(fields) == 0 {
		return err
	}
	return apperr.Together(fields[:min(len(fields), mostFields)]...)
}

func collect(err error, prefix string, fields *[]apperr.Field) {
	switch e := err.(type) { //nolint:errorlint // the validator nests its own types; each level is looked at in turn
	case openapi3.MultiError:
		for _, one := range e {
			collect(one, prefix, fields)
		}
	case *openapi3filter.RequestError:
		if e.Parameter != nil {
			prefix = e.Parameter.Name
			if errors.Is(e.Err, openapi3filter.ErrInvalidRequired) {
				*fields = append(*fields, apperr.Wrong(prefix, errMissing))
				return
			}
			var parse *openapi3filter.ParseError
			if errors.As(e.Err, &parse) {
				*fields = append(*fields, apperr.Wrong(prefix, errFormat))
				return
			}
		}
		collect(e.Err, prefix, fields)
	case *openapi3.SchemaError:
		*fields = append(*fields, apperr.Wrong(fieldName(prefix, e), reason(e)))
	}
}

func fieldName(name string, e *openapi3.SchemaError) string {
	for _, part := range e.JSONPointer() {
		if _, err := strconv.Atoi(part); err == nil {
			name = nth(name, part)
		} else {
			name = within(name, part)
		}
	}
	if e.SchemaField == "properties" { // an unknown field: only the reason tells its name
		if quoted, err := strconv.QuotedPrefix(strings.TrimPrefix(e.Reason, "property ")); err == nil {
			unknown, _ := strconv.Unquote(quoted)
			return within(name, unknown)
		}
	}
	return name
}

// within and nth name what is inside an input, as a form's own code would.
func within(name, field string) string {
	if name == "" {
		return field
	}
	return name + "." + field
}

func nth(name, i string) string { return name + "[" + i + "]" }

func reason(e *openapi3.SchemaError) *apperr.Error {
	switch e.SchemaField {
	case "required", "minLength", "minItems":
		return errMissing
	case "maxLength":
		return errTooLong.With("max", strconv.FormatUint(*e.Schema.MaxLength, 10))
	case "maxItems":
		return errTooMany.With("max", strconv.FormatUint(*e.Schema.MaxItems, 10))
	case "minimum":
		return errTooFew.With("min", number(*e.Schema.Min))
	case "maximum":
		return errTooMuch.With("max", number(*e.Schema.Max))
	case "properties", "additionalProperties":
		return errUnknown
	case "enum":
		return errChoice
	default:
		return errFormat
	}
}

func number(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }
