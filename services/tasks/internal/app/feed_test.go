package app_test

import (
	"errors"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/id"
)

var sequence = regexp.MustCompile(`SEQUENCE:(\d+)`)

// calendar returns the file under an address and the sequence of its first event.
func (w *town) calendar(secret string) (string, int) {
	w.t.Helper()
	file, err := w.FindCalendar(w.t.Context(), secret)
	w.must(err)
	n := 0
	if m := sequence.FindStringSubmatch(string(file)); m != nil {
		n, _ = strconv.Atoi(m[1])
	}
	return string(file), n
}

func TestFeeds(t *testing.T) {
	t.Parallel()
	t.Run("whoever signed up finds the shift, hears of changes, and of its end under the same UID", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		shift := w.givenShift(func(n *app.NewTask) {
			n.Shifts[0].StartsAt, n.Shifts[0].EndsAt = n.Shifts[0].StartsAt.Add(48*time.Hour), n.Shifts[0].EndsAt.Add(48*time.Hour)
		})
		v := w.signUp(shift)
		_, secret, err := w.RenewFeed(w.as(v), "")
		w.must(err)
		first, before := w.calendar(secret)
		if again, _ := w.calendar(secret); again != first {
			t.Error("asked again, nothing changed gives another file")
		}
		uid := "UID:" + shift.ID + "@qihe"
		if !strings.Contains(first, uid) || !strings.Contains(first, "DTSTART;TZID=Asia/Shanghai:20261125T090000") || strings.Contains(first, "王秀英") {
			t.Errorf("the calendar is\n%s", first)
		}
		_, err = w.ChangeTask(w.as(w.leader), shift.TaskID, app.TaskChange{ProgrammeID: w.programme, Details: domain.Details{
			Title: "淇河岸边捡拾垃圾", Place: "淇水湾西门", Risks: "岸边湿滑", ContactName: "王秀英", ContactPhone: "13800000000",
		}})
		w.must(err)
		moved, changed := w.calendar(secret)
		if changed <= before || !strings.Contains(moved, "LOCATION:淇水湾西门") {
			t.Errorf("sequence %d after %d in\n%s", changed, before, moved)
		}
		_, err = w.CancelShift(w.as(w.leader), shift.ID, "下雨")
		w.must(err)
		off, last := w.calendar(secret)
		if last <= changed || !strings.Contains(off, uid) || !strings.Contains(off, "STATUS:CANCELLED") {
			t.Errorf("sequence %d after %d in\n%s", last, changed, off)
		}
	})
	t.Run("a new address makes the one before worthless, and one that is revoked is gone", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		_, old, err := w.RenewFeed(w.as(w.leader), w.team)
		w.must(err)
		_, fresh, err := w.RenewFeed(w.as(w.deputy), w.team)
		w.must(err)
		if _, err := w.FindCalendar(t.Context(), old); !errors.Is(err, domain.ErrNoSuchFeed) {
			t.Errorf("the old address: %v", err)
		}
		w.givenShift(nil)
		if file, _ := w.calendar(fresh); !strings.Contains(file, "淇河岸边捡拾垃圾") {
			t.Errorf("the team's calendar is\n%s", file)
		}
		w.must(w.RevokeFeed(w.as(w.leader), w.team))
		if _, err := w.FindCalendar(t.Context(), fresh); !errors.Is(err, domain.ErrNoSuchFeed) {
			t.Errorf("revoked: %v", err)
		}
		var kept int
		w.must(w.db.Owner(t).Get(&kept, `SELECT count(*) FROM feeds WHERE encode(hash, 'escape') = $1`, fresh))
		if _, _, err := w.RenewFeed(w.as(id.New()), w.team); !errors.Is(err, domain.ErrNoSuchTeam) || kept != 0 {
			t.Errorf("somebody else makes one: %v; %d secrets are kept", err, kept)
		}
	})
}
