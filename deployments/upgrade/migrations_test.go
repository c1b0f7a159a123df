package upgrade

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Migrations run first, while every program of the last release is still at work on the tables (docs/upgrading.md). So a
// migration that was released is never changed (who has run it never runs it again), a newer one comes after it, and does nothing that
// the release before stumbles over or has to wait for.
func TestMigrations(t *testing.T) {
	t.Parallel()
	before, now := readSums(t), migrations(t)
	for _, file := range slices.Sorted(maps.Keys(before)) {
		switch text, there := now[file]; {
		case !there:
			t.Errorf("%s was released and is gone: cities that have run it have what it made", file)
		case sum(text) != before[file]:
			t.Errorf("%s was released and is another now: cities that have run it do not run it again. Write a new one", file)
		}
	}
	last, made := map[string]string{}, map[string]map[string]bool{}
	for file := range before {
		last[path.Dir(file)] = max(last[path.Dir(file)], file)
	}
	for _, file := range slices.Sorted(maps.Keys(now)) {
		if _, released := before[file]; released {
			continue
		}
		set := path.Dir(file)
		if made[set] == nil {
			made[set] = map[string]bool{}
		}
		if file < last[set] {
			t.Errorf("%s comes before %s, which was released: goose refuses that", file, path.Base(last[set]))
		}
		for _, bad := range hurts(now[file], made[set]) {
			t.Errorf("%s: %s.\nDo it in two releases (docs/upgrading.md), or say in a line above it why nobody is hurt: -- upgrade: …", file, bad)
		}
	}
}

// migrations returns all files by their path from the root.
func migrations(t *testing.T) map[string]string {
	t.Helper()
	files, err := readMigrations()
	if err != nil || len(files) < 50 {
		t.Fatalf("%d migrations: %v", len(files), err)
	}
	return files
}

func readMigrations() (map[string]string, error) {
	files := map[string]string{}
	for _, pattern := range []string{"/services/*/migrations/*.sql", "/services/*/migrations/*/*.sql", "/shared/*/migrations/*.sql"} {
		paths, err := filepath.Glob(root + pattern)
		if err != nil {
			return nil, err
		}
		for _, p := range paths {
			text, err := os.ReadFile(p)
			if err != nil {
				return nil, err
			}
			files[strings.TrimPrefix(filepath.ToSlash(p), root+"/")] = string(text)
		}
	}
	return files, nil
}

// sum is of what a migration does: its comments and its layout may be mended.
func sum(text string) string {
	var words []string
	for _, line := range strings.Split(text, "\n") {
		code, _ := cutComment(line)
		words = append(words, strings.Fields(code)...)
	}
	return fmt.Sprintf("%x", sha256.Sum256([]byte(strings.Join(words, " "))))[:16]
}

const sums = "released/migrations.txt"

func readSums(t *testing.T) map[string]string {
	t.Helper()
	text, err := os.ReadFile(sums)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		hash, file, _ := strings.Cut(line, " ")
		found[file] = hash
	}
	return found
}

// release writes all of released.
func release() error {
	files, err := readMigrations()
	if err != nil {
		return err
	}
	var lines strings.Builder
	for _, file := range slices.Sorted(maps.Keys(files)) {
		fmt.Fprintln(&lines, sum(files[file]), file)
	}
	err = os.WriteFile(sums, []byte(lines.String()), 0o644) //nolint:gosec // as Git does
	found, e := contracts()
	for service, from := range found {
		text, e := os.ReadFile(from)
		err = errors.Join(err, e, os.WriteFile(filepath.Join("released", service+".yaml"), text, 0o644)) //nolint:gosec // likewise
	}
	const head = "# What this release breaks of the one before, one to a line: service METHOD /path what sum: why nobody is hurt\n"
	return errors.Join(err, e, os.WriteFile(allowed, []byte(head), 0o644)) //nolint:gosec // likewise
}

func TestSum(t *testing.T) {
	t.Parallel()
	const before = "-- +goose Up\nCREATE TABLE seats (\n    id uuid -- its own\n);\n"
	if diff := cmp.Diff(sum(before), sum("-- +goose Up\n\n-- Seats.\nCREATE TABLE seats ( id uuid ); -- one")); diff != "" {
		t.Errorf("other comments and another layout do something else: %s", diff)
	}
	if sum(before) == sum(strings.Replace(before, "uuid", "text", 1)) {
		t.Error("another type does the same")
	}
}
