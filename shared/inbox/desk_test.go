package inbox_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/bus"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/inbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/testkit/pgtest"
)

// An administrator of the city sees what has stopped and why, and has it tried again;
// nobody else does.
func TestDesk(t *testing.T) {
	t.Parallel()
	db := givenDB(t)
	r := countingReceiver(db)
	buried := map[inbox.Cause]error{
		inbox.Fault:      fmt.Errorf("%w: not yet\nstack", bus.ErrPanic),
		inbox.Unreadable: json.Unmarshal([]byte(`{`), &credited{}),
		inbox.Refused:    fmt.Errorf("credit: %w", auth.ErrSecondFactor),
		inbox.Conflict:   violation(t, db),
		inbox.Unknown:    errors.New("strange"),
	}
	for cause, err := range buried {
		body := `{"who":"li","minutes":7,"version":1}`
		if cause == inbox.Unreadable {
			body = `{`
		}
		if err := r.Subscription("TEST").DeadLetter(t.Context(), delivery(body), err); err != nil {
			t.Fatal(err)
		}
	}
	city := auth.Principal{VolunteerID: id.New(), Strong: true, Grants: []auth.Grant{{Role: "administrator", RegionPath: "4106/"}}}
	d := listed(t, db, city)
	if d.Count != len(buried) || len(d.Letters) != len(buried) || len(d.Redriven) != 0 {
		t.Fatalf("listed: %+v", d)
	}
	for cause := range buried {
		if l := letterOf(d, cause); l.ID == "" || l.Waits || !l.AskedAt.IsZero() || l.Error == "panic: not yet\nstack" {
			t.Errorf("%s: %+v", cause, l)
		}
	}
	fault, unreadable := letterOf(d, inbox.Fault), letterOf(d, inbox.Unreadable)

	county, weak := city, city
	county.Grants = []auth.Grant{{Role: "administrator", RegionPath: "4106/410621/"}}
	weak.Strong = false
	if _, err := inbox.ListLetters(auth.With(t.Context(), county), db.DB); apperr.KindOf(err) != apperr.Forbidden {
		t.Errorf("a county's administrator: %v", err)
	}
	for who, err := range map[string]error{"a county's administrator": ask(t, db, county, fault.ID), "without a second factor": ask(t, db, weak, fault.ID)} {
		if apperr.KindOf(err) != apperr.Forbidden {
			t.Errorf("%s: %v", who, err)
		}
	}
	if err := ask(t, db, city, fault.ID, id.New()); apperr.KindOf(err) != apperr.Invalid {
		t.Errorf("one that does not exist: %v", err)
	}
	if n := count(t, db, `SELECT count(*) FROM redrives`); n != 0 {
		t.Errorf("%d are recorded, and none was asked for", n)
	}

	for range 2 { // a second tap asks for nothing more
		if err := ask(t, db, city, fault.ID, unreadable.ID, fault.ID); err != nil {
			t.Fatal(err)
		}
	}
	if l := letterOf(listed(t, db, city), inbox.Fault); !l.Waits || l.AskedBy != city.VolunteerID {
		t.Errorf("asked for: %+v", l)
	}
	if err := r.RedriveAsked(t.Context()); err != nil {
		t.Fatal(err)
	}
	d = listed(t, db, city)
	if len(d.Redriven) != 1 || d.Redriven[0].ID != fault.ID || d.Redriven[0].AskedBy != city.VolunteerID || d.Redriven[0].RedrivenAt.IsZero() {
		t.Errorf("applied: %+v", d.Redriven)
	}
	if l := letterOf(d, inbox.Unreadable); l.Waits || l.AskedAt.IsZero() || l.Attempts != unreadable.Attempts+1 {
		t.Errorf("failed again: %+v", l)
	}
	if !slices.Equal(d.Askers(), []string{city.VolunteerID}) || d.Count != len(buried)-1 {
		t.Errorf("%v, %d", d.Askers(), d.Count)
	}
	if n := count(t, db, `SELECT count(*) FROM redrives WHERE tried_at IS NOT NULL AND (error = '') = (letter_id = '`+fault.ID+`')`); n != 2 {
		t.Errorf("%d are recorded as tried, want 2", n)
	}
}

func listed(t *testing.T, db *pgtest.DB, as auth.Principal) inbox.Desk {
	t.Helper()
	d, err := inbox.ListLetters(auth.With(t.Context(), as), db.DB)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func ask(t *testing.T, db *pgtest.DB, as auth.Principal, ids ...string) error {
	t.Helper()
	return db.InTx(t.Context(), func(q postgres.Querier) error { return inbox.AskAgain(auth.With(t.Context(), as), q, ids) })
}

func letterOf(d inbox.Desk, c inbox.Cause) inbox.Letter {
	i := slices.IndexFunc(d.Letters, func(l inbox.Letter) bool { return l.Cause == c })
	if i < 0 {
		return inbox.Letter{}
	}
	return d.Letters[i]
}

// violation is what PostgreSQL says of a row that is there already.
func violation(t *testing.T, db *pgtest.DB) error {
	t.Helper()
	err := db.InTx(t.Context(), func(q postgres.Querier) error {
		for range 2 {
			if _, err := q.ExecContext(context.Background(), `INSERT INTO names VALUES ('li', 'x', 1)`); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		t.Fatal("the same row twice")
	}
	return err
}
