package upgrade

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// rule is something that a program of the release before stumbles over, or has to wait for.
type rule struct {
	what *regexp.Regexp // in one statement, in capitals and single spaces; its group is the table, if it has one
	why  string
	new  bool // no matter for a table that is as new as the migration
}

func statement(pattern string) *regexp.Regexp { return regexp.MustCompile(pattern) }

const table = `(?:ONLY )?(?:IF EXISTS )?"?([A-Z0-9_]+)`

var (
	createsTrigger = statement(`^CREATE (?:CONSTRAINT )?TRIGGER .*? ON ` + table)
	dropsTrigger   = statement(`^DROP TRIGGER .* ON ` + table)
)

// rules know the SQL that migrations are written in, not all that there is; what is inside a function runs later and is not looked at.
var rules = []rule{
	{statement(`^DROP (?:TABLE|VIEW|MATERIALIZED VIEW|FUNCTION|TYPE|SEQUENCE|SCHEMA|INDEX|DOMAIN)\b`), "the release before may use it (an index also by ON CONFLICT)", false},
	{statement(`^ALTER (?:TABLE|INDEX|VIEW|TYPE|SEQUENCE|FUNCTION) .*\bRENAME\b`), "the release before knows it by the old name", false},
	{statement(`^ALTER TABLE ` + table + `.*\bDROP (?:COLUMN )?(?:IF EXISTS )?(?:[A-Z0-9_]+)(?:,|$| CASCADE)`), "the release before reads or writes the column", true},
	{statement(`^ALTER TABLE ` + table + `.*\bDROP CONSTRAINT\b`), "the release before may rely on it, also by ON CONFLICT", true},
	{statement(`^ALTER TABLE ` + table + `.*\bALTER (?:COLUMN )?[A-Z0-9_]+ (?:SET DATA )?TYPE\b`), "the table is written anew under a lock, and the release before may write what does not fit", true},
	{statement(`^ALTER TABLE ` + table + `.*\bSET NOT NULL\b`), "the release before may write nothing there", true},
	{statement(`^ALTER TABLE ` + table + `.*\bDROP DEFAULT\b`), "the release before may rely on the default", true},
	{statement(`^ALTER TABLE ` + table + `.*\bADD (?:CONSTRAINT [A-Z0-9_]+ )?(?:CHECK|UNIQUE|PRIMARY KEY|FOREIGN KEY|EXCLUDE)\b`), "the release before may write what it refuses, and the whole table is read under a lock", true},
	{statement(`^ALTER TABLE ` + table + `.*\bADD (?:COLUMN )?(?:IF NOT EXISTS )?[^,]*(?:GEN_RANDOM_UUID|CLOCK_TIMESTAMP|RANDOM|NEXTVAL|UUIDV7)\(|^ALTER TABLE ` + table + `.*\bGENERATED ALWAYS AS\b`), "the table is written anew under a lock", true},
	{statement(`^CREATE UNIQUE INDEX (?:[A-Z0-9_]+ )?ON ` + table), "the release before may write what it refuses, and waits while it is built", true},
	{statement(`^CREATE INDEX (?:IF NOT EXISTS )?(?:[A-Z0-9_]+ )?ON ` + table), "whoever writes waits while it is built", true},
	{createsTrigger, "it runs in the release before, too", true},
	{statement(`^CREATE OR REPLACE (?:FUNCTION|VIEW)\b`), "the release before calls the new one, too", false},
	{statement(`^REVOKE .* ON (?:TABLE )?` + table), "the release before may need the right", true},
	{statement(`^(?:UPDATE|DELETE FROM) ` + table), "all its rows are locked while it lasts, and no service's events are told meanwhile", true},
	{statement(`^(?:TRUNCATE|LOCK|CLUSTER|VACUUM|REINDEX)\b`), "everybody waits", false},
	{statement(`^DO\b`), "what it does cannot be seen", false},
}

var (
	creates = statement(`^CREATE (?:UNLOGGED )?TABLE (?:IF NOT EXISTS )?"?([A-Z0-9_]+)`)
	alters  = statement(`^ALTER TABLE ` + table)
	grants  = statement(`^DO \$\$ (?:DECLARE [^;]*; )?BEGIN (?:EXECUTE FORMAT\('GRANT [^;]*; )*END \$\$$`)
)

// hurts says what the release before stumbles over; made holds the tables that no release has had, and gets those that this one makes.
func hurts(text string, made map[string]bool) (found []string) {
	if strings.Contains(text, "-- +goose Down") {
		found = append(found, "a way back would take away what is in use: migrations only go forward")
	}
	replaced := map[string]bool{} // a trigger on these takes another's place
	for _, s := range statements(text) {
		if m := creates.FindStringSubmatch(s.code); m != nil {
			made[m[1]] = true
		}
		if m := dropsTrigger.FindStringSubmatch(s.code); m != nil {
			replaced[m[1]] = true
		}
		if s.excused || grants.MatchString(s.code) {
			continue
		}
		if m := createsTrigger.FindStringSubmatch(s.code); m != nil && replaced[m[1]] {
			continue
		}
		if m := alters.FindStringSubmatch(s.code); m != nil && !made[m[1]] && addsWithoutDefault(s.code) {
			found = append(found, short(s.code)+": the release before writes nothing there, and there is no default")
			continue
		}
		for _, r := range rules {
			if m := r.what.FindStringSubmatch(s.code); m != nil && !(r.new && isMade(m[1:], made)) {
				found = append(found, short(s.code)+": "+r.why)
				break
			}
		}
	}
	return found
}

// addsWithoutDefault reports whether one of the columns must not be empty and has no default.
func addsWithoutDefault(code string) bool {
	for _, added := range strings.Split(code, " ADD ")[1:] {
		if strings.Contains(added, " NOT NULL") && !strings.Contains(added, " DEFAULT ") && !strings.HasPrefix(added, "CONSTRAINT ") {
			return true
		}
	}
	return false
}

func isMade(tables []string, made map[string]bool) bool {
	for _, t := range tables {
		if made[t] {
			return true
		}
	}
	return false
}

func short(code string) string { return code[:min(len(code), 70)] }

// sentence is one statement in capitals and single spaces, without its comments.
type sentence struct {
	code    string
	excused bool // a line above it, or in it, says why nobody is hurt
}

func statements(text string) (all []sentence) {
	var words []string
	var s sentence
	whole := false // between StatementBegin and StatementEnd a semicolon ends nothing
	end := func() {
		if s.code = strings.TrimSuffix(strings.ToUpper(strings.Join(words, " ")), ";"); s.code != "" {
			all = append(all, s)
			words, s = nil, sentence{}
		}
	}
	for _, line := range strings.Split(text, "\n") {
		code, comment := cutComment(line)
		if why, found := strings.CutPrefix(comment, "upgrade:"); found && strings.TrimSpace(why) != "" {
			s.excused = true
		}
		switch comment {
		case "+goose StatementBegin":
			whole = true
		case "+goose StatementEnd":
			whole = false
			end()
		}
		words = append(words, strings.Fields(code)...)
		if !whole && strings.HasSuffix(strings.TrimSpace(code), ";") {
			end()
		}
	}
	end()
	return all
}

// cutComment parts a line from its comment; a -- inside quotes is none.
func cutComment(line string) (code, comment string) {
	quoted := false
	for i := range line {
		if line[i] == '\'' {
			quoted = !quoted
		}
		if !quoted && strings.HasPrefix(line[i:], "--") {
			return line[:i], strings.TrimSpace(line[i+2:])
		}
	}
	return line, ""
}

// The rules themselves: what each must find, and what they must let pass.
func TestHurts(t *testing.T) {
	t.Parallel()
	for sql, want := range map[string]int{
		"CREATE TABLE seats (id uuid NOT NULL, CONSTRAINT seats_pkey PRIMARY KEY (id));":                                                        0,
		"CREATE TABLE seats (id uuid);\nCREATE UNIQUE INDEX seats_key ON seats (id);\nALTER TABLE seats ALTER COLUMN id SET NOT NULL;":          0,
		"ALTER TABLE shifts ADD COLUMN note text;":                                                                                              0,
		"ALTER TABLE shifts ADD COLUMN note text NOT NULL DEFAULT '';":                                                                          0,
		"ALTER TABLE shifts ADD COLUMN note text DEFAULT '' NOT NULL;":                                                                          0,
		"ALTER TABLE shifts ADD COLUMN at timestamptz NOT NULL DEFAULT now();":                                                                  0,
		"GRANT SELECT ON shifts TO tasks;":                                                                                                      0,
		"INSERT INTO kinds VALUES ('a -- b');":                                                                                                  0,
		"COMMENT ON TABLE shifts IS 'DROP TABLE shifts';":                                                                                       0,
		"CREATE INDEX CONCURRENTLY shifts_at ON shifts (at);":                                                                                   0,
		"-- DROP TABLE shifts;\nGRANT SELECT ON shifts TO tasks;":                                                                               0,
		"DROP TRIGGER t ON shifts;\nCREATE TRIGGER t BEFORE DELETE ON shifts FOR EACH ROW EXECUTE FUNCTION g();":                                0,
		"-- upgrade: nothing has used it for two releases\nDROP TABLE shifts;":                                                                  0,
		"-- +goose StatementBegin\nCREATE FUNCTION f() RETURNS void AS $$\nDELETE FROM shifts; DROP TABLE shifts;\n$$;\n-- +goose StatementEnd": 0,
		"-- +goose StatementBegin\nDO $$\nBEGIN\n  EXECUTE format('GRANT SELECT, DELETE ON outbox_again TO %I', regexp_replace(current_user, '_owner$', ''));\nEND $$;\n-- +goose StatementEnd": 0,
		"-- +goose StatementBegin\nDO $$\nBEGIN\n  DELETE FROM shifts;\nEND $$;\n-- +goose StatementEnd":                                                                                        1,

		"DROP TABLE shifts;": 1, "drop table\n  shifts;": 1, "DROP INDEX shifts_at;": 1, "DROP FUNCTION f(uuid);": 1, "DROP VIEW v;": 1,
		"-- upgrade:\nDROP TABLE shifts;":                                                       1,
		"-- upgrade: the first is of no use\nDROP TABLE shifts;\nDROP TABLE tasks;":             1,
		"ALTER TABLE shifts RENAME TO turns;":                                                   1,
		"ALTER TABLE shifts RENAME COLUMN at TO starts_at;":                                     1,
		"ALTER TABLE shifts DROP COLUMN note;":                                                  1,
		"ALTER TABLE shifts DROP note;":                                                         1,
		"ALTER TABLE shifts DROP COLUMN note, ADD COLUMN more text;":                            1,
		"ALTER TABLE shifts ADD COLUMN more text,\n  DROP CONSTRAINT shifts_check;":             1,
		"ALTER TABLE shifts ALTER COLUMN note TYPE jsonb USING note::jsonb;":                    1,
		"ALTER TABLE shifts ALTER note SET DATA TYPE jsonb;":                                    1,
		"ALTER TABLE shifts ALTER COLUMN note SET NOT NULL;":                                    1,
		"ALTER TABLE shifts ALTER COLUMN note DROP DEFAULT;":                                    1,
		"ALTER TABLE shifts ADD COLUMN note text NOT NULL;":                                     1,
		"ALTER TABLE shifts ADD COLUMN a text NOT NULL DEFAULT '', ADD COLUMN b text NOT NULL;": 1,
		"ALTER TABLE shifts ADD COLUMN id uuid NOT NULL DEFAULT gen_random_uuid();":             1,
		"ALTER TABLE shifts ADD CONSTRAINT shifts_check CHECK (ends_at > starts_at);":           1,
		"ALTER TABLE shifts ADD CONSTRAINT shifts_key UNIQUE (at);":                             1,
		"ALTER TABLE shifts ADD FOREIGN KEY (task_id) REFERENCES tasks (id);":                   1,
		"CREATE UNIQUE INDEX shifts_key ON shifts (at);":                                        1,
		"CREATE INDEX shifts_at ON shifts (at);":                                                1,
		"CREATE TRIGGER t BEFORE INSERT ON shifts FOR EACH ROW EXECUTE FUNCTION f();":           1,
		"REVOKE UPDATE ON shifts FROM tasks;":                                                   1,
		"UPDATE shifts SET note = '';":                                                          1,
		"DELETE FROM shifts;":                                                                   1,
		"TRUNCATE shifts;":                                                                      1,
		"LOCK TABLE shifts;":                                                                    1,
		"CREATE TABLE seats (id uuid);\nUPDATE shifts SET note = '';":                           1,
		"-- +goose Up\nSELECT 1;\n-- +goose Down\nSELECT 1;":                                    1,
	} {
		if got := hurts(sql, map[string]bool{}); len(got) != want {
			t.Errorf("%s\nhurts %d times, want %d: %q", sql, len(got), want, got)
		}
	}
	if diff := cmp.Diff(map[string]bool{"SEATS": true, "ROWS_": true}, func() map[string]bool {
		made := map[string]bool{}
		hurts("CREATE TABLE seats (id uuid);\nCREATE TABLE IF NOT EXISTS rows_ (id uuid);", made)
		return made
	}()); diff != "" {
		t.Error(diff)
	}
}
