//go:build unix

package localpg

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// Source is where the server program comes from.
type Source string

// The sources. A folder made by one is never opened by the other.
const (
	System Source = "system" // the newest installed PostgreSQL, 15 or later
	Npm    Source = "npm"    // PostgreSQL 18 from the npm registry, kept in the user's cache
)

const oldest = 15

// program is an installed PostgreSQL server.
type program struct {
	source  Source
	bin     string // folder with initdb and postgres
	version string // "15.14"
	major   int
}

func (p program) path(name string) string { return filepath.Join(p.bin, name) }

// findProgram returns the server for dir: the kind that made its data, or for
// a new folder the wanted one.
func findProgram(ctx context.Context, dir string, wanted Source, who account) (program, error) {
	made, major, err := madeBy(dir)
	if err != nil {
		return program{}, err
	}
	if made != "" && wanted != "" && made != wanted {
		return program{}, fmt.Errorf("the database in %s was made by the %s PostgreSQL and cannot be opened by another: choose source %s or another folder",
			dir, made, made)
	}
	if made != "" {
		wanted = made
	}
	switch wanted {
	case System:
		return findSystem(ctx, major)
	case Npm:
		return findNpm(ctx, major, who)
	case "":
		p, systemErr := findSystem(ctx, 0)
		if systemErr == nil {
			return p, nil
		}
		p, npmErr := findNpm(ctx, 0, who)
		if npmErr != nil {
			return program{}, errors.Join(systemErr, npmErr)
		}
		return p, nil
	default:
		return program{}, fmt.Errorf("unknown source of PostgreSQL %q: choose system or npm", wanted)
	}
}

// madeBy tells which program made the data in dir; empty and 0 for a new folder.
func madeBy(dir string) (Source, int, error) {
	if !exists(filepath.Join(dir, "data")) {
		return "", 0, nil
	}
	version, err := os.ReadFile(filepath.Join(dir, "data", "PG_VERSION"))
	if err != nil {
		return "", 0, fmt.Errorf("%s holds no PostgreSQL data: choose another folder: %w", dir, err)
	}
	source, err := os.ReadFile(filepath.Join(dir, "source"))
	if err != nil {
		return "", 0, fmt.Errorf("%s does not say which PostgreSQL made its data: choose another folder: %w", dir, err)
	}
	major, err := strconv.Atoi(strings.TrimSpace(string(version)))
	if err != nil {
		return "", 0, fmt.Errorf("read version of the data in %s: %w", dir, err)
	}
	return Source(strings.TrimSpace(string(source))), major, nil
}

// places are where distributions put a server: Debian and UOS, the RPMs of PostgreSQL's
// own, openEuler and Kylin.
var places = []string{"/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/usr/bin"}

// findSystem returns the installed server of that major version, the newest for 0.
func findSystem(ctx context.Context, major int) (program, error) {
	var folders []string
	for _, place := range places {
		found, _ := filepath.Glob(place) // the patterns are valid
		folders = append(folders, found...)
	}
	if out, err := exec.CommandContext(ctx, "pg_config", "--bindir").Output(); err == nil {
		folders = append(folders, strings.TrimSpace(string(out)))
	}
	var best program
	for _, folder := range folders {
		p := program{source: System, bin: folder}
		if p.readVersion(ctx) != nil || !exists(p.path("initdb")) {
			continue
		}
		if p.major >= oldest && p.major > best.major && (major == 0 || p.major == major) {
			best = p
		}
	}
	if best.bin != "" {
		return best, nil
	}
	if major != 0 {
		return program{}, fmt.Errorf("the data was made by PostgreSQL %d, which is not installed any more: type: apt-get install postgresql-%d, or the like of your distribution", major, major)
	}
	return program{}, fmt.Errorf("no PostgreSQL %d or newer is installed: type: apt-get install postgresql", oldest)
}

var versionNumber = regexp.MustCompile(`\) (\d+)(\.\d+)?`)

func (p *program) readVersion(ctx context.Context) error {
	out, err := exec.CommandContext(ctx, p.path("postgres"), "--version").Output()
	if err != nil {
		return fmt.Errorf("ask %s for its version: %w", p.path("postgres"), err)
	}
	found := versionNumber.FindStringSubmatch(string(out))
	if found == nil {
		return fmt.Errorf("%s does not tell its version: %q", p.path("postgres"), out)
	}
	p.version = found[1] + found[2]
	p.major, err = strconv.Atoi(found[1])
	return err
}
