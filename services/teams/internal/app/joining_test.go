package app_test

import (
	"context"
	"encoding/json"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/teams/internal/app"
	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/given"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
)

// ledTeam is a brigade with a leader, and somebody who is not in it.
type ledTeam struct {
	*given.World
	team         domain.Team
	leader, anne domain.Volunteer
	asLeader     context.Context
	asAnne       context.Context
}

func givenLedTeam(t *testing.T) ledTeam {
	t.Helper()
	w := given.New(t)
	l := ledTeam{World: w, team: w.Team(t), leader: w.Volunteer(t), anne: w.Volunteer(t)}
	w.Member(t, l.team, l.leader, domain.RoleLeader)
	l.asLeader, l.asAnne = given.As(t, l.leader), given.As(t, l.anne)
	return l
}

// told returns what the others heard of memberships: the state, role and version of each.
func (l ledTeam) told(t *testing.T) []string {
	t.Helper()
	told := []string{}
	for _, e := range l.Outbox(t) {
		var m teamsv1.MembershipChanged
		if err := json.Unmarshal(e.Body, &m); err != nil {
			t.Fatal(err)
		}
		if m.VolunteerID != l.anne.ID || m.TeamID != l.team.ID {
			t.Errorf("told of %s", e.Body)
		}
		told = append(told, m.State+" "+m.Role)
	}
	return told
}

// records returns the acts in the audit, by whom and about whom in short.
func (l ledTeam) records(t *testing.T) []string {
	t.Helper()
	var lines []string
	const query = `
		SELECT act || CASE actor_id WHEN $1 THEN ' by leader' WHEN $2 THEN ' by anne' ELSE ' by somebody' END
			|| CASE volunteer_id WHEN $2 THEN ' about anne' ELSE '' END
		FROM audit_records
		ORDER BY id`
	if err := l.DB.Owner(t).SelectContext(t.Context(), &lines, query, l.leader.ID, l.anne.ID); err != nil {
		t.Fatal(err)
	}
	return lines
}

// open counts anne's open memberships in the team.
func (l ledTeam) open(t *testing.T) int {
	t.Helper()
	return given.Value[int](t, l.World, "SELECT count(*) FROM memberships WHERE team_id = $1 AND volunteer_id = $2 AND state IN ('applied', 'invited', 'active')", l.team.ID, l.anne.ID)
}

func (l ledTeam) apply(t *testing.T) app.Settled {
	t.Helper()
	return done(t)(l.App.Apply(l.asAnne, l.team.ID, "周末有空"))
}

// invited invites anne and returns her membership.
func (l ledTeam) invited(t *testing.T) string {
	t.Helper()
	if _, err := l.App.Invite(l.asLeader, l.team.ID, l.anne.Number, ""); err != nil {
		t.Fatal(err)
	}
	own, err := l.App.MyMemberships(l.asAnne)
	if err != nil || len(own) == 0 || own[0].Membership.State != domain.MembershipInvited {
		t.Fatal(own, err)
	}
	return own[0].Membership.ID
}

func done(t *testing.T) func(app.Settled, error) app.Settled {
	return func(s app.Settled, err error) app.Settled {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
}

func refused(t *testing.T, want error) func(any, error) {
	return func(_ any, err error) {
		t.Helper()
		if !errors.Is(err, want) {
			t.Errorf("err = %v, want %v", err, want)
		}
	}
}

func sameLines(t *testing.T, want, got []string) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestApplication(t *testing.T) {
	t.Parallel()
	t.Run("applied, seen by the leader, approved: the others hear of the last only", func(t *testing.T) {
		t.Parallel()
		l := givenLedTeam(t)
		asked := l.apply(t)
		waiting, _, err := l.App.ListApplicants(l.asLeader, l.team.ID, 50, "")
		if err != nil || len(waiting) != 1 || waiting[0].Volunteer.ID != l.anne.ID || waiting[0].Word != "周末有空" {
			t.Fatal(waiting, err)
		}
		sameLines(t, []string{}, l.told(t))
		done(t)(l.App.ApproveApplication(l.asLeader, asked.MembershipID))
		done(t)(l.App.ApproveApplication(l.asLeader, asked.MembershipID))
		sameLines(t, []string{"active member"}, l.told(t))
		sameLines(t, []string{"membership.approved by leader about anne"}, l.records(t))
		me, err := l.App.Me(l.asAnne)
		if err != nil || len(me.Teams) != 1 {
			t.Error(me.Teams, err)
		}
	})
	t.Run("who has only applied is in no team", func(t *testing.T) {
		t.Parallel()
		l := givenLedTeam(t)
		l.apply(t)
		me, err := l.App.Me(l.asAnne)
		view, _ := l.App.FindTeam(l.asLeader, l.team.ID)
		if err != nil || len(me.Teams) != 0 || view.Members != 1 {
			t.Error(me.Teams, view.Members, err)
		}
	})
	t.Run("declined with a reason that she reads; a week later she may ask again", func(t *testing.T) {
		t.Parallel()
		l := givenLedTeam(t)
		asked := l.apply(t)
		done(t)(l.App.DeclineMembership(l.asLeader, asked.MembershipID, "名额已满"))
		own, err := l.App.MyMemberships(l.asAnne)
		if err != nil || own[0].Membership.Reason != "名额已满" {
			t.Error(own, err)
		}
		_, err = l.App.Apply(l.asAnne, l.team.ID, "")
		refused(t, domain.ErrAskedLately)(nil, err)
		l.Clock.Leap(domain.ApplyAgainAfter)
		if again := l.apply(t); again.MembershipID == asked.MembershipID {
			t.Error("the old application was used again")
		}
		sameLines(t, []string{}, l.told(t))
		sameLines(t, []string{"membership.declined by leader about anne"}, l.records(t))
	})
	t.Run("withdrawn, nothing is left to decide", func(t *testing.T) {
		t.Parallel()
		l := givenLedTeam(t)
		asked := l.apply(t)
		done(t)(l.App.WithdrawApplication(l.asAnne, asked.MembershipID))
		_, err := l.App.ApproveApplication(l.asLeader, asked.MembershipID)
		refused(t, domain.ErrMoved)(nil, err)
	})
	t.Run("a repeat under the same key is answered as before", func(t *testing.T) {
		t.Parallel()
		l := givenLedTeam(t)
		ctx := idempotency.WithKey(l.asAnne, id.New())
		first, second := done(t)(l.App.Apply(ctx, l.team.ID, "x")), done(t)(l.App.Apply(ctx, l.team.ID, "x"))
		if first != second || l.open(t) != 1 {
			t.Error(first, second)
		}
	})
	t.Run("a minor waits for the guardian, a team that is suspended takes nobody", func(t *testing.T) {
		t.Parallel()
		l := givenLedTeam(t)
		child := l.Volunteer(t, func(v *domain.Volunteer) { v.Minor, v.AdultOn = true, given.Day.AddDate(2, 0, 0) })
		_, err := l.App.Apply(given.As(t, child), l.team.ID, "")
		refused(t, domain.ErrGuardianFirst)(nil, err)
		suspended := l.Team(t, func(team *domain.Team) { team.State = domain.TeamSuspended })
		_, err = l.App.Apply(l.asAnne, suspended.ID, "")
		refused(t, domain.ErrTeamClosed)(nil, err)
		draft := l.Team(t, func(team *domain.Team) { team.State = domain.TeamDraft })
		_, err = l.App.Apply(l.asAnne, draft.ID, "")
		refused(t, domain.ErrNoTeam)(nil, err)
	})
	t.Run("an officer of the region decides about others, not about herself", func(t *testing.T) {
		t.Parallel()
		l := givenLedTeam(t)
		asked := l.apply(t)
		_, err := l.App.ApproveApplication(given.As(t, l.anne, coordinator...), asked.MembershipID)
		refused(t, domain.ErrOwnRequest)(nil, err)
		done(t)(l.App.ApproveApplication(given.As(t, l.Volunteer(t), coordinator...), asked.MembershipID))
		sameLines(t, []string{"membership.approved by somebody about anne"}, l.records(t))
	})
}

func TestInvitation(t *testing.T) {
	t.Parallel()
	t.Run("nobody is in before she accepts", func(t *testing.T) {
		t.Parallel()
		l := givenLedTeam(t)
		invitation := l.invited(t)
		sameLines(t, []string{}, l.told(t))
		_, err := l.App.AcceptInvitation(l.asLeader, invitation) // nobody accepts for her
		refused(t, domain.ErrNoMembership)(nil, err)
		_, err = l.App.ApproveApplication(l.asLeader, invitation)
		refused(t, domain.ErrMoved)(nil, err)
		done(t)(l.App.AcceptInvitation(l.asAnne, invitation))
		sameLines(t, []string{"active member"}, l.told(t))
		sameLines(t, []string{"membership.invited by leader about anne"}, l.records(t))
	})
	t.Run("a number that nobody has looks the same to the leader", func(t *testing.T) {
		t.Parallel()
		l := givenLedTeam(t)
		for _, to := range []string{string(l.anne.Phone), "13999999999", l.anne.Number, "HB269999999" + "9"} {
			if _, err := l.App.Invite(l.asLeader, l.team.ID, to, ""); err != nil {
				t.Error(to, err)
			}
		}
		sent, err := l.App.ListInvitations(l.asLeader, l.team.ID)
		var to []string
		for _, s := range sent {
			to = append(to, s.SentTo)
		}
		sameLines(t, []string{"HB26******99", "4106******02", "139****9999", "138****0002"}, to)
		if err != nil || l.open(t) != 1 {
			t.Error(err, l.open(t))
		}
	})
	t.Run("it is over after 14 days, by the clock and by the sweeper", func(t *testing.T) {
		t.Parallel()
		l := givenLedTeam(t)
		invitation := l.invited(t)
		l.Clock.Leap(domain.InvitationLife - time.Second)
		if err := l.App.ExpireInvitations(t.Context()); err != nil || l.open(t) != 1 {
			t.Fatal("closed too early", err)
		}
		l.Clock.Leap(time.Second)
		_, err := l.App.AcceptInvitation(l.asAnne, invitation)
		refused(t, domain.ErrInvitationOver)(nil, err)
		own, err := l.App.MyMemberships(l.asAnne)
		if err != nil || own[0].Membership.Ending != domain.EndingExpired {
			t.Error(own, err)
		}
		if err := l.App.ExpireInvitations(t.Context()); err != nil || l.open(t) != 0 {
			t.Error("not closed", err)
		}
	})
	t.Run("one that is over does not stand in the way of an application", func(t *testing.T) {
		t.Parallel()
		l := givenLedTeam(t)
		l.invited(t)
		l.Clock.Leap(domain.InvitationLife)
		if asked := l.apply(t); asked.State != domain.MembershipApplied || l.open(t) != 1 {
			t.Error(asked, l.open(t))
		}
	})
	t.Run("refused, she is left in peace for a week", func(t *testing.T) {
		t.Parallel()
		l := givenLedTeam(t)
		done(t)(l.App.DeclineMembership(l.asAnne, l.invited(t), ""))
		if _, err := l.App.Invite(l.asLeader, l.team.ID, l.anne.Number, ""); err != nil || l.open(t) != 0 {
			t.Error(err, l.open(t))
		}
		sameLines(t, []string{"membership.invited by leader about anne"}, l.records(t))
	})
	t.Run("taken back, it cannot be accepted, and still counts among the day's", func(t *testing.T) {
		t.Parallel()
		l := givenLedTeam(t)
		invitation := l.invited(t)
		if _, err := l.App.Invite(l.asLeader, l.team.ID, "13999999999", ""); err != nil {
			t.Fatal(err)
		}
		sent, err := l.App.ListInvitations(l.asLeader, l.team.ID)
		if err != nil || len(sent) != 2 {
			t.Fatal(sent, err)
		}
		for _, line := range append(sent, sent...) { // one reached somebody, one nobody; twice is no error
			if err := l.App.WithdrawInvitation(l.asLeader, l.team.ID, line.ID); err != nil {
				t.Error(err)
			}
		}
		if sent, err = l.App.ListInvitations(l.asLeader, l.team.ID); err != nil || len(sent) != 0 || l.open(t) != 0 {
			t.Error(sent, l.open(t), err)
		}
		_, err = l.App.AcceptInvitation(l.asAnne, invitation)
		refused(t, domain.ErrMoved)(nil, err)
		if n := given.Value[int](t, l.World, "SELECT count(*) FROM invitations"); n != 2 {
			t.Error(n, "lines")
		}
		l.invited(t) // she can be asked again
	})
	t.Run("accepted, it is taken back no more", func(t *testing.T) {
		t.Parallel()
		l := givenLedTeam(t)
		done(t)(l.App.AcceptInvitation(l.asAnne, l.invited(t)))
		sent, err := l.App.ListInvitations(l.asLeader, l.team.ID)
		if err != nil || len(sent) != 1 {
			t.Fatal(sent, err)
		}
		if err := l.App.WithdrawInvitation(l.asLeader, l.team.ID, sent[0].ID); err != nil || l.open(t) != 1 {
			t.Error("she is out:", l.open(t), err)
		}
	})
	t.Run("thirty a day", func(t *testing.T) {
		t.Parallel()
		l := givenLedTeam(t)
		for range domain.MaxInvitations {
			if _, err := l.App.Invite(l.asLeader, l.team.ID, "13999999999", ""); err != nil {
				t.Fatal(err)
			}
		}
		_, err := l.App.Invite(l.asLeader, l.team.ID, l.anne.Number, "")
		refused(t, domain.ErrManyInvitations)(nil, err)
		l.Clock.Leap(24 * time.Hour)
		l.invited(t)
	})
}

func TestApplyAndInviteAtOnce(t *testing.T) {
	t.Parallel()
	l := givenLedTeam(t)
	var wg sync.WaitGroup
	for range 10 {
		wg.Go(func() {
			if _, err := l.App.Apply(l.asAnne, l.team.ID, ""); err != nil && !errors.Is(err, domain.ErrAlreadyMember) {
				t.Error(err)
			}
		})
		wg.Go(func() {
			if _, err := l.App.Invite(l.asLeader, l.team.ID, l.anne.Number, ""); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if l.open(t) != 1 {
		t.Errorf("%d open memberships", l.open(t))
	}
	sameLines(t, []string{"active member"}, l.told(t)) // both wanted it
}

func TestLeaving(t *testing.T) {
	t.Parallel()
	in := func(t *testing.T, role domain.Role) (ledTeam, domain.Membership) {
		l := givenLedTeam(t)
		return l, l.Member(t, l.team, l.anne, role)
	}
	t.Run("a deputy leaves by her own act, the leader cannot", func(t *testing.T) {
		t.Parallel()
		l, m := in(t, domain.RoleDeputy)
		_, err := l.App.LeaveTeam(l.asLeader, m.ID)
		refused(t, domain.ErrNoMembership)(nil, err)
		done(t)(l.App.LeaveTeam(l.asAnne, m.ID))
		sameLines(t, []string{"ended deputy"}, l.told(t))
		own, err := l.App.MyMemberships(l.asLeader)
		if err != nil {
			t.Fatal(err)
		}
		_, err = l.App.LeaveTeam(l.asLeader, own[0].Membership.ID)
		refused(t, domain.ErrLeaderLeaves)(nil, err)
	})
	t.Run("removed with a reason that she reads", func(t *testing.T) {
		t.Parallel()
		l, m := in(t, domain.RoleMember)
		done(t)(l.App.RemoveMember(l.asLeader, m.ID, "三次没有来"))
		sameLines(t, []string{"ended member"}, l.told(t))
		sameLines(t, []string{"membership.removed by leader about anne"}, l.records(t))
		own, err := l.App.MyMemberships(l.asAnne)
		if err != nil || own[0].Membership.Ending != domain.EndingRemoved || own[0].Membership.Reason != "三次没有来" {
			t.Error(own, err)
		}
	})
	t.Run("made deputy and unmade, by the leader only", func(t *testing.T) {
		t.Parallel()
		l, m := in(t, domain.RoleMember)
		done(t)(l.App.SetMemberRole(l.asLeader, m.ID, domain.RoleDeputy))
		other := l.Member(t, l.team, l.Volunteer(t), domain.RoleMember)
		_, err := l.App.SetMemberRole(l.asAnne, other.ID, domain.RoleDeputy)
		refused(t, domain.ErrOnlyLeader)(nil, err)
		done(t)(l.App.SetMemberRole(l.asLeader, m.ID, domain.RoleMember))
		sameLines(t, []string{"active deputy", "active member"}, l.told(t))
		sameLines(t, []string{"membership.role_set by leader about anne", "membership.role_set by leader about anne"}, l.records(t))
	})
	t.Run("removed by the leader and leaving at once, it ends once", func(t *testing.T) {
		t.Parallel()
		l, m := in(t, domain.RoleMember)
		var wg sync.WaitGroup
		for range 5 {
			wg.Go(func() { _, _ = l.App.RemoveMember(l.asLeader, m.ID, "没有来") })
			wg.Go(func() { _, _ = l.App.LeaveTeam(l.asAnne, m.ID) })
		}
		wg.Wait()
		sameLines(t, []string{"ended member"}, l.told(t))
	})
}

func TestReadPhone(t *testing.T) {
	t.Parallel()
	l := givenLedTeam(t)
	m := l.Member(t, l.team, l.anne, domain.RoleMember)
	phone, err := l.App.ReadPhone(l.asLeader, m.ID)
	if err != nil || phone != l.anne.Phone {
		t.Error(phone, err)
	}
	sameLines(t, []string{"volunteer.phone-read by leader about anne"}, l.records(t))
	_, err = l.App.ReadPhone(l.asAnne, m.ID)
	refused(t, domain.ErrNoMembership)(nil, err)
	silent := l.Member(t, l.team, l.Volunteer(t, func(v *domain.Volunteer) { v.Phone = "" }), domain.RoleMember)
	if _, err := l.App.ReadPhone(l.asLeader, silent.ID); apperr.KindOf(err) != apperr.Conflict {
		t.Error(err)
	}
	l.End(t, m)
	_, err = l.App.ReadPhone(l.asLeader, m.ID)
	refused(t, domain.ErrNoMembership)(nil, err)
	if len(l.records(t)) != 1 {
		t.Error("a reading that was refused is recorded as one")
	}
}

func TestSearchMembers(t *testing.T) {
	t.Parallel()
	l := givenLedTeam(t)
	for _, name := range []string{"王桂兰", "张秀英", "买买提·艾合买提"} {
		l.Member(t, l.team, l.Volunteer(t, func(v *domain.Volunteer) { v.Name = name; v.Number = "HB26" + id.New() }), domain.RoleMember)
	}
	for search, want := range map[string]int{"": 4, "桂兰": 2, "gl": 2, "ZXY": 1, "买提艾合": 1, "没有": 0, "hb26": 3} {
		found, _, err := l.App.ListMembers(l.asLeader, l.team.ID, search, 50, "")
		if err != nil || len(found) != want {
			t.Errorf("%q finds %d, want %d, %v", search, len(found), want, err)
		}
	}
}

// coordinator covers the county of every given team.
var coordinator = []auth.Grant{{Role: "coordinator", RegionPath: "4106/410621/"}}
