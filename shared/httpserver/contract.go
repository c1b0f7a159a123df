package httpserver

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/labstack/echo/v4"
	echomiddleware "github.com/oapi-codegen/echo-middleware"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/id"
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

// Contract refuses every request that the OpenAPI document does not allow,
// naming each wrong field in the reader's language. The document says which
// operations need somebody signed in; what that person may do is app's matter.
func Contract(doc *openapi3.T) echo.MiddlewareFunc {
	validate := validator(doc)
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		validated := validate(next)
		return func(c echo.Context) error {
			if err := legible(c.Request()); err != nil {
				return err
			}
			return validated(c)
		}
	}
}

func validator(doc *openapi3.T) echo.MiddlewareFunc {
	return echomiddleware.OapiRequestValidatorWithOptions(doc, &echomiddleware.Options{
		SilenceServersWarning: true, // the servers are paths on the same host
		Options: openapi3filter.Options{
			MultiError:         true,
			KeepValidatedValue: true,
			AuthenticationFunc: openapi3filter.NoopAuthenticationFunc, // who asks is judged in app, by auth.From
			SchemaValidationOptions: []openapi3.SchemaValidationOption{
				openapi3.WithStringFormatValidator("uuid", openapi3.NewCallbackValidator(checkUUID)),
				openapi3.WithStringFormatValidator("date-time", openapi3.NewCallbackValidator(checkInstant)),
			},
		},
		MultiErrorHandler: func(errs openapi3.MultiError) *echo.HTTPError {
			return &echo.HTTPError{Code: http.StatusBadRequest, Internal: errs}
		},
		ErrorHandler: func(_ echo.Context, err *echo.HTTPError) error { return wrongFields(err) },
	})
}

func checkUUID(s string) error {
	if !id.Valid(s) {
		return fmt.Errorf("not a UUID")
	}
	return nil
}

// checkInstant refuses what is no instant, and those outside the years in which
// anything here can happen: before 1970 a check-in code has no step, and from
// the year 10000 on a time has no JSON.
func checkInstant(s string) error {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return err
	}
	if year := t.UTC().Year(); year < 1970 || year > 2199 {
		return fmt.Errorf("the year %d", year)
	}
	return nil
}

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
