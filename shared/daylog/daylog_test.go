package daylog_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/daylog"
)

func names(t *testing.T, dir string) (all []string) {
	t.Helper()
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		all = append(all, f.Name())
	}
	return all
}

func TestLog(t *testing.T) {
	t.Parallel()
	now := &clock.Shifted{}
	now.SetTo(time.Date(2026, 11, 27, 23, 0, 0, 0, clock.City))
	dir := filepath.Join(t.TempDir(), "logs")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	// 2026-05-27 is 184 days before; the day before that has been kept for long enough.
	for _, name := range []string{"qihe-2026-05-26.log", "qihe-2026-05-27.log", "access-2020-01-01.log", "qihe-2020-01-01.log.old", "qihe-notes.log"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	l, err := daylog.Open(dir, "qihe", daylog.Least, now)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := l.Write([]byte("one\n")); err != nil {
		t.Fatal(err)
	}
	want := []string{"access-2020-01-01.log", "qihe-2020-01-01.log.old", "qihe-2026-05-27.log", "qihe-2026-11-27.log", "qihe-notes.log"}
	if diff := cmp.Diff(want, names(t, dir)); diff != "" {
		t.Errorf("what is too old goes, and nothing else:\n%s", diff)
	}
	now.Leap(2 * time.Hour)
	if _, err := l.Write([]byte("two\n")); err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	for day, text := range map[string]string{"2026-11-27": "one\n", "2026-11-28": "two\n"} {
		path := filepath.Join(dir, "qihe-"+day+".log")
		if got, err := os.ReadFile(path); err != nil || string(got) != text {
			t.Errorf("%s: %q, %v", day, got, err)
		}
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: others may read it: %v, %v", day, info, err)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "qihe-2026-05-27.log")); err == nil {
		t.Error("a day later the next one is too old")
	}
	if _, err := daylog.Open(dir, "qihe", daylog.Least-1, now); !errors.Is(err, daylog.ErrTooShort) {
		t.Errorf("less than the law asks for: %v", err)
	}
}
