package city_test

import (
	"fmt"
	"log/slog"
	"os"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/city"
	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/citytest"
	"github.com/qihe-volunteers/qihe/shared/bus"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/testkit/chaos"
	"github.com/qihe-volunteers/qihe/shared/testkit/visit"
	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
)

// away is how long the bus stays away while people check in.
func away() time.Duration { return time.Duration(chaos.Times(1, 10)) * time.Minute }

// The bus is a convenience: while it is away people check in and leaders
// confirm as always, and afterwards every hour arrives, once. Its streams can
// even be thrown away: they are filled again from the outboxes, and nothing is
// counted twice.
func TestBusLost(t *testing.T) {
	t.Parallel()
	r := start(t, city.Options{Data: citytest.EmptyFolder(t), Day: time.Date(2026, 11, 24, 0, 0, 0, 0, clock.City)})
	r.Clock.SetTo(time.Date(2026, 11, 24, 2, 0, 0, 0, clock.City)) // at night nobody has other plans
	g := newGate(t, r)
	const minutes = shiftMinutes * people * shifts

	t.Run("a minute without the bus: every check-in succeeds, and the boards catch up", func(t *testing.T) {
		before := g.board()
		r.NATS().Stop()
		g.checkAll("in", away()/2)
		g.leapPast() // all shifts are over, check-out is still open
		g.checkAll("out", away()/2)
		g.confirmAll()
		if got := g.board(); got != before {
			t.Fatalf("control: the board moved from %v to %v without the bus", before, got)
		}
		if err := r.NATS().Start(); err != nil {
			t.Fatal(err)
		}
		back := time.Now()
		wait.Until(t, "the board to catch up", func() bool { return g.board() == before+minutes })
		chaos.Promise(t, "A8", "the bus away while people check in: every act succeeds, the boards catch up",
			"%s without it: %d check-ins, %d check-outs, %d confirmations, all answered; caught up %s after it was back",
			away(), shifts*people, shifts*people, shifts, time.Since(back).Round(10*time.Millisecond))
		chaos.Promise(t, "A8", "control: the boards while it is away", "stand still")
	})

	t.Run("the streams thrown away: filled again, and the totals stay as they are", func(t *testing.T) {
		before, told := g.board(), g.stream().LastSequence
		r.NATS().Stop()
		if err := os.RemoveAll(r.StreamFolder()); err != nil {
			t.Fatal(err)
		}
		if err := r.NATS().Start(); err != nil {
			t.Fatal(err)
		}
		wait.Until(t, "the stream to be filled again", func() bool { return g.stream().LastSequence >= told })
		extra := g.oneMore() // what comes last has everything before it
		wait.Until(t, "the newest hour", func() bool { return g.board() >= before+extra })
		if got := g.board(); got != before+extra {
			t.Errorf("the board shows %v minutes, want %v: something was counted twice", got, before+extra)
		}
	})
}

const (
	shifts       = 40
	shiftMinutes = 1
	lead         = 20 * time.Minute // from posting to the first shift
	people       = 3                // of the demo accounts, whom the leader taps
)

// gate is a night of many short shifts that one leader looks after.
type gate struct {
	t      testing.TB
	r      *city.Running
	leader visitor
	people []visitor
	ids    []string // of the people
	team   string
	shifts []string
	bus    *bus.Bus
}

func newGate(t testing.TB, r *city.Running) *gate {
	t.Helper()
	g := &gate{t: t, r: r, leader: person(t, r, 1), people: []visitor{person(t, r, 0), person(t, r, 2), person(t, r, 3)}}
	for _, p := range g.people {
		g.ids = append(g.ids, visit.Text(t, p.get("/api/teams/v1/me"), "volunteer_id"))
	}
	g.team = visit.Text(t, g.leader.get("/api/teams/v1/me"), "memberships", "role=leader", "team_id")
	g.shifts = g.post(shifts)
	var err error
	if g.bus, err = bus.Connect(t.Context(), r.NATS().URL, "test", slog.New(slog.DiscardHandler)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(g.bus.Close)
	return g
}

// post publishes an activity of n shifts, one after the other, that begin
// after the lead, and signs everybody up.
func (g *gate) post(n int) (ids []string) {
	g.t.Helper()
	programme := visit.Text(g.t, g.leader.get("/api/tasks/v1/programmes"), "items", "name=保护淇河", "programme_id")
	begin := g.r.Clock.Now().Add(lead).Truncate(time.Minute)
	var windows []object
	for i := range n {
		from := begin.Add(time.Duration(i*shiftMinutes) * time.Minute)
		windows = append(windows, object{"starts_at": from, "ends_at": from.Add(shiftMinutes * time.Minute), "capacity": people})
	}
	task := g.leader.post("/api/tasks/v1/tasks", object{
		"team_id": g.team, "programme_id": programme, "title": "夜间值守", "place": "桂鹤码头",
		"risks": "水边路滑", "contact_name": "队长", "contact_phone": "15400000002", "shifts": windows,
	})
	g.leader.post("/api/tasks/v1/tasks/"+visit.Text(g.t, task, "task_id")+"/publish", nil)
	for _, s := range visit.Find(g.t, task, "shifts").([]any) {
		shift := visit.Text(g.t, s, "shift_id")
		ids = append(ids, shift)
		for _, p := range g.people {
			p.post("/api/tasks/v1/shifts/"+shift+"/sign-ups", nil)
		}
	}
	return ids
}

// checkAll lets the leader tap everybody in or out at every shift, spread over
// the given time. Any answer but success ends the test.
func (g *gate) checkAll(kind string, over time.Duration) {
	g.t.Helper()
	tick := time.NewTicker(over / time.Duration(len(g.shifts)*len(g.ids)))
	defer tick.Stop()
	for _, shift := range g.shifts {
		for _, who := range g.ids {
			g.tap(shift, who, kind)
			<-tick.C
		}
	}
}

func (g *gate) tap(shift, who, kind string) {
	g.t.Helper()
	g.leader.post("/api/tasks/v1/claims", object{"claim_id": id.New(), "shift_id": shift, "kind": kind, "volunteer_id": who})
}

// leapPast moves the clock past the end of the last shift.
func (g *gate) leapPast() {
	g.r.Clock.Leap(lead + time.Duration(len(g.shifts)*shiftMinutes)*time.Minute)
}

func (g *gate) confirmAll() {
	g.t.Helper()
	for _, shift := range g.shifts {
		g.leader.post("/api/tasks/v1/shifts/"+shift+"/confirm", object{"people_served": 0, "decisions": []object{}})
	}
}

// oneMore takes one shift from posting to confirmation and returns its minutes.
func (g *gate) oneMore() float64 {
	g.t.Helper()
	g.shifts = g.post(1)
	g.checkAll("in", time.Second)
	g.leapPast()
	g.checkAll("out", time.Second)
	g.confirmAll()
	return shiftMinutes * people
}

// board is the total of the leader's team over all time.
func (g *gate) board() float64 {
	g.t.Helper()
	return visit.Number(g.t, g.leader.get(fmt.Sprintf("/api/hours/v1/boards?subject=team&scope=team:%s&period=all", g.team)), "total_minutes")
}

func (g *gate) stream() bus.StreamState {
	state, err := g.bus.StreamState(g.t.Context(), tasksv1.Stream)
	if err != nil {
		return bus.StreamState{}
	}
	return state
}
