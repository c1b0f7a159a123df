// Package api is the HTTP face of the teams service: it decodes, calls app and
// encodes, and nothing else. The routes and shapes are those of openapi.yaml.
package api

import (
	"github.com/labstack/echo/v4"

	"github.com/qihe-volunteers/qihe/services/teams/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/teams/internal/app"
	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/httpserver"
)

type api struct{ app *app.App }

// Register adds every route of the service: those of the contract, and those
// behind the internal secret.
func Register(s *httpserver.Server, a *app.App, internalSecret string) error {
	doc, err := httpserver.ReadContract(gen.GetSpecJSON)
	if err != nil {
		return err
	}
	h := &api{app: a}
	s.Uploads("21M", "/api/teams/v1/imports")
	public := s.Group("/api/teams/v1", httpserver.Contract(doc), atDevice)
	gen.RegisterHandlers(public, gen.NewStrictHandler(h, nil))
	h.registerInternal(s.Internal(internalSecret))
	return nil
}

// atDevice notes at which device and in which browser somebody asks.
func atDevice(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		ctx := app.OnDevice(r.Context(), domain.ParseDevice(httpserver.UserAgent(r.Context())))
		c.SetRequest(r.WithContext(app.InBrowser(ctx, httpserver.Browser(ctx))))
		return next(c)
	}
}

func (h *api) registerInternal(g *echo.Group) {
	g.POST("/sessions/lookup", h.lookUpSession)
	g.POST("/people", h.findPeople)
	g.POST("/members", h.findMembers)
	g.POST("/phones", h.readPhones)
	g.POST("/identities", h.readIdentities)
	g.POST("/records", h.readRecords)
	g.POST("/cards/lookup", h.lookUpCard)
}
