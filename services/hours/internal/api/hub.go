package api

import (
	"bytes"
	_ "embed"
	"html/template"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"
	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"github.com/qihe-volunteers/qihe/services/hours/internal/app"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/httpserver"
)

//go:embed hub.html
var hubText string

// numbers writes 1234567 as 1,234,567, as all pages do.
var numbers = message.NewPrinter(language.SimplifiedChinese)

var hubPage = template.Must(template.New("hub").Funcs(template.FuncMap{
	"hours": func(minutes int64) string {
		if minutes >= 1000*60 { // a tenth of an hour says nothing any more, and a phone is narrow
			return numbers.Sprintf("%d", minutes/60)
		}
		return numbers.Sprintf("%.1f", float64(minutes)/60)
	},
	"count": func(n any) string { return numbers.Sprintf("%d", n) },
	"when": func(t time.Time) string {
		if t.IsZero() {
			return "从未收到"
		}
		return t.In(clock.City).Format("1月2日 15:04")
	},
}).Parse(hubText))

// RegisterHub adds a hub's page: its cities in this month, this year or all the time. It is public, as
// all that it shows are sums of many.
func RegisterHub(s *httpserver.Server, h *app.Hub, title string) {
	s.GET("/", func(c echo.Context) error {
		period := c.QueryParam("period")
		if period == "" {
			period = "this-month"
		}
		board, err := h.Board(c.Request().Context(), period)
		if err != nil {
			return err
		}
		var page bytes.Buffer
		if err := hubPage.Execute(&page, map[string]any{"Title": title, "Asked": period, "Board": board}); err != nil {
			return err
		}
		c.Response().Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
		c.Response().Header().Set("Cache-Control", "no-cache")
		return c.HTMLBlob(http.StatusOK, page.Bytes())
	})
}
