package app_test

import (
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/demo"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

func TestLoadDemo(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	if _, err := w.db.Owner(t).Exec(`DELETE FROM programmes`); err != nil { // an installation with a demo city starts without
		t.Fatal(err)
	}
	city, err := demo.NewCity(demo.Options{Scale: 0.01, Day: w.clock.Now()})
	w.must(err)
	owner, err := postgres.Open(t.Context(), w.db.OwnerURL, 1)
	w.must(err)
	t.Cleanup(func() { _ = owner.Close() })
	started := time.Now()
	w.must(app.LoadDemo(t.Context(), owner, city))
	t.Logf("%d sign-ups and %d attendances in %v", w.count(`SELECT count(*) FROM sign_ups`), w.count(`SELECT count(*) FROM attendances`), time.Since(started))

	t.Run("every attendance is as the domain would have made it", func(t *testing.T) {
		checked := 0
		for task := range city.Tasks() {
			for _, d := range task.Shifts {
				s := domain.Shift{StartsAt: d.StartsAt, EndsAt: d.EndsAt}
				for _, u := range d.SignUps {
					if u.Attendance == nil {
						continue
					}
					checked++
					from, to, minutes := domain.Credit(s, u.Attendance.CheckedIn, u.Attendance.CheckOut)
					if !from.Equal(u.Attendance.From) || !to.Equal(u.Attendance.To) || minutes != u.Attendance.Minutes {
						t.Fatalf("attendance %s: %v–%v %d, the domain says %v–%v %d", u.Attendance.ID,
							u.Attendance.From, u.Attendance.To, u.Attendance.Minutes, from, to, minutes)
					}
				}
			}
		}
		if n := w.count(`SELECT count(*) FROM attendances WHERE state = 'confirmed'`); n != checked || n == 0 {
			t.Errorf("%d attendances stored, %d in the city", n, checked)
		}
	})
	t.Run("a leader of the city finds the shifts to look after", func(t *testing.T) {
		leader := ""
		for _, m := range city.Memberships {
			if m.Role == "leader" {
				leader = m.VolunteerID
				break
			}
		}
		led, err := w.ListLedShifts(w.as(leader))
		w.must(err)
		if len(led) == 0 {
			t.Error("no shift")
		}
	})
}
