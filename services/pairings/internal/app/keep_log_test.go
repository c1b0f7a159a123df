package app_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/app"
)

// logged is a town whose log has ten openings and a checkpoint that somebody kept.
func logged(t *testing.T) (w *town, kept string) {
	t.Helper()
	w = newTown(t)
	childID, mine := w.child(), officer("child_care", countyPath)
	w.must(w.TakeChild(w.as(mine), childID))
	for range 10 {
		_, err := w.OpenChild(w.as(mine), childID)
		w.must(err)
	}
	w.log()
	c, err := w.LastCheckpoint(t.Context())
	w.must(err)
	return w, c.Note
}

// log brings what waits into the log, and makes a checkpoint due.
func (w *town) log() {
	w.t.Helper()
	w.clock.SetTo(w.clock.Now().Add(2 * time.Minute))
	_, err := w.LogOpenings(w.t.Context())
	w.must(err)
}

func TestKeepLog(t *testing.T) {
	t.Parallel()
	w, kept := logged(t)
	w.log()
	got, err := w.CheckLog(t.Context(), kept)
	w.must(err)
	if diff := cmp.Diff(app.LogReport{Leaves: 10}, got); diff != "" {
		t.Error(diff)
	}
	if n := w.count(`SELECT count(*) FROM openings_to_log`); n != 0 {
		t.Errorf("%d wait", n)
	}
}

// Somebody who may do anything with the database takes its rules away and changes
// the record of openings, each time in another way; the log says so, and nothing
// when nothing was changed.
func TestTamperedOpenings(t *testing.T) {
	t.Parallel()
	const without = `
		ALTER TABLE openings DISABLE TRIGGER USER;
		ALTER TABLE openings DROP CONSTRAINT openings_subject_id_fkey;
		ALTER TABLE opening_leaves DROP CONSTRAINT opening_leaves_opening_id_fkey;
		ALTER TABLE log_tiles DISABLE TRIGGER USER;
		ALTER TABLE log_checkpoints DISABLE TRIGGER USER;`
	for name, attack := range map[string]string{
		"another person":         without + `UPDATE openings SET person_id = gen_random_uuid() WHERE n = 3`,
		"another child":          without + `UPDATE openings SET subject_id = gen_random_uuid() WHERE n = 3`,
		"another time":           without + `UPDATE openings SET opened_at = opened_at - interval '1 day' WHERE n = 3`,
		"another act":            without + `UPDATE openings SET act = 'write' WHERE n = 3`,
		"other grounds":          without + `UPDATE openings SET basis = 'purpose' WHERE n = 3`,
		"grounds of a purpose":   without + `UPDATE openings SET basis_id = gen_random_uuid() WHERE n = 3`,
		"another page":           without + `UPDATE openings SET what = 'print' WHERE n = 3`,
		"gone":                   without + `DELETE FROM openings WHERE n = 3`,
		"the last one gone":      without + `DELETE FROM openings WHERE n = 10; DELETE FROM opening_leaves WHERE index = 9`,
		"gone with its leaf":     without + `DELETE FROM openings WHERE n = 3; DELETE FROM opening_leaves WHERE index = 2`,
		"two change places":      without + `UPDATE opening_leaves SET index = 100 WHERE index = 2; UPDATE opening_leaves SET index = 2 WHERE index = 3; UPDATE opening_leaves SET index = 3 WHERE index = 100`,
		"kept from the log":      without + `INSERT INTO openings (id, subject_id, act, basis, what, opened_at) SELECT gen_random_uuid(), subject_id, act, basis, what, opened_at FROM openings WHERE n = 3`,
		"the tree is made again": without + `DELETE FROM openings WHERE n = 10; DELETE FROM opening_leaves WHERE index = 9; DELETE FROM log_checkpoints; UPDATE log_tiles SET hashes = substring(hashes FOR 9 * 32) WHERE level = 0`,
		"nothing":                without + `SELECT 1`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, kept := logged(t)
			_, err := w.db.Owner(t).Exec(attack)
			w.must(err)
			w.clock.SetTo(w.clock.Now().Add(2 * time.Minute))
			got, err := w.CheckLog(t.Context(), kept)
			w.must(err)
			if got.OK() != (name == "nothing") {
				t.Errorf("%+v", got)
			}
		})
	}
}
