package app_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/teams/internal/app"
	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/given"
)

func (l ledTeam) code(t *testing.T, life time.Duration) app.GivenCode {
	t.Helper()
	code, err := l.App.MakeJoinCode(l.asLeader, l.team.ID, life)
	if err != nil {
		t.Fatal(err)
	}
	return code
}

func TestJoinCode(t *testing.T) {
	t.Parallel()
	t.Run("fifty taps at once of one person: one membership, told and counted once", func(t *testing.T) {
		t.Parallel()
		l := givenLedTeam(t)
		code := l.code(t, 24*time.Hour)
		var wg sync.WaitGroup
		for range 50 {
			wg.Go(func() {
				if _, err := l.App.UseJoinCode(l.asAnne, code.Text); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		codes, err := l.App.ListJoinCodes(l.asLeader, l.team.ID)
		if err != nil || len(codes) != 1 || codes[0].Code.Uses != 1 || codes[0].Text != code.Text || l.open(t) != 1 {
			t.Error(codes, err, l.open(t))
		}
		sameLines(t, []string{"active member"}, l.told(t))
		sameLines(t, []string{"join_code.made by leader", "membership.joined_by_code by anne about anne"}, l.records(t))
	})
	t.Run("it is judged at joining: expired, withdrawn, of before a handover, never made", func(t *testing.T) {
		t.Parallel()
		l := givenLedTeam(t)
		use := func(text string) error { _, err := l.App.UseJoinCode(l.asAnne, text); return err }
		expired := l.code(t, time.Hour)
		l.Clock.Leap(time.Hour)
		withdrawn, handed := l.code(t, time.Hour), l.code(t, time.Hour)
		if err := l.App.WithdrawJoinCode(l.asLeader, l.team.ID, withdrawn.Code.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := l.DB.Owner(t).ExecContext(t.Context(), "UPDATE teams SET join_epoch = join_epoch + 1"); err != nil {
			t.Fatal(err)
		}
		for name, code := range map[string]app.GivenCode{"expired": expired, "withdrawn": withdrawn, "handed over": handed} {
			if err := use(code.Text); !errors.Is(err, domain.ErrJoinCodeOver) {
				t.Error(name, err)
			}
			opened, err := l.App.OpenJoinCode(l.asAnne, code.Text)
			if err != nil || opened.Counts || opened.TeamID != l.team.ID {
				t.Error(name, opened, err)
			}
		}
		forged := []byte(handed.Text)
		forged[len(forged)-1] ^= 4 // another signature
		for _, text := range []string{"", "x", string(forged), handed.Text + "AA"} {
			if err := use(text); !errors.Is(err, domain.ErrJoinCode) {
				t.Errorf("%q: %v", text, err)
			}
		}
	})
	t.Run("whoever can write to the table cannot lengthen a code", func(t *testing.T) {
		t.Parallel()
		l := givenLedTeam(t)
		code := l.code(t, time.Hour)
		if _, err := l.DB.Owner(t).ExecContext(t.Context(), "UPDATE join_codes SET expires_at = created_at + interval '7 days'"); err != nil {
			t.Fatal(err)
		}
		_, err := l.App.UseJoinCode(l.asAnne, code.Text)
		refused(t, domain.ErrJoinCode)(nil, err)
	})
	t.Run("after a no it takes in at once, after a removal it does not", func(t *testing.T) {
		t.Parallel()
		l := givenLedTeam(t)
		code := l.code(t, 24*time.Hour)
		done(t)(l.App.DeclineMembership(l.asLeader, l.apply(t).MembershipID, "名额已满"))
		joined := done(t)(l.App.UseJoinCode(l.asAnne, code.Text))
		done(t)(l.App.RemoveMember(l.asLeader, joined.MembershipID, "没有来"))
		_, err := l.App.UseJoinCode(l.asAnne, code.Text)
		refused(t, domain.ErrRemovedBefore)(nil, err)
	})
	t.Run("it takes in who has applied or is invited, and no minor without consent", func(t *testing.T) {
		t.Parallel()
		l := givenLedTeam(t)
		code := l.code(t, 24*time.Hour)
		asked := l.apply(t)
		if joined := done(t)(l.App.UseJoinCode(l.asAnne, code.Text)); joined.MembershipID != asked.MembershipID {
			t.Error("a second membership")
		}
		child := l.Volunteer(t, func(v *domain.Volunteer) { v.Minor, v.AdultOn = true, given.Day.AddDate(2, 0, 0) })
		_, err := l.App.UseJoinCode(given.As(t, child), code.Text)
		refused(t, domain.ErrGuardianFirst)(nil, err)
	})
}

func TestAppeal(t *testing.T) {
	t.Parallel()
	removed := func(t *testing.T) (ledTeam, domain.Membership) {
		l := givenLedTeam(t)
		m := l.Member(t, l.team, l.anne, domain.RoleMember)
		done(t)(l.App.RemoveMember(l.asLeader, m.ID, "三次没有来"))
		return l, m
	}
	appeal := func(t *testing.T, l ledTeam, m domain.Membership) string {
		t.Helper()
		asked, err := l.App.AppealRemoval(l.asAnne, m.ID, "我请过假")
		if err != nil {
			t.Fatal(err)
		}
		return asked.AppealID
	}
	t.Run("reversed, she is back, and everybody hears of it", func(t *testing.T) {
		t.Parallel()
		l, m := removed(t)
		id := appeal(t, l, m)
		officer := given.As(t, l.Volunteer(t), coordinator...)
		queue, _, err := l.App.ListAppeals(officer, "410621", 50, "")
		if err != nil || len(queue) != 1 || queue[0].RemovalReason != "三次没有来" || queue[0].Appeal.Word != "我请过假" {
			t.Fatal(queue, err)
		}
		if _, err := l.App.DecideAppeal(officer, id, domain.AppealReversed, "请假属实"); err != nil {
			t.Fatal(err)
		}
		sameLines(t, []string{"ended member", "active member"}, l.told(t))
		sameLines(t, []string{"membership.removed by leader about anne", "appeal.reversed by somebody about anne"}, l.records(t))
		if n := given.Value[int](t, l.World, "SELECT count(*) FROM notices WHERE kind = 'appeal.reversed' AND words->>'person' = $1::text AND volunteer_id <> $1::uuid", l.anne.ID); n != 1 {
			t.Error(n, "notices to the leader")
		}
		if queue, _, err := l.App.ListAppeals(officer, "410621", 50, ""); err != nil || len(queue) != 0 {
			t.Error(queue, err)
		}
	})
	t.Run("upheld, she stays out and reads why", func(t *testing.T) {
		t.Parallel()
		l, m := removed(t)
		officer := given.As(t, l.Volunteer(t), coordinator...)
		if _, err := l.App.DecideAppeal(officer, appeal(t, l, m), domain.AppealUpheld, "没有请假记录"); err != nil {
			t.Fatal(err)
		}
		own, err := l.App.MyMemberships(l.asAnne)
		if err != nil || own[0].Appeal.State != domain.AppealUpheld || own[0].Appeal.Reason != "没有请假记录" || l.open(t) != 0 {
			t.Error(own, err)
		}
		_, err = l.App.AppealRemoval(l.asAnne, m.ID, "再看看")
		refused(t, domain.ErrMoved)(nil, err)
	})
	t.Run("neither the remover nor the removed decides, whatever their office", func(t *testing.T) {
		t.Parallel()
		l, m := removed(t)
		id := appeal(t, l, m)
		for _, v := range []domain.Volunteer{l.leader, l.anne} {
			_, err := l.App.DecideAppeal(given.As(t, v, coordinator...), id, domain.AppealReversed, "x")
			refused(t, domain.ErrThirdPerson)(nil, err)
		}
	})
	t.Run("two officers at once, and one decision counts", func(t *testing.T) {
		t.Parallel()
		l, m := removed(t)
		id := appeal(t, l, m)
		var wg sync.WaitGroup
		errs := make([]error, 2)
		for i, verdict := range []domain.AppealState{domain.AppealReversed, domain.AppealUpheld} {
			officer := given.As(t, l.Volunteer(t), coordinator...)
			wg.Go(func() { _, errs[i] = l.App.DecideAppeal(officer, id, verdict, "核实过") })
		}
		wg.Wait()
		if (errs[0] == nil) == (errs[1] == nil) || !errors.Is(errors.Join(errs...), domain.ErrAppealDecided) {
			t.Error(errs)
		}
	})
	t.Run("within 30 days, against a removal, by who was removed", func(t *testing.T) {
		t.Parallel()
		l, m := removed(t)
		_, err := l.App.AppealRemoval(l.asLeader, m.ID, "")
		refused(t, domain.ErrNoMembership)(nil, err)
		l.Clock.Leap(domain.AppealWithin - time.Second)
		again := l.Member(t, l.team, l.Volunteer(t), domain.RoleMember)
		_, err = l.App.AppealRemoval(given.As(t, domain.Volunteer{ID: again.VolunteerID}), again.ID, "")
		refused(t, domain.ErrNothingToAppeal)(nil, err)
		l.Clock.Leap(time.Second)
		_, err = l.App.AppealRemoval(l.asAnne, m.ID, "")
		refused(t, domain.ErrAppealLate)(nil, err)
	})
	t.Run("who has asked to come back meanwhile has one membership after it", func(t *testing.T) {
		t.Parallel()
		l, m := removed(t)
		id := appeal(t, l, m)
		l.Clock.Leap(domain.ApplyAgainAfter)
		l.apply(t)
		if _, err := l.App.DecideAppeal(given.As(t, l.Volunteer(t), coordinator...), id, domain.AppealReversed, "请假属实"); err != nil || l.open(t) != 1 {
			t.Error(err, l.open(t))
		}
	})
}
