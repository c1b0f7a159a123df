package app_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// A reading that cannot be written down does not happen.
func TestUnrecordedReading(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	childID, mine := w.child(), officer("child_care", countyPath)
	w.must(w.TakeChild(w.as(mine), childID))
	_, err := w.OpenChild(w.as(mine), childID) // control: it is readable
	w.must(err)

	_, err = w.db.Owner(t).Exec(`REVOKE INSERT ON openings FROM pairings_owner`)
	w.must(err)
	got, err := w.OpenChild(w.as(mine), childID)
	if apperr.KindOf(err) != apperr.Unavailable || got.Person.Name != "" {
		t.Errorf("%+v, %v", got.Person, err)
	}
}

// The service as it runs, and whoever has its password, has no other way to a key
// and cannot change what was written.
func TestRightsOfTheVault(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	childID, mine := w.child(), officer("child_care", countyPath)
	w.must(w.TakeChild(w.as(mine), childID))
	_, err := w.OpenChild(w.as(mine), childID)
	w.must(err)
	for name, statement := range map[string]string{
		"read a key":             `SELECT wrapped FROM data_keys`,
		"change a key":           `UPDATE data_keys SET wrapped = wrapped`,
		"delete a key":           `DELETE FROM data_keys`,
		"write an opening":       `INSERT INTO openings (id, subject_id, act, basis, what, opened_at) SELECT id, subject_id, act, basis, what, opened_at FROM openings`,
		"change an opening":      `UPDATE openings SET what = 'nothing'`,
		"delete an opening":      `DELETE FROM openings`,
		"empty the openings":     `TRUNCATE openings`,
		"keep one from the log":  `INSERT INTO openings_to_log SELECT id FROM openings`,
		"take it out of the log": `DELETE FROM opening_leaves`,
		"approve one's own":      `INSERT INTO purposes (id, officer_id, emergency, region_path, reason, asked_at, ends_at, decided_by, decided_at, approved) SELECT gen_random_uuid(), referred_by, false, region_path, 'x', referred_at, referred_at + interval '1 day', referred_by, referred_at, true FROM children`,
	} {
		if err := w.db.InTx(t.Context(), func(q postgres.Querier) error {
			_, err := q.ExecContext(t.Context(), statement)
			return err
		}); err == nil {
			t.Errorf("the service's role may %s", name)
		}
	}
	if _, err := w.db.Owner(t).Exec(`DELETE FROM openings`); err == nil {
		t.Error("the owner deletes openings")
	}
}

// Erasing a child is final: also a backup of the database from before opens no more,
// because keys are backed up apart, and only as they are now.
func TestErasure(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	erased, kept, mine := w.child(), w.child(), officer("child_care", countyPath)
	for _, childID := range []string{erased, kept} {
		w.must(w.TakeChild(w.as(mine), childID))
		_, err := w.OpenChild(w.as(mine), childID)
		w.must(err)
	}
	lastWeek := w.sealedOf(erased)
	w.inTx(func(q postgres.Querier) error {
		done, err := store.DestroyKey(t.Context(), q, erased, mine.VolunteerID, "监护人要求删除", w.clock.Now())
		if !done {
			t.Error("there was nothing to destroy")
		}
		return err
	})

	if _, err := w.OpenChild(w.as(mine), erased); !errors.Is(err, domain.ErrErased) {
		t.Errorf("an erased child: %v", err)
	}
	_, err := w.OpenChild(w.as(mine), kept)
	w.must(err)
	got, err := w.ListOpenings(w.as(mine), erased)
	if err != nil || len(got) != 1 {
		t.Errorf("who looked before is still answered: %+v, %v", got, err)
	}
	_, err = w.db.Owner(t).Exec(`UPDATE children SET sealed = $2 WHERE id = $1`, erased, lastWeek) // the backup is back
	w.must(err)
	if _, err := w.OpenChild(w.as(mine), erased); !errors.Is(err, domain.ErrErased) {
		t.Errorf("after a restore: %v", err)
	}
}

// What is sealed for one child says nothing in the row of another, nor in another column,
// whoever moves it there in the database.
func TestMovedInTheDatabase(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	one, mine := w.theCase()
	another, hers := w.theCase()
	swap := func(statement string) {
		t.Helper()
		_, err := w.db.Owner(t).Exec(statement, one, another)
		w.must(err)
	}
	reads := func(childID string, who auth.Principal) error {
		got, err := w.OpenChild(w.as(who), childID)
		if err != nil && got.Person.Name+got.Circle.Guardian.Name != "" {
			t.Errorf("refused, and yet %+v", got)
		}
		return err
	}
	w.must(reads(one, mine)) // controls
	w.must(reads(another, hers))
	const keep = `CREATE TABLE kept AS SELECT id, sealed, circle FROM children WHERE id IN ($1, $2)`
	_, err := w.db.Owner(t).Exec(strings.NewReplacer("$1", "'"+one+"'", "$2", "'"+another+"'").Replace(keep))
	w.must(err)
	for name, move := range map[string]string{
		"to another child's row":           `UPDATE children c SET sealed = k.sealed FROM kept k WHERE c.id IN ($1, $2) AND k.id <> c.id`,
		"to another child's other column":  `UPDATE children c SET circle = k.circle FROM kept k WHERE c.id IN ($1, $2) AND k.id <> c.id`,
		"to another column of its own row": `UPDATE children c SET circle = k.sealed FROM kept k WHERE c.id IN ($1, $2) AND k.id = c.id`,
		"and the other way round":          `UPDATE children c SET sealed = k.circle FROM kept k WHERE c.id IN ($1, $2) AND k.id = c.id`,
	} {
		swap(move)
		if reads(one, mine) == nil || reads(another, hers) == nil {
			t.Errorf("moved %s it opens", name)
		}
		swap(`UPDATE children c SET sealed = k.sealed, circle = k.circle FROM kept k WHERE c.id IN ($1, $2) AND k.id = c.id`)
	}
	const swapKeys = `UPDATE data_keys d SET wrapped = (SELECT wrapped FROM data_keys o WHERE o.subject_id IN ($1, $2) AND o.subject_id <> d.subject_id) WHERE d.subject_id IN ($1, $2)`
	swap(swapKeys)
	if reads(one, mine) == nil || reads(another, hers) == nil {
		t.Error("with the key of another it opens")
	}
	swap(swapKeys)
	w.must(reads(one, mine)) // everything is back where it belongs
	w.must(reads(another, hers))
}

func (w *town) sealedOf(childID string) (sealed []byte) {
	w.t.Helper()
	w.must(w.db.Owner(w.t).Get(&sealed, `SELECT sealed FROM children WHERE id = $1`, childID))
	return sealed
}

// What is written of a child lies nowhere in the open: not in a dump of the
// database, with the answers to repeated requests and the events in it.
func TestCanaries(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	childID, mine := w.child(), officer("child_care", countyPath)
	w.must(w.TakeChild(w.as(mine), childID))
	_, err := w.OpenChild(w.as(mine), childID)
	w.must(err)
	dump := w.dump()
	for _, canary := range []string{canaryName, canaryAddress, canaryPaper} {
		if bytes.Contains(dump, []byte(canary)) {
			t.Errorf("the dump says %s", canary)
		}
	}
	if !bytes.Contains(dump, []byte(childID)) { // control: the child is in the dump
		t.Error("the dump is not of this database")
	}
}

// dump returns all that the database holds, as text.
func (w *town) dump() []byte {
	w.t.Helper()
	var all bytes.Buffer
	tables := []string{}
	w.must(w.db.Owner(w.t).Select(&tables, `SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'`))
	for _, table := range tables {
		var lines []string
		w.must(w.db.Owner(w.t).Select(&lines, `SELECT t::text FROM `+table+` AS t`))
		for _, line := range lines {
			all.WriteString(table + " " + line + "\n")
		}
	}
	return all.Bytes()
}
