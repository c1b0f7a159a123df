package telemetry

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"
)

func TestNewLogger(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	log := NewLogger(&out, "tasks", "warn")
	log.Info("not this")
	log.Warn("this", "n", 3)
	var line map[string]any
	if err := json.Unmarshal(out.Bytes(), &line); err != nil || line["service"] != "tasks" || line["msg"] != "this" {
		t.Errorf("logged %s (%v)", out.String(), err)
	}
	at, _ := line["time"].(string)
	if when, err := time.Parse(time.RFC3339Nano, at); err != nil || time.Since(when).Abs() > time.Hour { // RFC 3339 has a zone, or is none
		t.Errorf("when it happened is not said for everybody: %q", at)
	}
	out.Reset()
	NewLogger(&out, "tasks", "nonsense").Info("info is the default")
	if out.Len() == 0 {
		t.Error("an unknown level silenced the log")
	}
}

func TestHTTP(t *testing.T) {
	t.Parallel()
	e := echo.New()
	e.Use(HTTP("telemetrytest"))
	e.GET("/things/:id", func(c echo.Context) error { return c.NoContent(http.StatusTeapot) })
	e.GET("/metrics", Handler())
	ask := func(path string) string {
		w := httptest.NewRecorder()
		e.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		return w.Body.String()
	}
	ask("/things/who-it-was")
	metrics := ask("/metrics")
	if !strings.Contains(metrics, `route="/things/:id",service="telemetrytest",status="418"`) {
		t.Error("the request was not counted under its route")
	}
	if strings.Contains(metrics, "who-it-was") {
		t.Error("an id from an address stands in the metrics")
	}
}
