package postgres_test

import (
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/testkit/cutwire"
	"github.com/qihe-volunteers/qihe/shared/testkit/pgtest"
)

// Which of a database's addresses is the primary's, of servers that are there,
// that are not, and that are named wrongly.
func TestPrimary(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t, "trial", plain)
	there := db.URL
	u, err := url.Parse(there)
	if err != nil {
		t.Fatal(err)
	}
	u.Host = "127.0.0.1:1"
	away := u.String()
	for name, c := range map[string]struct{ address, want string }{
		"an address alone is not asked":                 {away, away},
		"the one that answers, in the second place":     {away + "," + there, there},
		"in the first place":                            {there + "," + away, there},
		"a space behind the comma is none of the name":  {away + ", " + there, there},
		"of two on one timeline the one asked first":    {there + "," + cutwire.New(t, there).URL, there},
		"one that does not exist beside one that does":  {strings.Replace(away, "127.0.0.1", "nowhere.invalid", 1) + "," + there, there},
		"a wrong password is no answer, the other's is": {strings.Replace(there, u.User.String(), "trial:wrong", 1) + "," + there, there},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := postgres.Primary(t.Context(), c.address)
			if err != nil || got != c.want {
				t.Errorf("%s, %v, want %s", got, err, c.want)
			}
		})
	}
	for name, c := range map[string]struct{ address, want string }{
		"nobody answers":           {away + "," + away, "none of the database's servers is the primary"},
		"an address that is none":  {there + ",postgres://one\x7f/db", "read address of database"},
		"a setting that is none":   {there + ",postgres://127.0.0.1:1/db?sslmode=perhaps", "sslmode"},
		"a port that is no number": {there + ",postgres://trial:geheim@127.0.0.1:five/db", "read address of database"},
		"an address alone":         {"postgres://trial:geheim@127.0.0.1:five/db", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db, err := postgres.Open(t.Context(), c.address, 1)
			if err == nil {
				_ = db.Close()
				t.Fatal("Open takes it")
			}
			_, other := postgres.Primary(t.Context(), c.address)
			err = errors.Join(err, other)
			if !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v, want %q", err, c.want)
			}
			if password, _ := u.User.Password(); strings.Contains(err.Error(), password) || strings.Contains(err.Error(), "geheim") {
				t.Errorf("it says the password: %v", err)
			}
		})
	}
}

// Passwords may stand in a file, one line for each server, instead of in the addresses.
func TestPairPasswordFile(t *testing.T) {
	t.Parallel()
	u, err := url.Parse(pgtest.New(t, "trial", plain).URL)
	if err != nil {
		t.Fatal(err)
	}
	password, _ := u.User.Password()
	bare := *u
	bare.User = url.User(u.User.Username())
	line := strings.Join([]string{u.Hostname(), u.Port(), "*", u.User.Username(), password}, ":")
	with := func(lines string) string {
		path := filepath.Join(t.TempDir(), "passwords")
		if err := os.WriteFile(path, []byte(lines), 0o600); err != nil {
			t.Fatal(err)
		}
		q := bare.Query()
		q.Set("passfile", path)
		named := bare
		named.RawQuery = q.Encode()
		away := named
		away.Host = "127.0.0.1:1"
		return away.String() + "," + named.String()
	}
	if _, err := postgres.Primary(t.Context(), with("127.0.0.1:1:*:*:other\n"+line+"\n")); err != nil {
		t.Errorf("with both servers' passwords in the file: %v", err)
	}
	if _, err := postgres.Primary(t.Context(), with("127.0.0.1:1:*:*:other\n")); err == nil {
		t.Error("control: without its password it is let in")
	}
}
