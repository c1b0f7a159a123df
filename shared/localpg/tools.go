package localpg

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Running returns the superuser's address of the server that another program
// runs on the folder now; ok is false when none does.
func Running(dir string) (superURL string, ok bool, err error) {
	data := filepath.Join(dir, "data")
	pid, state, err := readMark(data)
	if errors.Is(err, fs.ErrNotExist) {
		return "", false, nil
	}
	if err != nil || pid <= 0 || state != "ready" || !serves(pid, data) {
		return "", false, err
	}
	mark, err := os.ReadFile(filepath.Join(data, "postmaster.pid"))
	if err != nil {
		return "", false, fmt.Errorf("find the running database: %w", err)
	}
	lines := strings.Split(string(mark), "\n")
	if len(lines) < 4 {
		return "", false, nil
	}
	port, err := strconv.Atoi(strings.TrimSpace(lines[3]))
	if err != nil {
		return "", false, fmt.Errorf("find the running database: %w", err)
	}
	password, err := superuserPassword(dir)
	if err != nil {
		return "", false, err
	}
	return superAddress(password, port), true, nil
}

// superAddress is that of the database "postgres" for the superuser.
func superAddress(password string, port int) string {
	u := url.URL{
		Scheme:   "postgres",
		User:     url.UserPassword(superuser, password),
		Host:     fmt.Sprintf("127.0.0.1:%d", port),
		Path:     "/postgres",
		RawQuery: "sslmode=disable",
	}
	return u.String()
}

// Tool returns the path of one of PostgreSQL's programs, such as pg_dump: of the
// version that made the data in the folder, or, for a new folder, of the one that
// would make it. The servers that come from npm bring no tools.
func Tool(ctx context.Context, dir, name string) (string, error) {
	_, major, err := madeBy(dir)
	if err != nil {
		return "", err
	}
	p, err := findSystem(ctx, major)
	if err != nil {
		return "", err
	}
	if !exists(p.path(name)) {
		return "", fmt.Errorf("%s of PostgreSQL %d is not installed: type: apt-get install postgresql-client-%d", name, p.major, p.major)
	}
	return p.path(name), nil
}
