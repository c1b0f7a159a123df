package app_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jmoiron/sqlx"
	"pgregory.net/rapid"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
)

// TestAttendanceMachine does to shifts what people, phones and crashes do, in
// any order: requests that are sent again long after, transactions that abort
// at the commit, duties at any time. Whatever happens, there is one attendance
// for a person and shift, minutes are somebody else's word, nobody confirmed
// themself, each hour is told once, and sending again changes nothing.
func TestAttendanceMachine(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	owner := w.db.Owner(t)
	mayCrash(t, owner)
	// What must hold is asked after each of thousands of steps, of all that was ever told.
	_, err := owner.Exec(`CREATE INDEX outbox_told_idx ON outbox ((body->>'attendance_id'))`)
	w.must(err)
	rapid.Check(t, func(rt *rapid.T) {
		m := newMachine(w, owner)
		rt.Repeat(map[string]func(*rapid.T){
			"scan":    m.scan,
			"come":    m.come,
			"tap":     m.tap,
			"undo":    m.undo,
			"enter":   m.enter,
			"confirm": m.confirm,
			"duties":  func(*rapid.T) { _ = w.DoDuties(t.Context()) },
			"leap":    m.leap,
			"crash":   m.crash,
			"again":   m.again,
			"":        m.holds,
		})
	})
	var states []string // what it came through, for a person to read
	w.must(owner.Select(&states, `SELECT state || ' ' || count(*) FROM attendances GROUP BY state ORDER BY state`))
	t.Logf("attendances: %v; taken back %d, asked %d", states, w.count(`SELECT count(*) FROM attendance_undos`), w.count(`SELECT count(*) FROM anomalies`))
}

// machine is one shift with its people, and every request that was sent so far.
type machine struct {
	*town
	owner  *sqlx.DB
	shift  app.ShiftView
	people []string // the leader, the deputy, two who signed up, a member who did not
	sent   []func() error
}

func newMachine(w *town, owner *sqlx.DB) *machine {
	m := &machine{town: w, owner: owner}
	m.crashing(false)
	w.clock.Leap(4 * time.Hour) // nobody is at the shift before any more
	m.shift, m.people = w.givenShift(nil), []string{w.leader, w.deputy}
	_, err := w.SignUp(w.as(w.leader), m.shift.ID)
	w.must(err)
	w.leapTo(m.shift.StartsAt)
	m.people = append(m.people, w.signUp(m.shift), w.signUp(m.shift), w.member())
	return m
}

func (m *machine) who(rt *rapid.T) string {
	return rapid.SampledFrom(m.people).Draw(rt, "who")
}

func (m *machine) leads(rt *rapid.T) string {
	return rapid.SampledFrom(m.people[:2]).Draw(rt, "leader")
}

func kindOf(rt *rapid.T) domain.ClaimKind {
	return rapid.SampledFrom([]domain.ClaimKind{domain.ClaimIn, domain.ClaimOut}).Draw(rt, "kind")
}

// send does something now, and perhaps again later; refusals are answers.
func (m *machine) send(f func() error) {
	_ = f()
	m.sent = append(m.sent, f)
}

func (m *machine) scan(rt *rapid.T) {
	v, claim := m.who(rt), app.NewClaim{ClaimID: id.New(), ShiftID: m.shift.ID, Kind: kindOf(rt), Ticket: m.ticket(m.shift)}
	m.send(func() error { _, err := m.CreateClaim(m.as(v), claim); return err })
}

// come is everybody's way in at once.
func (m *machine) come(*rapid.T) {
	for _, v := range m.people {
		claim := app.NewClaim{ClaimID: id.New(), ShiftID: m.shift.ID, Kind: domain.ClaimIn, Ticket: m.ticket(m.shift)}
		m.send(func() error { _, err := m.CreateClaim(m.as(v), claim); return err })
	}
}

func (m *machine) tap(rt *rapid.T) {
	by, claim := m.leads(rt), app.NewClaim{ClaimID: id.New(), ShiftID: m.shift.ID, Kind: kindOf(rt), VolunteerID: m.who(rt)}
	claim.WalkIn = rapid.Bool().Draw(rt, "walk in")
	m.send(func() error { _, err := m.CreateClaim(m.as(by), claim); return err })
}

func (m *machine) undo(rt *rapid.T) {
	if at := m.some(rt); at != "" {
		ctx := m.once(m.leads(rt))
		m.send(func() error { _, err := m.UndoTap(ctx, at); return err })
	}
}

func (m *machine) enter(rt *rapid.T) {
	by, n := m.who(rt), app.NewAttendance{ShiftID: m.shift.ID, Reason: "没带手机", Period: m.period(m.shift, time.Duration(rapid.IntRange(0, 60).Draw(rt, "from"))*time.Minute, time.Hour)}
	if rapid.Bool().Draw(rt, "another") {
		n.VolunteerID = m.who(rt)
	}
	ctx := m.once(by)
	m.send(func() error { _, err := m.EnterAttendance(ctx, n); return err })
}

func (m *machine) confirm(rt *rapid.T) {
	var c app.Confirmation
	if at := m.some(rt); at != "" && rapid.Bool().Draw(rt, "decides") {
		verdict := rapid.SampledFrom([]app.Verdict{app.VerdictAccept, app.VerdictReject, app.VerdictSetEnd, app.VerdictHousehold}).Draw(rt, "verdict")
		c.Decisions = []app.Decision{{AttendanceID: at, Verdict: verdict, Reason: "当面问过", EndedAt: m.shift.StartsAt.Add(2 * time.Hour)}}
	}
	ctx := m.once(rapid.SampledFrom(append(m.people[:2:2], m.people...)).Draw(rt, "by"))
	m.send(func() error { _, err := m.ConfirmShift(ctx, m.shift.ID, c); return err })
}

func (m *machine) leap(rt *rapid.T) {
	m.clock.Leap(time.Duration(rapid.SampledFrom([]int{1, 10, 20, 45, 180}).Draw(rt, "minutes")) * time.Minute)
}

// crash has a request abort at its commit; it may be sent again.
func (m *machine) crash(rt *rapid.T) {
	m.crashing(true)
	rapid.SampledFrom([]func(*rapid.T){m.scan, m.tap, m.enter, m.confirm, m.undo}).Draw(rt, "what")(rt)
	m.crashing(false)
}

// again sends an earlier request a second time, right after a third: the
// first of these may be news, when it never got through; the other is not.
func (m *machine) again(rt *rapid.T) {
	if len(m.sent) == 0 {
		return
	}
	f := m.sent[rapid.IntRange(0, len(m.sent)-1).Draw(rt, "request")]
	if f() != nil {
		return // refused, or crashed: nothing was done
	}
	before := m.rows()
	if err := f(); err == nil {
		if diff := cmp.Diff(before, m.rows()); diff != "" {
			rt.Fatalf("sent again it changed (-before +after):\n%s", diff)
		}
	}
}

func (m *machine) holds(rt *rapid.T) {
	for what, query := range map[string]string{
		"people with two attendances":          `SELECT count(*) FROM (SELECT 1 FROM attendances WHERE shift_id = $1 GROUP BY volunteer_id HAVING count(*) > 1) x`,
		"minutes without a confirmation":       `SELECT count(*) FROM attendances WHERE shift_id = $1 AND minutes > 0 AND state <> 'confirmed'`,
		"minutes beyond the shift":             `SELECT count(*) FROM attendances WHERE shift_id = $1 AND minutes > 150`,
		"confirmed by themselves":              `SELECT count(*) FROM attendances WHERE shift_id = $1 AND confirmed_by = volunteer_id`,
		"their own words that nobody accepted": `SELECT count(*) FROM attendances WHERE shift_id = $1 AND state = 'confirmed' AND entered_by = volunteer_id AND confirmed_by IS NULL`,
		"hours told otherwise than confirmed": `
			SELECT count(*) FROM attendances a
			LEFT JOIN LATERAL (SELECT count(*) AS n, min((o.body->>'minutes')::int) AS minutes FROM outbox o
				WHERE o.subject = 'tasks.v1.attendance.confirmed' AND o.body->>'attendance_id' = a.id::text) told ON true
			WHERE a.shift_id = $1 AND (told.n <> (a.state = 'confirmed' AND a.minutes > 0)::int OR told.n = 1 AND told.minutes <> a.minutes)`,
		"versions told twice": `
			SELECT count(*) FROM (SELECT 1 FROM outbox o JOIN attendances a ON o.body->>'attendance_id' = a.id::text
				WHERE a.shift_id = $1 AND o.subject LIKE 'tasks.v1.attendance.%' GROUP BY a.id, o.body->>'version' HAVING count(*) > 1) x`,
		"claims without an attendance": `
			SELECT count(*) FROM claims c WHERE c.shift_id = $1 AND c.doubt = ''
				AND NOT EXISTS (SELECT 1 FROM attendances a WHERE a.shift_id = c.shift_id AND a.volunteer_id = c.volunteer_id)`,
	} {
		var n int
		m.must(m.owner.Get(&n, query, m.shift.ID))
		if n != 0 {
			rt.Fatalf("%s: %d", what, n)
		}
	}
}

// some is one of the shift's attendances; empty while there is none.
func (m *machine) some(rt *rapid.T) string {
	var ids []string
	m.must(m.owner.Select(&ids, `SELECT id FROM attendances WHERE shift_id = $1 ORDER BY id`, m.shift.ID))
	if len(ids) == 0 {
		return ""
	}
	return ids[rapid.IntRange(0, len(ids)-1).Draw(rt, "attendance")]
}

func (m *machine) rows() (rows []string) {
	m.must(m.owner.Select(&rows, `SELECT row(a.*)::text FROM attendances a WHERE shift_id = $1 ORDER BY id`, m.shift.ID))
	return rows
}

// once is on behalf of somebody, with a key of its own: the same request again
// has the same key.
func (m *machine) once(volunteerID string) context.Context {
	return idempotency.WithKey(m.as(volunteerID), id.New())
}

// mayCrash lets the database abort what writes attendances, at its commit.
func mayCrash(t *testing.T, owner *sqlx.DB) {
	t.Helper()
	_, err := owner.Exec(`
		CREATE TABLE crashing (yes boolean NOT NULL);
		INSERT INTO crashing VALUES (false);
		GRANT SELECT ON crashing TO tasks;
		CREATE FUNCTION crash() RETURNS trigger LANGUAGE plpgsql AS $f$
		BEGIN
			IF (SELECT yes FROM crashing) THEN RAISE EXCEPTION 'the power went'; END IF;
			RETURN NULL;
		END $f$;
		CREATE CONSTRAINT TRIGGER crash AFTER INSERT OR UPDATE ON attendances DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION crash();`)
	if err != nil {
		t.Fatal(err)
	}
}

func (m *machine) crashing(yes bool) {
	m.t.Helper()
	_, err := m.owner.Exec(`UPDATE crashing SET yes = $1`, yes)
	m.must(err)
}
