package compose_test

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/testkit/freeport"
	"github.com/qihe-volunteers/qihe/shared/testkit/visit"
	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
)

const servedBy = "/api/hours/v1/boards?subject=team&scope=region:4106&period=all"

// serviceNames are in the order in which one of each is killed.
var serviceNames = []string{"teams", "tasks", "pairings", "hours", "portal"}

// inPairs goes on with the city of TestMainPath, where until now one of each of two
// ran: the second of each starts, and then the first of each is killed, as a power cut
// would, and started again, while a leader goes on posting, entering and confirming. She asks each
// portal in turn, and like her phone she repeats under the same key what broke off.
func inPairs(t *testing.T, i *installation, first map[string]*process, people map[string]visitor, team, programme string, members []string) {
	t.Helper()
	p := &pairs{t: t, installation: i, people: people, team: team, programme: programme, members: members, begun: time.Now().Truncate(time.Minute), ended: make(chan struct{})}
	running := map[string]*process{}
	for _, name := range serviceNames {
		running[name], running[name+"-2"] = first[name], i.start(t, name+"-2")
	}
	for _, name := range serviceNames {
		running[name+"-2"].ready(t, p.place(name+"-2")+"/readyz")
	}
	alone := p.alone(t)
	p.signOut(t)
	live := p.watch(t)
	before := p.board()
	p.work()
	for _, name := range serviceNames {
		p.awaitRounds(1)
		running[name].kill()
		if name == "tasks" { // the control: somebody who knows only the one that is gone
			if _, _, err := alone.try(http.MethodGet, "/api/tasks/v1/programmes", nil); err == nil || !strings.Contains(err.Error(), "503") {
				t.Errorf("control: with one address nobody notices that the service is gone: %v", err)
			}
		}
		p.awaitRounds(2)
		running[name] = i.run(t, name+"-again", i.command(t, name))
		running[name].ready(t, p.place(name)+"/readyz")
	}
	p.awaitRounds(2)
	p.end()

	want := before + float64(p.minutes.Load()) // at least: what was confirmed before may still be on its way
	var position float64
	wait.Within(t, failover, "both boards to show every minute at one position", func() bool {
		shown := map[string]bool{}
		for n := range 6 { // of both hours, by both portals
			answer := p.at(people["officer"], n).get(servedBy)
			position = visit.Number(t, answer, "position")
			total := visit.Number(t, answer, "total_minutes")
			shown[fmt.Sprint(position, total, total >= want)] = true
		}
		return len(shown) == 1 && shown[fmt.Sprint(position, visit.Number(t, people["officer"].get(servedBy), "total_minutes"), true)]
	})
	wait.Within(t, failover, "the live page to show it", func() bool {
		last, _ := live.Load().(string)
		return last != "" && visit.Number(t, decoded(t, last), "position") >= position
	})
	p.books(t)
	for name := range running {
		if n := p.answered(t, name); n == 0 {
			t.Errorf("%s has answered nothing", name)
		}
	}
	t.Logf("%d rounds, %d minutes, %d requests, %d that broke off and were repeated, the longest took %s", p.rounds.Load(), p.minutes.Load(), p.asked.Load(), p.broken.Load(), p.longest.Round(time.Millisecond))
}

// pairs is who works while programs come and go.
type pairs struct {
	t *testing.T
	*installation
	people                 map[string]visitor
	team, programme        string
	members                []string
	begun                  time.Time
	rounds, minutes, asked atomic.Int64
	broken                 atomic.Int64 // a portal died under them
	longest                time.Duration
	stop                   atomic.Bool
	ended                  chan struct{}
	turn                   atomic.Int64
}

func (p *pairs) place(name string) string {
	return p.url(name + ":" + ports[strings.TrimSuffix(name, "-2")])
}

// at is somebody at one of the two portals.
func (p *pairs) at(who visitor, n int) visitor {
	who.url = p.place([]string{"portal", "portal-2"}[n%2])
	return who
}

// alone is the officer at a portal of her own that knows the first of each only.
func (p *pairs) alone(t *testing.T) visitor {
	t.Helper()
	place := freeport.Address(t)
	cmd := p.command(t, "portal")
	for _, name := range serviceNames[:4] {
		cmd.Env = append(cmd.Env, "PORTAL_"+strings.ToUpper(name)+"_URL="+p.place(name))
	}
	cmd.Env = append(cmd.Env, "PORTAL_ADDRESS="+place)
	p.run(t, "portal-alone", cmd).ready(t, "http://"+place+"/readyz")
	who := p.people["officer"]
	who.url = "http://" + place
	who.get("/api/tasks/v1/programmes")
	return who
}

// signOut is somebody who signs in at one portal, goes on at the other, and signs out.
func (p *pairs) signOut(t *testing.T) {
	t.Helper()
	who := p.people["guest"]
	for n := range 4 {
		p.at(who, n).get("/api/teams/v1/me")
	}
	p.at(who, 0).ask(http.MethodDelete, "/api/teams/v1/sessions/current", nil)
	wait.Within(t, 2*time.Second, "the other portal to know", func() bool {
		_, _, err := p.at(who, 1).try(http.MethodGet, "/api/teams/v1/me", nil)
		return err != nil && strings.Contains(err.Error(), "401")
	})
}

// watch is a live page, which opens its stream again wherever somebody answers.
func (p *pairs) watch(t *testing.T) *atomic.Value {
	t.Helper()
	var last atomic.Value
	over := make(chan struct{})
	go func() {
		defer close(over)
		for n := 0; t.Context().Err() == nil; n++ {
			req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, p.at(p.people["officer"], n).url+"/api/hours/v1/live", http.NoBody)
			if err != nil {
				return
			}
			req.Header.Set("Cookie", p.people["officer"].cookie)
			res, err := client.Do(req)
			if err != nil {
				continue
			}
			for data := range visit.Events(t, res) {
				last.Store(data)
			}
		}
	}()
	t.Cleanup(func() { <-over })
	return &last
}

func (p *pairs) work() {
	go func() {
		defer close(p.ended)
		for !p.stop.Load() && !p.t.Failed() {
			shift := p.enter()
			p.act("leader", http.MethodPost, "/api/tasks/v1/shifts/"+shift+"/confirm", object{"people_served": 1, "decisions": []object{}})
			p.act("officer", http.MethodGet, "/api/pairings/v1/help-numbers", nil)
			p.act("officer", http.MethodGet, servedBy, nil)
			p.minutes.Add(int64(len(p.members)))
			p.rounds.Add(1)
		}
	}()
}

// enter posts an activity and enters who was there, for a minute of their own. It goes on.
func (p *pairs) enter() (shift string) {
	from := p.begun.Add(time.Duration(p.rounds.Load()-160) * time.Minute)
	task := p.act("leader", http.MethodPost, "/api/tasks/v1/tasks", object{
		"team_id": p.team, "programme_id": p.programme, "title": pairsTitle, "place": "桂鹤码头", "risks": "水边路滑", "contact_name": "队长", "contact_phone": "15400000002",
		"shifts": []object{{"starts_at": p.begun.Add(-170 * time.Minute), "ends_at": p.begun.Add(time.Hour), "capacity": 10}},
	})
	if task == nil {
		return ""
	}
	shift = visit.Text(p.t, task, "shifts", "state=open", "shift_id")
	p.act("leader", http.MethodPost, "/api/tasks/v1/tasks/"+visit.Text(p.t, task, "task_id")+"/publish", nil)
	for _, member := range p.members {
		p.act("leader", http.MethodPost, "/api/tasks/v1/shifts/"+shift+"/attendances", object{"volunteer_id": member, "from": from, "to": from.Add(time.Minute), "reason": "手机没电，队长看见她在"})
	}
	return shift
}

const pairsTitle = "两份"

// act asks under one key until there is an answer. That a portal dies under it is nothing
// that anybody could help; an answer 5xx is.
func (p *pairs) act(who, method, path string, body object) any {
	sent, _ := json.Marshal(body)
	if body == nil {
		sent = nil
	}
	key, began := id.New(), time.Now()
	defer func() { p.longest = max(p.longest, time.Since(began)) }()
	for time.Since(began) < time.Minute {
		p.asked.Add(1)
		status, raw, err := p.at(p.people[who], int(p.turn.Add(1))).once(p.t.Context(), method, path, key, sent)
		if err != nil {
			p.broken.Add(1)
			continue
		}
		var answer any
		if len(raw) > 0 {
			err = json.Unmarshal(raw, &answer)
		}
		if err != nil || status >= 300 {
			p.t.Errorf("%s %s: %d %s %v", method, path, status, raw, err)
			return nil
		}
		return answer
	}
	p.t.Errorf("%s %s: no answer within a minute", method, path)
	return nil
}

// awaitRounds waits until so many more rounds are done.
func (p *pairs) awaitRounds(n int64) {
	p.t.Helper()
	until := p.rounds.Load() + n
	wait.Within(p.t, failover, "work to go on", func() bool { return p.rounds.Load() >= until || p.t.Failed() })
}

func (p *pairs) end() {
	p.stop.Store(true)
	<-p.ended
}

func (p *pairs) board() float64 {
	return visit.Number(p.t, p.at(p.people["officer"], int(p.turn.Add(1))).get(servedBy), "total_minutes")
}

// books looks whether each act is in the ledger once, and nothing was given up.
func (p *pairs) books(t *testing.T) {
	t.Helper()
	var lines, minutes, twice int64
	const ledger = `
		SELECT count(*), coalesce(sum(minutes), 0), count(*) - count(DISTINCT (volunteer_id, started_at))
		FROM entries WHERE title = $1 AND team_id = $2`
	must(t, p.database(t, "hours").QueryRowContext(t.Context(), ledger, pairsTitle, p.team).Scan(&lines, &minutes, &twice))
	if lines != p.minutes.Load() || minutes != lines || twice != 0 {
		t.Errorf("the ledger has %d lines of %d minutes for %d that were answered, %d of them twice", lines, minutes, p.minutes.Load(), twice)
	}
	for _, name := range serviceNames[:3] {
		var dead int
		must(t, p.database(t, name).QueryRowContext(t.Context(), `SELECT count(*) FROM dead_letters`).Scan(&dead))
		if dead != 0 {
			t.Errorf("%s has %d dead letters", name, dead)
		}
	}
	cmd := p.command(t, "hours")
	cmd.Args = append(cmd.Args, "check")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("hours check: %v: %s", err, out)
	}
}

func (p *pairs) database(t *testing.T, name string) *sql.DB {
	t.Helper()
	db, err := sql.Open("postgres", p.environment(t, name)[strings.ToUpper(name)+"_DATABASE_URL"])
	must(t, err)
	t.Cleanup(func() { _ = db.Close() })
	return db
}

var counted = regexp.MustCompile(`(?m)^qihe_http_request_seconds_count\{.*route="([^"]*)".*\} (\d+)$`)

// answered is how many requests one program has answered since it started, but for those whether it is well.
func (p *pairs) answered(t *testing.T, name string) (n int) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, p.place(name)+"/metrics", http.NoBody)
	must(t, err)
	if strings.HasPrefix(name, "portal") { // the others answer nobody but those inside
		req.Header.Set("Authorization", "Bearer "+p.project.Environment["INTERNAL_SECRET"])
	}
	res, err := client.Do(req)
	must(t, err)
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(res.Body)
	must(t, err)
	for _, line := range counted.FindAllStringSubmatch(string(text), -1) {
		one, err := strconv.Atoi(line[2])
		must(t, err)
		if !slices.Contains([]string{"/readyz", "/metrics", "/.well-known/qihe-keys"}, line[1]) {
			n += one
		}
	}
	return n
}

func decoded(t *testing.T, data string) (answer any) {
	t.Helper()
	must(t, json.Unmarshal([]byte(data), &answer))
	return answer
}
