package localpg_test

import (
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/shared/localpg"
)

func TestCreateService(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	s := start(t, localpg.Config{Dir: dir, Fast: true})
	owner, run, err := s.CreateService(t.Context(), "tasks")
	if err != nil {
		t.Fatal(err)
	}

	t.Run("the owner makes tables and grants, the run-time role uses what it was granted", func(t *testing.T) {
		exec1(t, owner, "CREATE TABLE seats (id int PRIMARY KEY, taken bool NOT NULL)")
		exec1(t, owner, "GRANT SELECT, INSERT ON seats TO tasks")
		exec1(t, run, "INSERT INTO seats VALUES (1, false)")
		for _, statement := range []string{
			"UPDATE seats SET taken = true", "DELETE FROM seats", "TRUNCATE seats", "DROP TABLE seats",
			"CREATE TABLE mine (id int)", "CREATE SCHEMA mine", "CREATE TEMPORARY TABLE mine (id int)",
			"ALTER TABLE seats DISABLE TRIGGER ALL", "SET ROLE tasks_owner", "CREATE ROLE mine", "CREATE DATABASE mine",
		} {
			if _, err := open(t, run).Exec(statement); err == nil || !refused(err) {
				t.Errorf("%s as the run-time role: %v, want it refused", statement, err)
			}
		}
	})

	t.Run("the run-time role waits only so long, the owner as long as a migration takes", func(t *testing.T) {
		want := map[string]string{"idle_in_transaction_session_timeout": "15s", "statement_timeout": "10s", "lock_timeout": "3s"}
		if diff := cmp.Diff(want, settings(t, run, want)); diff != "" {
			t.Errorf("run-time role (-want +got):\n%s", diff)
		}
		want = map[string]string{"idle_in_transaction_session_timeout": "0", "statement_timeout": "0", "lock_timeout": "0"}
		if diff := cmp.Diff(want, settings(t, owner, want)); diff != "" {
			t.Errorf("owner (-want +got):\n%s", diff)
		}
	})

	t.Run("one service cannot enter another's database", func(t *testing.T) {
		_, other, err := s.CreateService(t.Context(), "teams")
		if err != nil {
			t.Fatal(err)
		}
		u, err := url.Parse(run)
		if err != nil {
			t.Fatal(err)
		}
		u.Path = "/qihe_teams"
		if err := ping(u.String()); err == nil || !refused(err) {
			t.Errorf("tasks enters qihe_teams: %v, want it refused", err)
		}
		if err := ping(other); err != nil {
			t.Error(err)
		}
	})

	t.Run("asking again, at the same time, changes nothing", func(t *testing.T) {
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				owner2, run2, err := s.CreateService(t.Context(), "tasks")
				if err != nil || owner2 != owner || run2 != run {
					t.Errorf("again: %s, %s, %v; want the same addresses", owner2, run2, err)
				}
			})
		}
		all.Wait()
		if err := ping(run); err != nil {
			t.Error(err)
		}
	})

	t.Run("a name that SQL could misread is refused", func(t *testing.T) {
		for _, name := range []string{"", "Tasks", "tasks; DROP DATABASE postgres", `ta"sks`, "1tasks"} {
			if _, _, err := s.CreateService(t.Context(), name); err == nil {
				t.Errorf("service %q was accepted", name)
			}
		}
	})

	t.Run("after a restart the passwords are the same", func(t *testing.T) {
		stop(t, s)
		again := start(t, localpg.Config{Dir: dir, Fast: true})
		_, run2, err := again.CreateService(t.Context(), "tasks")
		if err != nil {
			t.Fatal(err)
		}
		if got, want := password(t, run2), password(t, run); got != want {
			t.Errorf("password = %s, want %s", got, want)
		}
		if err := ping(run2); err != nil {
			t.Error(err)
		}
	})
}

func refused(err error) bool {
	return strings.Contains(err.Error(), "permission denied") || strings.Contains(err.Error(), "must be owner")
}

func password(t *testing.T, address string) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	p, _ := u.User.Password()
	return p
}
