// Package api is the HTTP face of the hours service: it decodes, calls app and
// encodes. openapi.yaml says what the routes are.
package api

import (
	"fmt"

	"github.com/qihe-volunteers/qihe/services/hours/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/hours/internal/app"
	"github.com/qihe-volunteers/qihe/shared/httpserver"
)

// handlers implements the interface made from openapi.yaml.
type handlers struct{ app *app.App }

// Register adds the service's routes to s, each request checked against openapi.yaml.
func Register(s *httpserver.Server, a *app.App) error {
	contract, err := httpserver.ReadContract(gen.GetSpecJSON)
	if err != nil {
		return fmt.Errorf("read contract: %w", err)
	}
	s.Uploads("6M", "/api/hours/v1/history-files")
	s.Uploads("9M", "/api/hours/v1/history-pages")
	s.Uploads("4M", "/api/hours/v1/report-forms")
	s.Uploads("21M", "/api/hours/v1/national-answers")
	gen.RegisterHandlers(s.Group("/api/hours/v1", httpserver.Contract(contract)), gen.NewStrictHandler(handlers{a}, nil))
	return nil
}
