package app_test

import (
	"bytes"
	"flag"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/hours/internal/app"
	"github.com/qihe-volunteers/qihe/services/hours/internal/audit"
	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/translog"
)

// tampered is how many lines the ledger has that is tampered with. The full size,
// `-ledger.lines 100000`, takes minutes, and finds nothing that this does not.
var tampered = flag.Int("ledger.lines", 5_000, "lines of the ledger that is tampered with")

// fill writes so many lines as a migration would, in no time: one every
// minute, the first so many minutes ago.
func (b *book) fill(n, ago int) {
	b.t.Helper()
	owner, err := postgres.Open(b.t.Context(), b.db.OwnerURL, 1)
	b.must(err)
	defer func() { _ = owner.Close() }()
	b.must(owner.InTx(b.t.Context(), func(q postgres.Querier) error { return store.FillEntries(b.t.Context(), q, b.manyLines(n, ago)) }))
}

func (b *book) manyLines(n, ago int) iter.Seq2[domain.Entry, error] {
	for len(b.people) < max(b.crowd, 100) {
		b.people = append(b.people, id.New())
	}
	first := b.clock.Now().Add(-time.Duration(ago+60) * time.Minute)
	return func(yield func(domain.Entry, error) bool) {
		for i := range n {
			from := first.Add(time.Duration(i) * time.Minute).Add(-3 * time.Hour).UTC()
			recorded := from.Add(3 * time.Hour)
			if !yield(domain.Entry{
				ID: id.New(), VolunteerID: b.people[i%len(b.people)], TeamID: b.team, ProgrammeID: b.programme, RegionPath: "4106/410611/", ReportingUnit: "淇滨区",
				Kind: domain.Service, Account: domain.ServiceAccount, Verification: "A", Minutes: 60 + i%60, From: from, To: from.Add(2 * time.Hour),
				SourceKind: domain.SourceAttendance, SourceID: id.New(), Title: "淇河岸边捡拾垃圾", ConfirmedBy: b.leader, ConfirmedAt: recorded, RecordedAt: recorded,
				SettlesOn: domain.DayOf(recorded) + 7,
			}, nil) {
				return
			}
		}
	}
}

const (
	protected = "entries log_leaves log_tiles log_checkpoints log_cosignatures"
	oldTree   = `DELETE FROM log_cosignatures; DELETE FROM log_tiles; DELETE FROM log_leaves; DELETE FROM log_checkpoints`
	// copied writes a line again under another id and behind the order; %s says what is different.
	copied = `INSERT INTO entries (id, tx, volunteer_id, team_id, programme_id, region_path, reporting_unit, kind, account, verification, minutes,
			started_at, ended_at, source_kind, source_id, title, confirmed_by, confirmed_at, recorded_at)
		SELECT gen_random_uuid(), '1', volunteer_id, team_id, programme_id, region_path, reporting_unit, %[2]s, account, verification, %[3]s,
			started_at, ended_at, %[4]s, title, confirmed_by, confirmed_at, %[5]s
		FROM entries WHERE id = (SELECT entry_id FROM log_leaves WHERE index = %[1]d)`
	now         = "(SELECT max(recorded_at) FROM entries)"
	withoutRule = "ALTER TABLE entries DROP CONSTRAINT entries_source_key"
)

func line(index int) string {
	return fmt.Sprintf(" WHERE id = (SELECT entry_id FROM log_leaves WHERE index = %d)", index)
}

// attack is what somebody did who owns the database; the auditor finds first
// this at that line.
type attack struct {
	name       string
	statements []string
	logged     bool // and had it brought into the log
	code       audit.Code
	index      int
}

func (b *book) attacks(lines int) []attack {
	at := lines*2/5 + 1
	slipped := fmt.Sprintf(copied, 10, "kind", "minutes", "source_kind, gen_random_uuid()", "recorded_at - interval '30 days'")
	reversal := fmt.Sprintf(copied, 12, "'reversal'", "-minutes", "'entry', id", now)
	cut := (lines - 1) / 256 * 256
	set := func(to string) []string { return []string{"UPDATE entries SET " + to + line(at)} }
	return []attack{
		{"minutes are changed", set("minutes = minutes - 1"), false, audit.Changed, at},
		{"a line is given to another person", set("volunteer_id = '" + b.people[(at+1)%len(b.people)] + "'"), false, audit.Person, at},
		{"a grade is changed", set("verification = 'B'"), false, audit.Changed, at},
		{"the day of settling is brought forward", set("settles_on = settles_on - 4"), false, audit.Changed, at},
		{"the day of settling is taken away", set("settles_on = '1970-01-01'"), false, audit.Changed, at},
		{"a line is deleted", []string{"DELETE FROM entries" + line(at)}, false, audit.Missing, at},
		{"the end is cut off", []string{
			fmt.Sprintf("DELETE FROM entries WHERE id IN (SELECT entry_id FROM log_leaves WHERE index >= %d)", cut), fmt.Sprintf("DELETE FROM log_leaves WHERE index >= %d", cut),
			fmt.Sprintf("DELETE FROM log_tiles WHERE level = 0 AND n >= %d", cut/256), "DELETE FROM log_cosignatures", fmt.Sprintf("DELETE FROM log_checkpoints WHERE size > %d", cut),
		}, false, audit.Shorter, cut},
		{"a line is slipped in behind the log's back", []string{slipped}, false, audit.Unlogged, audit.Outside},
		{"a line is slipped in and brought into the log late", []string{slipped}, true, audit.Backdated, lines},
		{"two lines are swapped", []string{
			"ALTER TABLE log_leaves DROP CONSTRAINT log_leaves_entry_key",
			fmt.Sprintf("UPDATE log_leaves a SET entry_id = b.entry_id FROM log_leaves b WHERE (a.index, b.index) IN ((%[1]d, %[2]d), (%[2]d, %[1]d))", at, at+10),
		}, false, audit.Changed, at},
		{"a line is doubled", []string{withoutRule, fmt.Sprintf(copied, 11, "kind", "minutes", "source_kind, source_id", now)}, true, audit.Twice, lines},
		{"a line is reversed twice", []string{withoutRule, reversal, reversal}, true, audit.Twice, lines + 1},
		{"a line gets another place", []string{fmt.Sprintf("UPDATE log_leaves SET index = %d WHERE index = %d", lines, at)}, false, audit.Missing, at},
	}
}

// TestTampering lets somebody who owns the database, and in the end the key too,
// do what they like, and an auditor who holds what witnesses signed name it.
func TestTampering(t *testing.T) {
	t.Parallel()
	lines := *tampered
	b := &book{town: newTown(t)}
	b.owner = b.db.Owner(t)
	school, charity := newWitness(t, "no1-school"), newWitness(t, "charity")
	for _, w := range []*witness{school, charity} {
		b.must(b.AddWitness(idempotency.WithKey(b.cityAdministrator(), id.New()), "见证单位", b.cosigner(w).Public(), "协议"))
	}
	b.fill(lines/5, lines)
	b.log(b.App)
	b.must(b.look(charity))
	early := charity.last
	b.fill(lines-lines/5, lines-lines/5)
	b.log(b.App)
	b.must(b.look(school))
	b.must(b.look(charity))
	public, err := b.ListCheckpoints(t.Context(), 0)
	b.must(err)
	for _, c := range public {
		b.held = append(b.held, c.Note)
	}
	b.witnesses = b.trust(2, school, charity)
	if r := b.check(b.held...); !r.OK() || r.Lines != int64(lines) || r.Checkpoints != len(public) || r.Witnessed != int64(lines) { // the control: untouched, nothing is found
		t.Fatalf("before anything was done: %d lines, %d checkpoints, witnessed to %d, %+v", r.Lines, r.Checkpoints, r.Witnessed, first(r.Findings))
	}
	for _, a := range b.attacks(lines) {
		t.Run(a.name, func(t *testing.T) {
			export, _ := b.attacked(a.statements, a.logged)
			r := b.audit(export, b.held...)
			if len(r.Findings) == 0 || r.Findings[0].Code != a.code || r.Findings[0].Index != int64(a.index) {
				t.Errorf("found %+v, want first %s at %d", first(r.Findings), a.code, a.index)
			}
		})
	}
	anew, thief := b.attacked([]string{"UPDATE entries SET minutes = minutes - 1" + line(lines*2/5+1), oldTree}, true)
	t.Run("all is made anew and signed with the stolen key", func(t *testing.T) {
		r := b.audit(anew, early, school.last)
		if len(r.Findings) == 0 || r.Findings[0].Code != audit.Rebuilt || r.Findings[0].Index != int64(lines/5) { // somewhere from here to what the school signed
			t.Errorf("found %+v", first(r.Findings))
		}
		r = b.audit(anew, thief) // whoever is shown only what the thief signed misses the witnesses
		if len(r.Findings) != 1 || r.Findings[0].Code != audit.Unwitnessed {
			t.Errorf("without the witnesses' notes: %+v", first(r.Findings))
		}
	})
	t.Run("two auditors are shown different trees", func(t *testing.T) {
		r := b.check(append(b.held[:len(b.held):len(b.held)], thief)...) // who sees the right tree, and is told of the other
		if len(r.Findings) != 1 || r.Findings[0].Code != audit.Split || r.Findings[0].Index != int64(lines) || !strings.Contains(r.Findings[0].Detail, "[no1-school charity]") {
			t.Errorf("found %+v, want split at %d, and who signed which", first(r.Findings), lines)
		}
		r = b.audit(anew, thief, school.last) // who sees the other
		if !slices.ContainsFunc(r.Findings, func(f audit.Finding) bool { return f.Code == audit.Split && f.Index == int64(lines) }) {
			t.Errorf("found %+v, want split at %d", first(r.Findings), lines)
		}
	})
	t.Run("a checkpoint that another key signed is none", func(t *testing.T) {
		other := b.signedByAnother(t)
		if r := b.check(other); r.Findings[0].Code != audit.Unsigned {
			t.Errorf("found %+v, want unsigned", first(r.Findings))
		}
	})
}

func first(all []audit.Finding) []audit.Finding { return all[:min(len(all), 3)] }

// attacked does what nobody may, with what protects the tables switched off,
// and undoes it. It returns what was exported meanwhile, and the newest checkpoint.
func (b *book) attacked(statements []string, logged bool) (export []byte, signed string) {
	b.t.Helper()
	tx := b.owner.MustBegin()
	defer func() { _ = tx.Rollback() }()
	for _, table := range strings.Fields(protected) {
		tx.MustExec("ALTER TABLE " + table + " DISABLE TRIGGER USER")
	}
	for _, s := range statements {
		tx.MustExec(s)
	}
	if logged {
		b.must(b.replica().LogLinesIn(b.t.Context(), tx))
	}
	last, err := translog.LastCheckpoint(b.t.Context(), tx)
	b.must(err)
	var written bytes.Buffer
	b.must(app.ExportLogIn(b.t.Context(), tx, "test/hours", b.clock.Now(), &written))
	return written.Bytes(), last.Note
}

// audit has an auditor look at an export who holds these checkpoints.
func (b *book) audit(export []byte, held ...string) audit.Report {
	b.t.Helper()
	r, err := audit.Check(bytes.NewReader(export), held, audit.Trust{Keys: b.verifiers(), Witnesses: b.witnesses})
	b.must(err)
	return r
}

// signedByAnother returns a checkpoint of this log that another key signed.
func (b *book) signedByAnother(t *testing.T) string {
	t.Helper()
	content, err := translog.NewKey("test/hours")
	b.must(err)
	keys, err := translog.ParseKeys(string(content))
	b.must(err)
	tx := b.owner.MustBegin()
	defer func() { _ = tx.Rollback() }()
	for _, table := range strings.Fields(protected) {
		tx.MustExec("ALTER TABLE " + table + " DISABLE TRIGGER USER")
	}
	tx.MustExec("DELETE FROM log_cosignatures")
	tx.MustExec("DELETE FROM log_checkpoints")
	tree, err := translog.Open(t.Context(), tx)
	b.must(err)
	signed, err := tree.Sign(t.Context(), keys.Signers, b.clock.Now())
	b.must(err)
	return signed
}
