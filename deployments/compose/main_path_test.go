package compose_test

import (
	"context"
	"encoding/base64"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/qihe-volunteers/qihe/services/hours"
	"github.com/qihe-volunteers/qihe/services/pairings"
	"github.com/qihe-volunteers/qihe/services/tasks"
	"github.com/qihe-volunteers/qihe/services/teams"
	"github.com/qihe-volunteers/qihe/shared/config"
	"github.com/qihe-volunteers/qihe/shared/demo"
	"github.com/qihe-volunteers/qihe/shared/localpg"
	"github.com/qihe-volunteers/qihe/shared/testkit/visit"
	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
)

// failover is how long an event may take when the server that had it in hand is killed: what was handed
// out comes again after half a minute (bus.ackWait), and another leader is elected before.
const failover = 50 * time.Second

// One hour of service travels from a leader's posting to the board through the
// real programs, each a process with the environment that its container has,
// over three NATS servers that let each do only what is its own. Each asker knows two of each service, and one of them runs; in the end two do. The clock is the computer's: so somebody scans the
// code and leaves at once, and somebody else is entered for an hour that has passed. In the middle one NATS server is killed.
func TestMainPath(t *testing.T) {
	t.Parallel()
	phones := &gateway{}
	texts := httptest.NewServer(phones)
	t.Cleanup(texts.Close)
	i := install(t, map[string]string{"teams.env": "TEAMS_SMS_GATEWAY=http\nTEAMS_SMS_URL=" + texts.URL + "\nTEAMS_SMS_BODY='{\"to\": \"{phone}\", \"content\": \"{text}\"}'\n"}, twoFile)
	i.findPlaces(t)
	startPostgres(t, i)
	migrateApart(t, i, "tasks")
	city := settle(t, i)
	for _, name := range []string{"tasks", "tasks-2"} {
		delete(i.project.Services[name].Environment, "TASKS_OWNER_DATABASE_URL")
	}
	appoint(t, i, city.Accounts()[0].Phone)
	bus := i.startBus(t)
	services := map[string]*process{}
	for _, name := range []string{"teams", "tasks", "hours", "pairings", "portal"} {
		services[name] = i.start(t, name)
	}
	for name, port := range ports {
		services[name].ready(t, i.url(name+":"+port)+"/readyz")
	}
	replicated(t, i)

	accounts, url := city.Accounts(), i.url("portal:8080")
	volunteer, leader, officer := signIn(t, url, phones, accounts[0].Phone), signIn(t, url, phones, accounts[1].Phone), signIn(t, url, phones, accounts[2].Phone)
	me, her := volunteer.get("/api/teams/v1/me"), leader.get("/api/teams/v1/me")
	team := visit.Text(t, her, "memberships", "role=leader", "team_id")
	const board = "/api/hours/v1/boards?subject=team&scope=region:4106&period=all"
	before := visit.Number(t, officer.get(board), "total_minutes")

	now := time.Now().Truncate(time.Minute)
	task := leader.post("/api/tasks/v1/tasks", object{
		"team_id": team, "programme_id": visit.Text(t, leader.get("/api/tasks/v1/programmes"), "items", "name=保护淇河", "programme_id"),
		"title": "淇河岸边捡垃圾", "place": "桂鹤码头", "description": "沿岸两公里", "risks": "水边路滑，不要下水", "risky": false, "contact_name": "队长", "contact_phone": "15400000002",
		"shifts": []object{{"starts_at": now.Add(-2 * time.Hour), "ends_at": now.Add(time.Hour), "capacity": 10}},
	})
	shift := visit.Text(t, task, "shifts", "state=open", "shift_id")
	leader.post("/api/tasks/v1/tasks/"+visit.Text(t, task, "task_id")+"/publish", nil)
	volunteer.post("/api/tasks/v1/shifts/"+shift+"/sign-ups", nil)
	key, err := base64.StdEncoding.DecodeString(visit.Text(t, leader.get("/api/tasks/v1/shifts/"+shift+"/code"), "key"))
	must(t, err)
	volunteer.scan(key, shift, "in")

	bus[0].kill() // the first that every service names: two of three go on

	wait.Within(t, failover, "the check-out, by a later scan", func() bool { return volunteer.mayScan(key, shift, "out") })
	other := otherMember(t, leader, team, visit.Text(t, me, "volunteer_id"), visit.Text(t, her, "volunteer_id"))
	leader.post("/api/tasks/v1/shifts/"+shift+"/attendances", object{
		"volunteer_id": other, "from": now.Add(-90 * time.Minute), "to": now.Add(-30 * time.Minute), "reason": "手机没电，队长看见她在",
	})
	live := officer.follow("/api/hours/v1/live")
	first := <-live
	pressed := time.Now()
	leader.post("/api/tasks/v1/shifts/"+shift+"/confirm", object{"people_served": 12, "decisions": []object{}})
	select {
	case second := <-live:
		if second == first {
			t.Errorf("the live page shows %s again", second)
		}
	case <-time.After(wait.Allowed(failover)):
		t.Error("the live page shows nothing new")
	}
	wait.Within(t, failover, "the hour on the board", func() bool {
		more := visit.Number(t, officer.get(board), "total_minutes") - before
		return more == 60 || more == 61 // who scanned twice may have stayed for a minute
	})
	t.Logf("on the board %s after it was confirmed", time.Since(pressed).Round(time.Millisecond))
	inPairs(t, i, services, map[string]visitor{"leader": leader, "officer": officer, "guest": signIn(t, url, phones, accounts[3].Phone)},
		team, visit.Text(t, leader.get("/api/tasks/v1/programmes"), "items", "name=保护淇河", "programme_id"), []string{other, visit.Text(t, me, "volunteer_id")})
	for name, p := range services {
		if said := p.said(t); strings.Contains(strings.ToLower(said), "permissions violation") {
			t.Errorf("%s may not do on the bus what it has to:\n%s", name, said)
		}
	}
}

// startPostgres starts a server where the containers look for one, with their
// superuser's password, and lets the program that makes the databases make them.
func startPostgres(t *testing.T, i *installation) {
	t.Helper()
	dir := filepath.Join(i.folder, "postgres")
	must(t, os.Mkdir(dir, 0o700))
	must(t, os.WriteFile(filepath.Join(dir, "password"), []byte(i.project.Environment["POSTGRES_PASSWORD"]), 0o600))
	_, port, _ := strings.Cut(i.place["postgres:5432"], ":")
	number, err := strconv.Atoi(port)
	must(t, err)
	server, err := localpg.Start(t.Context(), localpg.Config{Dir: dir, Port: number, Fast: true})
	must(t, err)
	t.Cleanup(func() { must(t, server.Stop()) })
	cmd := i.command(t, "databases")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("databases: %v: %s", err, out)
	}
}

// migrateApart does for a service what a job does in a cluster: it is told the owner's
// address and nothing else, and the service itself then is not.
func migrateApart(t *testing.T, i *installation, service string) {
	t.Helper()
	cmd := i.command(t, service)
	cmd.Args = append(cmd.Args, "migrate")
	for _, told := range cmd.Env {
		if strings.Contains(told, "_OWNER_DATABASE_URL=") {
			cmd.Env = []string{told}
		}
	}
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s migrate: %v: %s", service, err, out)
	}
	cmd = i.command(t, service)
	cmd.Args, cmd.Env = append(cmd.Args, "migrate"), []string{"NOTHING=told"}
	if out, err := cmd.CombinedOutput(); err == nil {
		t.Errorf("control: %s migrates without being told where: %s", service, out)
	}
}

// settle lets the demo city of two months ago move in: nobody has anything planned
// today. It reads each service's settings as the service does.
func settle(t *testing.T, i *installation) *demo.City {
	t.Helper()
	city, err := demo.NewCity(demo.Options{Scale: 0.01, Day: time.Now().AddDate(0, 0, -60)})
	must(t, err)
	load(t, i, "teams", city, teams.LoadDemo)
	load(t, i, "tasks", city, tasks.LoadDemo)
	load(t, i, "hours", city, hours.LoadDemo)
	load(t, i, "pairings", city, pairings.LoadDemo)
	return city
}

func load[C any](t *testing.T, i *installation, name string, city *demo.City, load func(context.Context, C, *demo.City) error) {
	t.Helper()
	cfg, err := config.LoadFrom[C](strings.ToUpper(name)+"_", i.environment(t, name))
	must(t, err)
	must(t, load(t.Context(), cfg, city))
}

// appoint looks whether the teams container's program can make an administrator: not
// beside others, unless none of them can sign in; and then it only says so.
func appoint(t *testing.T, i *installation, phone string) {
	t.Helper()
	for although, want := range map[string]bool{"--although": true, "--although=false": false} {
		cmd := i.command(t, "teams")
		cmd.Args = append(cmd.Args, "grant-admin", phone, "--reason", "一号文件", although)
		if out, err := cmd.CombinedOutput(); (err == nil) != want {
			t.Errorf("grant-admin %s: %v: %s", although, err, out)
		}
	}
}

// replicated waits until all four streams are kept by all three servers.
func replicated(t *testing.T, i *installation) {
	t.Helper()
	nc, err := nats.Connect(i.natsURL("admin"))
	must(t, err)
	defer nc.Close()
	js, err := jetstream.New(nc)
	must(t, err)
	for _, stream := range []string{teams.Bus.Tells, tasks.Bus.Tells, hours.Bus.Tells, pairings.Bus.Tells} {
		wait.Until(t, "three of "+stream, func() bool {
			s, err := js.Stream(t.Context(), stream)
			return err == nil && upToDate(s, 3)
		})
	}
}

// otherMember is somebody of the brigade who is neither of the two.
func otherMember(t *testing.T, leader visitor, team, one, two string) string {
	t.Helper()
	items, _ := visit.Find(t, leader.get("/api/teams/v1/teams/"+team+"/members"), "items").([]any)
	for _, item := range items {
		if id := visit.Text(t, item, "volunteer_id"); id != one && id != two {
			return id
		}
	}
	t.Fatal("the brigade has no third member")
	return ""
}

// gateway is where text messages are handed over (TEAMS_SMS_GATEWAY=http).
type gateway struct {
	mu   sync.Mutex
	sent []string
}

func (g *gateway) ServeHTTP(_ http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	g.mu.Lock()
	defer g.mu.Unlock()
	g.sent = append(g.sent, string(body))
}

var sixDigits = regexp.MustCompile(`验证码\D*(\d{6})`)

// code is the newest sign-in code for the phone; empty when there is none.
func (g *gateway) code(phone string) string {
	g.mu.Lock()
	defer g.mu.Unlock()
	for n := len(g.sent) - 1; n >= 0; n-- {
		if found := sixDigits.FindStringSubmatch(g.sent[n]); found != nil && strings.Contains(g.sent[n], phone) {
			return found[1]
		}
	}
	return ""
}
