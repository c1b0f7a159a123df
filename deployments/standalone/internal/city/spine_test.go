package city_test

import (
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/city"
	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/citytest"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/testkit/visit"
	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
)

// One hour of service travels from a leader's posting to the boards, through
// every service, by the same requests that the pages send.
func TestSpine(t *testing.T) {
	t.Parallel()
	r := start(t, city.Options{Data: citytest.EmptyFolder(t), Day: time.Date(2026, 11, 24, 0, 0, 0, 0, clock.City)})
	r.Clock.SetTo(time.Date(2026, 11, 24, 4, 0, 0, 0, clock.City))
	// Before dawn, when the demo city has nothing planned for anybody.
	volunteer, leader, officer := person(t, r, 0), person(t, r, 1), person(t, r, 2)

	team := visit.Text(t, leader.get("/api/teams/v1/me"), "memberships", "role=leader", "team_id")
	programme := visit.Text(t, leader.get("/api/tasks/v1/programmes"), "items", "name=保护淇河", "programme_id")
	begin := r.Clock.Now().Add(30 * time.Minute).Truncate(time.Minute)
	task := leader.post("/api/tasks/v1/tasks", object{
		"team_id": team, "programme_id": programme, "title": "淇河岸边捡垃圾", "place": "桂鹤码头", "description": "沿岸两公里",
		"risks": "水边路滑，不要下水", "risky": false, "contact_name": "队长", "contact_phone": "15400000002",
		"shifts": []object{{"starts_at": begin, "ends_at": begin.Add(2 * time.Hour), "capacity": 10}},
	})
	taskID, shift := visit.Text(t, task, "task_id"), visit.Text(t, task, "shifts", "state=open", "shift_id")
	leader.post("/api/tasks/v1/tasks/"+taskID+"/publish", nil)

	volunteer.post("/api/tasks/v1/shifts/"+shift+"/sign-ups", nil)
	key, err := base64.StdEncoding.DecodeString(visit.Text(t, leader.get("/api/tasks/v1/shifts/"+shift+"/code"), "key"))
	if err != nil {
		t.Fatal(err)
	}
	myBoard := "/api/hours/v1/boards/me?scope=team:" + team + "&period=month:2026-11"
	overview := "/api/hours/v1/overview?region=4106"
	boardBefore, overviewBefore := visit.Number(t, volunteer.get(myBoard), "minutes"), visit.Number(t, officer.get(overview), "position")
	live := officer.follow("/api/hours/v1/live")
	first := <-live

	r.Clock.Leap(30 * time.Minute)
	volunteer.claim(key, shift, "in")
	r.Clock.Leap(90 * time.Minute)
	volunteer.claim(key, shift, "out")
	leader.post("/api/tasks/v1/shifts/"+shift+"/confirm", object{"people_served": 12, "decisions": []object{}})

	select {
	case second := <-live:
		if second == first {
			t.Errorf("the live page shows %s again", second)
		}
	case <-time.After(wait.Allowed(time.Second)):
		t.Error("the live page shows nothing new soon after the confirmation")
	}
	if got := visit.Number(t, volunteer.get(myBoard), "minutes") - boardBefore; got != 90 {
		t.Errorf("the volunteer's board grew by %v minutes, want 90", got)
	}
	if got := visit.Number(t, officer.get(overview), "position") - overviewBefore; got != 1 {
		t.Errorf("the officer's overview is %v entries further, want 1", got)
	}
	entry := visit.Text(t, volunteer.get("/api/hours/v1/me/entries?limit=1"), "items", "title=淇河岸边捡垃圾", "proof")
	if entry != "scanned" {
		t.Errorf("the entry was proved by %q", entry)
	}
}

// Signing out on one device ends what the same session has open elsewhere.
func TestSignOut(t *testing.T) {
	t.Parallel()
	r := start(t, city.Options{Data: citytest.Folder(t)})
	leaving, staying := person(t, r, 0), person(t, r, 1)
	open, other := leaving.follow("/api/hours/v1/live"), staying.follow("/api/hours/v1/live")
	<-open
	<-other
	leaving.ask(http.MethodDelete, "/api/teams/v1/sessions/current", nil)
	select {
	case _, more := <-open:
		if more {
			t.Error("the live page goes on")
		}
	case <-time.After(wait.Allowed(2 * time.Second)):
		t.Error("the live page is still open")
	}
	for _, path := range []string{"/api/teams/v1/me", "/api/tasks/v1/me/shifts", "/api/hours/v1/me/summary"} {
		if got := get(t, r.URL, path, leaving.cookie); !strings.HasPrefix(got, "401 ") {
			t.Errorf("%s answers %s", path, got)
		}
	}
	select {
	case _, more := <-other:
		if !more {
			t.Error("the other person's live page ended too")
		}
	default:
	}
	staying.get("/api/teams/v1/me")
}

// Signing out everywhere ends every session of the person in every service
// within two seconds, and a cookie that a browser had before never becomes
// that of who signs in (OWASP ASVS 5.0, 7.2.4 and 7.4).
func TestSignOutEverywhere(t *testing.T) {
	t.Parallel()
	r := start(t, city.Options{Data: citytest.Folder(t)})
	here, there, other := person(t, r, 0), person(t, r, 0), person(t, r, 1)
	if here.cookie == there.cookie {
		t.Fatal("two sign-ins gave one cookie")
	}
	paths := []string{"/api/teams/v1/me", "/api/tasks/v1/me/shifts", "/api/hours/v1/me/summary"}
	for _, path := range paths { // the portal remembers them
		here.get(path)
		there.get(path)
	}
	here.ask(http.MethodDelete, "/api/teams/v1/sessions", nil)
	ended := time.Now()
	for _, v := range []visitor{here, there} {
		for _, path := range paths {
			for answer := ""; !strings.HasPrefix(answer, "401 "); answer = get(t, r.URL, path, v.cookie) {
				if took := time.Since(ended); took > wait.Allowed(2*time.Second) {
					t.Fatalf("%s still answers after %s: %s", path, took, answer)
				}
			}
		}
	}
	other.get("/api/teams/v1/me")
}

type object map[string]any

// visitor is somebody with a phone, signed in.
type visitor struct {
	t      testing.TB
	r      *city.Running
	cookie string
}

func person(t testing.TB, r *city.Running, account int) visitor {
	t.Helper()
	return visitor{t, r, signIn(t, r.URL, r.Accounts[account].Phone)}
}

func (v visitor) get(path string) any { return v.ask(http.MethodGet, path, nil) }

func (v visitor) post(path string, body object) any { return v.ask(http.MethodPost, path, body) }

func (v visitor) ask(method, path string, body object) any {
	v.t.Helper()
	sent := ""
	if body != nil {
		raw, err := json.Marshal(body)
		if err != nil {
			v.t.Fatal(err)
		}
		sent = string(raw)
	}
	res := open(v.t, method, v.r.URL+path, sent, v.cookie)
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(res.Body)
	var answer any
	if err == nil && len(raw) > 0 {
		err = json.Unmarshal(raw, &answer)
	}
	if err != nil || res.StatusCode >= 300 {
		v.t.Fatalf("%s %s: %s %s %v", method, path, res.Status, raw, err)
	}
	return answer
}

// follow opens a live stream and yields the data of its events until it ends.
func (v visitor) follow(path string) <-chan string {
	v.t.Helper()
	res := open(v.t, http.MethodGet, v.r.URL+path, "", v.cookie)
	return visit.Events(v.t, res)
}

// claim opens the link of the code that the leader's screen shows now, and
// checks in or out with the ticket it leads to.
func (v visitor) claim(key []byte, shift, kind string) {
	v.t.Helper()
	link := v.r.URL + "/c/" + shift + "/" + visit.CodeAt(key, shift, v.r.Clock.Now())
	req, err := http.NewRequestWithContext(v.t.Context(), http.MethodGet, link, nil)
	if err != nil {
		v.t.Fatal(err)
	}
	res, err := http.DefaultTransport.RoundTrip(req) // does not follow
	if err != nil {
		v.t.Fatal(err)
	}
	_ = res.Body.Close()
	_, ticket, found := strings.Cut(res.Header.Get("Location"), "#t=")
	if !found {
		v.t.Fatalf("%s leads to %q", link, res.Header.Get("Location"))
	}
	v.cookie += "; " + browserOf(res) // a ticket is good in the browser that opened the link
	v.post("/api/tasks/v1/claims", object{"claim_id": id.New(), "shift_id": shift, "kind": kind, "ticket": ticket})
}
