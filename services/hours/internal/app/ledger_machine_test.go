package app_test

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jmoiron/sqlx"
	"golang.org/x/mod/sumdb/note"
	"pgregory.net/rapid"

	"github.com/qihe-volunteers/qihe/services/hours/internal/app"
	"github.com/qihe-volunteers/qihe/services/hours/internal/audit"
	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
	"github.com/qihe-volunteers/qihe/shared/translog"
)

// TestLedgerMachine does to three people's hours what events, people, officers
// and crashes do, in any order, and compares with a model of a few lines: what
// each attendance is worth. Whatever happens, the person's sum is the model's, the
// ledger's and the boards'; a line is undone once and never below nothing; what is
// held is decided once; what is sent again changes nothing; and an auditor who
// kept any checkpoints, under whichever keys, finds nothing wrong. At length:
//
//	go run ./shared/cmd/withpg -- go test -run TestLedgerMachine ./services/hours/internal/app -rapid.checks 300 -rapid.steps 50 -timeout 60m
func TestLedgerMachine(t *testing.T) {
	t.Parallel()
	briefly()
	m := &ledgerMachine{staff: newStaff(t)}
	m.owner = m.db.Owner(t)
	m.verifiers = append(m.verifiers, m.verifier())
	mayCrash(t, m.owner)
	told := map[string]int{}
	rapid.Check(t, func(rt *rapid.T) {
		m.begin()
		counted := func(name string, f func(*rapid.T)) func(*rapid.T) {
			return func(rt *rapid.T) { told[name]++; f(rt) }
		}
		rt.Repeat(map[string]func(*rapid.T){
			"confirm": counted("confirm", m.confirm),
			"again":   counted("again", m.again),
			"ask":     counted("ask", m.ask),
			"decide":  counted("decide", m.decide),
			"held":    counted("held", m.held),
			"crash":   counted("crash", m.crash),
			"restart": counted("restart", m.restart),
			"erase":   counted("erase", m.erase),
			"rotate":  counted("rotate", m.rotate),
			"leap":    counted("leap", m.leap),
			"log":     counted("log", m.log),
			"":        m.holds,
		})
		m.audit(rt)
	})
	var kinds []string // what it came through, for a person to read
	m.must(m.owner.Select(&kinds, `SELECT kind || ' ' || count(*) FROM entries GROUP BY kind UNION ALL SELECT 'held ' || state || ' ' || count(*) FROM held_credits GROUP BY state
		UNION ALL SELECT 'question ' || state || ' ' || count(*) FROM corrections GROUP BY state UNION ALL SELECT 'cut ' || count(*) FROM cuts ORDER BY 1`))
	t.Logf("%v\n%v; audits %d of up to %d checkpoints", kinds, told, m.audits, len(m.notes))
}

// briefly lets the machine run for a few seconds only, unless somebody said how long.
func briefly() {
	said := false
	flag.Visit(func(f *flag.Flag) { said = said || f.Name == "rapid.checks" })
	if !said {
		_ = flag.Set("rapid.checks", "6")
	}
}

// attended is what the model knows of an attendance.
type attended struct {
	event    tasksv1.AttendanceConfirmed
	who      int
	slot     int
	credited bool // it reached the ledger: nothing of the event is news any more
	minutes  int  // what counts of it now
	held     bool
	question string // that is open
	asker    string
	wanted   int
	by       string // who confirmed what counts now
}

// ledgerMachine is three people on one day, with all that was sent so far.
type ledgerMachine struct {
	*staff
	owner     *sqlx.DB
	verifiers []note.Verifier // of all keys that ever signed
	notes     []string        // checkpoints of all runs
	audits    int

	people   []string
	capped   string // a programme of which little counts a day
	nine     time.Time
	all      []*attended
	crashing bool
	sent     []func() error // requests of people, under their keys
}

const dayCap = 150

func (m *ledgerMachine) begin() {
	evening := m.clock.Now().Truncate(24 * time.Hour).Add(34 * time.Hour) // six o'clock, tomorrow
	m.clock.SetTo(evening)
	m.people, m.all, m.sent, m.capped = []string{id.New(), id.New(), id.New()}, nil, nil, id.New()
	m.nine = evening.Add(-9 * time.Hour)
	m.inTx(func(q postgres.Querier) error {
		return m.LearnProgrammes(m.t.Context(), q, []tasksv1.ProgrammeChanged{{ProgrammeID: m.capped, Name: "送温暖", Version: 1}})
	})
	m.restart(nil) // it knows the programme
	city := m.asWith(m.city, "administrator", cityPath)
	m.must(m.SetDayCap(city, domain.DayCap{ProgrammeID: m.capped, ValidFrom: domain.DayOf(m.nine), Minutes: dayCap, Reason: "试行"}))
}

// confirm tells of an attendance of an hour, once or twice, perhaps amid a crash.
func (m *ledgerMachine) confirm(rt *rapid.T) {
	a := &attended{who: rapid.IntRange(0, 2).Draw(rt, "who"), slot: rapid.IntRange(0, 5).Draw(rt, "slot")}
	from := m.nine.Add(time.Duration(a.slot) * time.Hour)
	a.event = m.attendance(by(m.people[a.who], 60), func(e *tasksv1.AttendanceConfirmed) {
		e.From, e.To, e.ConfirmedAt = from, from.Add(time.Hour), m.clock.Now()
		if rapid.Bool().Draw(rt, "capped") {
			e.ProgrammeID = m.capped
		}
	})
	m.all = append(m.all, a)
	m.deliver(rt, a, rapid.IntRange(1, 2).Draw(rt, "times"))
}

func (m *ledgerMachine) deliver(rt *rapid.T, a *attended, times int) {
	var batch []tasksv1.AttendanceConfirmed
	for range times {
		batch = append(batch, a.event)
	}
	err := m.db.InTx(m.t.Context(), func(q postgres.Querier) error { return m.CreditHours(m.t.Context(), q, batch) })
	if m.lost(rt, err) || a.credited {
		return
	}
	a.credited = true
	if m.taken(a.who, a.slot) {
		a.held = true
		return
	}
	a.minutes, a.by = m.left(a, 60), m.leader
}

// lost reports whether a crash undid it; anything else that goes wrong fails.
func (m *ledgerMachine) lost(rt *rapid.T, err error) bool {
	if err != nil && !m.crashing {
		rt.Fatal(err)
	}
	return err != nil
}

func (m *ledgerMachine) taken(who, slot int) bool {
	for _, a := range m.all {
		if a.who == who && a.slot == slot && a.minutes > 0 {
			return true
		}
	}
	return false
}

// left is how much of so many minutes the cap leaves.
func (m *ledgerMachine) left(a *attended, minutes int) int {
	if a.event.ProgrammeID != m.capped {
		return minutes
	}
	rest := dayCap
	for _, other := range m.all {
		if other.who == a.who && other.event.ProgrammeID == m.capped {
			rest -= other.minutes
		}
	}
	return max(0, min(minutes, rest))
}

// some draws an attendance with what is asked for; nil when there is none.
func (m *ledgerMachine) some(rt *rapid.T, fits func(*attended) bool) *attended {
	var fit []*attended
	for _, a := range m.all {
		if fits(a) {
			fit = append(fit, a)
		}
	}
	if len(fit) == 0 {
		return nil
	}
	return rapid.SampledFrom(fit).Draw(rt, "attendance")
}

// again tells of an attendance once more, or sends a person's request once more.
func (m *ledgerMachine) again(rt *rapid.T) {
	if a := m.some(rt, func(a *attended) bool { return true }); a != nil {
		m.deliver(rt, a, 2)
	}
	if len(m.sent) == 0 {
		return
	}
	before := m.rows()
	_ = rapid.SampledFrom(m.sent).Draw(rt, "request")()
	if diff := cmp.Diff(before, m.rows()); diff != "" {
		rt.Fatalf("sent again it changed (-before +after):\n%s", diff)
	}
}

func (m *ledgerMachine) rows() (rows []string) {
	m.must(m.owner.Select(&rows, `SELECT row(e.*)::text FROM entries e WHERE volunteer_id = ANY ($1) UNION ALL SELECT row(c.*)::text FROM corrections c WHERE volunteer_id = ANY ($1) ORDER BY 1`,
		postgres.Array(m.people)))
	return rows
}

// send does what a person asked for under a key, and keeps it to be sent again.
func (m *ledgerMachine) send(ctx context.Context, f func(ctx context.Context) error) error {
	ctx = idempotency.WithKey(ctx, id.New())
	err := f(ctx)
	if err == nil {
		m.sent = append(m.sent, func() error { return f(ctx) })
	}
	return err
}

// ask has the person or the leader say that a line is not right.
func (m *ledgerMachine) ask(rt *rapid.T) {
	a := m.some(rt, func(a *attended) bool { return a.minutes > 0 && a.question == "" })
	if a == nil {
		return
	}
	wanted := rapid.SampledFrom([]int{0, 30, 45}).Draw(rt, "wanted")
	asker := rapid.SampledFrom([]string{m.people[a.who], m.leader}).Draw(rt, "asker")
	served := domain.Served{From: a.event.From, To: a.event.From.Add(time.Duration(wanted) * time.Minute), Minutes: wanted}
	if wanted == 0 {
		served = domain.Served{}
	}
	var v app.CorrectionView
	err := m.send(m.as(asker), func(ctx context.Context) (err error) {
		v, err = m.AskCorrection(ctx, a.event.AttendanceID, "时间不对", served)
		return err
	})
	if wanted == a.minutes && err != nil { // it is so already
		return
	}
	if !m.lost(rt, err) {
		a.question, a.asker, a.wanted = v.ID, asker, wanted
	}
}

// decide has those with whom a question lies accept or refuse it, or its asker take it back.
func (m *ledgerMachine) decide(rt *rapid.T) {
	a := m.some(rt, func(a *attended) bool { return a.question != "" })
	if a == nil {
		return
	}
	d := app.CorrectionDecision{Accept: rapid.Bool().Draw(rt, "accept"), Reason: "当面问过"}
	var err error
	var by string
	for _, decider := range []context.Context{m.as(m.people[a.who]), m.as(m.leader), m.as(m.deputy), m.officer(m.county, countyPath), m.asWith(m.city, "administrator", cityPath)} {
		err = m.send(decider, func(ctx context.Context) error { return m.DecideCorrection(ctx, a.question, d) })
		if err == nil {
			p, _ := auth.From(decider)
			if by = p.VolunteerID; by == m.people[a.who] || by == a.asker || by == m.leader && a.by == by || by == m.deputy && a.by == by {
				rt.Fatalf("decided by %s, who asked, confirmed, or is the person", by)
			}
			break
		}
	}
	if m.lost(rt, err) {
		return
	}
	a.question = ""
	if d.Accept {
		a.minutes, a.by = 0, by
		a.minutes = m.left(a, a.wanted)
	}
}

// held has an officer credit what is held, or close it.
func (m *ledgerMachine) held(rt *rapid.T) {
	a := m.some(rt, func(a *attended) bool { return a.held })
	if a == nil {
		return
	}
	var heldID string
	m.must(m.owner.Get(&heldID, `SELECT id FROM held_credits WHERE source_id = $1`, a.event.AttendanceID))
	d := app.HeldDecision{Reason: "两边核对过"}
	if rapid.Bool().Draw(rt, "credit") {
		d.From, d.To = a.event.From, a.event.To
	}
	err := m.send(m.officer(m.county, countyPath), func(ctx context.Context) error { return m.DecideHeld(ctx, heldID, d) })
	if errors.Is(err, store.ErrOverlap) && m.taken(a.who, a.slot) && !d.From.IsZero() {
		return
	}
	if m.lost(rt, err) {
		return
	}
	if a.held = false; d.From.IsZero() {
		return
	}
	if m.taken(a.who, a.slot) {
		rt.Fatal("time that is taken was credited")
	}
	a.minutes, a.by = m.left(a, 60), m.county
}

// crash has something abort at its commit.
func (m *ledgerMachine) crash(rt *rapid.T) {
	m.setCrashing(true)
	rapid.SampledFrom([]func(*rapid.T){m.confirm, m.ask, m.decide, m.held}).Draw(rt, "what")(rt)
	m.setCrashing(false)
}

func (m *ledgerMachine) setCrashing(yes bool) {
	m.crashing = yes
	_, err := m.owner.Exec(`UPDATE crashing SET yes = $1`, yes)
	m.must(err)
}

// restart goes on with a new process.
func (m *ledgerMachine) restart(*rapid.T) {
	m.App = m.replica()
	m.must(m.Load(m.t.Context()))
}

func (m *ledgerMachine) erase(rt *rapid.T) {
	gone := rapid.SampledFrom(m.people).Draw(rt, "who")
	m.inTx(func(q postgres.Querier) error {
		return m.LearnVolunteers(m.t.Context(), q, []teamsv1.VolunteerChanged{{VolunteerID: gone, Erased: true, Version: 9}})
	})
}

// rotate adds a key that signs too, or takes the older of two away.
func (m *ledgerMachine) rotate(rt *rapid.T) {
	if len(m.keys.Signers) > 1 {
		m.keys.Signers, m.keys.Public = m.keys.Signers[1:], m.keys.Public[1:]
	} else {
		content, err := translog.NewKey("test/hours")
		m.must(err)
		fresh, err := translog.ParseKeys(string(content))
		m.must(err)
		m.keys = translog.Keys{Signers: append(m.keys.Signers[:1:1], fresh.Signers...), Public: append(m.keys.Public[:1:1], fresh.Public...)}
		v, err := note.NewVerifier(fresh.Public[0])
		m.must(err)
		m.verifiers = append(m.verifiers, v)
	}
	m.restart(rt)
}

func (m *ledgerMachine) verifier() note.Verifier {
	v, err := note.NewVerifier(m.keys.Public[0])
	m.must(err)
	return v
}

func (m *ledgerMachine) leap(rt *rapid.T) {
	m.clock.Leap(time.Duration(rapid.SampledFrom([]int{1, 5, 40}).Draw(rt, "minutes")) * time.Minute)
}

func (m *ledgerMachine) log(*rapid.T) {
	_, err := m.LogLines(m.t.Context())
	m.must(err)
	last, err := m.LastCheckpoint(m.t.Context())
	if err == nil && (len(m.notes) == 0 || m.notes[len(m.notes)-1] != last.Note) {
		m.notes = append(m.notes, last.Note)
	}
}

// audit has an auditor look who kept some of the checkpoints.
func (m *ledgerMachine) audit(rt *rapid.T) {
	var lines, changes int64
	m.must(m.owner.QueryRow(`SELECT (SELECT count(*) FROM entries), (SELECT count(*) FROM settling_changes)`).Scan(&lines, &changes))
	wait.Until(m.t, "the boards to count all lines", func() bool {
		m.must(m.CatchUp(m.t.Context()))
		return m.Position() >= lines && m.Changes() >= changes
	})
	c, err := m.CheckTotals(m.t.Context())
	m.must(err)
	if !c.OK() {
		rt.Fatalf("the sums do not agree: %+v", c)
	}
	m.clock.Leap(2 * time.Minute)
	wait.Until(m.t, "the log to hold all lines", func() bool {
		m.log(rt)
		var left int
		m.must(m.owner.Get(&left, `SELECT (SELECT count(*) FROM entries) - (SELECT count(*) FROM log_leaves)`))
		return left == 0
	})
	var kept []string
	for _, n := range m.notes {
		if rapid.Bool().Draw(rt, "kept") {
			kept = append(kept, n)
		}
	}
	var export bytes.Buffer
	m.must(app.ExportLog(m.t.Context(), m.db.DB, "test/hours", m.clock.Now(), &export))
	r, err := audit.Check(&export, kept, audit.Trust{Keys: note.VerifierList(m.verifiers...)})
	m.must(err)
	if !r.OK() || r.Checkpoints != len(kept) || r.New != 0 {
		rt.Fatalf("a false alarm: %+v of %d checkpoints, %d new", first(r.Findings), len(kept), r.New)
	}
	m.audits++
}

// holds compares every person's sums with the model, and looks for what must never be.
func (m *ledgerMachine) holds(rt *rapid.T) {
	var sums []struct {
		Person  string `db:"volunteer_id"`
		Minutes int    `db:"minutes"`
	}
	m.must(m.owner.Select(&sums, `SELECT volunteer_id, sum(minutes) AS minutes FROM entries WHERE volunteer_id = ANY ($1) GROUP BY volunteer_id`, postgres.Array(m.people)))
	ledger := map[string]int{}
	for _, s := range sums {
		ledger[s.Person] = s.Minutes
	}
	for i, person := range m.people {
		want := 0
		for _, a := range m.all {
			if a.who == i {
				want += a.minutes
			}
		}
		if sum := m.total(person); sum != want || ledger[person] != want {
			rt.Fatalf("person %d has %d minutes, the ledger %d, the model %d", i, sum, ledger[person], want)
		}
	}
	var wrong []string
	m.must(m.owner.Select(&wrong, neverSo, postgres.Array(m.people)))
	if len(wrong) > 0 {
		rt.Fatal(wrong)
	}
}

// neverSo names what must never be of people's lines.
const neverSo = `
	WITH mine AS (SELECT * FROM entries WHERE volunteer_id = ANY ($1))
	SELECT 'undone twice' FROM mine WHERE kind = 'reversal' GROUP BY source_id HAVING count(*) > 1
	UNION ALL
	SELECT 'a reversal undone' FROM mine r JOIN mine e ON e.id = r.source_id WHERE r.kind = 'reversal' AND e.kind = 'reversal'
	UNION ALL
	SELECT 'a day below nothing' FROM mine GROUP BY volunteer_id, day, programme_id HAVING sum(minutes) < 0
	UNION ALL
	SELECT 'a line without its time' FROM mine e WHERE kind <> 'reversal' AND NOT EXISTS (SELECT FROM mine r WHERE r.kind = 'reversal' AND r.source_id = e.id)
		AND NOT EXISTS (SELECT FROM credited_intervals i WHERE i.entry_id = e.id)
	UNION ALL
	SELECT 'held and credited' FROM held_credits h JOIN mine e ON e.source_id = h.source_id WHERE h.state <> 'credited'`

// mayCrash lets the database abort what writes to the ledger, at its commit.
func mayCrash(t *testing.T, owner *sqlx.DB) {
	t.Helper()
	_, err := owner.Exec(`
		CREATE TABLE crashing (yes boolean NOT NULL);
		INSERT INTO crashing VALUES (false);
		GRANT SELECT ON crashing TO hours;
		CREATE FUNCTION crash() RETURNS trigger LANGUAGE plpgsql AS $f$
		BEGIN
			IF (SELECT yes FROM crashing) THEN RAISE EXCEPTION 'the power went'; END IF;
			RETURN NULL;
		END $f$;
		CREATE CONSTRAINT TRIGGER crash AFTER INSERT ON entries DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION crash();
		CREATE CONSTRAINT TRIGGER crash AFTER INSERT OR UPDATE ON corrections DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION crash();
		CREATE CONSTRAINT TRIGGER crash AFTER INSERT OR UPDATE ON held_credits DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION crash();
		CREATE CONSTRAINT TRIGGER crash AFTER INSERT ON cuts DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION crash();`)
	if err != nil {
		t.Fatal(err)
	}
}
