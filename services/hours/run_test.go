package hours_test

import (
	"context"
	"crypto/ed25519"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/hours"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/bus"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/contract/hoursv1"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/testkit/bustest"
	"github.com/qihe-volunteers/qihe/shared/testkit/freeport"
	"github.com/qihe-volunteers/qihe/shared/testkit/pgtest"
	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
	"github.com/qihe-volunteers/qihe/shared/translog"
)

// running is the service as production runs it, told by others' events only.
type running struct {
	t      *testing.T
	cfg    hours.Config
	signer *auth.Signer
	bus    *bus.Bus
}

func newRunning(t *testing.T) *running {
	t.Helper()
	_, key, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	r := &running{t: t, signer: auth.NewSigner(key, clock.System{})}
	portal := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_ = json.NewEncoder(w).Encode(r.signer.PublicKeys())
	}))
	t.Cleanup(portal.Close)
	db := pgtest.New(t, "hours", hours.Migrations()...)
	r.cfg = hours.Config{
		DatabaseURL: db.URL, OwnerDatabaseURL: db.OwnerURL, NATSURL: bustest.Start(t),
		PortalURL: portal.URL, TeamsURL: "http://127.0.0.1:1", InternalSecret: "secret", LogKeyFile: logKey(t), KeyFile: filepath.Join(t.TempDir(), "keys.json"), MakeKeyFile: true, Address: freeport.Address(t),
	}
	r.bus, err = bus.Connect(t.Context(), r.cfg.NATSURL, "test", slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.bus.Close)
	return r
}

// start runs the service; the function it returns stops it and waits for a clean end.
func (r *running) start() (stop func()) {
	ctx, cancel := context.WithCancel(r.t.Context())
	ended := make(chan error, 1)
	go func() { ended <- hours.Run(ctx, r.cfg) }()
	return func() {
		r.t.Helper()
		cancel()
		select {
		case err := <-ended:
			if err != nil {
				r.t.Errorf("Run = %v, want a clean end", err)
			}
		case <-time.After(time.Minute):
			r.t.Error("Run did not end")
		}
	}
}

// tell publishes events as another service's relay would.
func (r *running) tell(stream string, events ...outbox.Event) {
	r.t.Helper()
	if err := r.bus.EnsureStream(r.t.Context(), stream); err != nil {
		r.t.Fatal(err)
	}
	var messages []bus.Message
	for _, e := range events {
		body, err := json.Marshal(e)
		if err != nil {
			r.t.Fatal(err)
		}
		aggregate, version := e.Aggregate()
		messages = append(messages, bus.Message{ID: id.New(), Subject: e.Subject(), Aggregate: aggregate, Version: version, OccurredAt: time.Now(), Data: body})
	}
	if _, err := r.bus.Publish(r.t.Context(), stream, messages); err != nil {
		r.t.Fatal(err)
	}
}

func (r *running) get(path, volunteerID string) string {
	token, err := r.signer.Token(auth.Principal{VolunteerID: volunteerID})
	if err != nil {
		r.t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(r.t.Context(), http.MethodGet, "http://"+r.cfg.Address+path, nil)
	if err != nil {
		r.t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+token)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return err.Error() // not listening yet
	}
	defer func() { _ = res.Body.Close() }()
	body, _ := io.ReadAll(res.Body)
	return string(body)
}

func TestRun(t *testing.T) {
	t.Parallel()
	t.Run("a confirmed attendance is on the board, in the ledger and told, once, also after a restart", func(t *testing.T) {
		t.Parallel()
		r := newRunning(t)
		stop := r.start()
		from := time.Date(2026, time.November, 24, 9, 0, 0, 0, clock.City)
		e := tasksv1.AttendanceConfirmed{
			AttendanceID: id.New(), TaskTitle: "淇河岸边捡拾垃圾", TeamID: id.New(), RegionPath: "4106/410611/", ProgrammeID: id.New(), VolunteerID: id.New(),
			Verification: "A", From: from, To: from.Add(2 * time.Hour), Minutes: 120, ConfirmedBy: id.New(), ConfirmedAt: from, Version: 1,
		}
		r.tell(tasksv1.Stream, e, e, tasksv1.ProgrammeChanged{ProgrammeID: e.ProgrammeID, Name: "保护淇河", Version: 1})
		r.tell(teamsv1.Stream,
			teamsv1.TeamChanged{TeamID: e.TeamID, Name: "桂鹤社区巾帼志愿服务队", RegionPath: e.RegionPath, Version: 1},
			teamsv1.RegionChanged{Code: "4106", Name: "鹤壁市", Path: "4106/", Version: 1})

		board := "/api/hours/v1/boards?subject=team&scope=region:4106&period=month:2026-11"
		shown := func() bool {
			return strings.Contains(r.get(board, e.VolunteerID), `"name":"桂鹤社区巾帼志愿服务队"`)
		}
		wait.Until(t, "the team on the board", shown)
		if body := r.get("/api/hours/v1/me/summary", e.VolunteerID); !strings.Contains(body, `"total_minutes":120`) || !strings.Contains(body, `"entries":1`) {
			t.Errorf("summary = %s", body)
		}
		wait.Until(t, "the event", func() bool {
			s, err := r.bus.StreamState(t.Context(), hoursv1.Stream)
			return err == nil && s.LastSequence == 1
		})
		stop()

		stop = r.start()
		wait.Until(t, "the board after the restart", shown)
		if body := r.get(board, e.VolunteerID); !strings.Contains(body, `"position":1,`) {
			t.Errorf("board = %s", body)
		}
		stop()
		if report, err := hours.Check(t.Context(), r.cfg); err != nil || report != (hours.Books{Lines: 1}) {
			t.Errorf("Check = %s, %v", report, err)
		}
	})
}

// logKey makes a key file for the ledger's log.
func logKey(t testing.TB) string {
	t.Helper()
	content, err := translog.NewKey("test/hours")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "ledger-log.key")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
