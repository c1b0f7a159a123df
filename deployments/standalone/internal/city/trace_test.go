package city_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/city"
	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/citytest"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/testkit/spantest"
	"github.com/qihe-volunteers/qihe/shared/testkit/visit"
	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
	"github.com/qihe-volunteers/qihe/shared/tracing"
)

// From the tap on the phone to the board is one trace, through every service and
// both queues between them, and nothing in it says who it was.
func TestTrace(t *testing.T) { //nolint:paralleltest // tracing is the process's: another city's acts would be among these
	spans := spantest.Start(t)
	stop, err := tracing.Start(tracing.Settings{Endpoint: spans.URL, Ratio: 1}, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	r := start(t, city.Options{Data: citytest.EmptyFolder(t), Day: time.Date(2026, 11, 24, 0, 0, 0, 0, clock.City)})
	r.Clock.SetTo(time.Date(2026, 11, 24, 4, 0, 0, 0, clock.City))
	volunteer, leader := person(t, r, 0), person(t, r, 1)

	const canary = "金丝雀"
	team := visit.Text(t, leader.get("/api/teams/v1/me"), "memberships", "role=leader", "team_id")
	programme := visit.Text(t, leader.get("/api/tasks/v1/programmes"), "items", "name=保护淇河", "programme_id")
	begin := r.Clock.Now().Add(30 * time.Minute).Truncate(time.Minute)
	task := leader.post("/api/tasks/v1/tasks", object{
		"team_id": team, "programme_id": programme, "title": canary, "place": canary, "description": canary,
		"risks": canary, "risky": false, "contact_name": canary, "contact_phone": "15400000987",
		"shifts": []object{{"starts_at": begin, "ends_at": begin.Add(2 * time.Hour), "capacity": 10}},
	})
	taskID, shift := visit.Text(t, task, "task_id"), visit.Text(t, task, "shifts", "state=open", "shift_id")
	leader.post("/api/tasks/v1/tasks/"+taskID+"/publish", nil)
	leader.get("/api/tasks/v1/tasks/" + taskID + "?note=" + url.QueryEscape(canary))
	volunteer.post("/api/tasks/v1/shifts/"+shift+"/sign-ups", nil)
	key, err := base64.StdEncoding.DecodeString(visit.Text(t, leader.get("/api/tasks/v1/shifts/"+shift+"/code"), "key"))
	if err != nil {
		t.Fatal(err)
	}
	r.Clock.Leap(30 * time.Minute)
	code := visit.CodeAt(key, shift, r.Clock.Now())
	volunteer.claim(key, shift, "in")
	r.Clock.Leap(90 * time.Minute)
	volunteer.claim(key, shift, "out")

	const forged = "0123456789abcdef0123456789abcdef"
	number := leader.tap("/api/tasks/v1/shifts/"+shift+"/confirm", object{"people_served": 12, "decisions": []object{}}, "00-"+forged+"-0123456789abcdef-01")
	want := []string{
		"portal POST /api/tasks/v1/*", // the tap
		"portal POST tasks",           // asks
		"tasks POST /api/tasks/v1/shifts/:shift_id/confirm",
		"tasks tell tasks.v1.attendance.confirmed",
		"hours hear tasks.v1.attendance.confirmed",
		"hours count on the boards",
		"hours tell hours.v1.entry.posted",
	}
	var trace string
	var seen map[string]bool
	defer func() {
		if t.Failed() {
			t.Logf("seen: %v", seen)
		}
	}()
	wait.Until(t, "the spans from the tap to the board", func() bool {
		first := spans.Spans(func(s spantest.Span) bool {
			return s.Service == "portal" && s.Attributes["qihe.request_id"] == number
		})
		if len(first) != 1 {
			return false
		}
		trace, seen = first[0].Trace, map[string]bool{}
		for _, s := range spans.Spans(func(s spantest.Span) bool { return s.Trace == trace }) {
			seen[s.Service+" "+s.Name] = true
		}
		for _, name := range want {
			if !seen[name] {
				return false
			}
		}
		return true
	})
	if trace == forged {
		t.Error("a browser has chosen what is followed")
	}
	if grouped := spans.Spans(func(s spantest.Span) bool { return s.Service == "tasks" && s.Name == "write a group" }); len(grouped) != 2 {
		t.Errorf("two check-ins were written as %+v", grouped)
	}

	stop() // delivers what is left
	sent := spans.Raw()
	if !bytes.Contains(sent, []byte(number)) {
		t.Fatal("the search below would find nothing")
	}
	me := volunteer.get("/api/teams/v1/me")
	for what, never := range map[string]string{
		"what somebody wrote": canary, "in an address": url.QueryEscape(canary), "a phone": "15400000987", "who signed in": r.Accounts[0].Phone,
		"a name": visit.Text(t, me, "name"), "a volunteer": visit.Text(t, me, "volunteer_id"), "a shift": shift, "a task": taskID, "a team": team,
		"the code": code, "the cookie": volunteer.cookie[strings.Index(volunteer.cookie, "=")+1:], "an address": "127.0.0.1", "the browser": "Go-http-client",
	} {
		if never == "" || bytes.Contains(sent, []byte(never)) {
			t.Errorf("%s (%q) is in a span", what, never)
		}
	}
}

// tap is post, by a browser that claims to be part of a trace. It returns the
// number that the portal gives the request.
func (v visitor) tap(path string, body object, traceparent string) (number string) {
	v.t.Helper()
	raw, err := json.Marshal(body)
	if err != nil {
		v.t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(v.t.Context(), http.MethodPost, v.r.URL+path, bytes.NewReader(raw))
	if err != nil {
		v.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Cookie", v.cookie)
	req.Header.Set("Idempotency-Key", id.New())
	req.Header.Set("Traceparent", traceparent)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		v.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	if answer, _ := io.ReadAll(res.Body); res.StatusCode >= 300 {
		v.t.Fatalf("POST %s: %s %s", path, res.Status, answer)
	}
	return res.Header.Get("X-Request-Id")
}
