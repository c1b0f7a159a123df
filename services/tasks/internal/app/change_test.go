package app_test

import (
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/store"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/id"
)

// notices returns what the outbox tells people of, by person.
func (w *town) notices() map[string][]tasksv1.NoticeKind {
	w.t.Helper()
	var bodies []string
	w.must(w.db.Owner(w.t).Select(&bodies, `SELECT body::text FROM outbox WHERE subject = 'tasks.v1.notice.due' ORDER BY tx, id`))
	heard := map[string][]tasksv1.NoticeKind{}
	for _, b := range bodies {
		var n tasksv1.NoticeDue
		w.must(json.Unmarshal([]byte(b), &n))
		heard[n.VolunteerID] = append(heard[n.VolunteerID], n.Kind)
	}
	return heard
}

// saying is what the task of a shift says, and its one shift, as a change that changes nothing.
func (w *town) saying(s app.ShiftView) app.TaskChange {
	w.t.Helper()
	task, err := w.FindTask(w.as(w.leader), s.TaskID)
	w.must(err)
	return app.TaskChange{ProgrammeID: task.ProgrammeID, Details: task.Details, Shifts: []app.ShiftChange{
		{ShiftID: s.ID, NewShift: app.NewShift{StartsAt: s.StartsAt, EndsAt: s.EndsAt, Capacity: s.Capacity}},
	}}
}

func TestChangeTask(t *testing.T) {
	t.Parallel()
	t.Run("a new time and place reach everybody signed up, once, but for who withdrew and who did it", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		shift := w.givenShift(nil)
		first, second, gone := w.signUp(shift), w.signUp(shift), w.signUp(shift)
		_, err := w.SignUp(w.as(w.leader), shift.ID)
		w.must(err)
		u, err := w.SignUp(w.as(gone), shift.ID)
		w.must(err)
		_, err = w.WithdrawSignUp(w.as(gone), u.ID, "有事")
		w.must(err)

		c := w.saying(shift)
		c.Details.Place = "淇水湾西门"
		c.Shifts[0].StartsAt, c.Shifts[0].EndsAt = shift.StartsAt.Add(time.Hour), shift.EndsAt.Add(time.Hour)
		c.Shifts = append(c.Shifts, app.ShiftChange{NewShift: app.NewShift{StartsAt: shift.StartsAt.AddDate(0, 0, 7), EndsAt: shift.EndsAt.AddDate(0, 0, 7), Capacity: 5}})
		task, err := w.ChangeTask(w.as(w.deputy), shift.TaskID, c)
		w.must(err)
		if task.Place != "淇水湾西门" || len(task.Shifts) != 2 || !task.Shifts[0].StartsAt.Equal(shift.StartsAt.Add(time.Hour)) {
			t.Errorf("task = %s, %d shifts, %v", task.Place, len(task.Shifts), task.Shifts[0].StartsAt)
		}
		once := []tasksv1.NoticeKind{tasksv1.NoticeTaskChanged}
		heard := w.notices()
		for v, kinds := range heard { // the leaders hear of the late withdrawal as well
			heard[v] = slices.DeleteFunc(kinds, func(k tasksv1.NoticeKind) bool { return k != tasksv1.NoticeTaskChanged })
		}
		maps.DeleteFunc(heard, func(_ string, kinds []tasksv1.NoticeKind) bool { return len(kinds) == 0 })
		if diff := cmp.Diff(map[string][]tasksv1.NoticeKind{first: once, second: once, w.leader: once}, heard); diff != "" {
			t.Errorf("heard (-want +got):\n%s", diff)
		}
	})
	t.Run("a better description troubles nobody, nor does one more seat", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		shift := w.givenShift(nil)
		w.signUp(shift)
		c := w.saying(shift)
		c.Details.Description, c.Shifts[0].Capacity = "自带水杯", 11
		task, err := w.ChangeTask(w.as(w.leader), shift.TaskID, c)
		w.must(err)
		if len(w.notices()) != 0 || task.Shifts[0].Capacity != 11 {
			t.Errorf("heard %v, capacity %d", w.notices(), task.Shifts[0].Capacity)
		}
	})
	t.Run("a draft becomes what is given, is listed, and can be thrown away", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		shift := w.givenShift(nil) // something published beside it
		draft, err := w.CreateTask(w.as(w.leader), app.NewTask{TeamID: w.team, ProgrammeID: w.programme, Details: domain.Details{Title: "草稿"}})
		w.must(err)
		c := w.saying(shift)
		c.Shifts[0].ShiftID = ""
		changed, err := w.ChangeTask(w.as(w.leader), draft.ID, c)
		w.must(err)
		if len(changed.Shifts) != 1 || changed.Title != "淇河岸边捡拾垃圾" {
			t.Errorf("draft = %q, %d shifts", changed.Title, len(changed.Shifts))
		}
		led, err := w.ListLedTasks(w.as(w.deputy))
		w.must(err)
		if len(led) != 2 || led[0].ID != draft.ID || led[0].State != domain.TaskDraft || led[1].ID != shift.TaskID {
			t.Errorf("led = %+v", led)
		}
		if err := w.DiscardDraft(w.as(w.leader), shift.TaskID); !errors.Is(err, domain.ErrNotADraft) {
			t.Errorf("throwing away what is published: %v", err)
		}
		w.must(w.DiscardDraft(w.as(w.leader), draft.ID))
		if _, err := w.FindTask(w.as(w.leader), draft.ID); !errors.Is(err, store.ErrNoSuchTask) {
			t.Errorf("afterwards: %v", err)
		}
	})
	t.Run("a shift of another task is no shift of this one", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		shift, other := w.givenShift(nil), w.givenShift(nil)
		c := w.saying(shift)
		for _, shiftID := range []string{other.ID, id.New()} {
			c.Shifts[0].ShiftID = shiftID
			if _, err := w.ChangeTask(w.as(w.leader), shift.TaskID, c); !errors.Is(err, domain.ErrNotPublished) {
				t.Errorf("err = %v", err)
			}
		}
	})
	t.Run("the times of a shift in which somebody has checked in are fixed", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		shift := w.givenShift(nil)
		v := w.signUp(shift)
		_, err := w.scan(v, shift, domain.ClaimIn)
		w.must(err)
		c := w.saying(shift)
		c.Shifts[0].EndsAt = shift.EndsAt.Add(time.Hour)
		if _, err := w.ChangeTask(w.as(w.leader), shift.TaskID, c); !errors.Is(err, domain.ErrTimesFixed) {
			t.Errorf("err = %v", err)
		}
	})
}

func TestCancel(t *testing.T) {
	t.Parallel()
	t.Run("a cancelled shift accepts nothing, tells everybody, and stays with its reason", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		shift := w.givenShift(nil)
		v := w.signUp(shift)
		ticket := w.ticket(shift)
		_, err := w.CancelShift(w.as(w.leader), shift.ID, "大雨")
		w.must(err)
		if _, err := w.SignUp(w.as(id.New()), shift.ID); !errors.Is(err, domain.ErrShiftCancelled) {
			t.Errorf("sign-up: %v", err)
		}
		claim := app.NewClaim{ClaimID: id.New(), ShiftID: shift.ID, Kind: domain.ClaimIn, Ticket: ticket}
		if _, err := w.CreateClaim(w.as(v), claim); !errors.Is(err, domain.ErrShiftCancelled) {
			t.Errorf("check-in: %v", err)
		}
		if _, err := w.FindCode(w.as(w.leader), shift.ID); !errors.Is(err, domain.ErrShiftCancelled) {
			t.Errorf("code: %v", err)
		}
		if _, err := w.ConfirmShift(w.as(w.leader), shift.ID, app.Confirmation{}); !errors.Is(err, domain.ErrShiftCancelled) {
			t.Errorf("confirming: %v", err)
		}
		if got := w.notices()[v]; len(got) != 1 || got[0] != tasksv1.NoticeTaskCancelled {
			t.Errorf("heard %v", got)
		}
		mine, err := w.ListMyShifts(w.as(v), domain.ListingFilter{Limit: 10})
		w.must(err)
		if len(mine) != 1 || mine[0].State != domain.ShiftCancelled || mine[0].Reason != "大雨" {
			t.Errorf("my shifts = %+v", mine)
		}
		open, err := w.ListShifts(w.as(v), domain.ListingFilter{Limit: 10})
		w.must(err)
		if len(open) != 0 {
			t.Errorf("it can still be found: %+v", open)
		}
		other := w.givenShift(nil) // at the same time: a cancelled one is in nobody's way
		if _, err := w.SignUp(w.as(v), other.ID); err != nil {
			t.Errorf("another at the same time: %v", err)
		}
	})
	t.Run("a task is called off but for the shift in which people are present", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		running := w.givenShift(func(n *app.NewTask) {
			next := n.Shifts[0]
			next.StartsAt, next.EndsAt = next.StartsAt.AddDate(0, 0, 7), next.EndsAt.AddDate(0, 0, 7)
			n.Shifts = append(n.Shifts, next)
		})
		v := w.signUp(running)
		_, err := w.scan(v, running, domain.ClaimIn)
		w.must(err)
		if _, err := w.CancelShift(w.as(w.leader), running.ID, "大雨"); !errors.Is(err, domain.ErrPeoplePresent) {
			t.Errorf("the running one: %v", err)
		}
		task, err := w.CancelTask(w.as(w.leader), running.TaskID, "大雨")
		w.must(err)
		if task.State != domain.TaskCancelled || task.Shifts[0].State != domain.ShiftOpen || task.Shifts[1].State != domain.ShiftCancelled {
			t.Errorf("task %s, shifts %s, %s", task.State, task.Shifts[0].State, task.Shifts[1].State)
		}
		only := w.givenShift(nil)
		_, err = w.scan(w.signUp(only), only, domain.ClaimIn)
		w.must(err)
		if _, err := w.CancelTask(w.as(w.leader), only.TaskID, "大雨"); !errors.Is(err, domain.ErrPeoplePresent) {
			t.Errorf("nothing else to call off: %v", err)
		}
		w.clock.Leap(time.Hour)
		_, err = w.scan(v, running, domain.ClaimOut)
		w.must(err)
		roster, err := w.ConfirmShift(w.as(w.leader), running.ID, app.Confirmation{})
		w.must(err)
		if roster.Counts.Confirmed != 1 {
			t.Errorf("confirmed %d", roster.Counts.Confirmed)
		}
	})
	t.Run("calling off and checking in at one moment: one of them wins, never both", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		for range 10 {
			shift := w.givenShift(nil)
			v := id.New()
			w.must(func() error { _, err := w.SignUp(w.as(v), shift.ID); return err }())
			ticket := w.ticket(shift)
			var in, off error
			var both sync.WaitGroup
			both.Go(func() {
				_, in = w.CreateClaim(w.as(v), app.NewClaim{ClaimID: id.New(), ShiftID: shift.ID, Kind: domain.ClaimIn, Ticket: ticket})
			})
			both.Go(func() { _, off = w.CancelShift(w.as(w.leader), shift.ID, "大雨") })
			both.Wait()
			if (in == nil) == (off == nil) {
				t.Fatalf("check-in: %v, calling off: %v", in, off)
			}
		}
	})
}
