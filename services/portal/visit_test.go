package portal_test

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/portal"
	"github.com/qihe-volunteers/qihe/shared/httpserver"
	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
)

// visits is a record of visits in memory.
type visits struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (v *visits) Write(line []byte) (int, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.text.Write(line)
}

// line returns the fields of the visit with this number, as soon as it is written: after
// the answer.
func (v *visits) line(t *testing.T, requestID string) (found map[string]any) {
	t.Helper()
	wait.Until(t, "the line of "+requestID, func() bool {
		v.mu.Lock()
		defer v.mu.Unlock()
		for line := range strings.Lines(v.text.String()) {
			if strings.Contains(line, requestID) {
				found = map[string]any{}
				return json.Unmarshal([]byte(line), &found) == nil
			}
		}
		return false
	})
	return found
}

// Whoever looks into an attack finds each attempt: what was asked for by which person
// from where, and why it was refused; and browsers are told nothing of it.
func TestVisits(t *testing.T) {
	t.Parallel()
	log := &visits{}
	c := start(t, noNATS, func(cfg *portal.Config) { cfg.Access = slog.New(slog.NewJSONHandler(log, nil)) })
	secret, session := c.teams.signIn()
	// told is a service that answers so, and says what it was asked for.
	told := func(route string, status int, refusal string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set(httpserver.HeaderRoute, route)
			if refusal != "" {
				w.Header().Set(httpserver.HeaderRefusal, refusal)
			}
			w.WriteHeader(status)
		}
	}
	for name, v := range map[string]struct {
		peer   *peer
		answer http.HandlerFunc
		method string
		path   string
		header []string
		want   map[string]any
	}{
		"a wrong code": {
			c.teams, told("/api/teams/v1/sessions", 422, "code_wrong"), "POST", "/api/teams/v1/sessions", nil,
			map[string]any{"visitor": "", "method": "POST", "route": "/api/teams/v1/sessions", "status": 422.0, "refusal": "code_wrong"},
		},
		"a right one": {
			c.teams, told("/api/teams/v1/sessions", 201, ""), "POST", "/api/teams/v1/sessions", nil,
			map[string]any{"visitor": "", "method": "POST", "route": "/api/teams/v1/sessions", "status": 201.0, "refusal": ""},
		},
		"what is another's": {
			c.tasks, told("/api/tasks/v1/tasks/:task_id", 404, "no_such_task"), "GET", "/api/tasks/v1/tasks/0190c0de", []string{"Cookie", "__Host-qihe=" + secret},
			map[string]any{"visitor": session.VolunteerID, "method": "GET", "route": "/api/tasks/v1/tasks/:task_id", "status": 404.0, "refusal": "no_such_task"},
		},
		"a page of another site": {
			c.hours, told("never asked", 200, ""), "POST", "/api/hours/v1/boards", []string{"Sec-Fetch-Site", "cross-site"},
			map[string]any{"visitor": "", "method": "POST", "route": "/api/hours/v1/*", "status": 403.0, "refusal": "foreign_page"},
		},
	} {
		t.Run(name+" is a line", func(t *testing.T) {
			v.peer.answer(v.answer)
			res, _ := c.ask(v.method, v.path, "{}", append([]string{"Content-Type", "application/json"}, v.header...)...)
			line := log.line(t, res.Header.Get("X-Request-Id"))
			v.want["ip"] = "127.0.0.1"
			got := map[string]any{}
			for field := range v.want {
				got[field] = line[field]
			}
			if diff := cmp.Diff(v.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			for header := range res.Header {
				if strings.HasPrefix(header, "Qihe-") {
					t.Errorf("the browser is told %s: %s", header, res.Header.Get(header))
				}
			}
		})
	}
}

// Where a pod has no folder of its own, visits are lines for whoever collects them.
func TestVisitsOnStdout(t *testing.T) {
	t.Parallel()
	c := start(t, noNATS, func(cfg *portal.Config) { cfg.AccessLog = "-" })
	if res, _ := c.ask("GET", "/api/hours/v1/boards", ""); res.StatusCode != http.StatusOK {
		t.Errorf("answered %d", res.StatusCode)
	}
	if _, err := os.Stat("-"); err == nil {
		t.Error("a folder of that name was made")
	}
}
