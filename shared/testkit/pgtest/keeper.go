package pgtest

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"syscall"

	"github.com/qihe-volunteers/qihe/shared/localpg"
)

// A test binary has no last moment in which to tidy up: it may end by a
// panic, a timeout or a kill. So it starts itself once more as the keeper of
// the server, and holds on to the keeper's standard input. When the test
// binary ends, in whatever way, that pipe closes, and the keeper stops the
// server and removes its folder.
const keeperVariable = "QIHE_PGTEST_KEEPER"

func init() {
	if os.Getenv(keeperVariable) != "" {
		if err := keep(); err != nil {
			fmt.Println("error", strings.ReplaceAll(err.Error(), "\n", "; "))
			os.Exit(1)
		}
		os.Exit(0)
	}
}

// keep runs a server until standard input ends.
func keep() (err error) {
	dir, err := os.MkdirTemp("", "qihe-pgtest-")
	if err != nil {
		return fmt.Errorf("make folder for test server: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	s, err := localpg.Start(context.Background(), localpg.Config{Dir: dir, Fast: true})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Stop()) }()
	fmt.Println("ready", s.SuperURL())
	_, _ = io.Copy(io.Discard, os.Stdin)
	return nil
}

// lifeline is the keeper's standard input. It must stay reachable: the garbage
// collector closes pipes that nobody holds.
var lifeline io.WriteCloser //nolint:unused // held, never read

// startKept starts a keeper and returns the superuser's address of its server.
func startKept() (string, error) {
	self, err := os.Executable()
	if err != nil {
		return "", fmt.Errorf("find test binary: %w", err)
	}
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), keeperVariable+"=1")
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // Ctrl-C must not reach it before us
	if lifeline, err = cmd.StdinPipe(); err != nil {
		return "", fmt.Errorf("make pipe to test server: %w", err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return "", fmt.Errorf("make pipe to test server: %w", err)
	}
	if err := cmd.Start(); err != nil {
		return "", fmt.Errorf("start test server: %w", err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	verdict, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
	switch {
	case verdict == "ready":
		return rest, nil
	case verdict == "error":
		return "", errors.New(rest)
	default:
		return "", fmt.Errorf("start test server: it said %q: %w", line, err)
	}
}
