//go:build unix

package localpg

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"os/exec"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"time"
)

// child is the server's first process.
type child struct {
	cmd    *exec.Cmd
	out    *serverLog
	exited chan struct{}
}

// startChild starts the server from a thread that lives as long as the server
// does: Linux sends the parent-death signal when that thread ends, not when
// the process does.
func startChild(cmd *exec.Cmd, log *slog.Logger) (*child, error) {
	c := &child{cmd: cmd, out: &serverLog{log: log}, exited: make(chan struct{})}
	cmd.Stdout, cmd.Stderr = c.out, c.out
	cmd.WaitDelay = time.Second // sessions that survive a killed server for a moment hold the pipe open
	started := make(chan error)
	go func() {
		runtime.LockOSThread()
		err := cmd.Start()
		started <- err
		if err == nil {
			_ = cmd.Wait()
			close(c.exited)
		}
	}()
	if err := <-started; err != nil {
		return nil, fmt.Errorf("start %s: %w", cmd.Path, err)
	}
	return c, nil
}

// stop asks for a fast shutdown, and insists when that takes too long.
func (c *child) stop() error {
	steps := []struct {
		signal syscall.Signal
		wait   time.Duration
	}{
		{syscall.SIGINT, 60 * time.Second}, // end sessions, write everything
		{syscall.SIGQUIT, 10 * time.Second},
		{syscall.SIGKILL, 10 * time.Second},
	}
	for _, step := range steps {
		_ = c.cmd.Process.Signal(step.signal)
		if c.endsWithin(step.wait) {
			return nil
		}
	}
	return fmt.Errorf("process %d of PostgreSQL does not end", c.cmd.Process.Pid)
}

func (c *child) endsWithin(d time.Duration) bool {
	ctx, cancel := context.WithTimeout(context.Background(), d)
	defer cancel()
	select {
	case <-c.exited:
		return true
	case <-ctx.Done():
		return false
	}
}

// serverLog passes the server's lines on to our log and remembers the last
// ones, which say why it did not start.
type serverLog struct {
	log *slog.Logger

	mu   sync.Mutex
	part []byte
	last []string
}

func (l *serverLog) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.part = append(l.part, p...)
	for {
		line, rest, found := bytes.Cut(l.part, []byte("\n"))
		if !found {
			return len(p), nil
		}
		l.part = rest
		l.add(string(line))
	}
}

func (l *serverLog) add(line string) {
	l.last = append(l.last[max(0, len(l.last)-19):], line)
	level := slog.LevelDebug
	switch {
	case strings.Contains(line, "PANIC:"), strings.Contains(line, "FATAL:"):
		level = slog.LevelWarn // not ours to judge: a refused password is FATAL too
	case strings.Contains(line, "ERROR:"), strings.Contains(line, "WARNING:"):
		level = slog.LevelInfo
	}
	l.log.Log(context.Background(), level, "postgresql", "line", line)
}

func (l *serverLog) lines() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Join(l.last, "\n")
}
