package app_test

import (
	"bytes"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"
	"golang.org/x/mod/sumdb/note"

	"github.com/qihe-volunteers/qihe/services/hours/internal/app"
	"github.com/qihe-volunteers/qihe/services/hours/internal/audit"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
	"github.com/qihe-volunteers/qihe/shared/translog"
)

// book is a town whose ledger is in its log, as an attacker finds it.
type book struct {
	*town
	owner     *sqlx.DB
	people    []string
	held      []string           // checkpoints that somebody else kept
	witnesses translog.Witnesses // whom the auditor believes
}

const attendances = 300 // lines of a book

func newBook(t *testing.T) *book {
	t.Helper()
	b := &book{town: newTown(t)}
	b.owner = b.db.Owner(t)
	for range 10 {
		b.people = append(b.people, id.New())
	}
	for range 3 { // checkpoints at 100, 200 and 300
		var events []tasksv1.AttendanceConfirmed
		for i := range attendances / 3 {
			events = append(events, b.attendance(by(b.people[i%len(b.people)], 60+i%60)))
		}
		b.credit(events...)
		b.clock.Leap(2 * time.Minute)
		b.log(b.App)
		last, err := b.LastCheckpoint(t.Context())
		b.must(err)
		b.held = append(b.held, last.Note)
	}
	return b
}

// log brings all lines into the log; transactions of other tests on the same
// server may hide the newest for a moment.
func (b *book) log(a *app.App) {
	b.t.Helper()
	wait.Until(b.t, 30*time.Second, "the log to hold all lines", func() bool {
		_, err := a.LogLines(b.t.Context())
		b.must(err)
		var left int
		b.must(b.owner.Get(&left, `SELECT (SELECT count(*) FROM entries WHERE tx > '1') - (SELECT count(*) FROM log_leaves)`))
		return left <= 0
	})
}

// force runs a statement as nobody may: with what protects the tables switched off.
func (b *book) force(statements ...string) {
	b.t.Helper()
	protection := []string{"entries", "log_leaves", "log_tiles", "log_checkpoints"}
	for _, table := range protection {
		_, err := b.owner.Exec("ALTER TABLE " + table + " DISABLE TRIGGER USER")
		b.must(err)
	}
	for _, s := range statements {
		_, err := b.owner.Exec(s)
		b.must(err)
	}
	for _, table := range protection {
		_, err := b.owner.Exec("ALTER TABLE " + table + " ENABLE TRIGGER USER")
		b.must(err)
	}
}

// check exports the ledger and lets an auditor look at it who holds these checkpoints.
func (b *book) check(held ...string) audit.Report {
	b.t.Helper()
	var export bytes.Buffer
	b.must(app.ExportLog(b.t.Context(), b.db.DB, "test/hours", b.clock.Now(), &export))
	verifier, err := note.NewVerifier(b.keys.Public[0])
	b.must(err)
	report, err := audit.Check(&export, held, audit.Trust{Keys: note.VerifierList(verifier), Witnesses: b.witnesses})
	b.must(err)
	return report
}

const (
	oldTree = `DELETE FROM log_tiles; DELETE FROM log_leaves; DELETE FROM log_checkpoints`
	// copied writes a line again under another id; %s says what is different.
	copied = `INSERT INTO entries (id, tx, volunteer_id, team_id, programme_id, region_path, reporting_unit, kind, account, verification, minutes,
			started_at, ended_at, source_kind, source_id, title, confirmed_by, confirmed_at, recorded_at)
		SELECT gen_random_uuid(), %[2]s, volunteer_id, team_id, programme_id, region_path, reporting_unit, %[3]s, account, verification, %[4]s,
			started_at, ended_at, %[5]s, title, confirmed_by, confirmed_at, %[6]s
		FROM entries WHERE id = (SELECT entry_id FROM log_leaves WHERE index = %[1]d)`
	now = "(SELECT max(recorded_at) FROM entries)"
)

func line(index int) string {
	return fmt.Sprintf(" WHERE id = (SELECT entry_id FROM log_leaves WHERE index = %d)", index)
}

// TestTampering lets somebody who owns the database, and in the end the key too,
// do what they like, and an auditor who kept old checkpoints name it.
func TestTampering(t *testing.T) {
	t.Parallel()
	without := "ALTER TABLE entries DROP CONSTRAINT entries_source_key"
	for name, c := range map[string]struct {
		attack func(b *book)
		code   audit.Code
		index  int64
	}{
		"minutes are changed": {func(b *book) { b.force("UPDATE entries SET minutes = minutes - 1" + line(120)) }, audit.Changed, 120},
		"a line is given to another person": {func(b *book) {
			b.force("UPDATE entries SET volunteer_id = '" + b.people[3] + "'" + line(121)) // line 121 is the second one's
		}, audit.Person, 121},
		"a grade is changed":                     {func(b *book) { b.force("UPDATE entries SET verification = 'B'" + line(122)) }, audit.Changed, 122},
		"the day of settling is brought forward": {func(b *book) { b.force("UPDATE entries SET settles_on = settles_on - 4" + line(127)) }, audit.Changed, 127},
		"the day of settling is taken away":      {func(b *book) { b.force("UPDATE entries SET settles_on = '1970-01-01'" + line(128)) }, audit.Changed, 128},
		"a line is deleted":                      {func(b *book) { b.force("DELETE FROM entries" + line(123)) }, audit.Missing, 123},
		"the end is cut off": {func(b *book) {
			b.force("DELETE FROM entries WHERE id IN (SELECT entry_id FROM log_leaves WHERE index >= 256)", "DELETE FROM log_leaves WHERE index >= 256",
				"DELETE FROM log_tiles WHERE level = 0 AND n = 1", "DELETE FROM log_checkpoints WHERE size > 256")
		}, audit.Shorter, 256},
		"a line is slipped in behind the log's back": {func(b *book) {
			b.force(fmt.Sprintf(copied, 10, "'1'", "kind", "minutes", "source_kind, gen_random_uuid()", "recorded_at - interval '30 days'"))
		}, audit.Unlogged, audit.Outside},
		"a line is slipped in and brought into the log late": {func(b *book) {
			b.force(fmt.Sprintf(copied, 10, "'1'", "kind", "minutes", "source_kind, gen_random_uuid()", "recorded_at - interval '30 days'"))
			b.log(b.replica())
		}, audit.Backdated, attendances},
		"two lines are swapped": {func(b *book) {
			b.force("ALTER TABLE log_leaves DROP CONSTRAINT log_leaves_entry_key",
				"UPDATE log_leaves a SET entry_id = b.entry_id FROM log_leaves b WHERE (a.index, b.index) IN ((40, 50), (50, 40))")
		}, audit.Changed, 40},
		"a line is doubled": {func(b *book) {
			b.force(without, fmt.Sprintf(copied, 11, "pg_current_xact_id()", "kind", "minutes", "source_kind, source_id", now))
			b.log(b.App)
		}, audit.Twice, attendances},
		"a line is reversed twice": {func(b *book) {
			reversal := fmt.Sprintf(copied, 12, "pg_current_xact_id()", "'reversal'", "-minutes", "'entry', id", now)
			b.force(without, reversal, reversal)
			b.log(b.App)
		}, audit.Twice, attendances + 1},
		"a line gets another place": {func(b *book) { b.force("UPDATE log_leaves SET index = 300 WHERE index = 124") }, audit.Missing, 124},
		"all is made anew and signed with the stolen key": {func(b *book) {
			b.force("UPDATE entries SET minutes = minutes - 1"+line(125), oldTree)
			b.log(b.replica())
		}, audit.Rebuilt, 100}, // somewhere from here to the next checkpoint
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBook(t)
			if r := b.check(b.held...); !r.OK() || r.Lines != attendances || r.Checkpoints != 3 { // the control: untouched, nothing is found
				t.Fatalf("before anything was done: %+v", r)
			}
			c.attack(b)
			r := b.check(b.held...)
			if len(r.Findings) == 0 || r.Findings[0].Code != c.code || r.Findings[0].Index != c.index {
				t.Errorf("found %+v, want first %s at %d", r.Findings, c.code, c.index)
			}
		})
	}
	t.Run("two auditors are shown different trees", func(t *testing.T) {
		t.Parallel()
		b := newBook(t)
		b.force("UPDATE entries SET minutes = minutes - 1"+line(126), oldTree)
		b.log(b.replica())
		shown, err := b.LastCheckpoint(t.Context())
		b.must(err)
		if r := b.check(shown.Note); !r.OK() { // who sees only this one sees nothing
			t.Fatalf("the second auditor alone: %+v", r)
		}
		r := b.check(shown.Note, b.held[2])
		if !slices.ContainsFunc(r.Findings, func(f audit.Finding) bool { return f.Code == audit.Split && f.Index == attendances }) {
			t.Errorf("found %+v, want split at %d", r.Findings, attendances)
		}
	})
	t.Run("a checkpoint that another key signed is none", func(t *testing.T) {
		t.Parallel()
		b, other := newBook(t), newBook(t)
		if r := b.check(other.held[0]); len(r.Findings) != 1 || r.Findings[0].Code != audit.Unsigned {
			t.Errorf("found %+v, want unsigned", r.Findings)
		}
	})
}

func TestErasedFromTheLog(t *testing.T) {
	t.Parallel()
	b := newBook(t)
	gone := b.people[4]
	b.inTx(func(q postgres.Querier) error {
		return b.LearnVolunteers(t.Context(), q, []teamsv1.VolunteerChanged{{VolunteerID: gone, Erased: true, Version: 9}})
	})
	r := b.check(b.held...)
	if !r.OK() || r.Lines != attendances || r.Erased != attendances/10 {
		t.Errorf("after one of ten was erased: %+v", r)
	}
	var salts int
	b.must(b.owner.Get(&salts, "SELECT count(*) FROM log_salts WHERE person_id = $1", gone))
	if salts != 0 {
		t.Error("the salt is still there")
	}
}

func TestLogAcrossReplicasAndRestarts(t *testing.T) {
	t.Parallel()
	b := newBook(t)
	second := b.replica()
	for range 5 {
		b.credit(b.attendance(), b.attendance())
		b.log(second) // looks through the ledger by itself, and skips what the first one brought in
		b.credit(b.attendance())
		b.log(b.App)
	}
	b.clock.Leap(time.Minute)
	b.log(b.replica()) // a third one, just started
	all, err := b.ListCheckpoints(t.Context(), 0)
	b.must(err)
	var notes []string
	for _, c := range all {
		notes = append(notes, c.Note)
	}
	if r := b.check(notes...); !r.OK() || r.Lines != attendances+15 || r.Checkpoints != len(all) {
		t.Errorf("%+v", r)
	}
	last, err := b.LastCheckpoint(t.Context())
	b.must(err)
	if last.Size != attendances+15 {
		t.Errorf("the last checkpoint holds %d lines", last.Size)
	}
	t.Run("a leaf can be proved to whoever holds a checkpoint only", func(t *testing.T) {
		b.must(b.db.InSnapshot(t.Context(), func(q postgres.Querier) error {
			tree, err := translog.Open(t.Context(), q)
			if err != nil {
				return err
			}
			_, err = tree.ProveLeaf(t.Context(), last.Size, 7)
			return err
		}))
	})
}
