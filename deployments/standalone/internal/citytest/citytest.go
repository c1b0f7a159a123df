// Package citytest gives tests data folders in which a demo city lives already.
//
// To found a city takes as long as many a story: PostgreSQL makes a data
// folder, four services their tables, and thousands of people move in. So each
// test binary founds one, stops it, and gives every test a copy, which a city
// finds as after a restart. A test about founding begins in an empty folder.
package citytest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/city"
)

// founded is the folder that is copied, in a folder of its own.
var founded = sync.OnceValues(func() (string, error) {
	dir, err := emptyFolder()
	if err != nil {
		return "", err
	}
	r, err := city.Start(context.Background(), city.Options{Data: dir})
	if err == nil {
		err = r.Stop()
	}
	if err != nil {
		return "", errors.Join(fmt.Errorf("found a city: %w", err), os.RemoveAll(filepath.Dir(dir)))
	}
	original = filepath.Dir(dir)
	return dir, nil
})

var original string

// Main runs the tests of a package, and removes the city that was founded for them.
func Main(m *testing.M) (code int) {
	code = m.Run()
	if original != "" {
		if err := os.RemoveAll(original); err != nil {
			fmt.Println(err)
			return max(code, 1)
		}
	}
	return code
}

// Folder returns a data folder in which the demo city lives: a hundredth of
// it, and today. It is removed when the test ends.
func Folder(t testing.TB) string {
	t.Helper()
	from, err := founded()
	if err != nil {
		t.Fatal(err)
	}
	to := EmptyFolder(t)
	// PostgreSQL runs as another user when we are root, and wants its files to be its own.
	if out, err := exec.CommandContext(t.Context(), "cp", "-a", from, to).CombinedOutput(); err != nil {
		t.Fatalf("copy a city: %v: %s", err, out)
	}
	return to
}

// EmptyFolder returns a data folder that is not there yet. It is removed when the test ends.
func EmptyFolder(t testing.TB) string {
	t.Helper()
	dir, err := emptyFolder()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(filepath.Dir(dir)); err != nil {
			t.Errorf("remove %s: %v", dir, err)
		}
	})
	return dir
}

// emptyFolder makes a folder through which PostgreSQL's user can reach the one in it.
func emptyFolder() (string, error) {
	dir, err := os.MkdirTemp("", "qihe-city-")
	if err != nil {
		return "", err
	}
	return filepath.Join(dir, "data"), os.Chmod(dir, 0o711) //nolint:gosec // the data folder inside is the server's alone
}
