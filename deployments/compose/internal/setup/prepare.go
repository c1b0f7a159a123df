// Package setup makes what an installation needs before its services run.
package setup

import (
	"bufio"
	"bytes"
	"crypto/rand"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/qihe-volunteers/qihe/shared/localpg"
	"github.com/qihe-volunteers/qihe/shared/wholefile"
)

// Services are those that have a database.
var Services = []string{"teams", "tasks", "hours", "pairings"}

// Prepare makes passwords (.env) and keys (keys/) in the folder, for a site at
// the host. What is there is never changed, so that it can be done again, after
// an upgrade that needs more.
func Prepare(folder, host string) error {
	if err := ensureKeys(folder); err != nil {
		return err
	}
	return complete(filepath.Join(folder, ".env"), func(had map[string]string) ([]string, error) { return lacking(had, host) })
}

// complete adds to a file of settings the lines that are not there yet.
func complete(path string, lacking func(had map[string]string) ([]string, error)) error {
	text, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	fresh, err := lacking(names(text))
	if err != nil || len(fresh) == 0 {
		return err
	}
	if len(text) > 0 && !bytes.HasSuffix(text, []byte("\n")) {
		text = append(text, '\n')
	}
	return writeOwn(path, append(text, strings.Join(fresh, "\n")+"\n"...))
}

// writeOwn writes a file that belongs to who types the commands.
func writeOwn(path string, text []byte) error {
	return errors.Join(wholefile.Write(path, text), likeFolder(path))
}

// names returns what a file of settings sets.
func names(text []byte) map[string]string {
	found := map[string]string{}
	for lines := bufio.NewScanner(bytes.NewReader(text)); lines.Scan(); {
		if name, value, ok := strings.Cut(lines.Text(), "="); ok && !strings.HasPrefix(name, "#") {
			found[strings.TrimSpace(name)] = strings.TrimSpace(value)
		}
	}
	return found
}

// lacking returns the lines that are not there yet. The passwords of a database's
// roles follow from the superuser's, as localpg has it.
func lacking(had map[string]string, host string) ([]string, error) {
	lines, add := notThere(had)
	super := superuser(had)
	add("QIHE_HOST", host)
	add("POSTGRES_PASSWORD", super)
	for _, service := range Services {
		owner, run, err := localpg.Addresses(besides(super), service, "qihe_"+service)
		if err != nil {
			return nil, err
		}
		add(strings.ToUpper(service)+"_OWNER_DATABASE_PASSWORD", passwordIn(owner))
		add(strings.ToUpper(service)+"_DATABASE_PASSWORD", passwordIn(run))
	}
	for _, user := range []string{"TEAMS", "TASKS", "HOURS", "PAIRINGS", "PORTAL", "ADMIN", "CLUSTER"} {
		add(user+"_NATS_PASSWORD", busPassword())
	}
	add("INTERNAL_SECRET", rand.Text())
	return *lines, nil
}

// notThere collects the lines whose names were not there.
func notThere(had map[string]string) (lines *[]string, add func(name, value string)) {
	lines = &[]string{}
	return lines, func(name, value string) {
		if _, ok := had[name]; !ok {
			*lines = append(*lines, name+"="+value)
		}
	}
}

// superuser is the password of the superuser of the PostgreSQL beside, which stays as it is.
func superuser(had map[string]string) string {
	if had["POSTGRES_PASSWORD"] != "" {
		return had["POSTGRES_PASSWORD"]
	}
	return rand.Text()
}

func besides(super string) string { return "postgres://postgres:" + super + "@postgres:5432/postgres" }

// busPassword has a letter first: a server's file would take digits for a number.
func busPassword() string { return "p" + rand.Text() }

// passwordIn returns the password of an address that was just made.
func passwordIn(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	password, _ := u.User.Password()
	return password
}
