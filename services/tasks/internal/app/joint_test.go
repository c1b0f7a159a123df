package app_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/store"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// brigade tells the service of another brigade and who leads it.
func (w *town) brigade(name string) (team, leader string) {
	w.t.Helper()
	team, leader = id.New(), id.New()
	w.remember(teamsv1.TeamChanged{TeamID: team, Name: name, RegionPath: "4106/410621/", ReportingUnit: "浚县", State: "active", Version: 1})
	w.enrol(team, leader, "leader")
	return team, leader
}

func (w *town) remember(teams ...teamsv1.TeamChanged) {
	w.t.Helper()
	w.must(w.db.InTx(w.t.Context(), func(q postgres.Querier) error { return w.RememberTeams(w.t.Context(), q, teams) }))
}

func (w *town) enrol(team, volunteer, role string) {
	w.t.Helper()
	w.must(w.db.InTx(w.t.Context(), func(q postgres.Querier) error {
		return w.RememberMemberships(w.t.Context(), q, []teamsv1.MembershipChanged{
			{MembershipID: id.New(), TeamID: team, VolunteerID: volunteer, Role: role, State: "active", Version: 1},
		})
	}))
}

// creditedTo returns the brigade, its region and its unit that the confirmed hours of somebody went to.
func (w *town) creditedTo(volunteer string) (got [3]string) {
	w.t.Helper()
	w.must(w.db.Owner(w.t).QueryRow(`SELECT body->>'team_id', body->>'region_path', body->>'reporting_unit'
		FROM (SELECT body::jsonb AS body FROM outbox WHERE subject = 'tasks.v1.attendance.confirmed') e
		WHERE body->>'volunteer_id' = $1`, volunteer).Scan(&got[0], &got[1], &got[2]))
	return got
}

func TestJointTask(t *testing.T) {
	t.Parallel()
	t.Run("a brigade is asked, joins, helps at the gate, and has the hours of its own members", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		east, eastLeader := w.brigade("浚县伾山队")
		shift := w.givenShift(func(n *app.NewTask) { n.Details.OnlyMembers = true })
		hers, ours, both, stranger := id.New(), w.join("本队的")[0], w.join("两队的")[0], id.New()
		w.enrol(east, hers, "member")
		w.enrol(east, both, "member")

		if _, err := w.SignUp(w.as(hers), shift.ID); !errors.Is(err, domain.ErrMembersOnly) {
			t.Errorf("before it joined: %v", err)
		}
		if _, err := w.FindCode(w.as(eastLeader), shift.ID); !errors.Is(err, domain.ErrNotPublished) {
			t.Errorf("the code before it joined: %v", err)
		}
		for range 2 { // asked twice is asked once
			_, err := w.AskTeam(w.as(w.leader), shift.TaskID, east)
			w.must(err)
		}
		if n := w.count(`SELECT count(*) FROM outbox WHERE subject = 'tasks.v1.notice.due' AND body::text LIKE '%task.join_asked%'`); n != 1 {
			t.Errorf("asked %d times", n)
		}
		if view, err := w.FindTask(w.as(stranger), shift.TaskID); err != nil || len(view.Teams) != 0 {
			t.Errorf("a stranger sees who was asked: %+v, %v", view.Teams, err)
		}
		for who, want := range map[string]error{w.leader: app.ErrNotLeader, stranger: store.ErrNoSuchTask} {
			if _, err := w.AnswerJoint(w.as(who), shift.TaskID, east, domain.JointJoined); !errors.Is(err, want) {
				t.Errorf("joining for another: %v, want %v", err, want)
			}
		}
		_, err := w.AnswerJoint(w.as(eastLeader), shift.TaskID, east, domain.JointJoined)
		w.must(err)

		for _, v := range []string{hers, ours, both} {
			_, err := w.SignUp(w.as(v), shift.ID)
			w.must(err)
		}
		view, err := w.ChooseTeam(w.as(both), shift.TaskID, east)
		w.must(err)
		if len(view.Credits.In) != 2 || view.Credits.Credited.TeamID != east {
			t.Errorf("who is in two: %+v", view.Credits)
		}
		if _, err := w.ChooseTeam(w.as(hers), shift.TaskID, w.team); !errors.Is(err, domain.ErrNotYourTeam) {
			t.Errorf("chose a brigade that she is not in: %v", err)
		}

		w.clock.Leap(time.Hour) // 9:30
		tap := func(by, whom string, kind domain.ClaimKind) {
			_, err := w.CreateClaim(w.as(by), app.NewClaim{ClaimID: id.New(), ShiftID: shift.ID, Kind: kind, VolunteerID: whom, WalkIn: kind == domain.ClaimIn})
			w.must(err)
		}
		walkIn := id.New()
		w.enrol(east, walkIn, "member")
		for _, v := range []string{hers, ours, both, walkIn} { // their leader helps with everybody
			tap(eastLeader, v, domain.ClaimIn)
		}
		w.clock.Leap(time.Hour)
		for _, v := range []string{hers, ours, both, walkIn} {
			tap(w.leader, v, domain.ClaimOut)
		}
		roster, err := w.FindRoster(w.as(eastLeader), shift.ID)
		w.must(err)
		seen := map[string]bool{}
		for _, l := range roster.Lines {
			seen[l.VolunteerID] = true
		}
		if diff := cmp.Diff(map[string]bool{hers: true, both: true, walkIn: true}, seen); diff != "" || roster.Whole || roster.TeamID != east {
			t.Errorf("their leader's roster: %t %s\n%s", roster.Whole, roster.TeamID, diff)
		}
		w.leapTo(shift.EndsAt.Add(time.Minute))
		if _, err := w.ConfirmShift(w.as(eastLeader), shift.ID, app.Confirmation{}); !errors.Is(err, domain.ErrNotPublished) {
			t.Errorf("confirmed by who joined: %v", err)
		}
		_, err = w.ConfirmShift(w.as(w.leader), shift.ID, app.Confirmation{PeopleServed: 30})
		w.must(err)
		for v, want := range map[string][3]string{
			hers: {east, "4106/410621/", "浚县"}, both: {east, "4106/410621/", "浚县"}, walkIn: {east, "4106/410621/", "浚县"}, ours: {w.team, "4106/410611/", "淇滨区"},
		} {
			if got := w.creditedTo(v); got != want {
				t.Errorf("credited to %v, want %v", got, want)
			}
		}
	})
	t.Run("what was declined or taken back is over: no code, no members, and the key is another", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		east, eastLeader := w.brigade("浚县伾山队")
		shift := w.shiftIn(48*time.Hour, 10)
		join := func() []byte {
			_, err := w.AskTeam(w.as(w.leader), shift.TaskID, east)
			w.must(err)
			_, err = w.AnswerJoint(w.as(eastLeader), shift.TaskID, east, domain.JointJoined)
			w.must(err)
			s, err := w.FindCode(w.as(eastLeader), shift.ID)
			w.must(err)
			return s.Key
		}
		for _, end := range []struct {
			who string
			to  domain.JointState
		}{{eastLeader, domain.JointDeclined}, {w.leader, domain.JointWithdrawn}} {
			key := join()
			_, err := w.AnswerJoint(w.as(end.who), shift.TaskID, east, end.to)
			w.must(err)
			if _, err := w.FindCode(w.as(eastLeader), shift.ID); !errors.Is(err, domain.ErrNotPublished) {
				t.Errorf("%s: still has the code: %v", end.to, err)
			}
			if s, err := w.FindCode(w.as(w.leader), shift.ID); err != nil || cmp.Equal(key, []byte(s.Key)) {
				t.Errorf("%s: the key they had draws codes still (%v)", end.to, err)
			}
		}
	})
	t.Run("a brigade that became part of another is that other: gate, hours, choice", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		east, eastLeader := w.brigade("浚县伾山队")
		shift := w.givenShift(nil)
		_, err := w.AskTeam(w.as(w.leader), shift.TaskID, east)
		w.must(err)
		_, err = w.AnswerJoint(w.as(eastLeader), shift.TaskID, east, domain.JointJoined)
		w.must(err)
		both := w.join("两队的")[0]
		w.enrol(east, both, "member")
		_, err = w.SignUp(w.as(both), shift.ID)
		w.must(err)
		_, err = w.ChooseTeam(w.as(both), shift.TaskID, east)
		w.must(err)

		north, northLeader := w.brigade("浚县巾帼队")
		w.remember(teamsv1.TeamChanged{TeamID: east, Name: "浚县伾山队", RegionPath: "4106/410621/", ReportingUnit: "浚县", State: "dissolved", SuccessorID: north, Version: 2})
		w.enrol(north, both, "member")
		if _, err := w.FindCode(w.as(northLeader), shift.ID); err != nil {
			t.Errorf("the leader of the brigade that took it over: %v", err)
		}
		w.clock.Leap(time.Hour)
		w.attend(both, shift)
		w.leapTo(shift.EndsAt.Add(time.Minute))
		_, err = w.ConfirmShift(w.as(w.leader), shift.ID, app.Confirmation{})
		w.must(err)
		if got := w.creditedTo(both); got[0] != north {
			t.Errorf("credited to %v, want the brigade that took it over", got)
		}
	})
}
