package localpg_test

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/shared/localpg"
)

func TestStart(t *testing.T) {
	t.Parallel()
	for _, source := range []localpg.Source{localpg.System, localpg.Npm} {
		t.Run("a server of source "+string(source)+" keeps its data over a restart", func(t *testing.T) {
			t.Parallel()
			dir := folder(t)
			first := start(t, localpg.Config{Dir: dir, Source: source})
			want := map[string]string{
				"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on", "data_checksums": "on",
				"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "password_encryption": "scram-sha-256",
				"server_encoding": "UTF8", "TimeZone": "UTC", "log_min_error_statement": "panic",
				"statement_timeout": "0", "lock_timeout": "0",
			}
			if diff := cmp.Diff(want, settings(t, first.SuperURL(), want)); diff != "" {
				t.Errorf("settings (-want +got):\n%s", diff)
			}
			exec1(t, first.SuperURL(), "CREATE TABLE kept AS SELECT 42 AS answer")
			stop(t, first)

			second := start(t, localpg.Config{Dir: dir}) // the folder knows its source
			if got := text(t, second.SuperURL(), "SELECT answer FROM kept"); got != "42" {
				t.Errorf("answer after restart = %q, want 42", got)
			}
		})
	}

	t.Run("without a password nobody gets in", func(t *testing.T) {
		t.Parallel()
		s := start(t, localpg.Config{Dir: folder(t), Fast: true})
		u, err := url.Parse(s.SuperURL())
		if err != nil {
			t.Fatal(err)
		}
		u.User = url.UserPassword("postgres", "guess")
		if err := ping(u.String()); err == nil || !strings.Contains(err.Error(), "password authentication failed") {
			t.Errorf("connecting with a guessed password: %v, want it refused", err)
		}
		for _, name := range []string{"password", "lock", "source"} {
			if got := mode(t, filepath.Join(s.Dir(), name)); got != 0o600 {
				t.Errorf("mode of %s = %o, want 600", name, got)
			}
		}
		if got := mode(t, filepath.Join(s.Dir(), "data")); got != 0o700 {
			t.Errorf("mode of data = %o, want 700", got)
		}
	})

	t.Run("a folder in use is refused with one sentence", func(t *testing.T) {
		t.Parallel()
		s := start(t, localpg.Config{Dir: folder(t), Fast: true})
		_, err := localpg.Start(t.Context(), localpg.Config{Dir: s.Dir()})
		if err == nil || !strings.Contains(err.Error(), "already in use by another program") {
			t.Errorf("second start: %v, want that the folder is in use", err)
		}
		if err := ping(s.SuperURL()); err != nil {
			t.Errorf("the first server suffered: %v", err)
		}
	})

	t.Run("another build of PostgreSQL may not open the folder", func(t *testing.T) {
		t.Parallel()
		s := start(t, localpg.Config{Dir: folder(t), Source: localpg.System, Fast: true})
		stop(t, s)
		_, err := localpg.Start(t.Context(), localpg.Config{Dir: s.Dir(), Source: localpg.Npm})
		if err == nil || !strings.Contains(err.Error(), "cannot be opened by another") {
			t.Errorf("start with npm: %v, want it refused", err)
		}
	})

	t.Run("a start that was cut off during initdb is done again", func(t *testing.T) {
		t.Parallel()
		dir := folder(t)
		if err := os.MkdirAll(filepath.Join(dir, "data.new", "base"), 0o700); err != nil {
			t.Fatal(err)
		}
		start(t, localpg.Config{Dir: dir, Fast: true})
	})

	t.Run("a chosen port is kept", func(t *testing.T) {
		t.Parallel()
		s := start(t, localpg.Config{Dir: folder(t), Fast: true})
		u, err := url.Parse(s.SuperURL())
		if err != nil {
			t.Fatal(err)
		}
		stop(t, s)
		var port int
		if _, err := fmt.Sscan(u.Port(), &port); err != nil {
			t.Fatal(err)
		}
		again := start(t, localpg.Config{Dir: s.Dir(), Fast: true, Port: port})
		if again.SuperURL() != s.SuperURL() {
			t.Errorf("address = %s, want %s", again.SuperURL(), s.SuperURL())
		}
	})
}
