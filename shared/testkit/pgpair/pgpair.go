// Package pgpair gives a test a primary and its standby, of which it can kill
// or halt either, and promote the other.
package pgpair

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/shared/localpg"
	"github.com/qihe-volunteers/qihe/shared/standby"
	"github.com/qihe-volunteers/qihe/shared/testkit/freeport"
	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
)

// Pair is two servers. Their places stay, whoever of them is the primary.
type Pair struct {
	t       testing.TB
	dir     string
	ports   [2]int
	servers [2]*localpg.Server
	Primary int // the place of whom the test believes to be the primary; 1-Primary is the standby's
}

// Start starts both, and commits wait for the standby.
func Start(t testing.TB) *Pair {
	t.Helper()
	dir, err := os.MkdirTemp("", "qihe-pair-")
	p := &Pair{t: t, dir: dir, ports: [2]int{freeport.Take(t), freeport.Take(t)}}
	p.must(err)
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	p.must(os.Chmod(dir, 0o711)) //nolint:gosec // PostgreSQL runs as another user when we are root
	p.servers[0], err = localpg.Start(t.Context(), p.config(0))
	p.must(err)
	t.Cleanup(func() { _ = p.servers[0].Stop(); _ = p.servers[1].Stop() })
	p.servers[1] = p.servers[0] // until it is there, for the line above
	p.Follow()
	return p
}

func (p *Pair) config(place int) localpg.Config {
	return localpg.Config{Dir: filepath.Join(p.dir, strconv.Itoa(place)), Port: p.ports[place]}
}

// URLs returns the superuser's address of both places.
func (p *Pair) URLs() []string {
	return []string{p.Super(0), p.Super(1)}
}

// Super returns the superuser's address of one place.
func (p *Pair) Super(place int) string {
	return p.both(p.servers[p.Primary].SuperURL())[place]
}

// both returns an address at either place.
func (p *Pair) both(address string) []string {
	here := fmt.Sprintf("127.0.0.1:%d", p.ports[p.Primary])
	var all []string
	for _, port := range p.ports {
		all = append(all, strings.Replace(address, here, fmt.Sprintf("127.0.0.1:%d", port), 1))
	}
	return all
}

// Service makes a service's database, as localpg.CreateService does, and returns
// addresses that name both places.
func (p *Pair) Service(name string) (ownerURL, runURL string) {
	p.t.Helper()
	owner, run, err := p.servers[p.Primary].CreateService(p.t.Context(), name)
	p.must(err)
	return strings.Join(p.both(owner), ","), strings.Join(p.both(run), ",")
}

// Follow makes the other place a new standby, whatever was there, and lets commits wait for it.
func (p *Pair) Follow() {
	p.t.Helper()
	other := 1 - p.Primary
	if old := p.servers[other]; old != p.servers[p.Primary] {
		p.must(old.Stop())
	}
	p.must(os.RemoveAll(p.config(other).Dir))
	ctx, cancel := context.WithTimeout(p.t.Context(), 2*time.Minute)
	defer cancel()
	s, err := localpg.StartStandby(ctx, p.config(other), p.servers[p.Primary], standby.Prefix+strconv.Itoa(other))
	p.must(err)
	p.servers[other] = s
	wait.Until(p.t, "the standby to follow", func() bool {
		err := standby.Together(ctx, p.URLs())
		if !errors.Is(err, standby.ErrNoFollower) {
			p.must(err)
		}
		return err == nil
	})
}

// Kill ends a server as a machine dies, with all its processes.
func (p *Pair) Kill(place int) {
	p.t.Helper()
	p.signal(place, syscall.SIGKILL)
	<-p.servers[place].Exited()
	_ = p.servers[place].Stop() // gives its folder back
}

// Halt stops a server in the middle of what it does. wake lets it go on.
func (p *Pair) Halt(place int) (wake func()) {
	p.t.Helper()
	p.signal(place, syscall.SIGSTOP)
	wake = func() { p.signal(place, syscall.SIGCONT) }
	p.t.Cleanup(wake) // or nobody could stop it
	return wake
}

// Stop ends a server in order, and Again starts it as what it was.
func (p *Pair) Stop(place int) { p.t.Helper(); p.must(p.servers[place].Stop()) }

// Again starts a server that was stopped.
func (p *Pair) Again(place int) {
	p.t.Helper()
	s, err := localpg.Start(p.t.Context(), p.config(place))
	p.must(err)
	p.servers[place] = s
}

// Promote is the operator's act.
func (p *Pair) Promote() {
	p.t.Helper()
	p.must(standby.Promote(p.t.Context(), p.URLs()))
	p.Primary = 1 - p.Primary
}

// signal sends it to the server and to all its processes, the first one first,
// so that it starts no other.
func (p *Pair) signal(place int, signal syscall.Signal) {
	first := p.servers[place].Pid()
	_ = syscall.Kill(first, signal)
	for _, pid := range childrenOf(first) {
		_ = syscall.Kill(pid, signal)
	}
}

func childrenOf(parent int) (pids []int) {
	stats, _ := filepath.Glob("/proc/[0-9]*/stat") // the pattern is valid
	for _, path := range stats {
		raw, err := os.ReadFile(path)
		if err != nil {
			continue // it has ended
		}
		_, rest, _ := strings.Cut(string(raw), ") ")
		fields := strings.Fields(rest)
		if len(fields) < 2 || fields[1] != strconv.Itoa(parent) {
			continue
		}
		pid, err := strconv.Atoi(filepath.Base(filepath.Dir(path)))
		if err == nil {
			pids = append(pids, pid)
		}
	}
	return pids
}

func (p *Pair) must(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
}
