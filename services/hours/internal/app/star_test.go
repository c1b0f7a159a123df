package app_test

import (
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// setStars sets that two hours make the first star from tomorrow on, four the second.
func (w *town) setStars(cleanMonths int) {
	w.t.Helper()
	w.must(w.SetStarRule(w.officer("administrator", "4106/"), domain.StarRule{
		ValidFrom: domain.DayOf(w.clock.Now()) + 1, Minutes: []int{120, 240}, CleanMonths: cleanMonths, Reason: "试行",
	}))
}

// midnight leaps to the start of a day, so many from now, and does what is due.
func (w *town) midnight(days int) {
	w.t.Helper()
	y, m, d := w.clock.Now().In(clock.City).Date()
	w.clock.SetTo(time.Date(y, m, d+days, 0, 0, 0, 0, clock.City))
	w.must(w.DoDuties(w.t.Context()))
}

func (w *town) star(who string) (level int, since domain.Day) {
	w.t.Helper()
	m, err := w.MyStar(w.as(who))
	w.must(err)
	return m.Level, m.Since
}

func (w *town) starsTold(who string) (n int) {
	w.t.Helper()
	w.must(w.db.Owner(w.t).Get(&n, "SELECT count(*) FROM outbox WHERE body::jsonb->>'kind' = 'star.reached' AND body::jsonb->>'volunteer_id' = $1", who))
	return n
}

func TestStars(t *testing.T) {
	t.Parallel()
	t.Run("are reached on the day on which the hours settle, told once, also after days of standing still", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		me := id.New()
		w.setStars(12)
		w.must(w.DoDuties(t.Context()))
		w.credit(w.attendance(by(me, 120)))
		settles := domain.DayOf(w.clock.Now()) + domain.UsualPublicity
		w.midnight(domain.UsualPublicity - 1)
		if level, _ := w.star(me); level != 0 {
			t.Fatalf("%d stars before anything has settled", level)
		}
		w.midnight(5) // nothing ran for four days
		if level, since := w.star(me); level != 1 || since != settles {
			t.Errorf("%d stars since %v, want 1 since %v", level, since, settles)
		}
		w.must(w.replica().DoDuties(t.Context()))
		w.must(w.DoDuties(t.Context()))
		if told := w.starsTold(me); told != 1 {
			t.Errorf("told %d times", told)
		}
		m, err := w.MyStar(w.as(me))
		w.must(err)
		if m.Settled != 120 || m.Next != 240 || m.Waits {
			t.Errorf("MyStar = %+v", m)
		}
	})
	t.Run("wait while a complaint that was upheld lies back", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		me := id.New()
		w.setStars(1)
		w.credit(w.attendance(by(me, 120)))
		w.inTx(func(q postgres.Querier) error {
			return w.LearnComplaints(t.Context(), q, []teamsv1.ComplaintUpheld{{ComplaintID: id.New(), VolunteerID: me, DecidedAt: w.clock.Now(), Version: 3}})
		})
		w.midnight(8)
		if m, err := w.MyStar(w.as(me)); err != nil || m.Level != 0 || !m.Waits {
			t.Errorf("MyStar = %+v, %v", m, err)
		}
		w.midnight(25)
		if level, _ := w.star(me); level != 1 {
			t.Errorf("%d stars a month later", level)
		}
	})
	t.Run("are not lost when the rule asks more later", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		me := id.New()
		w.setStars(0)
		w.credit(w.attendance(by(me, 120)), w.attendance(by(me, 120)))
		w.midnight(8)
		w.must(w.SetStarRule(w.officer("administrator", "4106/"), domain.StarRule{
			ValidFrom: domain.DayOf(w.clock.Now()) + 1, Minutes: []int{6000, 18000}, Reason: "提高标准",
		}))
		w.midnight(2)
		if level, _ := w.star(me); level != 2 {
			t.Errorf("%d stars", level)
		}
	})
}
