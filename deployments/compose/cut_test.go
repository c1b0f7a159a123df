package compose_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/qihe-volunteers/qihe/services/tasks"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/testkit/chaos"
	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
)

// span is the time from a cut until everybody has gone on.
type span struct{ began, ended time.Time }

// cuts are the networks that are tried. The first server is the one at which the
// first teller is.
var cuts = []struct {
	name  string
	leads bool // the first server leads
	ways  func(first, second, third string) []way
	alone bool // the first server cannot reach the others
}{
	{"the leader alone", true, func(a, _, _ string) []way { return around(a) }, true},
	{"the leader hears nobody", true, func(a, _, _ string) []way { return into(a) }, true},
	{"the leader is heard by nobody", true, func(a, _, _ string) []way { return outOf(a) }, true},
	{"a follower alone", false, func(a, _, _ string) []way { return around(a) }, true},
	{"the leader and a follower", true, func(a, b, _ string) []way { return between(a, b) }, false},
	{"the leader and the other follower", true, func(a, _, c string) []way { return between(a, c) }, false},
	{"the two followers", true, func(_, b, c string) []way { return between(b, c) }, false},
}

// The network between the three servers is cut in every way while events are
// published, also by somebody whose server is on the wrong side. What was
// acknowledged is there, once, and the three servers have the same; whoever is
// on the wrong side goes to another server. Of the controls, one has only that
// server's address, and stays silent; the other takes it for an acknowledgement
// that one server has an event, and loses what it was told.
func TestNetworkCut(t *testing.T) {
	t.Parallel()
	i := install(t, nil)
	i.findPlaces(t)
	c := &cluster{installation: i, servers: map[string]*process{}, wires: wired(t, i)}
	for n, p := range i.startBus(t) {
		c.servers[servers3[n]] = p
	}
	c.ask(t)
	tellers := []*teller{c.tellAt(t, c.natsURL("tasks"), "first", 3), c.tellAt(t, c.natsURL("tasks"), "second", 3)}

	c.goOn(t, tellers...) // while all is well
	tried := cuts
	if !chaos.Long() {
		tried = cuts[:1]
	}
	var longest time.Duration
	var troubled []span
	for range chaos.Times(1, 2) {
		for _, cut := range tried {
			first := c.home(t, "first")
			c.lead(t, map[bool]string{true: first, false: peers(first)[0]}[cut.leads])
			began := time.Now()
			c.wires.cut(cut.ways(first, peers(first)[0], peers(first)[1])...)
			if cut.alone {
				c.goOn(t, tellers...)
			} else {
				<-time.After(10 * time.Second)
			}
			mended := time.Now()
			c.wires.mend()
			c.leader(t, 3)
			c.goOn(t, tellers...)
			troubled = append(troubled, span{began, time.Now()})
			silent := time.Duration(0)
			for _, l := range tellers {
				silent = max(silent, l.silent())
			}
			longest = max(longest, silent)
			t.Logf("%s: cut for %s, silent for %s", cut.name, mended.Sub(began).Round(100*time.Millisecond), silent.Round(100*time.Millisecond))
			if chaos.Long() {
				<-time.After(5 * time.Second) // what a publication takes when all is well
			}
		}
	}
	var acked []string
	var well []time.Duration
	for _, l := range tellers {
		acked = append(acked, l.stop(t)...)
		well = append(well, l.outside(troubled)...)
	}
	slices.Sort(well)
	p99 := well[len(well)*99/100]
	if chaos.Long() && p99 > 2*time.Second {
		t.Errorf("while no network is cut, one in a hundred publications takes %s or longer, want 2 s at most", p99)
	}
	c.haveAll(t, acked)
	chaos.Promise(t, "A5", "the network between three NATS servers cut: no acknowledged event is lost or there twice, all three have the same",
		"%d cuts, %d events acknowledged, 0 lost, 0 twice, 1 stream; somebody on the wrong side had nothing acknowledged for %s at most; p99 outside of cuts %s",
		len(troubled), len(acked), longest.Round(100*time.Millisecond), p99.Round(time.Millisecond))
	c.controls(t)
}

// controls cut the leader off once more.
func (c *cluster) controls(t *testing.T) {
	t.Helper()
	first := c.leader(t, 3)
	stays := c.tellAt(t, c.natsAt("tasks", first), "stays", 3)
	goes := c.tellAt(t, c.natsAt("tasks", peers(first)[0]), "goes", 3)
	hasty, err := nats.Connect(c.natsAt("tasks", first))
	must(t, err)
	defer hasty.Close()
	c.wires.cut(around(first)...)
	taken := make([]string, 100)
	for n := range taken {
		taken[n] = id.New()
		m := nats.NewMsg("tasks.v1.thing.done")
		m.Header.Set(jetstream.MsgIDHeader, taken[n])
		must(t, hasty.PublishMsg(m))
	}
	must(t, hasty.Flush()) // the server has them
	<-time.After(time.Second)
	before := stays.count()
	c.goOn(t, goes)
	if n := stays.count() - before; n != 0 {
		t.Errorf("control: %d events were acknowledged by a server that is alone, after a second", n)
	}
	c.wires.mend()
	acked := append(stays.stop(t), goes.stop(t)...)
	there, _, _ := c.read(t, first)
	if n := lost(acked, there); n != 0 {
		t.Errorf("%d of %d acknowledged events are lost", n, len(acked))
	}
	n := lost(taken, there)
	if n == 0 {
		t.Error("control: what only one server had is there: the test above proves nothing")
	}
	chaos.Promise(t, "A5", "control: that one server has it is taken for an acknowledgement", "%d of %d events lost", n, len(taken))
}

// goOn waits until every one of the tellers has gone on.
func (c *cluster) goOn(t *testing.T, tellers ...*teller) {
	t.Helper()
	for n, l := range tellers {
		before := l.count()
		wait.Until(t, fmt.Sprintf("teller %d to go on during the cut", n), func() bool { return l.count() > before+60 })
	}
}

// lead makes a server the leader.
func (c *cluster) lead(t *testing.T, server string) {
	t.Helper()
	wait.Until(t, server+" to lead", func() bool {
		if c.leader(t, 3) == server {
			return true
		}
		_, _ = c.nc.Request("$JS.API.STREAM.LEADER.STEPDOWN."+tasks.Bus.Tells, fmt.Appendf(nil, `{"placement":{"preferred":%q}}`, server), 2*time.Second)
		return false
	})
}

// home is the server at which a client is.
func (c *cluster) home(t *testing.T, client string) (server string) {
	t.Helper()
	wait.Until(t, client+" to be connected", func() bool {
		for _, name := range servers3 {
			if slices.Contains(c.clients(t, name), client) {
				server = name
				return true
			}
		}
		return false
	})
	return server
}

func (c *cluster) clients(t *testing.T, server string) (names []string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.url(server+":8222")+"/connz", nil)
	must(t, err)
	res, err := client.Do(req)
	must(t, err)
	defer func() { _ = res.Body.Close() }()
	var said struct {
		Connections []struct{ Name string }
	}
	must(t, json.NewDecoder(res.Body).Decode(&said))
	for _, one := range said.Connections {
		names = append(names, one.Name)
	}
	return names
}

// natsAt is the bus by way of one server only.
func (i *installation) natsAt(user, server string) string {
	for _, address := range strings.Split(i.natsURL(user), ",") {
		if strings.HasSuffix(address, i.place[server+":4222"]) {
			return address
		}
	}
	return ""
}
