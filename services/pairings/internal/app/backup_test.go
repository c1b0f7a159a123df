package app_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/app"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/erased"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/localpg"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/testkit/pgtest"
)

// tool is a client program of PostgreSQL, empty where only the server is installed.
func (w *town) tool(name string) string {
	path, err := localpg.Tool(w.t.Context(), w.t.TempDir(), name)
	if err != nil {
		w.t.Log(err)
	}
	return path
}

func (w *town) runs(name string, args ...string) {
	w.t.Helper()
	if out, err := exec.CommandContext(w.t.Context(), w.tool(name), args...).CombinedOutput(); err != nil {
		w.t.Fatalf("%s: %v\n%s", name, err, out)
	}
}

// dumped writes a backup of the database into a file, as docs/vault.md says.
func (w *town) dumped(args ...string) (file string) {
	w.t.Helper()
	file = filepath.Join(w.t.TempDir(), "backup")
	w.runs("pg_dump", append([]string{"--format=custom", "--file=" + file, "--dbname=" + w.db.OwnerURL}, args...)...)
	return file
}

// restored is the service beside the present key file, on a database that is made of
// backups: of the first, and of the keys in another one if there is one.
func (w *town) restored(backup, keys string) *town {
	w.t.Helper()
	db := pgtest.New(w.t, "pairings")
	to := "--dbname=" + db.OwnerURL
	w.runs("pg_restore", "--no-owner", "--section=pre-data", "--section=data", to, backup)
	if keys != "" {
		w.runs("pg_restore", "--data-only", to, keys)
	}
	w.runs("pg_restore", "--no-owner", "--section=post-data", to, backup)
	back := *w
	back.db, back.again = db, func() *app.App { return w.on(db) }
	back.App = back.again()
	return &back
}

// A child is erased by the clock. Then last week's backup comes back beside the present
// keys: the child is unreadable there too, others are not, and the record of openings is
// what its checkpoint says. The control has no list of who was erased: there the child is
// back.
func TestRestoredBackup(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	if w.tool("pg_dump") == "" || w.tool("pg_restore") == "" {
		t.Log("only TestErasedAgain tells what a backup brings back")
		return
	}
	list := erased.At(filepath.Join(t.TempDir(), "pairings-erased.jsonl"))
	keep := w.KeepErased(list)
	w.must(keep(t.Context()))
	gone, kept := w.begun(), w.begun()
	family, herself := w.running(), w.approved()
	for _, p := range []pair{gone, kept} {
		_, err := w.OpenChild(w.as(p.mine), p.child)
		w.must(err)
	}
	w.log()
	checkpoint, err := w.LastCheckpoint(t.Context())
	w.must(err)

	whole, withoutKeys := w.dumped(), w.dumped("--exclude-table-data=data_keys")
	w.must(w.WithdrawConsent(w.as(gone.mine), gone.child))
	w.must(w.WithdrawHouseholdConsent(w.as(family.keeper), family.id))
	w.forgets(herself)
	w.clock.SetTo(w.clock.Now().AddDate(0, 0, 91))
	w.must(w.DoDuties(t.Context()))
	w.must(keep(t.Context()))
	newestKeys := w.dumped("--data-only", "--table=data_keys")

	opens := func(w *town, p pair) error {
		got, err := w.OpenChild(w.as(p.mine), p.child)
		if err == nil && got.Person.Name != canaryName {
			t.Errorf("read %q", got.Person.Name)
		}
		return err
	}
	verifies := func(w *town) {
		t.Helper()
		got, err := w.CheckLog(t.Context(), checkpoint.Note)
		if err != nil || !got.OK() || got.Leaves == 0 {
			t.Errorf("the record of openings: %+v, %v", got, err)
		}
	}
	isGone := func(w *town) {
		t.Helper()
		w.refuses(domain.ErrErased, opens(w, gone))
		w.must(opens(w, kept))
		_, err := w.OpenHousehold(w.as(family.keeper), family.id)
		w.refuses(domain.ErrErased, err)
		_, err = w.OpenCompanion(w.as(herself.desk), herself.id)
		w.refuses(domain.ErrErased, err)
		if s := w.stands(gone); s.Pairing != "closed" || s.Child != "erased" {
			t.Errorf("%+v", s)
		}
		if s := w.stands(kept); s.Child != "paired" {
			t.Errorf("of who was not erased: %+v", s)
		}
		if n := w.count(`SELECT count(*) FROM children WHERE state = 'erased' AND (sealed <> '' OR circle IS NOT NULL OR paper_index IS NOT NULL)`); n != 0 {
			t.Errorf("%d left something behind", n)
		}
		verifies(w)
	}
	isGone(w)

	t.Run("a backup without keys, and the newest keys", func(t *testing.T) {
		back := w.restored(withoutKeys, newestKeys)
		w.refuses(domain.ErrErased, opens(back, gone)) // there is no key to be had, list or not
		again, err := back.EraseAgain(t.Context(), list)
		if err != nil || again != 0 {
			t.Errorf("%d keys were there again, %v", again, err)
		}
		isGone(back)
	})
	t.Run("a backup with the keys of its day", func(t *testing.T) {
		back := w.restored(whole, "")
		none := erased.At(filepath.Join(t.TempDir(), "lost"))
		_, err := back.EraseAgain(t.Context(), none)
		w.must(err)
		if err := opens(back, gone); err != nil {
			t.Errorf("without the list the child is not back, so nothing is tested: %v", err)
		}
		began := time.Now()
		again, err := back.EraseAgain(t.Context(), list)
		if err != nil || again != 3 {
			t.Errorf("%d keys were there again, %v", again, err)
		}
		t.Logf("%d of %d records erased again in %s, before anybody is served", again, back.count(`SELECT count(*) FROM data_keys`), time.Since(began).Round(time.Millisecond))
		isGone(back)
		if again, err := back.again().EraseAgain(t.Context(), list); err != nil || again != 0 {
			t.Errorf("at the next start %d, %v", again, err)
		}
	})
}

// The same without a backup: keys that were destroyed are there again.
func TestErasedAgain(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	path := filepath.Join(t.TempDir(), "pairings-erased.jsonl")
	list := erased.At(path)
	p := w.begun()
	const keys = `SELECT wrapped FROM data_keys WHERE subject_id = $1`
	var wrapped []byte
	w.must(w.db.Owner(t).Get(&wrapped, keys, p.child))
	restore := func() {
		_, err := w.db.Owner(t).Exec(`UPDATE data_keys SET wrapped = $2, destroyed_at = NULL, destroyed_by = NULL, reason = NULL WHERE subject_id = $1`, p.child, wrapped)
		w.must(err)
	}
	_, err := w.db.Owner(t).Exec(`SELECT destroy_key($1, $2, '监护人要求删除', $3)`, p.child, p.mine.VolunteerID, w.clock.Now())
	w.must(err)
	w.must(w.KeepErased(list)(t.Context()))
	restore()
	_, err = w.OpenChild(w.as(p.mine), p.child) // control: the key opens what is still there
	w.must(err)

	t.Run("whoever is in the list is erased again, as it was said then", func(t *testing.T) {
		again, err := w.again().EraseAgain(t.Context(), list)
		if err != nil || again != 1 {
			t.Errorf("%d, %v", again, err)
		}
		_, err = w.OpenChild(w.as(p.mine), p.child)
		w.refuses(domain.ErrErased, err)
		w.is(p, stands{"closed", "consent_ended", "erased"})
		if n := w.count(`SELECT count(*) FROM data_keys WHERE reason = '监护人要求删除' AND destroyed_by = $1`, p.mine.VolunteerID); n != 1 {
			t.Error("why is forgotten")
		}
	})
	t.Run("who is in it stays in it, whatever the database says", func(t *testing.T) {
		restore()
		w.must(w.again().KeepErased(list)(t.Context()))
		if lines, err := list.Read(); err != nil || len(lines) != 1 || lines[p.child].Reason == "" {
			t.Errorf("%v, %v", lines, err)
		}
	})
	t.Run("only its owner reads it, and it names nobody", func(t *testing.T) {
		info, err := os.Stat(path)
		w.must(err)
		if info.Mode().Perm() != 0o600 {
			t.Error(info.Mode())
		}
	})
	t.Run("damaged, nobody is served", func(t *testing.T) {
		content, err := os.ReadFile(path)
		w.must(err)
		w.must(os.WriteFile(path, content[:len(content)/2], 0o600))
		if _, err := w.again().EraseAgain(t.Context(), list); err == nil {
			t.Error("it starts all the same")
		}
		if err := w.again().KeepErased(list)(t.Context()); err == nil {
			t.Error("and writes over it")
		}
	})
}

// forgets erases the account of a companion parent.
func (w *town) forgets(p applicant) {
	w.t.Helper()
	w.inTx(func(q postgres.Querier) error {
		return w.LearnPeople(w.t.Context(), q, []teamsv1.VolunteerChanged{{VolunteerID: p.VolunteerID, Erased: true, Version: 9}})
	})
}
