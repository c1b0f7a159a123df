package app_test

import (
	"strings"
	"testing"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// The database itself keeps the ledger's rules, whatever the code does.
func TestLedgerInTheDatabase(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	w.credit(w.attendance())
	owner := w.db.Owner(t)

	changes := map[string]string{
		"UPDATE":            "UPDATE entries SET minutes = 1",
		"UPDATE of nothing": "UPDATE entries SET minutes = minutes",
		"DELETE":            "DELETE FROM entries",
		"TRUNCATE":          "TRUNCATE entries CASCADE",
	}
	for name, statement := range changes {
		t.Run(name+" is refused to the run-time role", func(t *testing.T) {
			err := w.db.InTx(t.Context(), func(q postgres.Querier) error {
				_, err := q.ExecContext(t.Context(), statement)
				return err
			})
			if err == nil || !strings.Contains(err.Error(), "permission denied") {
				t.Errorf("error = %v, want permission denied", err)
			}
		})
		t.Run(name+" is refused even to the owner", func(t *testing.T) {
			if _, err := owner.Exec(statement); err == nil || !strings.Contains(err.Error(), "never changed") {
				t.Errorf("error = %v, want that of the trigger", err)
			}
		})
	}
	t.Run("the run-time role can neither drop nor switch off what protects the ledger", func(t *testing.T) {
		for _, statement := range []string{
			"DROP TRIGGER entries_are_for_ever ON entries", "ALTER TABLE entries DISABLE TRIGGER ALL", "DROP TABLE entries",
			"INSERT INTO entries (tx) VALUES ('1')", "SET session_replication_role = replica",
		} {
			err := w.db.InTx(t.Context(), func(q postgres.Querier) error {
				_, err := q.ExecContext(t.Context(), statement)
				return err
			})
			if err == nil {
				t.Errorf("%s succeeded", statement)
			}
		}
	})
	for name, c := range map[string]struct{ constraint, set string }{
		"one's own confirmation":                {"entries_own_check", "volunteer_id = confirmed_by"},
		"more minutes than there were":          {"entries_minutes_check", "minutes = 121"},
		"more than a day":                       {"entries_minutes_check", "minutes = 1441, ended_at = started_at + interval '3 days'"},
		"a negative service":                    {"entries_sign_check", "minutes = -120"},
		"a positive reversal":                   {"entries_sign_check", "kind = 'reversal'"},
		"a service that counts as training":     {"entries_account_check", "account = 'training'"},
		"a kind that is none":                   {"entries_kind_check", "kind = 'bonus'"},
		"a proof that is none":                  {"entries_verification_check", "verification = 'E'"},
		"a reversal of an attendance":           {"entries_source_kind_check", "kind = 'reversal', minutes = -120"},
		"a reversal of nothing":                 {"entries_reversal_check", "kind = 'reversal', minutes = -120, source_kind = 'entry'"},
		"a line after no correction":            {"entries_adjustment_check", "kind = 'adjustment', source_kind = 'correction'"},
		"a source that is none":                 {"entries_source_kind_check", "source_kind = 'gift'"},
		"settling after a month":                {"entries_settles_check", "settles_on = settles_on + 30"},
		"settling before it is posted":          {"entries_settles_check", "settles_on = settles_on - 8"},
		"an end before the start":               {"entries_interval_check", "ended_at = started_at - interval '1 hour'"},
		"a second line for the same attendance": {"entries_source_key", "minutes = minutes"},
	} {
		t.Run(name+" is refused by the database", func(t *testing.T) {
			err := insertChanged(t, owner, c.set, c.constraint != "entries_source_key")
			if !postgres.Violated(err, c.constraint) {
				t.Errorf("error = %v, want a violation of %s", err, c.constraint)
			}
		})
	}
	t.Run("the control, a line that breaks no rule, is accepted", func(t *testing.T) {
		w.must(insertChanged(t, owner, "title = title", true))
		w.must(insertChanged(t, owner, "kind = 'reversal', minutes = -120, source_kind = 'entry', source_id = (SELECT id FROM entries LIMIT 1)", false))
	})
}

// insertChanged inserts a copy of the first line with another id and the changes made.
func insertChanged(t *testing.T, owner *sqlx.DB, set string, newSource bool) error {
	t.Helper()
	source := ""
	if newSource {
		source = "source_id = '" + id.New() + "', "
	}
	tx := owner.MustBegin()
	defer func() { _ = tx.Rollback() }()
	tx.MustExec("CREATE TEMP TABLE line ON COMMIT DROP AS SELECT * FROM entries ORDER BY seq LIMIT 1")
	tx.MustExec("UPDATE line SET id = '" + id.New() + "', " + source + set)
	_, err := tx.Exec(`
		INSERT INTO entries (id, volunteer_id, team_id, programme_id, region_path, reporting_unit, kind, account, verification,
			minutes, started_at, ended_at, source_kind, source_id, title, confirmed_by, confirmed_at, recorded_at, settles_on)
		SELECT id, volunteer_id, team_id, programme_id, region_path, reporting_unit, kind, account, verification,
			minutes, started_at, ended_at, source_kind, source_id, title, confirmed_by, confirmed_at, recorded_at, settles_on
		FROM line`)
	return err
}
