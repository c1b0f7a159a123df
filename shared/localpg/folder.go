//go:build unix

package localpg

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"

	"github.com/qihe-volunteers/qihe/shared/wholefile"
)

const superuser = "postgres"

// lockFolder keeps a second Start away from dir, in this process or another.
// The system takes the lock back when we die, however that happens.
func lockFolder(dir string) (release func(), err error) {
	f, err := os.OpenFile(filepath.Join(dir, "lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("lock database folder: %w", err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		_ = f.Close()
		return nil, fmt.Errorf("the database in %s is already in use by another program: stop that one, or choose another folder", dir)
	}
	return func() {
		// Closing is not enough: a process that is being forked just now holds a copy of f.
		_ = syscall.Flock(int(f.Fd()), syscall.LOCK_UN)
		_ = f.Close()
	}, nil
}

// superuserPassword reads the password, or makes one for a new folder.
func superuserPassword(dir string) (string, error) {
	path := filepath.Join(dir, "password")
	old, err := os.ReadFile(path)
	if err == nil && len(old) > 0 {
		return strings.TrimSpace(string(old)), nil
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("read database password: %w", err)
	}
	if exists(filepath.Join(dir, "data")) {
		return "", fmt.Errorf("the database in %s has lost its password file: put %s back from a backup", dir, path)
	}
	fresh := make([]byte, 20)
	_, _ = rand.Read(fresh) // never fails
	password := hex.EncodeToString(fresh)
	return password, wholefile.Write(path, []byte(password+"\n"))
}

// derivedPassword is the password of a role. Whoever knows it learns nothing
// about the superuser's or another role's.
func derivedPassword(super, role string) string {
	mac := hmac.New(sha256.New, []byte(super))
	mac.Write([]byte("role " + role))
	return hex.EncodeToString(mac.Sum(nil)[:20])
}

// initialise makes data/ unless it is there. It works beside it and renames at
// the end, so that a start that was cut off is simply done again.
func initialise(ctx context.Context, dir, password string, prog program, who account, fast bool) error {
	data, work := filepath.Join(dir, "data"), filepath.Join(dir, "data.new")
	if exists(data) {
		return nil
	}
	secret := filepath.Join(dir, "initial")
	defer func() { _ = os.Remove(secret) }()
	err := errors.Join(os.RemoveAll(work), os.Mkdir(work, 0o700), who.own(work),
		os.WriteFile(secret, []byte(password+"\n"), 0o600), who.own(secret),
		wholefile.Write(filepath.Join(dir, "source"), []byte(prog.source)))
	if err != nil {
		return fmt.Errorf("make database folder: %w", err)
	}
	args := []string{"--pgdata=" + work, "--username=" + superuser, "--pwfile=" + secret, "--auth=scram-sha-256",
		"--encoding=UTF8", "--locale=" + localeName(), "--data-checksums"}
	if fast {
		args = append(args, "--no-sync")
	}
	cmd := exec.CommandContext(ctx, prog.path("initdb"), args...)
	cmd.Env, cmd.Dir, cmd.SysProcAttr = environment(), dir, attributes(who)
	runtime.LockOSThread() // initdb ends with this thread, see attributes
	defer runtime.UnlockOSThread()
	if out, err := cmd.CombinedOutput(); err != nil {
		if strings.Contains(string(out), "user does not exist") {
			return fmt.Errorf("PostgreSQL wants a name for user %d, as which this program runs: add one to /etc/passwd", who.uid)
		}
		return fmt.Errorf("initialise database in %s: %w: %s", dir, err, lastLines(string(out), 3))
	}
	return wholefile.Rename(work, data)
}

// localeName gives one way to compare text on every computer; names are sorted
// by an explicit collation where a person sees them.
func localeName() string {
	if runtime.GOOS == "linux" {
		return "C.UTF-8"
	}
	return "C"
}

// environment keeps PGPORT, PGDATA and their like away from the server.
func environment() []string {
	return []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=" + localeName(), "TZ=UTC"}
}

func lastLines(s string, n int) string {
	lines := strings.Split(strings.TrimSpace(s), "\n")
	return strings.Join(lines[max(0, len(lines)-n):], "; ")
}
