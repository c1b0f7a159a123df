//go:build unix

package outbox_test

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/shared/bus"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/testkit/bustest"
	"github.com/qihe-volunteers/qihe/shared/testkit/chaos"
	"github.com/qihe-volunteers/qihe/shared/testkit/pgtest"
	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
)

// relayVariable makes this test binary a process that relays and does nothing
// else: database, NATS, and after how long it counts as frozen.
const relayVariable = "QIHE_OUTBOX_TEST_RELAY"

func TestMain(m *testing.M) {
	if how := os.Getenv(relayVariable); how != "" {
		fmt.Println(relayAlone(how))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

func relayAlone(how string) error {
	var database, nats, frozen string
	if _, err := fmt.Sscan(how, &database, &nats, &frozen); err != nil {
		return err
	}
	after, err := time.ParseDuration(frozen)
	if err != nil {
		return err
	}
	ctx, log := context.Background(), slog.New(slog.DiscardHandler)
	db, err := postgres.Open(ctx, database, 0)
	if err != nil {
		return err
	}
	b, err := bus.Connect(ctx, nats, "frozen", log)
	if err != nil {
		return err
	}
	r := outbox.NewRelay(db, b, "TEST", log)
	r.SetFrozenAfter(after)
	return r.Run(ctx)
}

// The machine of the relay that leads is halted in the middle of its work, as
// when a host is moved, and goes on later as if nothing had been. Its connection
// stays, so nobody would know; the control shows for how long nothing is told then.
func TestRelayFrozen(t *testing.T) {
	t.Parallel()
	after := time.Duration(chaos.Times(4, 35)) * time.Second
	t.Run("another takes over, and who wakes up turns nothing round", func(t *testing.T) {
		t.Parallel()
		db, url := givenDB(t), bustest.Start(t)
		book := listen(t, connect(t, url))
		told, rounds, longest := 0, chaos.Times(1, 5), time.Duration(0)
		for range rounds {
			leader := startAlone(t, db, url, after)
			told += 100
			appendTo(t, db, time.Now(), things("a", 1+told-100, 100)...)
			book.await(t, told) // it leads
			stop := run(t, db, connect(t, url))
			told += 1500 // it is halted while it carries these
			appendTo(t, db, time.Now(), things("a", 1+told-1500, 1500)...)
			halt(t, leader, syscall.SIGSTOP)
			halted, before := time.Now(), book.count()
			told += 100
			appendTo(t, db, time.Now(), things("a", 1+told-100, 100)...)
			wait.Until(t, "another relay to lead", func() bool { return len(book.firsts("a")) == told })
			longest = max(longest, time.Since(halted))
			if before >= told {
				t.Error("everything was told before the leader was halted: this tries nothing")
			}
			halt(t, leader, syscall.SIGCONT)
			told += 100
			appendTo(t, db, time.Now(), things("a", 1+told-100, 100)...)
			wait.Until(t, "the last events", func() bool { return len(book.firsts("a")) == told })
			stop()
			_ = leader.Process.Kill()
			_ = leader.Wait()
		}
		if diff := cmp.Diff(upTo(told), book.firsts("a")); diff != "" {
			t.Error(diff)
		}
		chaos.Promise(t, "C3", "the leading relay's process halted and woken up again", "%d times: 0 of %d events lost, 0 out of order, %d told twice; told again after %s at most, %s of them until it counted as frozen",
			rounds, told, book.count()-told, longest.Round(100*time.Millisecond), after)
	})
	t.Run("control: without a limit nothing is told until it wakes up", func(t *testing.T) {
		t.Parallel()
		db, url := givenDB(t), bustest.Start(t)
		book := listen(t, connect(t, url))
		leader := startAlone(t, db, url, 0)
		appendTo(t, db, time.Now(), done{"a", 1})
		book.await(t, 1)
		run(t, db, connect(t, url))
		halt(t, leader, syscall.SIGSTOP)
		appendTo(t, db, time.Now(), done{"a", 2})
		for halted := time.Now(); time.Since(halted) < after+5*time.Second; <-time.After(100 * time.Millisecond) {
			if book.count() > 1 {
				t.Fatal("another relay leads: the test above proves nothing")
			}
		}
		halt(t, leader, syscall.SIGCONT)
		book.await(t, 2)
		chaos.Promise(t, "C3", "control: a session that may idle for ever", "nothing told in %s", after+5*time.Second)
	})
}

func startAlone(t *testing.T, db *pgtest.DB, url string, frozenAfter time.Duration) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), relayVariable+"="+strings.Join([]string{db.URL, url, frozenAfter.String()}, " "))
	cmd.Stderr = t.Output()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	return cmd
}

func halt(t *testing.T, cmd *exec.Cmd, signal syscall.Signal) {
	t.Helper()
	if err := cmd.Process.Signal(signal); err != nil {
		t.Fatal(err)
	}
}
