package messages_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/messages"
	"github.com/qihe-volunteers/qihe/services/teams"
	"github.com/qihe-volunteers/qihe/shared/clock"
)

func page(g *messages.Gateway, host string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, "http://"+host+messages.Path, nil)
	r.RemoteAddr = "127.0.0.1:50000"
	w := httptest.NewRecorder()
	g.Handlers()[messages.Path].ServeHTTP(w, r)
	return w
}

func TestGateway(t *testing.T) {
	t.Parallel()
	t.Run("the page shows the newest message first, as text", func(t *testing.T) {
		t.Parallel()
		g := messages.New(clock.System{}, slog.New(slog.DiscardHandler))
		for _, text := range []string{"first", "<script>second"} {
			if err := g.Send(t.Context(), "15400000001", teams.Message{Text: text}); err != nil {
				t.Fatal(err)
			}
		}
		body := page(g, "127.0.0.1:8080").Body.String()
		first, second := strings.Index(body, "first"), strings.Index(body, "&lt;script&gt;second")
		if first < 0 || second < 0 || second > first || !strings.Contains(body, "15400000001") {
			t.Errorf("page = %s", body)
		}
	})
	t.Run("only the latest fifty are kept", func(t *testing.T) {
		t.Parallel()
		g := messages.New(clock.System{}, slog.New(slog.DiscardHandler))
		for i := range 60 {
			if err := g.Send(t.Context(), "15400000001", teams.Message{Text: fmt.Sprint(i)}); err != nil {
				t.Fatal(err)
			}
		}
		if got := g.Latest(); len(got) != 50 || got[0].Text != "59" {
			t.Errorf("%d messages, newest %q", len(got), got[0].Text)
		}
	})
	t.Run("the log masks the number", func(t *testing.T) {
		t.Parallel()
		var log bytes.Buffer
		g := messages.New(clock.System{}, slog.New(slog.NewTextHandler(&log, nil)))
		if err := g.Send(t.Context(), "15400000001", teams.Message{Text: "hello"}); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(log.String(), "15400000001") || !strings.Contains(log.String(), "154****0001") {
			t.Errorf("log = %s", log.String())
		}
	})
	for host, want := range map[string]int{
		"localhost:8080": http.StatusOK, "127.0.0.1": http.StatusOK, "[::1]:8080": http.StatusOK,
		"evil.example": http.StatusNotFound, "127.0.0.1.evil.example:8080": http.StatusNotFound,
	} {
		t.Run(fmt.Sprintf("who calls us %s gets %d", host, want), func(t *testing.T) {
			t.Parallel()
			g := messages.New(clock.System{}, slog.New(slog.DiscardHandler))
			if got := page(g, host).Code; got != want {
				t.Errorf("status = %d", got)
			}
		})
	}
	for peer, want := range map[string]int{
		"127.0.0.1:50000": http.StatusOK, "[::1]:50000": http.StatusOK,
		"192.168.1.7:50000": http.StatusNotFound, "[fd00::7]:50000": http.StatusNotFound, "": http.StatusNotFound,
	} {
		t.Run(fmt.Sprintf("a peer at %q gets %d, whatever it calls us", peer, want), func(t *testing.T) {
			t.Parallel()
			r := httptest.NewRequest(http.MethodGet, "http://127.0.0.1"+messages.Path, nil)
			r.RemoteAddr = peer
			w := httptest.NewRecorder()
			messages.New(clock.System{}, slog.New(slog.DiscardHandler)).Handlers()[messages.Path].ServeHTTP(w, r)
			if w.Code != want {
				t.Errorf("status = %d", w.Code)
			}
		})
	}
}
