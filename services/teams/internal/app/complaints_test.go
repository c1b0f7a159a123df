package app_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/given"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
)

// complaintWorld has anne who complains, and bea in the brigade.
type complaintWorld struct {
	paperWorld
	team domain.Team
	bea  domain.Volunteer
}

func givenComplaintWorld(t *testing.T) complaintWorld {
	t.Helper()
	p := givenPaperWorld(t)
	c := complaintWorld{paperWorld: p, team: p.Team(t), bea: p.Volunteer(t, func(v *domain.Volunteer) { v.Name = "李白云" })}
	p.Member(t, c.team, c.bea, domain.RoleMember)
	return c
}

func (w complaintWorld) complain(t *testing.T, person string) string {
	t.Helper()
	sent, err := w.App.Complain(w.asAnne, domain.ComplaintDraft{TeamID: w.team.ID, Person: person, Happened: "约好了没有来", HappenedOn: "2026-11-22"})
	if err != nil {
		t.Fatal(err)
	}
	return sent.ComplaintID
}

func TestComplain(t *testing.T) {
	t.Parallel()
	t.Run("from the phone to the outcome: both sides learn it, and nobody learns who sent it", func(t *testing.T) {
		t.Parallel()
		w := givenComplaintWorld(t)
		c, asBea := w.complain(t, "李白云"), given.As(t, w.bea)
		queue, _, err := w.App.ListComplaints(w.asOffice, "410621", 10, "")
		if err != nil || len(queue) != 1 || queue[0].Name != "李白云" || queue[0].ComplainerName != w.anne.Name || queue[0].Complaint.Happened != "约好了没有来" {
			t.Fatal(queue, err)
		}
		if mine, err := w.App.MyComplaints(asBea); err != nil || len(mine) != 0 {
			t.Error("she sees it before it is decided", mine, err)
		}
		for _, step := range []domain.ComplaintState{domain.ComplaintLookedAt, domain.ComplaintUpheld} {
			if done, err := w.App.MoveComplaint(w.asOffice, c, step, "和队长核实过，已提醒"); err != nil || done.State != step {
				t.Fatal(done, err)
			}
		}
		told := slices.DeleteFunc(w.Outbox(t), func(e given.Event) bool { return e.Subject != (teamsv1.ComplaintUpheld{}).Subject() })
		if len(told) != 1 || !strings.Contains(string(told[0].Body), w.bea.ID) || strings.Contains(string(told[0].Body), "提醒") {
			t.Errorf("told %v", told)
		}
		mine, err := w.App.MyComplaints(w.asAnne)
		if err != nil || len(mine) != 1 || mine[0].Complaint.Reason != "和队长核实过，已提醒" || mine[0].Complaint.State != domain.ComplaintUpheld {
			t.Error(mine, err)
		}
		about, err := w.App.MyComplaints(asBea)
		if err != nil || len(about) != 1 {
			t.Fatal(about, err)
		}
		if told := about[0]; told.ComplainerName != "" || told.Complaint.Complainer != "" || told.Complaint.Happened != "" || told.Complaint.Reason == "" || !told.Complaint.HappenedOn.IsZero() {
			t.Errorf("%+v", told)
		}
		if about[0].Complaint.ID[14] != '4' {
			t.Error("its id tells when it was sent")
		}
		text := "有关" + w.team.Name + "的一条投诉有了处理结果，请点开查看。"
		for name, got := range map[string][]string{"anne": w.notices(w.asAnne, t), "bea": w.notices(asBea, t)} {
			if diff := cmp.Diff([]string{text}, got); diff != "" {
				t.Error(name, diff)
			}
		}
		if n := given.Value[int](t, w.World, "SELECT count(*) FROM audit_records WHERE act LIKE 'complaint.%' AND volunteer_id IS NULL"); n != 3 {
			t.Error(n, "lines of the audit that name nobody")
		}
	})
	t.Run("a name that means nobody or several is left to the office; the answer is the same", func(t *testing.T) {
		t.Parallel()
		w := givenComplaintWorld(t)
		w.Member(t, w.team, w.Volunteer(t), domain.RoleMember)
		w.Member(t, w.team, w.Volunteer(t), domain.RoleMember)
		for _, person := range []string{"", "没有这个人", "王桂兰"} { // of whom there are two
			w.complain(t, person)
		}
		w.complain(t, w.bea.Number)
		if got := given.Value[string](t, w.World, "SELECT string_agg(COALESCE(volunteer_id::text, person_word), ',' ORDER BY person_word = $1, person_word) FROM complaints", w.bea.Number); got != ",没有这个人,王桂兰,"+w.bea.ID {
			t.Error(got)
		}
	})
	t.Run("five a day, the same tap once, and only about brigades that one may see", func(t *testing.T) {
		t.Parallel()
		w := givenComplaintWorld(t)
		draft := domain.ComplaintDraft{TeamID: w.team.ID, Happened: "约好了没有来", HappenedOn: "2026-11-22"}
		twice := idempotency.WithKey(w.asAnne, id.New())
		for range 2 {
			if _, err := w.App.Complain(twice, draft); err != nil {
				t.Fatal(err)
			}
		}
		for n := range domain.MaxComplaintsADay {
			if _, err := w.App.Complain(w.asAnne, draft); (err != nil) != (n == domain.MaxComplaintsADay-1) {
				t.Error(n, err)
			} else if err != nil && !errors.Is(err, domain.ErrComplaintsEnough) {
				t.Error(err)
			}
		}
		w.Clock.Leap(25 * time.Hour)
		if _, err := w.App.Complain(w.asAnne, draft); err != nil {
			t.Error(err)
		}
		draft.TeamID = w.Team(t, func(team *domain.Team) { team.State = domain.TeamDraft }).ID
		if _, err := w.App.Complain(w.asAnne, draft); !errors.Is(err, domain.ErrNoTeam) {
			t.Error(err)
		}
	})
}

func TestDecideComplaint(t *testing.T) {
	t.Parallel()
	t.Run("by nobody who is concerned, under whichever record", func(t *testing.T) {
		t.Parallel()
		w := givenComplaintWorld(t)
		leader := w.Volunteer(t)
		w.Member(t, w.team, leader, domain.RoleLeader)
		c := w.complain(t, "李白云")
		for name, who := range map[string]struct {
			v    domain.Volunteer
			want error
		}{"the complainer": {w.anne, domain.ErrConcerned}, "whom it is about": {w.bea, domain.ErrNoComplaint}, "who leads the brigade": {leader, domain.ErrNoComplaint}} {
			as := given.As(t, who.v, county)
			if _, err := w.App.MoveComplaint(as, c, domain.ComplaintNotUpheld, "没有这事"); !errors.Is(err, who.want) {
				t.Error(name, err)
			}
			if queue, _, err := w.App.ListComplaints(as, "410621", 10, ""); err != nil || len(queue) != 0 {
				t.Error(name, "reads it", queue, err)
			}
		}
		for name, own := range map[string]domain.Volunteer{"complainer": w.anne, "person": w.bea, "leader": leader} {
			older := w.Volunteer(t, func(v *domain.Volunteer) { v.Phone, v.State, v.MergedInto = "", domain.VolunteerMerged, own.ID })
			_, err := w.DB.Owner(t).ExecContext(t.Context(), "UPDATE complaints SET state = 'upheld', taken_by = $2, decided_by = $2, decided_at = now(), reason = 'x' WHERE id = $1", c, older.ID)
			if err == nil {
				t.Error("the database lets an older record decide, of the", name)
			}
		}
		if _, err := w.App.MoveComplaint(given.As(t, w.Volunteer(t)), c, domain.ComplaintLookedAt, ""); !errors.Is(err, domain.ErrNoComplaint) {
			t.Error(err)
		}
		if _, err := w.App.MoveComplaint(w.asOffice, c, domain.ComplaintUpheld, " "); !errors.Is(err, domain.ErrReason) {
			t.Error(err)
		}
	})
	t.Run("records that become one keep them, and what she had decided herself is looked at again", func(t *testing.T) {
		t.Parallel()
		w := givenComplaintWorld(t)
		c := w.complain(t, "李白云")
		if _, err := w.App.MoveComplaint(w.asOffice, c, domain.ComplaintNotUpheld, "没有这事"); err != nil {
			t.Fatal(err)
		}
		merger := given.As(t, w.Volunteer(t), auth.Grant{Role: "administrator", RegionPath: "4106/"})
		if _, err := w.App.MergeVolunteers(merger, w.officer.ID, w.bea.ID, "registered_twice"); err != nil {
			t.Fatal(err)
		}
		got := given.Value[string](t, w.World, "SELECT concat_ws(' ', state, volunteer_id, decided_by) FROM complaints WHERE id = $1", c)
		if want := fmt.Sprint("looked_at ", w.officer.ID); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	})
	t.Run("of somebody who left, what was decided loses its words", func(t *testing.T) {
		t.Parallel()
		w := givenComplaintWorld(t)
		c := w.complain(t, "李白云")
		if _, err := w.App.MoveComplaint(w.asOffice, c, domain.ComplaintUpheld, "和李白云谈过"); err != nil {
			t.Fatal(err)
		}
		if err := w.App.ErasePerson(w.asOffice, w.bea.ID, "书面申请"); err != nil {
			t.Fatal(err)
		}
		if got := given.Value[string](t, w.World, "SELECT concat(state, happened, person_word, reason) FROM complaints"); got != "upheld（已注销）" {
			t.Error(got)
		}
	})
}
