package city_test

import (
	"bytes"
	"database/sql"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/city"
	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/citytest"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/testkit/visit"
	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
)

// A canary is a word that stands for something about a volunteer or a leader, and is in
// nothing else. may are the databases in which it stands in the open, for a reason.
type canary struct{ kind, word, may string }

// What volunteers and leaders type is kept by the service that they told, and nowhere
// else: no log, no visit that was noted, no event, no dead letter, no stream, no other
// service's database. What is sealed is in the open nowhere at all.
func TestPeopleCanaries(t *testing.T) {
	t.Parallel()
	logged := &written{}
	log := slog.New(slog.NewTextHandler(logged, &slog.HandlerOptions{Level: slog.LevelDebug}))
	data := citytest.EmptyFolder(t)
	r := citytest.Run(t, city.Options{Data: data, Day: time.Date(2026, 11, 24, 0, 0, 0, 0, clock.City), Log: log, Access: slog.New(slog.NewJSONHandler(logged, nil))})
	r.Clock.SetTo(time.Date(2026, 11, 24, 2, 0, 0, 0, clock.City))
	volunteer, leader, officer := person(t, r, 0), person(t, r, 1), person(t, r, 2)

	var canaries []canary
	word := func(kind, word, may string) string {
		canaries = append(canaries, canary{kind, word, may})
		return word
	}
	const nowhere = ""
	team := visit.Text(t, leader.get("/api/teams/v1/me"), "memberships", "role=leader", "team_id")

	// People whom a leader enters: names are teams' own, numbers are sealed (ADR 9).
	people := "/api/teams/v1/teams/" + team + "/people"
	leader.post(people, object{"name": word("name of a person a leader entered", "雀一鸣", "teams"), "phone": word("her phone", "13971830001", nowhere), "agreed": true,
		"id_number": word("her identity number", idNumber("41060219850307401"), nowhere)})
	leader.post(people, object{"name": word("name of a minor", "雀二鸣", "teams"), "phone": word("a minor's phone", "13971830002", nowhere), "agreed": true,
		"id_number": word("a minor's identity number", idNumber("41060220100305402"), nowhere),
		"guardian": object{"guardian_name": word("name of a volunteer's guardian", "雀三鸣", nowhere), "guardian_phone": word("phone of a guardian", "13971830003", nowhere), "relation": "mother",
			"form_number": word("number of a guardian's paper", "雀纸甲", "teams"), "archived_at": word("where a paper lies", "雀柜甲", "teams")}})
	leader.post("/api/teams/v1/teams/"+team+"/invitations", object{"to": word("phone of somebody invited", "13971830004", nowhere), "word": word("word to somebody invited", "雀邀甲", "teams")})

	// What people say of themselves and of others.
	volunteer.ask(http.MethodPatch, "/api/teams/v1/me/profile", object{"name": word("name that somebody corrects", "雀四鸣", "teams"), "id_kind": "resident",
		"id_number": word("identity number that somebody corrects", idNumber("41060219700909403"), nowhere)})
	volunteer.post("/api/teams/v1/complaints", object{"team_id": team, "person": word("of whom somebody complains", "雀五鸣", "teams"), "happened": word("text of a complaint", "雀诉甲说得很难听", "teams"), "happened_on": "2026-11-20"})
	kind := first(t, volunteer.get("/api/teams/v1/qualification-kinds"), "code")
	volunteer.post("/api/teams/v1/me/qualifications", object{"kind": kind, "issuer": word("issuer of a paper", "雀局甲", "teams"), "number": word("number of a paper", "雀证甲八八", "teams"), "issued_on": "2026-10-01"})

	// An activity names whom to ask; it is published for that.
	begin := r.Clock.Now().Add(time.Hour).Truncate(time.Minute)
	task := leader.post("/api/tasks/v1/tasks", object{"team_id": team, "programme_id": visit.Text(t, leader.get("/api/tasks/v1/programmes"), "items", "name=保护淇河", "programme_id"), "title": "夜间值守", "place": "桂鹤码头",
		"risks": "水边路滑", "contact_name": word("whom to ask about an activity", "雀六鸣", "tasks"), "contact_phone": word("phone of whom to ask", "13971830005", "tasks"),
		"shifts": []object{{"starts_at": begin, "ends_at": begin.Add(time.Hour), "capacity": 9}}})
	shift := visit.Text(t, task, "shifts", "state=open", "shift_id")
	leader.post("/api/tasks/v1/tasks/"+visit.Text(t, task, "task_id")+"/publish", nil)
	signUp := volunteer.post("/api/tasks/v1/shifts/"+shift+"/sign-ups", nil)
	leader.post("/api/tasks/v1/shifts/"+shift+"/pasted", object{"text": "1. " + word("a line of the group's list", "雀七鸣", nowhere)})
	volunteer.post("/api/tasks/v1/sign-ups/"+visit.Text(t, signUp, "sign_up_id")+"/withdraw", object{"reason": word("why somebody does not come", "雀因甲家里有事", "tasks")})
	entry := first(t, volunteer.get("/api/hours/v1/me/entries"), "entry_id")
	volunteer.post("/api/hours/v1/entries/"+entry+"/corrections", object{"reason": word("why hours are to be corrected", "雀因乙手机没电", "hours"), "minutes": 0})

	// What is looked for, and what goes wrong.
	leader.post("/api/teams/v1/teams/"+team+"/members/search", object{"q": word("a name that a leader looks for", "雀八鸣", nowhere)})
	officer.post("/api/teams/v1/volunteers/search", object{"q": word("a phone that an officer looks for", "13971830006", nowhere)})
	refused := func(v visitor, method, path, body string) {
		t.Helper()
		res := open(t, method, r.URL+path, body, v.cookie)
		_ = res.Body.Close()
		if res.StatusCode < 400 {
			t.Errorf("control: %s %s is not refused: %s", method, path, res.Status)
		}
	}
	refused(leader, http.MethodPost, people, `{"name":"`+word("name in what is refused", "雀九鸣", nowhere)+`","agreed":true,"nickname":"x"}`)
	refused(leader, http.MethodPost, people, `{"name":"`+word("name in what is no JSON", "雀十鸣", nowhere))
	refused(leader, http.MethodGet, "/api/teams/v1/"+url.PathEscape(word("name in an address that is none", "雀甲鸣", nowhere))+"?q="+word("phone in a query", "13971830007", nowhere), "")
	refused(visitor{t, r, ""}, http.MethodPost, "/api/teams/v1/sessions", `{"phone":"`+word("phone with a wrong code", "13971830008", nowhere)+`","code":"000000"}`)
	breakTable(t, r, "qihe_teams", "complaints")
	refused(volunteer, http.MethodPost, "/api/teams/v1/complaints", `{"team_id":"`+team+`","happened":"`+word("complaint that the database refuses", "雀诉乙", nowhere)+`","happened_on":"2026-11-20"}`)
	breakTable(t, r, "qihe_teams", "volunteers")
	refused(leader, http.MethodPost, people, `{"name":"`+word("name that the database refuses", "雀乙鸣", nowhere)+`","phone":"`+word("phone that the database refuses", "13971830009", nowhere)+`","agreed":true}`)

	// What happened is told before it is looked for.
	wait.Until(t, "what happened to be told", func() bool {
		return value(t, r, "qihe_teams", `SELECT (count(*) > 0 AND bool_and((o.tx, o.id) <= (c.tx, c.id)))::text FROM outbox o, outbox_cursor c`) == "true"
	})

	places := map[string][]byte{"the log and the visits": logged.bytes(), "the metrics": []byte(metricsOf(t, r.URL, secretOf(t, data)))}
	for _, service := range []string{"teams", "tasks", "hours", "pairings"} {
		for table, content := range tablesOf(t, r, "qihe_"+service) {
			places[service+"."+table] = content
		}
	}
	read(t, places, r.StreamFolder())
	found := 0
	for _, c := range canaries {
		for _, where := range whereIs(places, c.word) {
			service, table, _ := strings.Cut(where, ".")
			if service == c.may && c.may != "" && table != "outbox" && table != "dead_letters" {
				found++
				continue
			}
			t.Errorf("%s (%s) stands in the open in %s", c.kind, c.word, where)
		}
	}
	t.Logf("%d canaries in %d places; %d times where they may be", len(canaries), len(places), found)
	if found < 10 { // control: the search finds what is there
		t.Errorf("control: only %d were found where they are kept", found)
	}
}

// A planted word is found in each kind of place, in each way in which it may be written.
func TestPeopleCanariesAreFound(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	write(t, filepath.Join(folder, "1.blk"), `{"name":"\u96c0\u4e00\u9e23"}`)
	places := map[string][]byte{"a log": []byte("level=ERROR q=" + url.QueryEscape("雀一鸣")), "a table": []byte("(7,雀一鸣)"), "another": []byte("雀二鸣")}
	read(t, places, folder)
	if got := whereIs(places, "雀一鸣"); len(got) != 3 {
		t.Errorf("found in %q", got)
	}
	if got := whereIs(places, "雀三鸣"); len(got) != 0 {
		t.Errorf("found in %q", got)
	}
}

// first is a text of the first of a list.
func first(t *testing.T, page any, name string) string {
	t.Helper()
	items, _ := visit.Find(t, page, "items").([]any)
	if len(items) == 0 {
		t.Fatalf("nothing in %v", page)
	}
	return visit.Text(t, items[0], name)
}

// whereIs names the places that have the word: as it is, in JSON's escapes, or in an address.
func whereIs(places map[string][]byte, word string) (found []string) {
	escaped := ""
	for _, r := range word {
		escaped += fmt.Sprintf(`\u%04x`, r)
	}
	for where, content := range places {
		if bytes.Contains(content, []byte(word)) || bytes.Contains(content, []byte(url.QueryEscape(word))) || bytes.Contains(content, []byte(escaped)) {
			found = append(found, where)
		}
	}
	slices.Sort(found)
	return found
}

// read adds each file of a folder to the places.
func read(t *testing.T, places map[string][]byte, folder string) {
	t.Helper()
	files := 0
	if err := filepath.WalkDir(folder, func(path string, entry os.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		files++
		places[path], err = os.ReadFile(path) //nolint:gosec // a folder that the test made
		return err
	}); err != nil || files == 0 {
		t.Fatalf("%s: %d files, %v", folder, files, err)
	}
}

// tablesOf is what each table of a database says, as text.
func tablesOf(t *testing.T, r *city.Running, database string) map[string][]byte {
	t.Helper()
	all := map[string][]byte{}
	for table := range strings.SplitSeq(value(t, r, database, `SELECT string_agg(tablename, ' ') FROM pg_tables WHERE schemaname = 'public'`), " ") {
		all[table] = []byte(value(t, r, database, `SELECT coalesce(string_agg(x::text, E'\n'), '') FROM "`+table+`" x`))
	}
	return all
}

// breakTable makes a table refuse every new row, with the row in PostgreSQL's own complaint.
func breakTable(t *testing.T, r *city.Running, database, table string) {
	t.Helper()
	db := superuser(t, r, database)
	defer func() { _ = db.Close() }()
	if _, err := db.ExecContext(t.Context(), `ALTER TABLE `+table+` ADD CONSTRAINT broken CHECK (false) NOT VALID`); err != nil {
		t.Fatal(err)
	}
}

func value(t *testing.T, r *city.Running, database, query string) (answer string) {
	t.Helper()
	db := superuser(t, r, database)
	defer func() { _ = db.Close() }()
	if err := db.QueryRowContext(t.Context(), query).Scan(&answer); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return answer
}

func superuser(t *testing.T, r *city.Running, database string) *sql.DB {
	t.Helper()
	db, err := sql.Open("postgres", strings.Replace(r.SuperURL(), "/postgres?", "/"+database+"?", 1))
	if err != nil {
		t.Fatal(err)
	}
	return db
}

func secretOf(t *testing.T, data string) string {
	t.Helper()
	secret, err := os.ReadFile(filepath.Join(data, "keys", "internal-secret"))
	if err != nil {
		t.Fatal(err)
	}
	return string(secret)
}

// idNumber adds the check digit of GB 11643 to seventeen digits.
func idNumber(digits string) string {
	sum := 0
	for i, weight := range []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += weight * int(digits[i]-'0')
	}
	return digits + "10X98765432"[sum%11:sum%11+1]
}

// written keeps what several write at once.
type written struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (w *written) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.text.Write(p)
}

func (w *written) bytes() []byte {
	w.mu.Lock()
	defer w.mu.Unlock()
	return bytes.Clone(w.text.Bytes())
}
