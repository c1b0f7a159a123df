package app_test

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"strings"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"

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
	crowd     int                // people in many lines; 0: a hundred
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
	wait.Until(b.t, "the log to hold all lines", func() bool {
		_, err := a.LogLines(b.t.Context())
		b.must(err)
		var left int
		b.must(b.owner.Get(&left, `SELECT (SELECT count(*) FROM entries WHERE tx > '1') - (SELECT count(*) FROM log_leaves)`))
		return left <= 0
	})
}

// check exports the ledger and lets an auditor look at it who holds these checkpoints.
func (b *book) check(held ...string) audit.Report {
	b.t.Helper()
	var export bytes.Buffer
	b.must(app.ExportLog(b.t.Context(), b.db.DB, "test/hours", b.clock.Now(), &export))
	return b.audit(export.Bytes(), held...)
}

func (b *book) erase(volunteerID string) {
	b.t.Helper()
	b.inTx(func(q postgres.Querier) error {
		return b.LearnVolunteers(b.t.Context(), q, []teamsv1.VolunteerChanged{{VolunteerID: volunteerID, Erased: true, Version: 9}})
	})
}

func TestErasedFromTheLog(t *testing.T) {
	t.Parallel()
	b := newBook(t)
	gone := b.people[4]
	b.erase(gone)
	b.erase(gone) // told again
	r := b.check(b.held...)
	if !r.OK() || r.Lines != attendances || r.Erased != attendances/10 {
		t.Errorf("after one of ten was erased: %+v", r)
	}
	t.Run("what is written about them afterwards is nobody's either", func(t *testing.T) {
		b.credit(b.attendance(by(gone, 60)))
		b.log(b.App)
		if r := b.check(b.held...); !r.OK() || r.Lines != attendances+1 || r.Erased != attendances/10+1 {
			t.Errorf("%+v", r)
		}
	})
	t.Run("no leaf can be found by trying all ids with all that is there", func(t *testing.T) {
		var marks [][]byte // of the erased, taken from the lines that still name them
		b.must(b.owner.Select(&marks, `SELECT l.mark FROM log_leaves l JOIN entries e ON e.id = l.entry_id WHERE e.volunteer_id = $1`, gone))
		var secrets [][]byte
		b.must(b.owner.Select(&secrets, `SELECT salt FROM log_salts UNION ALL SELECT ''::bytea UNION ALL SELECT decode(repeat('00', 32), 'hex')`))
		var people []string
		b.must(b.owner.Select(&people, `SELECT volunteer_id::text FROM entries UNION SELECT confirmed_by::text FROM entries`))
		tried := map[string]bool{}
		for _, person := range people {
			for _, text := range []string{person, strings.ReplaceAll(person, "-", ""), strings.ToUpper(person)} {
				for _, s := range secrets {
					mac := hmac.New(sha256.New, s)
					mac.Write([]byte(text))
					tried[string(mac.Sum(nil))] = true
				}
				plain := sha256.Sum256([]byte(text))
				tried[string(plain[:])] = true
			}
		}
		hits := 0
		for _, m := range marks {
			if tried[string(m)] {
				hits++
			}
		}
		var known []byte // the control: of somebody who was not erased
		b.must(b.owner.Get(&known, `SELECT l.mark FROM log_leaves l JOIN entries e ON e.id = l.entry_id WHERE e.volunteer_id = $1 LIMIT 1`, b.people[5]))
		if hits != 0 || len(marks) != attendances/10+1 || len(people) != 11 || !tried[string(known)] {
			t.Errorf("%d of %d marks found by trying %d people; the control: %v", hits, len(marks), len(people), tried[string(known)])
		}
	})
}

// What is written while the sequencer works is in a leaf and in a checkpoint
// soon after; how soon, BenchmarkLag says.
func TestKeepLog(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	stop := w.keeping()
	defer stop()
	for range 20 {
		w.writeOne()
	}
	wait.Until(t, "all lines to be in a checkpoint", func() bool {
		w.clock.Leap(time.Minute)
		last, err := w.LastCheckpoint(t.Context())
		return err == nil && last.Size == 20
	})
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
