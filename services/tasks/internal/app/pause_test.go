package app_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// officer returns a context of somebody with a role over a region.
func (w *town) officer(role, regionPath string) context.Context {
	return auth.With(w.t.Context(), auth.Principal{VolunteerID: id.New(), Grants: []auth.Grant{{Role: role, RegionPath: regionPath}}})
}

// flood is a pause of the town's county for a day.
func (w *town) flood() app.NewPause {
	return app.NewPause{RegionPath: "4106/410611/", Until: w.clock.Now().Add(24 * time.Hour), Reason: "防汛"}
}

func (w *town) stateOf(shiftID string) domain.ShiftState {
	w.t.Helper()
	s, err := w.FindPresence(w.as(w.leader), shiftID)
	w.must(err)
	return s.State
}

func TestPauseShifts(t *testing.T) {
	t.Parallel()
	t.Run("everything of the region and the period is held back, everybody hears of it, and it comes back", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		officer := w.officer("coordinator", "4106/")
		near := w.givenShift(nil)
		later := w.givenShift(func(n *app.NewTask) {
			n.Shifts[0].StartsAt, n.Shifts[0].EndsAt = n.Shifts[0].StartsAt.AddDate(0, 0, 7), n.Shifts[0].EndsAt.AddDate(0, 0, 7)
		})
		v := w.signUp(near)
		w.signUp(later)
		shifts, people, err := w.CountPausable(officer, w.flood())
		w.must(err)
		pause, err := w.PauseShifts(officer, w.flood())
		w.must(err)
		if shifts != 1 || people != 1 || pause.Shifts != 1 || pause.People != 1 {
			t.Errorf("foreseen %d, %d; held back %d, %d", shifts, people, pause.Shifts, pause.People)
		}
		if got := w.stateOf(near.ID); got != domain.ShiftPaused {
			t.Errorf("near: %s", got)
		}
		if got := w.stateOf(later.ID); got != domain.ShiftOpen {
			t.Errorf("later: %s", got)
		}
		if _, err := w.SignUp(w.as(id.New()), near.ID); !errors.Is(err, domain.ErrShiftPaused) {
			t.Errorf("sign-up: %v", err)
		}
		if _, err := w.scan(v, near, domain.ClaimIn); !errors.Is(err, domain.ErrShiftPaused) {
			t.Errorf("check-in: %v", err)
		}
		if _, err := w.FindCode(w.as(w.leader), near.ID); !errors.Is(err, domain.ErrShiftPaused) {
			t.Errorf("code: %v", err)
		}
		want := map[string][]tasksv1.NoticeKind{v: {tasksv1.NoticeTaskPaused}, w.leader: {tasksv1.NoticeLedPaused}, w.deputy: {tasksv1.NoticeLedPaused}}
		if diff := cmp.Diff(want, w.notices()); diff != "" {
			t.Errorf("heard (-want +got):\n%s", diff)
		}

		w.clock.Leap(9 * time.Minute)
		if !pause.Undoable(w.clock.Now()) || pause.Undoable(w.clock.Now().Add(2*time.Minute)) {
			t.Error("a pause can be undone for ten minutes")
		}
		ended, err := w.EndPause(officer, pause.ID)
		w.must(err)
		if ended.Resumed != 1 || w.stateOf(near.ID) != domain.ShiftOpen {
			t.Errorf("resumed %d, %s", ended.Resumed, w.stateOf(near.ID))
		}
		if got := w.notices()[v]; len(got) != 2 || got[1] != tasksv1.NoticeTaskResumed {
			t.Errorf("heard %v", got)
		}
		again, err := w.EndPause(officer, pause.ID)
		w.must(err)
		if diff := cmp.Diff(ended, again); diff != "" || len(w.notices()[v]) != 2 {
			t.Errorf("a second end: %s, heard %v", diff, w.notices()[v])
		}
	})
	t.Run("it takes a coordinator or an administrator of the region", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		for _, who := range []context.Context{w.as(w.leader), w.officer("viewer", "4106/"), w.officer("coordinator", "4106/410621/"), w.officer("child_care", "4106/410611/")} {
			if _, err := w.PauseShifts(who, w.flood()); !errors.Is(err, domain.ErrNoPauser) {
				t.Errorf("pausing: %v", err)
			}
		}
		pause, err := w.PauseShifts(w.officer("administrator", "4106/410611/"), w.flood())
		w.must(err)
		if _, err := w.EndPause(w.officer("coordinator", "4106/410621/"), pause.ID); !errors.Is(err, domain.ErrNoSuchPause) {
			t.Errorf("ending: %v", err)
		}
		seen, err := w.ListPauses(w.officer("viewer", "4106/"))
		w.must(err)
		elsewhere, err := w.ListPauses(w.officer("viewer", "4106/410621/"))
		w.must(err)
		if len(seen) != 1 || len(elsewhere) != 0 {
			t.Errorf("seen %d, elsewhere %d", len(seen), len(elsewhere))
		}
	})
	t.Run("what another pause holds back as well stays, and what has passed does not come back", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		officer := w.officer("administrator", "4106/")
		shift := w.givenShift(nil)
		first, err := w.PauseShifts(officer, w.flood())
		w.must(err)
		second, err := w.PauseShifts(officer, app.NewPause{RegionPath: "4106/", Until: w.clock.Now().Add(24 * time.Hour), Reason: "高温"})
		w.must(err)
		ended, err := w.EndPause(officer, first.ID)
		w.must(err)
		if ended.Resumed != 0 || w.stateOf(shift.ID) != domain.ShiftPaused {
			t.Errorf("resumed %d, %s", ended.Resumed, w.stateOf(shift.ID))
		}
		w.clock.Leap(12 * time.Hour)
		ended, err = w.EndPause(officer, second.ID)
		w.must(err)
		if ended.Resumed != 0 || w.stateOf(shift.ID) != domain.ShiftPaused {
			t.Errorf("after it has passed: resumed %d, %s", ended.Resumed, w.stateOf(shift.ID))
		}
	})
	t.Run("nothing is posted or moved into a pause", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		far := w.givenShift(func(n *app.NewTask) {
			n.Shifts[0].StartsAt, n.Shifts[0].EndsAt = n.Shifts[0].StartsAt.AddDate(0, 0, 7), n.Shifts[0].EndsAt.AddDate(0, 0, 7)
		})
		_, err := w.PauseShifts(w.officer("administrator", "4106/"), w.flood())
		w.must(err)
		c := w.saying(far)
		c.Shifts[0].StartsAt, c.Shifts[0].EndsAt = far.StartsAt.AddDate(0, 0, -7), far.EndsAt.AddDate(0, 0, -7)
		if _, err := w.ChangeTask(w.as(w.leader), far.TaskID, c); !errors.Is(err, domain.ErrRegionPaused) {
			t.Errorf("moving: %v", err)
		}
		draft, err := w.CreateTask(w.as(w.leader), app.NewTask{TeamID: w.team, ProgrammeID: w.programme, Details: c.Details, Shifts: []app.NewShift{c.Shifts[0].NewShift}})
		w.must(err)
		if _, err := w.PublishTask(w.as(w.leader), draft.ID); !errors.Is(err, domain.ErrRegionPaused) {
			t.Errorf("publishing: %v", err)
		}
	})
	t.Run("who is there when it is paused goes home, and is confirmed", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		shift := w.givenShift(nil)
		v := w.signUp(shift)
		w.clock.Leap(30 * time.Minute)
		_, err := w.scan(v, shift, domain.ClaimIn)
		w.must(err)
		_, err = w.PauseShifts(w.officer("administrator", "4106/"), w.flood())
		w.must(err)
		w.clock.Leap(20 * time.Minute)
		_, err = w.scan(v, shift, domain.ClaimOut)
		w.must(err)
		roster, err := w.ConfirmShift(w.as(w.leader), shift.ID, app.Confirmation{})
		w.must(err)
		if roster.Counts.Confirmed != 1 || roster.Lines[0].Attendance.Minutes != 20 {
			t.Errorf("confirmed %+v", roster.Counts)
		}
	})
	t.Run("a sign-up in the same moment is either told of the pause or refused", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		officer := w.officer("administrator", "4106/")
		for range 5 {
			shift := w.givenShift(nil)
			people := make([]string, 8)
			results := make([]error, len(people))
			var all sync.WaitGroup
			for i := range people {
				people[i] = id.New()
				all.Go(func() { _, results[i] = w.SignUp(w.as(people[i]), shift.ID) })
			}
			var pause domain.Pause
			all.Go(func() { pause, _ = w.PauseShifts(officer, w.flood()) })
			all.Wait()
			heard := w.notices()
			for i, v := range people {
				if told := len(heard[v]) == 1; told != (results[i] == nil) {
					t.Errorf("signed up: %v, told: %v", results[i], told)
				}
			}
			_, err := w.EndPause(officer, pause.ID)
			w.must(err)
		}
	})
}

// TestPauseIsOneStep holds back as much as a county has in a bad week: a few
// statements, not one for each shift or person. How long that takes is told and
// not judged: other tests load the machine.
func TestPauseIsOneStep(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	ctx := t.Context()
	teams := make([]teamsv1.TeamChanged, 200)
	for i := range teams {
		teams[i] = teamsv1.TeamChanged{TeamID: id.New(), Name: fmt.Sprint("队", i), RegionPath: "4106/410621/410621100/", State: "active", Version: 1}
	}
	w.must(w.db.InTx(ctx, func(q postgres.Querier) error { return w.RememberTeams(ctx, q, teams) }))
	owner := w.db.Owner(t)
	const fill = `
		WITH t AS (
			INSERT INTO tasks (id, team_id, programme_id, created_by, title, description, place, latitude, longitude, risks, risky, insurance, bring, contact_name, contact_phone, state, created_at, published_at, version)
			SELECT gen_random_uuid(), k.team_id, $1, $2, '巡河', '', '岸边', 0, 0, '防滑', false, '', '', '王', '1', 'published', $3, $3, 2
			FROM known_teams k, generate_series(1, 2)
			WHERE k.region_path LIKE '4106/410621/%'
			RETURNING id
		), s AS (
			INSERT INTO shifts (id, task_id, starts_at, ends_at, capacity, taken, key, state, people_served, version)
			SELECT gen_random_uuid(), t.id, $3::timestamptz + n * interval '3 hours', $3::timestamptz + n * interval '3 hours' + interval '2 hours', 20, 10, '\x00', 'open', 0, 1
			FROM t, generate_series(1, 5) n
			RETURNING id
		)
		INSERT INTO sign_ups (id, shift_id, volunteer_id, state, signed_up_at, reason, version)
		SELECT gen_random_uuid(), s.id, gen_random_uuid(), 'confirmed', $3, '', 1
		FROM s, generate_series(1, 10)`
	_, err := owner.Exec(fill, w.programme, w.leader, w.clock.Now())
	w.must(err)
	_, err = owner.Exec(`ANALYZE`)
	w.must(err)

	began := time.Now()
	pause, err := w.PauseShifts(w.officer("coordinator", "4106/410621/"), app.NewPause{RegionPath: "4106/410621/", Until: w.clock.Now().Add(48 * time.Hour), Reason: "防汛"})
	w.must(err)
	took := time.Since(began)
	t.Logf("%d shifts and %d sign-ups held back in %v", pause.Shifts, pause.People, took)
	if pause.Shifts != 2000 || pause.People != 20_000 {
		t.Errorf("held back %d shifts, %d sign-ups", pause.Shifts, pause.People)
	}
}
