package app_test

import (
	"errors"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// consents tells, as teams would, whether somebody's phone may compare places.
func (w *town) consents(volunteerID string, yes bool, version int64) {
	w.t.Helper()
	w.must(w.db.InTx(w.t.Context(), func(q postgres.Querier) error {
		return w.RememberMerges(w.t.Context(), q, []teamsv1.VolunteerChanged{{VolunteerID: volunteerID, LocationConsent: yes, Version: version}})
	}))
}

// scanned checks somebody in or out and returns the claim's id with its answer.
func (w *town) scanned(volunteerID string, s app.ShiftView, kind domain.ClaimKind) (string, app.ClaimResult) {
	w.t.Helper()
	claimID := id.New()
	result, err := w.CreateClaim(w.as(volunteerID), app.NewClaim{ClaimID: claimID, ShiftID: s.ID, Kind: kind, Ticket: w.ticket(s)})
	w.must(err)
	return claimID, result
}

const kept = `SELECT count(*) FROM aways`

func TestTellAway(t *testing.T) {
	t.Parallel()
	marked := func(n *app.NewTask) { n.Details.Latitude, n.Details.Longitude = 35.75, 114.3 }

	t.Run("who was away is seen on site, not scanned, and asked; who consented and was there is not; then nothing is kept", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		shift := w.givenShift(marked)
		far, near := w.signUp(shift), w.signUp(shift)
		w.consents(far, true, 2)
		w.consents(near, true, 2)
		w.clock.Leap(30 * time.Minute)
		claim, in := w.scanned(far, shift, domain.ClaimIn)
		if in.Spot == nil || *in.Spot != (domain.Spot{Latitude: 35.75, Longitude: 114.3, Radius: domain.PlaceRadius}) {
			t.Errorf("she may compare with %+v", in.Spot)
		}
		w.scanned(near, shift, domain.ClaimIn)
		for range 2 {
			w.must(w.TellAway(w.as(far), claim))
		}
		w.clock.Leap(2 * time.Hour)
		w.scanned(far, shift, domain.ClaimOut)
		w.scanned(near, shift, domain.ClaimOut)
		w.must(w.DoDuties(t.Context()))
		if n := w.count(kept); n != 1 {
			t.Errorf("%d kept before it is confirmed", n)
		}
		w.clock.Leap(time.Hour)
		_, err := w.ConfirmShift(w.as(w.leader), shift.ID, app.Confirmation{})
		w.must(err)
		for who, want := range map[string]string{far: "B", near: "A"} {
			if n := w.count(`SELECT count(*) FROM attendances WHERE volunteer_id = $1 AND verification = $2 AND minutes = 120`, who, want); n != 1 {
				t.Errorf("%s is not what is confirmed", want)
			}
		}
		mine, err := w.ListMyAnomalies(w.as(far))
		w.must(err)
		if len(mine) != 1 || mine[0].Rule != domain.RulePlace || w.count(`SELECT count(*) FROM anomalies`) != 1 {
			t.Errorf("asked: %+v", mine)
		}
		w.must(w.DoDuties(t.Context()))
		if n := w.count(kept); n != 0 {
			t.Errorf("%d kept after it was settled", n)
		}
		w.must(w.DecideAnomaly(w.office("coordinator", "4106/410611/"), mine[0].ID, domain.AnomalyDismissed, "打过电话，人在"))
		if n := w.count(`SELECT count(*) FROM outbox WHERE body::text ~* 'away|place"|place_consent|35\.75' AND subject <> 'tasks.v1.notice.due'`); n != 0 {
			t.Errorf("%d events tell of places", n)
		}
	})
	t.Run("without consent no place is given and nothing kept; what was kept goes with the consent", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		shift := w.givenShift(marked)
		v := w.signUp(shift)
		w.clock.Leap(30 * time.Minute)
		claim, in := w.scanned(v, shift, domain.ClaimIn)
		if in.Spot != nil {
			t.Error("a place to compare with, without consent")
		}
		if err := w.TellAway(w.as(v), claim); !errors.Is(err, domain.ErrNoPlaceConsent) {
			t.Errorf("never asked: %v", err)
		}
		w.consents(v, true, 2)
		w.must(w.TellAway(w.as(v), claim))
		w.consents(v, true, 1) // an old event that comes late
		if n := w.count(kept); n != 1 {
			t.Errorf("%d kept", n)
		}
		w.consents(v, false, 3)
		if n := w.count(kept); n != 0 {
			t.Errorf("%d kept after the consent was taken back", n)
		}
		if err := w.TellAway(w.as(v), claim); !errors.Is(err, domain.ErrNoPlaceConsent) {
			t.Errorf("taken back: %v", err)
		}
	})
	t.Run("of another's claim, a leader's tap, a place nobody marked and some time ago nothing is kept", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		shift := w.givenShift(nil)
		v, other, tapped := w.signUp(shift), w.signUp(shift), w.signUp(shift)
		for _, who := range []string{v, other, tapped} {
			w.consents(who, true, 2)
		}
		w.clock.Leap(30 * time.Minute)
		claim, in := w.scanned(v, shift, domain.ClaimIn)
		if in.Spot != nil {
			t.Errorf("a place that nobody marked: %+v", in.Spot)
		}
		tap := id.New()
		_, err := w.CreateClaim(w.as(w.leader), app.NewClaim{ClaimID: tap, ShiftID: shift.ID, Kind: domain.ClaimIn, VolunteerID: tapped})
		w.must(err)
		for name, err := range map[string]error{
			"another's": w.TellAway(w.as(other), claim), "a tap": w.TellAway(w.as(tapped), tap), "none": w.TellAway(w.as(v), id.New()),
		} {
			if !errors.Is(err, domain.ErrNoClaimToPlace) {
				t.Errorf("%s: %v", name, err)
			}
		}
		w.clock.Leap(6 * time.Minute)
		if err := w.TellAway(w.as(v), claim); !errors.Is(err, domain.ErrNoClaimToPlace) || w.count(kept) != 0 {
			t.Errorf("later: %v", err)
		}
	})
	t.Run("what nobody decides is forgotten after thirty days", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		shift := w.givenShift(marked)
		v := w.signUp(shift)
		w.consents(v, true, 2)
		w.clock.Leap(30 * time.Minute)
		claim, _ := w.scanned(v, shift, domain.ClaimIn)
		w.must(w.TellAway(w.as(v), claim))
		w.clock.Leap(domain.AwayLife + time.Second)
		w.must(w.DoDuties(t.Context()))
		if n := w.count(kept); n != 0 {
			t.Errorf("%d kept", n)
		}
	})
}
