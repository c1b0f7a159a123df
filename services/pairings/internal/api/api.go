// Package api is the HTTP face of the pairings service: it decodes, calls app and
// encodes. openapi.yaml says what the routes are.
package api

import (
	"fmt"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/app"
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
	s.Uploads("5M", "/api/pairings/v1/consent-signatures")
	gen.RegisterHandlers(s.Group("/api/pairings/v1", httpserver.Contract(contract)), gen.NewStrictHandler(handlers{a}, nil))
	return nil
}
