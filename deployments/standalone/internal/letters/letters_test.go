package letters_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/city"
	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/citytest"
	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/letters"
	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/site"
	"github.com/qihe-volunteers/qihe/shared/id"
)

func TestMain(m *testing.M) { os.Exit(citytest.Main(m)) }

// Two events that hours has given up: one that this release has nothing to do with any
// more, and one that cannot be read and never will.
func TestLetters(t *testing.T) {
	t.Parallel()
	data := citytest.Folder(t)
	citytest.Run(t, city.Options{Data: data})
	s, err := site.Open(t.Context(), data)
	if err != nil || !s.Runs {
		t.Fatalf("a city that runs is reached: %v", err)
	}
	good, bad := bury(t, s, "tasks.v1.shift.noted", `{}`), bury(t, s, "tasks.v1.attendance.confirmed", `{`)

	all, err := letters.List(t.Context(), s)
	if err != nil || len(all) != 2 || all[0].ID != good || all[1].ID != bad || all[0].Service != "hours" {
		t.Fatalf("listed: %+v, %v", all, err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	for _, l := range all {
		if err := letters.Ask(ctx, s, l); err != nil {
			t.Fatal(err)
		}
	}
	if l, err := letters.Await(ctx, s, good); err != nil || !l.Done {
		t.Errorf("what can be applied is applied: %+v, %v", l, err)
	}
	if l, err := letters.Await(ctx, s, bad); err != nil || l.Done || l.Attempts != 7 || l.Error == "as it was" {
		t.Errorf("what cannot says why: %+v, %v", l, err)
	}
	if all, err = letters.List(t.Context(), s); err != nil || len(all) != 1 || all[0].ID != bad {
		t.Errorf("still to be looked at: %+v, %v", all, err)
	}
	if _, err := letters.Find(t.Context(), s, id.New()); !errors.Is(err, letters.ErrNone) {
		t.Errorf("an unknown id: %v", err)
	}
}

// bury writes down an event that hours takes from tasks as one that was given up.
func bury(t *testing.T, s *site.Site, subject, body string) string {
	t.Helper()
	letterID := id.New()
	citytest.Change(t, s, "hours", fmt.Sprintf(`
		INSERT INTO dead_letters (id, consumer, event_id, subject, body, occurred_at, error, attempts)
		VALUES ('%s', 'hours-from-tasks', '%s', '%s', '%s', now(), 'as it was', 6)`, letterID, id.New(), subject, body))
	return letterID
}
