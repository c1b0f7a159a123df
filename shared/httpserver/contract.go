package httpserver

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/labstack/echo/v4"
	echomiddleware "github.com/oapi-codegen/echo-middleware"

	"github.com/qihe-volunteers/qihe/shared/id"
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

// ReadContract reads the document that generated code carries. That is JSON, which kin-openapi's loader
// would read as YAML, for more than twice as long; a city reads four of them at each start.
func ReadContract(carried func() ([]byte, error)) (*openapi3.T, error) {
	data, err := carried()
	if err != nil {
		return nil, err
	}
	doc := &openapi3.T{}
	if err := json.Unmarshal(data, doc); err != nil {
		return nil, err
	}
	return doc, openapi3.NewLoader().ResolveRefsIn(doc, nil)
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
		ErrorHandler: func(_ echo.Context, err *echo.HTTPError) error {
			var tooLarge *echo.HTTPError // a file of which that is found while it is read
			if errors.As(err.Internal, &tooLarge) && tooLarge.Code == http.StatusRequestEntityTooLarge {
				return tooLarge
			}
			return wrongFields(err)
		},
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
