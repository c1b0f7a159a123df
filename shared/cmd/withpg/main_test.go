package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/qihe-volunteers/qihe/shared/localpg"
)

func TestRun(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	if err := os.Chmod(filepath.Dir(os.Getenv("TMPDIR")), 0o711); err != nil { // the server may run as another user
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, preset, script string
		want                 int
	}{
		{"the command finds the address of a server, and success is success", "", `case $QIHE_TEST_POSTGRES in postgres://postgres:*@127.0.0.1:*) exit 0;; esac; exit 1`, 0},
		{"the command's exit code is passed on", "", "exit 7", 7},
		{"a command that a signal ends has failed", "", "kill -9 $$", 1},
		{"an address that is set already is left alone", "postgres://elsewhere", `test $QIHE_TEST_POSTGRES = postgres://elsewhere`, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Setenv(variable, c.preset)
			code, err := run("", true, []string{"sh", "-c", c.script})
			if code != c.want || err != nil {
				t.Errorf("exit code = %d, %v, want %d", code, err, c.want)
			}
		})
	}
	t.Run("no folder is left behind", func(t *testing.T) {
		left, err := os.ReadDir(os.Getenv("TMPDIR"))
		if err != nil || len(left) != 0 {
			t.Errorf("left behind: %v, %v", left, err)
		}
	})
	t.Run("a command that does not exist is an error", func(t *testing.T) {
		t.Setenv(variable, "postgres://elsewhere")
		if _, err := run(localpg.System, true, []string{"no-such-command"}); err == nil {
			t.Error("no error")
		}
	})
}
