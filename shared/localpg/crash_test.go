package localpg_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/qihe-volunteers/qihe/shared/localpg"
	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
)

// parentVariable makes this test binary a program that starts a server in the
// named folder and waits to be killed; with safeVariable too, the server keeps
// its data as in production.
const (
	parentVariable = "LOCALPG_TEST_PARENT"
	safeVariable   = "LOCALPG_TEST_SAFE"
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(parentVariable); dir != "" {
		s, err := localpg.Start(context.Background(), localpg.Config{Dir: dir, Fast: os.Getenv(safeVariable) == ""})
		fmt.Println(s.Pid(), s.SuperURL(), err)
		select {}
	}
	os.Exit(m.Run())
}

func TestCrash(t *testing.T) {
	t.Parallel()

	t.Run("after kill -9 of the server nothing that was committed is lost", func(t *testing.T) {
		t.Parallel()
		dir := folder(t)
		first := start(t, localpg.Config{Dir: dir})
		exec1(t, first.SuperURL(), "CREATE TABLE kept AS SELECT 42 AS answer")
		// A session that is busy does not notice; the new server has to wait for its end.
		busy := open(t, first.SuperURL())
		go func() { _, _ = busy.Exec("SELECT count(*) FROM generate_series(1, 20000000) AS busy") }()
		wait.Until(t, "the session to be busy", func() bool {
			return text(t, first.SuperURL(), "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%AS busy'") == "1"
		})
		if err := syscall.Kill(first.Pid(), syscall.SIGKILL); err != nil {
			t.Fatal(err)
		}
		<-first.Exited()
		stop(t, first)
		second := start(t, localpg.Config{Dir: dir})
		if got := text(t, second.SuperURL(), "SELECT answer FROM kept"); got != "42" {
			t.Errorf("answer after crash = %q, want 42", got)
		}
	})

	t.Run("a mark left by a killed server does not hinder, though its number is in use again", func(t *testing.T) {
		t.Parallel()
		dir := folder(t)
		s := start(t, localpg.Config{Dir: dir, Fast: true})
		stop(t, s)
		mark := filepath.Join(dir, "data", "postmaster.pid")
		if err := os.WriteFile(mark, []byte("1\n"+dir+"\n0\n0\n\n127.0.0.1\n\nready\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		start(t, localpg.Config{Dir: dir, Fast: true})
	})

	t.Run("the server ends with its parent, and the next start takes over", func(t *testing.T) {
		t.Parallel()
		dir := folder(t)
		parent := exec.Command(os.Args[0])
		parent.Env = append(os.Environ(), parentVariable+"="+dir)
		out, err := parent.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := parent.Start(); err != nil {
			t.Fatal(err)
		}
		line, err := bufio.NewReader(out).ReadString('\n')
		var pid int
		var url string
		if _, scanErr := fmt.Sscanf(line, "%d %s <nil>", &pid, &url); scanErr != nil {
			t.Fatalf("the parent said %q: %v", line, err)
		}
		_ = parent.Process.Kill()
		_ = parent.Wait()
		s := start(t, localpg.Config{Dir: dir, Fast: true})
		if err := ping(s.SuperURL()); err != nil {
			t.Error(err)
		}
		wait.Until(t, "the first server to end", func() bool {
			stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
			return err != nil || strings.Contains(string(stat), ") Z ") // a container may have nobody to bury it
		})
	})
}

// TestUnprivileged runs the tests of crashes and restarts once more as a user
// without rights. Where they run without rights anyway, nothing is left to do.
func TestUnprivileged(t *testing.T) {
	t.Parallel()
	if os.Geteuid() != 0 {
		return
	}
	const uid = 65534 // nobody
	home := folder(t)
	if err := os.Chown(home, uid, uid); err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(home, "test") // the one we are lies where only root may enter
	copyProgram(t, os.Args[0], program)

	cmd := exec.Command(program, "-test.run=^(TestCrash|TestCreateService)$", "-test.v")
	cmd.Dir = home
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + home, "TMPDIR=" + home}
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uid, Gid: uid}}
	out, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "--- PASS: TestCrash") {
		t.Fatalf("as user %d: %v\n%s", uid, err, out)
	}
}

// copyProgram keeps the tests beside it from starting anything meanwhile: what
// they start would hold the copy open for writing, and nobody could run it.
func copyProgram(t *testing.T, from, to string) {
	t.Helper()
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()
	in, err := os.Open(from)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = in.Close() }()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY, 0o755)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(out, in); err != nil {
		t.Fatal(err)
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
}
