package app_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/id"
)

func TestOneDeviceForMany(t *testing.T) {
	t.Parallel()
	t.Run("F4: one phone checks in five people in a minute: all are asked about, none counts unlooked-at; control: phones of their own", func(t *testing.T) {
		t.Parallel()
		for _, one := range []bool{true, false} {
			w := newTown(t)
			shift := w.givenShift(nil)
			var people []string
			for range 5 {
				people = append(people, w.signUp(shift))
			}
			claim := func(v string, i int, kind domain.ClaimKind) {
				mark := "one phone"
				if !one {
					mark = fmt.Sprintf("phone %d", i)
				}
				_, err := w.CreateClaim(w.as(v), app.NewClaim{ClaimID: id.New(), ShiftID: shift.ID, Kind: kind, Ticket: w.ticket(shift), Mark: mark})
				w.must(err)
			}
			w.leapTo(shift.StartsAt)
			for i, v := range people {
				claim(v, i, domain.ClaimIn)
				w.clock.Leap(12 * time.Second)
			}
			for range 2 {
				w.must(w.DoDuties(t.Context()))
			}
			want := 0
			if one {
				want = 5
			}
			if n := w.count(`SELECT count(DISTINCT volunteer_id) FROM anomalies WHERE rule = 'device'`); n != want {
				t.Fatalf("one phone %t: %d are asked about", one, n)
			}
			w.leapTo(shift.EndsAt)
			for i, v := range people {
				claim(v, i, domain.ClaimOut)
			}
			w.clock.Leap(time.Minute)
			w.must(w.DoDuties(t.Context()))
			roster, err := w.ConfirmShift(w.as(w.leader), shift.ID, app.Confirmation{})
			w.must(err)
			if roster.Counts.Confirmed != 5-want {
				t.Errorf("one phone %t: %d counted", one, roster.Counts.Confirmed)
			}
			if !one {
				continue
			}
			if e := roster.Lines[0].Exception; e != app.ExceptionAsked {
				t.Errorf("the leader reads %s", e)
			}
			accept := app.Confirmation{Decisions: []app.Decision{{AttendanceID: roster.Lines[0].Attendance.ID, Verdict: app.VerdictAccept}}}
			roster, err = w.ConfirmShift(w.as(w.leader), shift.ID, accept)
			w.must(err)
			if roster.Counts.Confirmed != 1 {
				t.Errorf("after her look: %+v", roster.Counts)
			}
		}
	})
}
