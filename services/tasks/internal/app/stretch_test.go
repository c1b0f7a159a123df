package app_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
)

// givenPeriod publishes a task without fixed hours, of this Monday to the 30th.
func (w *town) givenPeriod() app.ShiftView {
	w.t.Helper()
	return w.givenShift(func(n *app.NewTask) {
		n.Details.Title = "陪伴电话"
		n.Shifts = []app.NewShift{{OpenFrom: w.clock.Now(), StartsAt: w.clock.Now(), EndsAt: w.clock.Now().AddDate(0, 0, 7), Capacity: 5}}
	})
}

func TestOpenPeriod(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	s := w.givenPeriod()
	hour := time.Hour
	monday := s.OpenFrom
	her := w.signUp(s)
	record := func(who string, from, length time.Duration) (app.ClaimResult, error) {
		return w.EnterAttendance(w.as(who), app.NewAttendance{ShiftID: s.ID, Period: domain.Period{From: monday.Add(from), To: monday.Add(from + length)}, Reason: "给三位老人打了电话"})
	}
	t.Run("it stands in no way of a shift with hours, on its last day neither", func(t *testing.T) {
		last := w.givenShift(func(n *app.NewTask) {
			n.Shifts = []app.NewShift{{StartsAt: s.StartsAt.Add(9 * hour), EndsAt: s.StartsAt.Add(11 * hour), Capacity: 5}}
		})
		_, err := w.SignUp(w.as(her), last.ID)
		w.must(err)
		mine, err := w.ListShifts(w.as(her), domain.ListingFilter{OnlyMine: true})
		w.must(err)
		if len(mine) != 2 {
			t.Errorf("%d shifts that she can take part in, want both", len(mine))
		}
	})
	t.Run("several days, each its own record; twice at once is once", func(t *testing.T) {
		w.leapTo(monday.Add(3*24*hour + 20*hour)) // Thursday evening
		for _, from := range []time.Duration{9 * hour, 33 * hour, 57 * hour} {
			_, err := record(her, from, 90*time.Minute)
			w.must(err)
		}
		var all sync.WaitGroup
		var good, refused int
		var mu sync.Mutex
		for range 8 {
			all.Go(func() {
				_, err := record(her, 3*24*hour+9*hour, hour)
				mu.Lock()
				defer mu.Unlock()
				if err == nil {
					good++
				} else if errors.Is(err, domain.ErrStretchOverlap) {
					refused++
				}
			})
		}
		all.Wait()
		if good != 1 || refused != 7 {
			t.Errorf("%d records, %d refused", good, refused)
		}
		if _, err := record(her, 3*24*hour+10*hour, 8*hour); !errors.Is(err, domain.ErrDayFull) {
			t.Errorf("nine hours a day: %v", err)
		}
		if _, err := record(w.leader, 9*hour, hour); !errors.Is(err, domain.ErrNotSignedUp) {
			t.Errorf("without a seat: %v", err)
		}
	})
	t.Run("nothing fires that is for shifts with hours: reminders, forgotten check-outs, turns", func(t *testing.T) {
		before := len(w.told())
		w.leapTo(s.StartsAt.Add(-4 * hour)) // 20:00 of the day before the last one
		w.must(w.DoDuties(t.Context()))
		if n := w.count(`SELECT count(*) FROM outbox WHERE subject = 'tasks.v1.notice.due' AND body->>'shift_id' = $1 AND body->>'kind' IN ('shift.tomorrow', 'shift.soon', 'attendance.forgotten')`, s.ID); n != 0 {
			t.Errorf("%d such notices (%d told before)", n, before)
		}
		if _, err := w.FindCode(w.as(w.leader), s.ID); !errors.Is(err, domain.ErrNoFixedHours) {
			t.Errorf("a code: %v", err)
		}
		if _, err := w.scan(her, s, domain.ClaimIn); !errors.Is(err, domain.ErrNoFixedHours) {
			t.Errorf("a check-in: %v", err)
		}
	})
	t.Run("the leader accepts; each counts once, and it stays open until its end", func(t *testing.T) {
		roster, err := w.FindRoster(w.as(w.leader), s.ID)
		w.must(err)
		var c app.Confirmation
		for _, l := range roster.Lines {
			if l.Attendance != nil {
				c.Decisions = append(c.Decisions, app.Decision{AttendanceID: l.Attendance.ID, Verdict: app.VerdictAccept})
			}
		}
		if len(c.Decisions) != 4 || roster.Counts.SignedUp != 1 {
			t.Fatalf("%d lines to accept, %+v", len(c.Decisions), roster.Counts)
		}
		for range 2 {
			_, err = w.ConfirmShift(w.as(w.leader), s.ID, app.Confirmation{})
			w.must(err)
		}
		_, err = w.ConfirmShift(w.as(w.leader), s.ID, c)
		w.must(err)
		var minutes []int
		w.must(w.db.Owner(t).Select(&minutes, `SELECT (body->>'minutes')::int FROM outbox WHERE subject = 'tasks.v1.attendance.confirmed' ORDER BY (body->>'from')`))
		if diff := cmp.Diff([]int{90, 90, 90, 60}, minutes); diff != "" {
			t.Errorf("minutes told (-want +got):\n%s", diff)
		}
		view, err := w.FindPresence(w.as(her), s.ID)
		w.must(err)
		if view.State != domain.ShiftOpen || len(view.Stretches) != 4 || view.Stretches[0].Verification != domain.VerificationD {
			t.Errorf("%s, %+v", view.State, view.Stretches)
		}
		quiet := w.signUp(s) // who did nothing is no no-show
		w.leapTo(s.EndsAt.Add(hour))
		_, err = w.ConfirmShift(w.as(w.leader), s.ID, app.Confirmation{PeopleServed: 12})
		w.must(err)
		if u := w.standing(quiet, s); u.State != domain.SignUpConfirmed {
			t.Errorf("who did nothing is %s", u.State)
		}
		if n := w.count(`SELECT count(*) FROM shifts WHERE id = $1 AND state = 'confirmed'`, s.ID); n != 1 {
			t.Error("it is not settled after its end")
		}
	})
}
