//go:build unix

package localpg

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	_ "github.com/qihe-volunteers/qihe/shared/postgres" // the driver
)

// patience is how long we wait for what ends or starts by itself.
const patience = 30 * time.Second

// launch starts the server and waits until it answers. It tries again where
// the obstacle goes away by itself: a port that somebody else was quicker to
// take, or sessions of a killed server that have not noticed yet.
func (s *Server) launch(ctx context.Context, cfg Config, prog program, who account) error {
	ctx, cancel := context.WithTimeoutCause(ctx, patience, fmt.Errorf("PostgreSQL did not answer within %s", patience))
	defer cancel()
	for {
		err := s.try(ctx, cfg, prog, who)
		if err == nil {
			return nil
		}
		if ctx.Err() != nil || !passing(err, cfg.Port == 0) {
			return err
		}
		if err := pause(ctx, 100*time.Millisecond); err != nil {
			return err
		}
	}
}

func (s *Server) try(ctx context.Context, cfg Config, prog program, who account) (err error) {
	if s.port, err = freePort(cfg.Port); err != nil {
		return err
	}
	cmd := exec.Command(prog.path("postgres"), arguments(s.dataDir(), s.port, cfg.Fast)...)
	cmd.Env, cmd.Dir, cmd.SysProcAttr = environment(), s.dir, attributes(who)
	if s.child, err = startChild(cmd, cfg.Log); err != nil {
		return err
	}
	for !s.answers(ctx) {
		select {
		case <-s.child.exited:
			return &notStarted{dir: s.dir, log: s.child.out.lines()}
		default:
		}
		if err := pause(ctx, 10*time.Millisecond); err != nil {
			return errors.Join(err, s.child.stop())
		}
	}
	return nil
}

// answers reports whether the server takes sessions. It says so in its file
// first: one that is asked too early refuses, and logs that as a fault.
func (s *Server) answers(ctx context.Context) bool {
	if pid, state, err := readMark(s.dataDir()); err != nil || pid != s.child.cmd.Process.Pid || state != "ready" {
		return false
	}
	db, err := sql.Open("postgres", s.SuperURL())
	if err != nil {
		return false
	}
	defer func() { _ = db.Close() }()
	return db.PingContext(ctx) == nil
}

// readMark returns what the server in the folder says of itself: its process,
// and whether it is starting, ready or stopping. Without a server the error is os.ErrNotExist.
func readMark(data string) (pid int, state string, err error) {
	mark := filepath.Join(data, "postmaster.pid")
	text, err := os.ReadFile(mark)
	if err != nil {
		return 0, "", fmt.Errorf("read %s: %w", mark, err)
	}
	lines := strings.Split(string(text), "\n")
	pid, _ = strconv.Atoi(strings.TrimSpace(lines[0]))
	if len(lines) > 7 {
		state = strings.TrimSpace(lines[7])
	}
	return pid, state, nil
}

// arguments are the settings that must hold whatever postgresql.conf says.
func arguments(data string, port int, fast bool) []string {
	settings := []string{
		"listen_addresses=127.0.0.1", "port=" + strconv.Itoa(port), "unix_socket_directories=",
		"password_encryption=scram-sha-256", "max_connections=300", "timezone=UTC",
		// An error's details and statement hold people's data; they have no place in a log.
		"log_error_verbosity=terse", "log_min_error_statement=panic", "log_timezone=UTC",
	}
	if fast {
		settings = append(settings, "fsync=off", "full_page_writes=off", "synchronous_commit=off",
			"autovacuum=off", "max_wal_size=4GB", "checkpoint_timeout=1h")
	} else {
		settings = append(settings, "fsync=on", "full_page_writes=on", "synchronous_commit=on")
	}
	args := []string{"-D", data}
	for _, s := range settings {
		args = append(args, "-c", s)
	}
	return args
}

// notStarted is a server that ended before it answered.
type notStarted struct{ dir, log string }

func (e *notStarted) Error() string {
	return fmt.Sprintf("PostgreSQL in %s did not start: %s", e.dir, lastLines(e.log, 3))
}

func passing(err error, anyPort bool) bool {
	var e *notStarted
	return errors.As(err, &e) &&
		(strings.Contains(e.log, "pre-existing shared memory block") || anyPort && strings.Contains(e.log, "Address already in use"))
}

// awaitPredecessor waits for a server whose parent died a moment ago, and
// removes the mark of one that was killed. Whoever holds our lock may do so.
func awaitPredecessor(ctx context.Context, data string) error {
	for deadline := time.Now().Add(2 * time.Second); ; {
		pid, state, err := readMark(data)
		if errors.Is(err, os.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		if pid <= 0 || !serves(pid, data) {
			return os.Remove(filepath.Join(data, "postmaster.pid"))
		}
		if state != "stopping" && time.Now().After(deadline) {
			return fmt.Errorf("PostgreSQL already runs in %s: stop it first, type: kill -INT %d", data, pid)
		}
		if err := pause(ctx, 50*time.Millisecond); err != nil {
			return err
		}
	}
}

func freePort(wanted int) (int, error) {
	l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", wanted))
	if err != nil {
		return 0, fmt.Errorf("port %d is taken: choose another for PostgreSQL: %w", wanted, err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().(*net.TCPAddr).Port, nil
}

func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-time.After(d):
		return nil
	}
}
