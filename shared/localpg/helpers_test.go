package localpg_test

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/shared/localpg"
)

func start(t *testing.T, cfg localpg.Config) *localpg.Server {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	began := time.Now()
	s, err := localpg.Start(ctx, cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("ready after %s", time.Since(began).Round(time.Millisecond))
	t.Cleanup(func() { stop(t, s) })
	return s
}

func stop(t *testing.T, s *localpg.Server) {
	t.Helper()
	if err := s.Stop(); err != nil {
		t.Error(err)
	}
}

// folder is a temporary folder that the user may reach whom PostgreSQL runs as
// when the test runs as root.
func folder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.Chmod(filepath.Dir(dir), 0o711); err != nil {
		t.Fatal(err)
	}
	return dir
}

func mode(t *testing.T, path string) os.FileMode {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.Mode().Perm()
}

func open(t *testing.T, url string) *sql.DB {
	t.Helper()
	db, err := sql.Open("postgres", url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func ping(url string) error {
	db, err := sql.Open("postgres", url)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	return db.Ping()
}

func exec1(t *testing.T, url, statement string) {
	t.Helper()
	if _, err := open(t, url).Exec(statement); err != nil {
		t.Fatal(err)
	}
}

func text(t *testing.T, url, query string) string {
	t.Helper()
	var got string
	if err := open(t, url).QueryRow(query).Scan(&got); err != nil {
		t.Fatal(err)
	}
	return got
}

func settings(t *testing.T, url string, names map[string]string) map[string]string {
	t.Helper()
	got := map[string]string{}
	for name := range names {
		got[name] = text(t, url, "SHOW "+name)
	}
	return got
}
