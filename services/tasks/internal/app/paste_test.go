package app_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/people"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// join makes people with these names members of the team, and returns their ids.
func (w *town) join(names ...string) (ids []string) {
	w.t.Helper()
	var events []teamsv1.MembershipChanged
	for _, name := range names {
		v := id.New()
		ids = append(ids, v)
		w.names.Know(people.Person{VolunteerID: v, Name: name, Number: "HB" + v[len(v)-4:], PhoneMasked: "138****0000", Version: 1})
		events = append(events, teamsv1.MembershipChanged{MembershipID: id.New(), TeamID: w.team, VolunteerID: v, Role: "member", State: "active", Version: 1})
	}
	w.must(w.db.InTx(w.t.Context(), func(q postgres.Querier) error { return w.RememberMemberships(w.t.Context(), q, events) }))
	return ids
}

func TestPasted(t *testing.T) {
	t.Parallel()
	t.Run("lines are read against the team's names, and nothing is written", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		ids := w.join("王桂兰", "李秀英", "王芳", "王芳")
		s := w.shiftIn(48*time.Hour, 10)
		_, err := w.SignUp(w.as(ids[0]), s.ID)
		w.must(err)
		pasted, err := w.ReadPasted(w.as(w.leader), s.ID, "#接龙\n1. 王桂兰\n2、李秀英 带孩子\n3. 王芳\n4. 张三丰")
		w.must(err)
		var got []string
		for _, l := range pasted.Lines {
			got = append(got, fmt.Sprintf("%s|%s|%d", l.Text, l.Doubt, len(l.IDs)))
		}
		if diff := cmp.Diff([]string{"1. 王桂兰||1", "2、李秀英 带孩子||1", "3. 王芳|same_name|2", "4. 张三丰|unknown|0"}, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if len(pasted.Members) != 4 || pasted.Standings[ids[0]] != domain.SignUpConfirmed || len(pasted.Standings) != 1 {
			t.Errorf("%d members, standings %v", len(pasted.Members), pasted.Standings)
		}
		if n := w.count(`SELECT count(*) FROM sign_ups`); n != 1 {
			t.Errorf("%d sign-ups", n)
		}
	})
	t.Run("without names there is nothing to match", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		if _, err := w.ReadPasted(w.as(w.leader), w.shiftIn(48*time.Hour, 10).ID, "1. 王桂兰"); !errors.Is(err, app.ErrNamesAway) {
			t.Errorf("err = %v", err)
		}
	})
	t.Run("those who said that they come are signed up, each is told, and the same again changes nothing", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		ids := w.join("王桂兰", "李秀英", "王芳", "孙丽")
		s := w.shiftIn(48*time.Hour, 2)
		other := w.givenShift(func(n *app.NewTask) {
			n.Details.Title = "普法宣传"
			n.Shifts = []app.NewShift{{StartsAt: s.StartsAt, EndsAt: s.EndsAt, Capacity: 5}}
		})
		_, err := w.SignUp(w.as(ids[1]), other.ID)
		w.must(err)
		ctx := idempotency.WithKey(w.as(w.leader), id.New())
		for range 2 { // the phone sends it again
			entered, err := w.EnterSignUps(ctx, s.ID, append(ids, ids[0]))
			w.must(err)
			if diff := cmp.Diff([]string{"confirmed", "时间冲突", "confirmed", "waitlisted"}, outcomes(entered)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		}
		if u := w.standing(ids[0], s); u.EnteredBy != w.leader {
			t.Errorf("written down by %q", u.EnteredBy)
		}
		told := len(w.told())
		entered, err := w.EnterSignUps(w.as(w.deputy), s.ID, ids) // pasted again
		w.must(err)
		if diff := cmp.Diff([]string{"already confirmed", "时间冲突", "already confirmed", "already waitlisted"}, outcomes(entered)); diff != "" || len(w.told()) != told {
			t.Errorf("again, told %d more (-want +got):\n%s", len(w.told())-told, diff)
		}
		if got := append(w.offers(tasksv1.NoticeSignedUp), w.offers(tasksv1.NoticeWaitlisted)...); !cmp.Equal(got, []string{ids[0], ids[2], ids[3]}) {
			t.Errorf("told %v", got)
		}
		w.counted()
		w.withdraw(ids[0], s)
		if u := w.standing(ids[3], s); u.State != domain.SignUpOffered {
			t.Errorf("the seat went to nobody: %s", u.State)
		}
	})
	t.Run("only leaders, and only for members", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		ids := w.join("王桂兰")
		s := w.shiftIn(48*time.Hour, 2)
		if _, err := w.EnterSignUps(w.as(ids[0]), s.ID, ids); !errors.Is(err, domain.ErrNotPublished) {
			t.Errorf("by a member: %v", err)
		}
		if _, err := w.ReadPasted(w.as(ids[0]), s.ID, "1. 王桂兰"); !errors.Is(err, domain.ErrNotPublished) {
			t.Errorf("read by a member: %v", err)
		}
		if _, err := w.EnterSignUps(w.as(w.leader), s.ID, []string{ids[0], id.New()}); !errors.Is(err, domain.ErrNotOfTeam) {
			t.Errorf("a stranger: %v", err)
		}
		if n := w.count(`SELECT count(*) FROM sign_ups`); n != 0 {
			t.Errorf("%d sign-ups", n)
		}
	})
}

// outcomes writes what became of each, in the order of their ids, which is that of joining.
func outcomes(entered []app.Entered) (all []string) {
	for _, e := range entered {
		outcome := string(e.State)
		if e.Already {
			outcome = "already " + outcome
		}
		if e.ZH != "" {
			outcome, _, _ = strings.Cut(e.ZH, "：")
		}
		all = append(all, outcome)
	}
	return all
}
