package stories_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/city"
	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/citytest"
	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/site"
	"github.com/qihe-volunteers/qihe/services/portal"
	"github.com/qihe-volunteers/qihe/shared/id"
)

// patience bounds one story, the city's start not included.
const patience = 8 * time.Minute

func TestMain(m *testing.M) { os.Exit(citytest.Main(m)) }

func TestStories(t *testing.T) {
	t.Parallel()
	for _, story := range []string{"one_hour", "every_page", "joining", "notices", "claim", "shared_phone", "new_number", "brigades", "offices", "roster", "handover", "card", "people", "privacy", "qualifications", "again", "flood", "programmes", "training", "waiting_list", "swap", "together", "paste", "offline", "who_was_there", "paper", "record", "first_scan", "gate", "publicity", "figures", "correction", "certificate", "history", "witnessed", "month", "companions", "family", "wishes", "pairing", "purposes", "national", "children", "need_help", "matching", "visit"} {
		t.Run(story, func(t *testing.T) {
			t.Parallel()
			tell(t, story+".mjs", func(o *city.Options) {
				if story == "every_page" { // the others are told in a city of which nothing is said
					o.Site = portal.Site{Operator: "鹤壁市妇女联合会", Contact: "0392-0000000", ICP: "豫ICP备2026000001号-1", Police: "豫公网安备41060002000001号"}
				}
			})
		})
	}
}

// tell starts a city of its own and tells it the story.
func tell(t *testing.T, story string, how ...func(*city.Options)) {
	t.Helper()
	browser := findBrowser(t)
	if _, err := os.Stat("node_modules/playwright-core"); err != nil {
		t.Fatal("The stories need their packages. Type: cd deployments/standalone/stories && npm ci")
	}
	running, logged := startCity(t, how...)
	control := httptest.NewServer(controls(t, running))
	t.Cleanup(control.Close)

	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	node := exec.CommandContext(ctx, "node", story)
	node.Env = append(os.Environ(), "QIHE_URL="+running.URL, "QIHE_CONTROL="+control.URL, "QIHE_BROWSER="+browser,
		"QIHE_VOLUNTEER="+running.Accounts[0].Phone, "QIHE_LEADER="+running.Accounts[1].Phone, "QIHE_OFFICER="+running.Accounts[2].Phone,
		"QIHE_COUNTY_OFFICER="+running.Accounts[3].Phone, "QIHE_PICTURES="+pictures(t, story))
	if story == "witnessed.mjs" {
		node.Env = append(node.Env, "QIHE_VERIFY="+verifier(t))
	}
	node.Cancel = func() error { return node.Process.Signal(os.Interrupt) }
	node.WaitDelay = 10 * time.Second
	out, err := node.CombinedOutput()
	t.Logf("%s:\n%s", story, out)
	if err != nil {
		t.Fatalf("the story did not go as told: %v", err)
	}
	if told, err := os.ReadFile(story); err != nil || bytes.Contains(told, []byte(canary)) {
		if err := errors.Join(err, running.stop()); err != nil {
			t.Fatal(err)
		}
		for _, where := range leaks(t, running.data, logged.bytes()) {
			t.Errorf("what is known of a child or a family stands in the open: %s", where)
		}
	}
}

// verifier builds qihe-verify, which a witness has on its own computer.
func verifier(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "qihe-verify")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", path, "github.com/qihe-volunteers/qihe/services/hours/cmd/qihe-verify").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return path
}

// pictures empties the folder in which a story keeps what it saw, for a person
// to read: under QIHE_PICTURES, else at the root, where it is never committed.
func pictures(t *testing.T, story string) string {
	t.Helper()
	folder := os.Getenv("QIHE_PICTURES")
	if folder == "" {
		folder = filepath.Join("..", "..", "..", "artefacts", "pictures")
	}
	folder, err := filepath.Abs(filepath.Join(folder, strings.TrimSuffix(story, ".mjs")))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(folder); err != nil {
		t.Fatal(err)
	}
	return folder
}

func findBrowser(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Fatal("The stories need a browser. Type: sudo apt-get install chromium-headless-shell fonts-noto-cjk")
	return ""
}

// town is a city that runs for a test.
type town struct {
	*city.Running
	data string       // its folder
	stop func() error // before the test ends, if that is needed
}

// startCity starts a copy of the demo city, and returns all that it logs.
func startCity(t *testing.T, how ...func(*city.Options)) (town, *record) {
	t.Helper()
	logged := &record{}
	options := city.Options{Data: citytest.Folder(t), Log: slog.New(slog.NewMultiHandler(
		slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn}), slog.NewTextHandler(logged, &slog.HandlerOptions{Level: slog.LevelDebug})))}
	for _, change := range how {
		change(&options)
	}
	running, err := city.Start(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	stop := sync.OnceValue(running.Stop)
	t.Cleanup(func() {
		if err := stop(); err != nil {
			t.Errorf("stop the city: %v", err)
		}
	})
	return town{running, options.Data, stop}, logged
}

var sixDigits = regexp.MustCompile(`\d{6}`)

// controls lets a story read the text messages a phone would have got, and
// move the city's clock: nobody waits two hours for a check-out. It can also let
// the whole city work for a moment.
func controls(t *testing.T, r town) http.Handler {
	t.Helper()
	mux := http.NewServeMux()
	hired := sync.OnceValues(func() (*workers, error) { return hire(t, r.Running) })
	mux.HandleFunc("POST /work", func(w http.ResponseWriter, req *http.Request) {
		workers, err := hired()
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		workers.serve(w, req)
	})
	mux.HandleFunc("POST /bury", func(http.ResponseWriter, *http.Request) { bury(t, r.data) })
	mux.HandleFunc("GET /code", func(w http.ResponseWriter, req *http.Request) {
		for _, m := range r.Messages.Latest() {
			if m.Phone == req.URL.Query().Get("phone") {
				_, _ = w.Write([]byte(sixDigits.FindString(m.Text)))
				return
			}
		}
		w.WriteHeader(http.StatusNotFound)
	})
	mux.HandleFunc("GET /now", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte(r.Clock.Now().Format(time.RFC3339)))
	})
	mux.HandleFunc("POST /leap", func(w http.ResponseWriter, req *http.Request) {
		to, err := time.Parse(time.RFC3339, req.URL.Query().Get("to"))
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		r.Clock.SetTo(to)
	})
	return mux
}

// bury lets hours have given up three events: two that this release has nothing to do
// with any more, so that they can be carried out, and one that can never be read.
func bury(t *testing.T, data string) {
	s, err := site.Open(t.Context(), data)
	if err != nil {
		t.Error(err)
		return
	}
	defer func() { _ = s.Close() }()
	for _, l := range [][4]string{
		{"tasks.v1.shift.noted", `{}`, "conflict", "pq: insert or update violates foreign key constraint"},
		{"tasks.v1.shift.noted", `{}`, "conflict", "pq: insert or update violates foreign key constraint"},
		{"tasks.v1.attendance.confirmed", `{`, "unreadable", "decode tasks.v1.attendance.confirmed: unexpected end of JSON input"},
	} {
		citytest.Change(t, s, "hours", fmt.Sprintf(`
			INSERT INTO dead_letters (id, consumer, event_id, subject, body, occurred_at, error, attempts, cause)
			VALUES ('%s', 'hours-from-tasks', '%s', '%s', '%s', now(), '%s', 6, '%s')`, id.New(), id.New(), l[0], l[1], l[3], l[2]))
	}
}
