//go:build upgrade

package compose_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/testkit/freeport"
	"github.com/qihe-volunteers/qihe/shared/testkit/visit"
	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
)

var oldPrograms = flag.String("old", "", "`folder` with the programs of the release before, and settle")

const stage = 6 * time.Second // how long each mixture of releases works

// A city is upgraded, service by service in the order of docs/upgrading.md, and then goes back, while people are
// entered and confirmed, and look at boards. Each service stands behind a balancer, with an old and a new program beside each other for a
// while. The first new program of a service migrates the tables under the old ones. What was answered is in
// the ledger once in the end.
func TestRollingUpgrade(t *testing.T) { //nolint:paralleltest // it counts seconds
	phones := &gateway{}
	texts := httptest.NewServer(phones)
	t.Cleanup(texts.Close)
	i := install(t, map[string]string{"teams.env": "TEAMS_SMS_GATEWAY=http\nTEAMS_SMS_URL=" + texts.URL + "\nTEAMS_SMS_BODY='{\"to\": \"{phone}\", \"content\": \"{text}\"}'\n"})
	i.findPlaces(t)
	startPostgres(t, i)
	people := settleOld(t, i)
	i.startBus(t)
	s := &street{installation: i, balancers: map[string]*balancer{}}
	for name, port := range ports {
		s.balancers[name] = balance(t, i.place[name+":"+port])
	}
	order := []string{"teams", "tasks", "pairings", "hours", "portal"}
	for _, name := range order {
		s.launch(t, name, *oldPrograms)
	}
	for _, name := range order {
		s.balancers[name].in[0].ready(t)
	}

	l := newCrowd(t, i, phones, people)
	l.begin()
	l.pass(t, "old alone")
	for _, name := range order {
		took := s.exchange(t, l, name, "", "new "+name)
		t.Logf("new %s ready after %s, migrations included", name, took.Round(10*time.Millisecond))
	}
	l.pass(t, "new alone")
	l.signInAgain()
	slices.Reverse(order)
	for _, name := range order {
		s.exchange(t, l, name, *oldPrograms, "old "+name+" again")
	}
	l.pass(t, "old again")
	s.without(t, l, "hours")
	l.end()
	l.settle()
}

// settleOld makes the tables as the old release has them, with the demo city in them, and returns who can sign in.
func settleOld(t *testing.T, i *installation) (phones []string) {
	t.Helper()
	cmd := exec.Command(filepath.Join(*oldPrograms, "settle"))
	for _, name := range []string{"teams", "tasks", "hours", "pairings"} {
		for variable, value := range i.environment(t, name) {
			cmd.Env = append(cmd.Env, variable+"="+value)
		}
	}
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("settle: %v", err)
	}
	return strings.Fields(string(out))
}

// street is the services, each behind its balancer.
type street struct {
	*installation
	balancers map[string]*balancer
}

// replica is one program of a service.
type replica struct {
	*process
	place string
}

func (r *replica) ready(t *testing.T) { t.Helper(); r.process.ready(t, "http://"+r.place+"/readyz") }

// launch starts a program of that folder, or of this source, beside those that are there.
func (s *street) launch(t *testing.T, name, folder string) *replica {
	t.Helper()
	cmd := s.command(t, name)
	if folder != "" {
		cmd.Path = filepath.Join(folder, name)
	}
	r := &replica{place: freeport.Address(t)}
	cmd.Env = append(cmd.Env, strings.ToUpper(name)+"_ADDRESS="+r.place)
	r.process = s.run(t, fmt.Sprintf("%s-%d", name, rand.IntN(1e6)), cmd)
	b := s.balancers[name]
	b.mu.Lock()
	defer b.mu.Unlock()
	b.in = append(b.in, r)
	return r
}

// exchange brings another program in beside the one that is there, lets both work, and stops the one that was there.
func (s *street) exchange(t *testing.T, l *crowd, name, folder, what string) time.Duration {
	t.Helper()
	b := s.balancers[name]
	before, began := b.in[0], time.Now()
	b.only(before)
	after := s.launch(t, name, folder)
	after.ready(t)
	took := time.Since(began)
	b.only(before, after)
	l.pass(t, what+" beside")
	b.only(after)
	before.stop(t)
	l.pass(t, what)
	return took
}

// without is the control: a service is stopped before there is another one, and that is noticed.
func (s *street) without(t *testing.T, l *crowd, name string) {
	t.Helper()
	b := s.balancers[name]
	before := b.in[0]
	l.pass(t, control)
	before.stop(t)
	<-time.After(stage / 3)
	after := s.launch(t, name, *oldPrograms)
	b.only(after)
	after.ready(t)
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.stages[len(l.stages)-1].refused == 0 {
		t.Errorf("control: nobody notices that %s is away: the figures prove nothing", name)
	}
}

const control = "control: hours away"

// balancer hands connections to the programs of a service in turn, as a name with two addresses does.
type balancer struct {
	mu   sync.Mutex
	in   []*replica // all that were started
	to   []*replica // who gets connections; nil: all
	next int
}

func (b *balancer) only(to ...*replica) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.to, b.in = to, to
}

func (b *balancer) choose() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	to := b.to
	if to == nil {
		to = b.in
	}
	b.next++
	return to[b.next%len(to)].place
}

func balance(t *testing.T, place string) *balancer {
	t.Helper()
	l, err := net.Listen("tcp", place)
	must(t, err)
	t.Cleanup(func() { _ = l.Close() })
	b := &balancer{}
	go func() {
		for {
			from, err := l.Accept()
			if err != nil {
				return
			}
			go b.join(from)
		}
	}()
	return b
}

func (b *balancer) join(from net.Conn) {
	defer func() { _ = from.Close() }()
	to, err := net.Dial("tcp", b.choose())
	if err != nil {
		return
	}
	go func() { _, _ = io.Copy(to, from); _ = to.Close() }()
	_, _ = io.Copy(from, to)
}

// crowd is people who go on whatever happens, and what they saw.
type crowd struct {
	t                          *testing.T
	installation               *installation
	phones                     *gateway
	people                     []string
	url                        string
	volunteer, leader, officer visitor
	team, programme            string
	members                    []string
	begun                      time.Time
	before                     float64
	ctx                        context.Context
	cancel                     context.CancelFunc
	workers                    sync.WaitGroup
	mu                         sync.Mutex
	stages                     []*seen
	rounds, minutes            int
	lastAnswer                 time.Time
}

// seen is what was seen during one stage.
type seen struct {
	name                           string
	acts, reads, refused, repeated int
	longest                        time.Duration
	errors                         []string
}

const (
	title  = "滚动升级"
	rounds = 290 // at most: each is a minute of the last five hours
)

func newCrowd(t *testing.T, i *installation, phones *gateway, people []string) *crowd {
	t.Helper()
	l := &crowd{t: t, installation: i, phones: phones, people: people, url: i.url("portal:8080"), begun: time.Now().Truncate(time.Minute)}
	l.volunteer, l.leader, l.officer = signIn(t, l.url, phones, people[0]), signIn(t, l.url, phones, people[1]), signIn(t, l.url, phones, people[2])
	me, her := l.volunteer.get("/api/teams/v1/me"), l.leader.get("/api/teams/v1/me")
	l.team = visit.Text(t, her, "memberships", "role=leader", "team_id")
	l.programme = visit.Text(t, l.leader.get("/api/tasks/v1/programmes"), "items", "name=保护淇河", "programme_id")
	items, _ := visit.Find(t, l.leader.get("/api/teams/v1/teams/"+l.team+"/members"), "items").([]any)
	for _, item := range items {
		who := visit.Text(t, item, "volunteer_id")
		if who != visit.Text(t, me, "volunteer_id") && who != visit.Text(t, her, "volunteer_id") && len(l.members) < 4 {
			l.members = append(l.members, who)
		}
	}
	l.before = l.board()
	l.ctx, l.cancel = context.WithCancel(t.Context())
	l.stages = []*seen{{name: "start"}}
	return l
}

func (l *crowd) begin() {
	l.lastAnswer = time.Now()
	l.workers.Go(func() {
		for l.ctx.Err() == nil && l.rounds < rounds {
			l.round()
			<-time.After(400 * time.Millisecond)
		}
	})
	l.workers.Go(func() {
		for l.ctx.Err() == nil {
			for _, path := range []string{"/api/hours/v1/boards?subject=team&scope=region:4106&period=all", "/api/teams/v1/me", "/api/tasks/v1/programmes"} {
				l.ask(l.officer, http.MethodGet, path, nil)
				<-time.After(50 * time.Millisecond)
			}
		}
	})
}

// round is an activity of the last hours: posted, its people entered for a minute of their own, and confirmed.
func (l *crowd) round() {
	from := l.begun.Add(time.Duration(l.rounds-rounds-5) * time.Minute)
	task := l.ask(l.leader, http.MethodPost, "/api/tasks/v1/tasks", object{
		"team_id": l.team, "programme_id": l.programme, "title": title, "place": "桂鹤码头", "risks": "水边路滑", "contact_name": "队长", "contact_phone": "15400000002",
		"shifts": []object{{"starts_at": l.begun.Add(-(rounds + 10) * time.Minute), "ends_at": l.begun.Add(time.Hour), "capacity": 10}},
	})
	if task == nil {
		return
	}
	shift := visit.Text(l.t, task, "shifts", "state=open", "shift_id")
	l.ask(l.leader, http.MethodPost, "/api/tasks/v1/tasks/"+visit.Text(l.t, task, "task_id")+"/publish", nil)
	for _, member := range l.members {
		l.ask(l.leader, http.MethodPost, "/api/tasks/v1/shifts/"+shift+"/attendances", object{"volunteer_id": member, "from": from, "to": from.Add(time.Minute), "reason": "手机没电，队长看见她在"})
	}
	if l.ask(l.leader, http.MethodPost, "/api/tasks/v1/shifts/"+shift+"/confirm", object{"people_served": 1, "decisions": []object{}}) == nil {
		return
	}
	l.rounds++
	l.minutes += len(l.members)
}

// ask asks with one key until there is an answer, as our pages do.
func (l *crowd) ask(who visitor, method, path string, body object) any {
	sent, _ := json.Marshal(body)
	if body == nil {
		sent = nil
	}
	key := id.New()
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		status, raw, err := visitor{url: l.url, cookie: who.cookie}.once(ctx, method, path, key, sent)
		cancel()
		if err != nil || status >= 500 {
			l.note(func(s *seen) {
				s.refused++
				s.errors = append(s.errors, fmt.Sprintf("%s %s: %d %v %s", method, path, status, err, raw))
			})
			<-time.After(50 * time.Millisecond)
			l.note(func(s *seen) { s.repeated++ })
			continue
		}
		var answer any
		if len(raw) > 0 {
			err = json.Unmarshal(raw, &answer)
		}
		if err != nil || status >= 300 {
			l.t.Errorf("%s %s: %d %s %v", method, path, status, raw, err)
			return nil
		}
		l.note(func(s *seen) {
			if method == http.MethodGet {
				s.reads++
			} else {
				s.acts++
			}
			s.longest, l.lastAnswer = max(s.longest, time.Since(l.lastAnswer)), time.Now()
		})
		if answer == nil {
			answer = object{}
		}
		return answer
	}
	l.t.Errorf("%s %s: no answer within a minute", method, path)
	return nil
}

func (l *crowd) note(what func(*seen)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	what(l.stages[len(l.stages)-1])
}

// pass lets a stage work for a while, under its name.
func (l *crowd) pass(t *testing.T, name string) {
	t.Helper()
	l.mu.Lock()
	l.stages = append(l.stages, &seen{name: name})
	l.mu.Unlock()
	<-time.After(stage)
}

// signInAgain is somebody who comes when all programs are new.
func (l *crowd) signInAgain() { signIn(l.t, l.url, l.phones, l.people[3]) }

func (l *crowd) end() {
	l.cancel()
	l.workers.Wait()
}

func (l *crowd) board() float64 {
	answer := l.leader.get("/api/hours/v1/boards?subject=team&scope=region:4106&period=all")
	return visit.Number(l.t, answer, "total_minutes")
}

// settle waits until everything has arrived, and prints what was seen.
func (l *crowd) settle() {
	wait.Until(l.t, "the board to show every minute", func() bool { return l.board() >= l.before+float64(l.minutes) })
	lines, minutes, twice := l.ledger()
	lost := l.minutes - minutes
	if l.board() != l.before+float64(l.minutes) || lost != 0 || twice != 0 {
		l.t.Errorf("the board shows %v, want %v more than %v; %d of %d minutes lost, %d lines twice", l.board(), l.minutes, l.before, lost, l.minutes, twice)
	}
	var refused, acts int
	var longest time.Duration
	table := fmt.Sprintf("%-22s %6s %6s %6s %10s\n", "stage", "acts", "reads", "5xx", "silence")
	for _, s := range l.stages {
		if acts += s.acts; s.name != control {
			refused += s.refused
			longest = max(longest, s.longest)
		}
		table += fmt.Sprintf("%-22s %6d %6d %6d %10s\n", s.name, s.acts, s.reads, s.refused, s.longest.Round(time.Millisecond))
	}
	dead := l.deadLetters()
	table += fmt.Sprintf("%d rounds, %d acts acknowledged, %d minutes acknowledged, %d lines: %d minutes lost, %d lines twice, %d answers 5xx, %d dead letters, longest silence %s\n",
		l.rounds, acts, l.minutes, lines, lost, twice, refused, dead, longest.Round(time.Millisecond))
	fmt.Print(table)
	for _, s := range l.stages {
		for _, e := range s.errors[:min(3, len(s.errors))] {
			fmt.Println(s.name+":", e)
		}
	}
	if refused != 0 || dead != 0 {
		l.t.Errorf("%d answers were 5xx, there are %d dead letters", refused, dead)
	}
	cmd := l.installation.command(l.t, "hours")
	cmd.Args = append(cmd.Args, "check")
	if out, err := cmd.CombinedOutput(); err != nil {
		l.t.Errorf("hours check: %v: %s", err, out)
	}
}

func (l *crowd) database(name string) *sql.DB {
	db, err := sql.Open("postgres", l.installation.environment(l.t, name)[strings.ToUpper(name)+"_DATABASE_URL"])
	must(l.t, err)
	l.t.Cleanup(func() { _ = db.Close() })
	return db
}

func (l *crowd) ledger() (lines, minutes, twice int) {
	const query = `
		SELECT count(*), coalesce(sum(minutes), 0), count(*) - count(DISTINCT (volunteer_id, started_at))
		FROM entries WHERE title = $1 AND team_id = $2`
	must(l.t, l.database("hours").QueryRowContext(l.t.Context(), query, title, l.team).Scan(&lines, &minutes, &twice))
	return lines, minutes, twice
}

func (l *crowd) deadLetters() (n int) {
	for _, name := range []string{"teams", "tasks", "hours", "pairings"} {
		var there int
		must(l.t, l.database(name).QueryRowContext(l.t.Context(), `SELECT count(*) FROM dead_letters`).Scan(&there))
		n += there
	}
	return n
}
