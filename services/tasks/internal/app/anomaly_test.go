package app_test

import (
	"errors"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/id"
)

func TestAnomalies(t *testing.T) {
	t.Parallel()
	t.Run("at night the city is looked at once; who was in two shifts at once is asked, and nothing is taken from them", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		v := w.twice()
		before := w.count(`SELECT count(*) FROM attendances WHERE state = 'closed'`)
		for _, at := range []string{"2026-11-23T17:59:00Z", "2026-11-23T18:00:00Z", "2026-11-23T18:00:05Z"} { // 1:59, 2:00 and after
			when, _ := time.Parse(time.RFC3339, at)
			w.leapTo(when)
			w.must(w.DoDuties(t.Context()))
			want := 1
			if at == "2026-11-23T17:59:00Z" {
				want = 0
			}
			if n := w.count(`SELECT count(*) FROM anomalies WHERE rule = 'overlap' AND volunteer_id = $1`, v); n != want {
				t.Errorf("at %s there are %d", at, n)
			}
		}
		w.clock.Leap(24 * time.Hour) // the next night sees the same and asks nothing new
		w.must(w.DoDuties(t.Context()))
		if n := w.count(`SELECT count(*) FROM anomalies`); n != 1 {
			t.Errorf("after the next night there are %d", n)
		}
		if n := w.count(`SELECT count(*) FROM outbox WHERE body->>'kind' = 'anomaly.found' AND body->>'volunteer_id' = $1`, v); n != 1 {
			t.Errorf("told %d times", n)
		}
		if after := w.count(`SELECT count(*) FROM attendances WHERE state = 'closed'`); after != before {
			t.Errorf("%d attendances are closed, before %d", after, before)
		}
	})
	t.Run("she answers once; an officer who is another person decides with a reason, and it is told", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		v := w.twice()
		w.leapTo(time.Date(2026, 11, 23, 18, 0, 0, 0, time.UTC))
		w.must(w.DoDuties(t.Context()))
		mine, err := w.ListMyAnomalies(w.as(v))
		w.must(err)
		if len(mine) != 1 || len(mine[0].Facts) != 2 || mine[0].Evidence.Minutes < 100 {
			t.Fatalf("she sees %+v", mine)
		}
		about := mine[0].ID
		if err := w.AnswerAnomaly(w.as(w.leader), about, "x"); !errors.Is(err, domain.ErrNoSuchAnomaly) {
			t.Errorf("another's answer: %v", err)
		}
		w.must(w.AnswerAnomaly(w.as(v), about, "两边都去了，各待了一会儿"))
		if err := w.AnswerAnomaly(w.as(v), about, "再说一句"); !errors.Is(err, domain.ErrAnswered) {
			t.Errorf("a second answer: %v", err)
		}

		grant := []auth.Grant{{Role: "coordinator", RegionPath: "4106/410611/"}}
		herself := auth.With(t.Context(), auth.Principal{VolunteerID: v, Grants: grant})
		again := id.New()
		w.merge(map[string]string{"v": v, "again": again}, []teamsv1.VolunteerChanged{{VolunteerID: "v", MergedInto: "again", Version: 2}})
		under := auth.With(t.Context(), auth.Principal{VolunteerID: again, Grants: grant})
		for name, c := range map[string]error{
			"herself":                    w.DecideAnomaly(herself, about, domain.AnomalyDismissed, "没事"),
			"herself, by another record": w.DecideAnomaly(under, about, domain.AnomalyDismissed, "没事"),
		} {
			if !errors.Is(c, domain.ErrOwnAnomaly) {
				t.Errorf("%s: %v", name, c)
			}
		}
		if err := w.DecideAnomaly(w.office("coordinator", "4106/410621/"), about, domain.AnomalyUpheld, "x"); !errors.Is(err, domain.ErrNoSuchAnomaly) {
			t.Errorf("another county: %v", err)
		}
		if err := w.DecideAnomaly(w.office("viewer", "4106/"), about, domain.AnomalyUpheld, "x"); !errors.Is(err, domain.ErrNoSuchAnomaly) {
			t.Errorf("who only looks: %v", err)
		}
		officer := w.office("coordinator", "4106/")
		if err := w.DecideAnomaly(officer, about, domain.AnomalyUpheld, " "); !errors.Is(err, domain.ErrReasonMissing) {
			t.Errorf("without a reason: %v", err)
		}
		waiting, err := w.ListAnomalies(officer, "410611")
		w.must(err)
		if len(waiting) != 1 || waiting[0].Answer == "" {
			t.Errorf("the officer sees %+v", waiting)
		}
		w.must(w.DecideAnomaly(officer, about, domain.AnomalyUpheld, "两地相隔太远"))
		if n := count(w.told(), "tasks.v1.anomaly.decided"); n != 1 {
			t.Errorf("told %d times", n)
		}
		if err := w.DecideAnomaly(officer, about, domain.AnomalyDismissed, "改主意了"); !errors.Is(err, domain.ErrAnomalyDecided) {
			t.Errorf("decided again: %v", err)
		}
		if waiting, err = w.ListAnomalies(officer, ""); err != nil || len(waiting) != 0 {
			t.Errorf("still waiting: %+v, %v", waiting, err)
		}
		if _, err := w.db.Owner(t).Exec(`UPDATE anomalies SET decided_by = volunteer_id`); err == nil {
			t.Error("the database took her own decision")
		}
	})
}

// twice checks somebody in and out at two shifts that go on at once: signing up
// for both is refused, so a leader adds her to the second.
func (w *town) twice() string {
	w.t.Helper()
	v := w.member()
	first, second := w.givenShift(nil), w.givenShift(nil)
	_, err := w.SignUp(w.as(v), first.ID)
	w.must(err)
	w.leapTo(first.StartsAt)
	_, err = w.scan(v, first, domain.ClaimIn)
	w.must(err)
	tap := func(kind domain.ClaimKind) {
		_, err := w.CreateClaim(w.as(w.leader), app.NewClaim{ClaimID: id.New(), ShiftID: second.ID, Kind: kind, VolunteerID: v, WalkIn: true})
		w.must(err)
	}
	tap(domain.ClaimIn)
	w.leapTo(first.EndsAt)
	_, err = w.scan(v, first, domain.ClaimOut)
	w.must(err)
	tap(domain.ClaimOut)
	return v
}
