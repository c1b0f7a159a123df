package city_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/city"
	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/citytest"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/testkit/chaos"
	"github.com/qihe-volunteers/qihe/shared/testkit/freeport"
	"github.com/qihe-volunteers/qihe/shared/testkit/visit"
	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
)

// While people sign up, check in and out and leaders confirm, the program and
// its PostgreSQL are killed (kill -9), again and again, at moments that nobody
// chooses. Phones do as ours do: they ask again, with the same key, until there
// is an answer. In the end every hour is in the ledger once and on the boards.
//
// It is not parallel: whoever runs beside it would be late.
func TestKillLoop(t *testing.T) { //nolint:paralleltest // see above
	n := newNight(t)
	expected := n.board()
	stop := n.killing()
	for n.kills.Load() < int64(chaos.Times(3, 100)) {
		expected += n.round()
	}
	stop()
	settled := time.Now()
	wait.Until(t, "the boards to show every hour", func() bool { return n.board() >= expected })
	drained := time.Since(settled)

	entries, minutes, twice := n.ledger()
	if got := n.board(); got != expected || minutes != n.credited || twice != 0 {
		t.Errorf("the board shows %v of %v minutes; the ledger has %d of %d, %d lines twice", got, expected, minutes, n.credited, twice)
	}
	if longest := 5 * time.Second; chaos.Long() && n.slowest > longest {
		t.Errorf("it served again after %s, want at most %s", n.slowest, longest)
	}
	chaos.Promise(t, "A2", "killed while people check in: every answered act is there once, it serves again within 5 s and has caught up within 60 s",
		"%d kills (%d of PostgreSQL), %d acts answered, %d of them asked again; %d lines: 0 lost, %d twice, 0 unexpected; served again after %s at most, %s usually; caught up %s after the last kill",
		n.kills.Load(), n.postgresKills, n.acts.Load(), n.repeats.Load(), entries, twice,
		n.slowest.Round(10*time.Millisecond), (n.down / time.Duration(max(1, n.kills.Load()))).Round(10*time.Millisecond), drained.Round(10*time.Millisecond))

	tried, lost := n.withoutWaiting()
	if !lost {
		t.Errorf("control: each of %d check-ins is there: the test above proves nothing", tried)
	}
	chaos.Promise(t, "A2", "control: commits that do not wait for the disk", "the check-in answered just before kill %d is lost", tried)
}

// withoutWaiting is the control: PostgreSQL says that something is committed
// before it is on the disk, and is killed right after an answer.
func (n *night) withoutWaiting() (tried int, lost bool) {
	n.t.Helper()
	n.database("tasks", func(db *sqlx.DB) error {
		_, err := db.ExecContext(n.t.Context(), `ALTER ROLE tasks SET synchronous_commit = off`)
		return err
	})
	n.nextNight()
	shifts := n.post()
	for tried < 10 && !lost {
		claim := id.New()
		n.ask(n.leader, http.MethodPost, "/api/tasks/v1/claims", object{"claim_id": claim, "shift_id": shifts[tried], "kind": "in", "volunteer_id": n.people[0]})
		n.kill(true)
		tried++
		n.database("tasks", func(db *sqlx.DB) error {
			return db.QueryRowContext(n.t.Context(), `SELECT NOT EXISTS (SELECT FROM claims WHERE id = $1)`, claim).Scan(&lost)
		})
	}
	return tried, lost
}

// night is a city in a process of its own that is killed and started again,
// and a leader with some people whom nothing of it keeps from going on.
type night struct {
	t             *testing.T
	dir           string
	port          int
	cookies       map[string]string // of the leader and the people, by volunteer
	leader        string
	people        []string
	team          string
	kills         atomic.Int64
	acts          atomic.Int64
	repeats       atomic.Int64
	credited      int
	before        time.Time
	slowest       time.Duration // from a kill's end until it served again
	down          time.Duration // all of these together
	postgresKills int

	mu       sync.Mutex // held while it is down for another reason than a kill, or being killed
	child    *exec.Cmd
	ended    chan struct{}
	postgres int
	super    string
}

func newNight(t *testing.T) *night {
	t.Helper()
	n := &night{t: t, dir: citytest.EmptyFolder(t), cookies: map[string]string{}}
	r, err := city.Start(t.Context(), city.Options{Data: n.dir, Day: time.Date(2026, 11, 24, 0, 0, 0, 0, clock.City)})
	if err != nil {
		t.Fatal(err)
	}
	for i := range 4 {
		v := person(t, r, i)
		me := v.get("/api/teams/v1/me")
		who := visit.Text(t, me, "volunteer_id")
		n.cookies[who] = v.cookie
		if i == 1 {
			n.leader, n.team = who, visit.Text(t, me, "memberships", "role=leader", "team_id")
		} else {
			n.people = append(n.people, who)
		}
	}
	if err := r.Stop(); err != nil {
		t.Fatal(err)
	}
	n.port = freeport.Take(t)
	n.setClock(time.Date(2026, 11, 24, 2, 0, 0, 0, clock.City))
	n.start()
	t.Cleanup(func() { n.mu.Lock(); defer n.mu.Unlock(); _ = n.child.Process.Kill(); <-n.ended })
	return n
}

// setClock sets the city's clock while it does not run.
func (n *night) setClock(to time.Time) {
	n.t.Helper()
	path := filepath.Join(n.dir, "city.json")
	raw, err := os.ReadFile(path)
	if err != nil {
		n.t.Fatal(err)
	}
	note := object{}
	if err := json.Unmarshal(raw, &note); err != nil {
		n.t.Fatal(err)
	}
	note["shift"] = time.Until(to).Round(time.Second)
	if raw, err = json.Marshal(note); err != nil {
		n.t.Fatal(err)
	}
	n.before = to
	write(n.t, path, string(raw))
}

// start starts the city and waits until it serves.
func (n *night) start() {
	n.t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childVariable+"="+n.dir, portVariable+"="+fmt.Sprint(n.port))
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		n.t.Fatal(err)
	}
	n.child, n.ended = cmd, make(chan struct{})
	line, err := bufio.NewReader(out).ReadString('\n')
	go func(ended chan struct{}) { _ = cmd.Wait(); close(ended) }(n.ended)
	var url, phone, officer string
	if _, scanErr := fmt.Sscan(line, &url, &phone, &officer, &n.super, &n.postgres); errors.Join(err, scanErr) != nil {
		n.t.Errorf("after %d kills the city said %q: %v", n.kills.Load(), line, err)
	}
}

// killing kills the program or its PostgreSQL every now and then, and starts it
// again as whatever runs it would, until the returned function is called.
func (n *night) killing() (stop func()) {
	ctx, cancel := context.WithCancel(n.t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			select {
			case <-ctx.Done():
				return
			case <-time.After(time.Second + rand.N(time.Second)):
				n.kill(rand.IntN(2) == 0)
			}
		}
	}()
	return func() { cancel(); <-done }
}

// kill kills one of the two. A program without its PostgreSQL ends by itself.
func (n *night) kill(postgres bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	pid := n.child.Process.Pid
	if postgres {
		pid = n.postgres
		n.postgresKills++
	}
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
		n.t.Errorf("kill: %v", err)
	}
	<-n.ended
	n.kills.Add(1)
	began := time.Now()
	n.start()
	took := time.Since(began)
	n.down += took
	n.slowest = max(n.slowest, took)
}

// leapTo kills the program and starts it at another time of the city.
func (n *night) leapTo(to time.Time) {
	n.mu.Lock()
	defer n.mu.Unlock()
	_ = n.child.Process.Kill()
	<-n.ended
	n.setClock(to)
	n.start()
}

// nextNight is at two o'clock, when nobody has other plans.
func (n *night) nextNight() {
	y, m, d := n.before.In(clock.City).Date()
	n.leapTo(time.Date(y, m, d+1, 2, 0, 0, 0, clock.City))
}

// round is one night, from posting to confirmation. It returns the minutes that are to be credited.
func (n *night) round() float64 {
	n.t.Helper()
	n.nextNight()
	all := n.post()
	n.each(all, func(shift, who string) { n.tap(shift, who, "in") })
	n.leapTo(n.before.Add(time.Hour)) // all are over, check-out is still open
	n.each(all, func(shift, who string) { n.tap(shift, who, "out") })
	for _, shift := range all {
		n.ask(n.leader, http.MethodPost, "/api/tasks/v1/shifts/"+shift+"/confirm", object{"people_served": 0, "decisions": []object{}})
	}
	n.credited += len(all) * shiftMinutes * people
	return float64(len(all) * shiftMinutes * people)
}

// post publishes an activity of many shifts, and signs everybody up for all of them.
func (n *night) post() (all []string) {
	n.t.Helper()
	programme := visit.Text(n.t, n.ask(n.leader, http.MethodGet, "/api/tasks/v1/programmes", nil), "items", "name=保护淇河", "programme_id")
	begin := n.before.Add(lead)
	var windows []object
	for i := range chaos.Times(12, shifts) {
		from := begin.Add(time.Duration(i*shiftMinutes) * time.Minute)
		windows = append(windows, object{"starts_at": from, "ends_at": from.Add(shiftMinutes * time.Minute), "capacity": people})
	}
	task := n.ask(n.leader, http.MethodPost, "/api/tasks/v1/tasks", object{
		"team_id": n.team, "programme_id": programme, "title": "夜间值守", "place": "桂鹤码头",
		"risks": "水边路滑", "contact_name": "队长", "contact_phone": "15400000002", "shifts": windows,
	})
	n.ask(n.leader, http.MethodPost, "/api/tasks/v1/tasks/"+visit.Text(n.t, task, "task_id")+"/publish", nil)
	for _, s := range visit.Find(n.t, task, "shifts").([]any) {
		all = append(all, visit.Text(n.t, s, "shift_id"))
	}
	n.each(all, func(shift, who string) { n.ask(who, http.MethodPost, "/api/tasks/v1/shifts/"+shift+"/sign-ups", nil) })
	return all
}

// each does it for everybody at every shift, each person by themself, at the pace of people.
func (n *night) each(shifts []string, do func(shift, who string)) {
	var wg sync.WaitGroup
	for _, who := range n.people {
		wg.Go(func() {
			for _, shift := range shifts {
				do(shift, who)
				<-time.After(time.Duration(chaos.Times(150, 60)) * time.Millisecond)
			}
		})
	}
	wg.Wait()
}

func (n *night) tap(shift, who, kind string) {
	n.ask(n.leader, http.MethodPost, "/api/tasks/v1/claims", object{"claim_id": id.New(), "shift_id": shift, "kind": kind, "volunteer_id": who})
}

// ask asks with one key until there is an answer, as our pages do.
func (n *night) ask(who, method, path string, body object) any {
	n.t.Helper()
	sent, err := json.Marshal(body)
	if err != nil || body == nil {
		sent = nil
	}
	key := id.New()
	for again, deadline := false, time.Now().Add(time.Minute); time.Now().Before(deadline); again = true {
		if again {
			n.repeats.Add(1)
			<-time.After(50 * time.Millisecond)
		}
		status, raw, err := n.once(who, method, path, key, sent)
		if err != nil || status >= 500 {
			continue
		}
		var answer any
		if len(raw) > 0 {
			err = json.Unmarshal(raw, &answer)
		}
		if err != nil || status >= 300 {
			n.t.Errorf("%s %s: %d %s %v", method, path, status, raw, err)
		}
		if method != http.MethodGet {
			n.acts.Add(1)
		}
		return answer
	}
	n.t.Errorf("%s %s: no answer within a minute", method, path)
	return nil
}

func (n *night) once(who, method, path, key string, body []byte) (status int, answer []byte, err error) {
	ctx, cancel := context.WithTimeout(n.t.Context(), 10*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, method, fmt.Sprintf("http://127.0.0.1:%d%s", n.port, path), bytes.NewReader(body))
	if err != nil {
		return 0, nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Cookie", n.cookies[who])
	if method != http.MethodGet {
		req.Header.Set("Idempotency-Key", key)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, nil, err
	}
	defer func() { _ = res.Body.Close() }()
	answer, err = io.ReadAll(res.Body)
	return res.StatusCode, answer, err
}

// board is the total of the leader's team over all time.
func (n *night) board() float64 {
	n.t.Helper()
	return visit.Number(n.t, n.ask(n.leader, http.MethodGet, fmt.Sprintf("/api/hours/v1/boards?subject=team&scope=team:%s&period=all", n.team), nil), "total_minutes")
}

// ledger counts the lines of our nights and their minutes, and those of which there are two.
func (n *night) ledger() (lines, minutes, twice int) {
	n.t.Helper()
	n.database("hours", func(db *sqlx.DB) error {
		const query = `
			SELECT count(*), coalesce(sum(minutes), 0), count(*) - count(DISTINCT (volunteer_id, started_at))
			FROM entries WHERE title = '夜间值守' AND team_id = $1`
		return db.QueryRowContext(n.t.Context(), query, n.team).Scan(&lines, &minutes, &twice)
	})
	return lines, minutes, twice
}

// database looks into a service's database, past everything.
func (n *night) database(service string, look func(db *sqlx.DB) error) {
	n.t.Helper()
	db, err := sqlx.Connect("postgres", strings.Replace(n.super, "/postgres?", "/qihe_"+service+"?", 1))
	if err != nil {
		n.t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if err := look(db); err != nil {
		n.t.Fatal(err)
	}
}
