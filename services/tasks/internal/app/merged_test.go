package app_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/id"
)

func TestAnotherRecordOfOnes(t *testing.T) {
	t.Parallel()
	t.Run("what was begun under the record that went is hers: she sees it, checks in and withdraws", func(t *testing.T) {
		t.Parallel()
		for _, merged := range []bool{true, false} { // false: the control
			w := newTown(t)
			shift, later := w.givenShift(nil), w.givenShift(nil)
			before, her := w.signUp(shift), id.New()
			if merged {
				w.merge(map[string]string{"before": before, "her": her}, []teamsv1.VolunteerChanged{{VolunteerID: "before", MergedInto: "her", Version: 2}})
			}
			mine, err := w.ListMyShifts(w.as(her), domain.ListingFilter{})
			w.must(err)
			if got := len(mine) == 1 && mine[0].SignUp != nil && mine[0].SignUp.VolunteerID == before; got != merged {
				t.Errorf("merged %t: her list is %+v", merged, mine)
			}
			if _, err := w.SignUp(w.as(her), later.ID); (err != nil) != merged { // at the same time
				t.Errorf("merged %t: a second one at the same time: %v", merged, err)
			}
			if !merged {
				continue
			}
			again, err := w.SignUp(w.as(her), shift.ID)
			w.must(err)
			if again.ID != mine[0].SignUp.ID {
				t.Errorf("she got a second seat: %+v", again)
			}
			u, err := w.WithdrawSignUp(w.as(her), again.ID, "有事")
			w.must(err)
			if u.State != domain.SignUpWithdrawn || u.VolunteerID != before {
				t.Errorf("%+v", u)
			}
			back, err := w.SignUp(w.as(her), shift.ID)
			w.must(err)
			if back.VolunteerID != her {
				t.Errorf("signed up anew as %s", back.VolunteerID)
			}
		}
	})
	t.Run("a free seat passes over who is elsewhere at that time under another record", func(t *testing.T) {
		t.Parallel()
		for _, merged := range []bool{true, false} { // false: the control
			w := newTown(t)
			s, seated, line := w.full(72*time.Hour, 1, 2)
			elsewhere := w.shiftIn(72*time.Hour, 1)
			her := w.signUp(elsewhere)
			if merged {
				w.merge(map[string]string{"before": line[0], "her": her}, []teamsv1.VolunteerChanged{{VolunteerID: "before", MergedInto: "her", Version: 2}})
			}
			w.withdraw(seated[0], s)
			want := line[0]
			if merged {
				want = line[1]
			}
			if diff := cmp.Diff([]string{want}, w.offers(tasksv1.NoticeSeatOffered)); diff != "" {
				t.Errorf("merged %t (-want +got):\n%s", merged, diff)
			}
		}
	})
	t.Run("she checks in on the seat of the record that went, and a leader's tap for a record of her own is her own", func(t *testing.T) {
		t.Parallel()
		for name, c := range map[string]struct {
			actor  func(w *town, before string) string
			method domain.Method
		}{
			"herself by the code":        {nil, domain.MethodLink},
			"the leader, whose it is":    {func(w *town, _ string) string { return w.leader }, domain.MethodOwn},
			"the deputy, whose it isn't": {func(w *town, _ string) string { return w.deputy }, domain.MethodTap},
		} {
			w := newTown(t)
			shift := w.givenShift(nil)
			before := w.signUp(shift)
			w.merge(map[string]string{"before": before, "leader": w.leader}, []teamsv1.VolunteerChanged{{VolunteerID: "before", MergedInto: "leader", Version: 2}})
			w.clock.SetTo(shift.StartsAt)
			claim := app.NewClaim{ClaimID: id.New(), ShiftID: shift.ID, Kind: domain.ClaimIn}
			actor := w.leader
			if c.actor == nil {
				claim.Ticket = w.ticket(shift)
			} else {
				actor, claim.VolunteerID = c.actor(w, before), before
			}
			got, err := w.CreateClaim(w.as(actor), claim)
			w.must(err)
			if got.Attendance.VolunteerID != before || got.Attendance.InMethod != c.method {
				t.Errorf("%s: %s at %s", name, got.Attendance.InMethod, got.Attendance.VolunteerID)
			}
			if again, err := w.CreateClaim(w.as(actor), claim); err != nil || again.Attendance.ID != got.Attendance.ID {
				t.Errorf("%s: the same claim again: %+v, %v", name, again.Attendance, err)
			}
		}
	})
}
