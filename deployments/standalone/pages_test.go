package main

import (
	"bytes"
	"database/sql"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/site"
)

// Whoever is called at night types what stands on the page of the alert, and looks for
// the lines that it names: so each command is one that the program takes, each line one
// that a program logs, each statement one that PostgreSQL takes.
func TestPlaybooks(t *testing.T) {
	t.Parallel()
	pages := playbooks(t)
	if reason := parses("standalone sessions end"); reason == nil { // control
		t.Error("control: half a command is taken")
	}
	logged := logLines(t)
	if logged["the boards are asleep"] { // control
		t.Error("control: a line is found that nothing logs")
	}
	commands, lines := 0, 0
	for name, text := range pages {
		for _, span := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(text, -1) {
			switch said := span[1]; {
			case strings.HasPrefix(said, "standalone "):
				commands++
				if err := parses(said); err != nil {
					t.Errorf("%s: %s: %v", name, said, err)
				}
			case regexp.MustCompile(`^[a-z]+( [a-z]+)+$`).MatchString(said) && !slices.Contains(typedElsewhere, strings.Fields(said)[0]):
				lines++
				if !logged[said] {
					t.Errorf("%s: nothing logs %q", name, said)
				}
			}
		}
	}
	if commands < 5 || lines < 5 {
		t.Errorf("only %d commands and %d lines were found", commands, lines)
	}
}

// typedElsewhere are first words of commands of other programs.
var typedElsewhere = []string{"docker", "hours", "kubectl", "standby", "systemctl"}

// playbooks are the pages by their names.
func playbooks(t *testing.T) map[string]string {
	t.Helper()
	files, err := filepath.Glob("../../docs/playbooks/*.md")
	must(t, err)
	pages := map[string]string{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		must(t, err)
		pages[filepath.Base(file)] = string(text)
	}
	return pages
}

// parses looks whether the program takes a command as it is printed; … stands for more of the same.
func parses(line string) error {
	parser, err := kong.New(&commands{}, kong.Vars{"data": "/nowhere"})
	if err != nil {
		return err
	}
	_, err = parser.Parse(strings.Fields(strings.ReplaceAll(line, "…", ""))[1:])
	return err
}

// logLines are all literals of the programs that are written like a line of the log.
func logLines(t *testing.T) map[string]bool {
	t.Helper()
	found := map[string]bool{}
	for _, folder := range []string{"../../shared", "../../services"} {
		must(t, filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case entry.Name() == "node_modules":
				return filepath.SkipDir
			case entry.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go"):
				return nil
			}
			text, err := os.ReadFile(path)
			for _, call := range regexp.MustCompile(`\.(?:Info|Warn|Error|Log)(?:Context)?\([^"\n]*"([^"]+)"`).FindAllStringSubmatch(string(text), -1) {
				line, _, _ := strings.Cut(call[1], ";")
				found[line] = true
			}
			return err
		}))
	}
	return found
}

// Who holds a lock is found and ended, as the page says it; nobody else is.
func TestSessions(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	must(t, os.Chmod(filepath.Dir(data), 0o711)) //nolint:gosec // PostgreSQL runs as another user when we are root
	must(t, os.Chmod(data, 0o711))               //nolint:gosec // as above
	s, err := site.Open(t.Context(), data)
	must(t, err)
	t.Cleanup(func() { must(t, s.Close()) })
	must(t, s.Make(t.Context(), "teams"))
	db, err := s.Reach("teams")
	must(t, err)
	defer func() { _ = db.Close() }()
	list := func() string {
		t.Helper()
		var out bytes.Buffer
		must(t, tellSessions(t.Context(), s, &out, 0))
		return out.String()
	}

	if got := list(); !strings.Contains(got, "No transaction") {
		t.Errorf("control: nobody has done anything, and it says %s", got)
	}
	holder, err := db.Conn(t.Context())
	must(t, err)
	defer func() { _ = holder.Close() }()
	var pid int
	must(t, holder.QueryRowContext(t.Context(), `SELECT pg_backend_pid()`).Scan(&pid))
	_, err = holder.ExecContext(t.Context(), `BEGIN; CREATE TABLE forgotten (); SELECT pg_sleep(1.1)`)
	must(t, err)
	if got := list(); !strings.Contains(got, strconv.Itoa(pid)) || !strings.Contains(got, "idle in transaction") {
		t.Errorf("a forgotten transaction of %d: %s", pid, got)
	}
	t.Run("the statement of the page finds it, too", func(t *testing.T) {
		statement := regexp.MustCompile(`--command "(SELECT pid[^"]+)"`).FindStringSubmatch(playbooks(t)["README.md"])
		if statement == nil {
			t.Fatal("the page has no statement")
		}
		asked, err := db.QueryContext(t.Context(), statement[1])
		must(t, err)
		defer func() { _ = asked.Close() }()
		if got := firstColumn(t, asked); !slices.Contains(got, strconv.Itoa(pid)) {
			t.Errorf("it finds %v, not %d", got, pid)
		}
	})

	var out bytes.Buffer
	must(t, endSessions{PID: pid}.end(t.Context(), s, &out))
	if got := list(); !strings.Contains(got, strconv.Itoa(pid)) {
		t.Errorf("without --yes it was ended: %s", got)
	}
	must(t, endSessions{PID: pid, Yes: true}.end(t.Context(), s, &out))
	if got := list(); strings.Contains(got, strconv.Itoa(pid)) || holder.PingContext(t.Context()) == nil {
		t.Errorf("it goes on: %s", got)
	}
	if err := (endSessions{PID: pid, Yes: true}).end(t.Context(), s, &out); err == nil {
		t.Error("who is not there was ended")
	}
}

// firstColumn is the first word of each row.
func firstColumn(t *testing.T, rows *sql.Rows) (found []string) {
	t.Helper()
	columns, err := rows.Columns()
	must(t, err)
	for rows.Next() {
		row := make([]any, len(columns))
		for i := range row {
			row[i] = new(sql.RawBytes)
		}
		must(t, rows.Scan(row...))
		found = append(found, string(*row[0].(*sql.RawBytes)))
	}
	must(t, rows.Err())
	return found
}
