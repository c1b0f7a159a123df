package app_test

import (
	"errors"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/people"
)

func TestCards(t *testing.T) {
	t.Parallel()
	scan := func(w *town, s app.ShiftView, actor, token string) (app.ClaimResult, error) {
		return w.CreateClaim(w.as(actor), app.NewClaim{ClaimID: id.New(), ShiftID: s.ID, Kind: domain.ClaimIn, Card: token, WalkIn: true})
	}
	t.Run("the leader scans a card: its holder is here, and it is named how", func(t *testing.T) {
		t.Parallel()
		w, shift, _ := atTheGate(t)
		v := w.signUp(shift)
		w.names.Issue("token", people.Card{VolunteerID: v})
		in, err := scan(w, shift, w.leader, "token")
		w.must(err)
		if in.VolunteerID != v || in.Attendance.InMethod != domain.MethodCard || in.Shift.ProofOf(*in.Attendance) != domain.ProofOnSite {
			t.Errorf("result = %+v, %+v", in, in.Attendance)
		}
	})
	t.Run("nobody but a leader scans cards, her own is her own word, and a stranger's is refused", func(t *testing.T) {
		t.Parallel()
		w, shift, p := atTheGate(t)
		w.names.Issue("hers", people.Card{VolunteerID: p.holder})
		w.names.Issue("stranger", people.Card{VolunteerID: id.New()})
		w.names.Issue("leader", people.Card{VolunteerID: w.leader})
		if _, err := scan(w, shift, p.holder, "hers"); !errors.Is(err, app.ErrNotLeader) {
			t.Errorf("the holder herself: err = %v, want ErrNotLeader", err)
		}
		if _, err := scan(w, shift, w.leader, "stranger"); !errors.Is(err, domain.ErrNotOfTeam) {
			t.Errorf("a stranger's card: err = %v, want ErrNotOfTeam", err)
		}
		own, err := scan(w, shift, w.leader, "leader")
		w.must(err)
		if own.Attendance.InMethod != domain.MethodOwn {
			t.Errorf("her own card: method %s, want own", own.Attendance.InMethod)
		}
	})
	t.Run("a lost card is named as such; what was scanned before it was lost counts", func(t *testing.T) {
		t.Parallel()
		w, shift, _ := atTheGate(t)
		v := w.signUp(shift)
		p := w.phoneOf(w.leader)
		w.names.Issue("token", people.Card{VolunteerID: v})
		kept := p.keep(app.NewClaim{ShiftID: shift.ID, Kind: domain.ClaimIn, Card: "token"})
		w.clock.Leap(10 * time.Minute)
		w.names.Issue("token", people.Card{VolunteerID: v, EndedAt: w.clock.Now()})
		w.clock.Leap(10 * time.Minute)
		if _, err := scan(w, shift, w.leader, "token"); !errors.Is(err, domain.ErrCardVoid) {
			t.Errorf("err = %v, want ErrCardVoid", err)
		}
		if _, err := scan(w, shift, w.leader, "nothing"); !errors.Is(err, domain.ErrNoCard) {
			t.Errorf("err = %v, want ErrNoCard", err)
		}
		in, err := p.send(kept)
		w.must(err)
		if in.Doubt != domain.DoubtNone || in.Attendance.InMethod != domain.MethodCardOffline {
			t.Errorf("kept before: %+v, %+v", in, in.Attendance)
		}
	})
}
