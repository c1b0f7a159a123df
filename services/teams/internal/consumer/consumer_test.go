package consumer_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/teams/internal/consumer"
	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/given"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/contract/hoursv1"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/inbox"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/testkit/bustest"
)

var (
	ours, theirs                          = id.New(), id.New()
	leader, member, muting, gone, waiting = id.New(), id.New(), id.New(), id.New(), id.New()
)

// givenTeams is a world with a team of four and another, and its inboxes in words.
func givenTeams(t testing.TB) (*given.World, func() any) {
	t.Helper()
	w := given.New(t)
	us := w.Team(t, func(team *domain.Team) { team.ID, team.Name = ours, "桂鹤" })
	them := w.Team(t, func(team *domain.Team) { team.ID, team.Name = theirs, "大伾山" })
	people := map[string]domain.Volunteer{}
	for _, one := range []string{leader, member, muting, gone, waiting} {
		people[one] = w.Volunteer(t, func(v *domain.Volunteer) {
			v.ID = one
			if one == waiting {
				v.State, v.Phone = domain.VolunteerUnclaimed, ""
			}
		})
	}
	w.Member(t, us, people[leader], domain.RoleLeader)
	w.Member(t, us, people[member], domain.RoleMember)
	w.Member(t, us, people[muting], domain.RoleMember)
	w.Member(t, us, people[waiting], domain.RoleMember)
	w.End(t, w.Member(t, us, people[gone], domain.RoleMember))
	w.Member(t, them, people[member], domain.RoleDeputy)
	_, err := w.App.SetNoticePreferences(given.As(t, people[muting]), domain.NoticePreferences{
		Muted: []domain.NoticeKind{domain.NoticeTaskPublished, domain.NoticeHoursConfirmed},
	})
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]string{leader: "leader", member: "member", muting: "muting", gone: "gone", waiting: "waiting"}
	return w, func() any {
		t.Helper()
		inboxes := map[string][]string{}
		for one, name := range names {
			page, err := w.App.ListNotices(given.As(t, people[one]), "zh", 100, "")
			if err != nil {
				t.Fatal(err)
			}
			for _, n := range page.Notices {
				inboxes[name] = append(inboxes[name], n.Text(page.Reader))
			}
		}
		return inboxes
	}
}

func published(teamID, title string, ago time.Duration) tasksv1.TaskPublished {
	return tasksv1.TaskPublished{TaskID: id.New(), TeamID: teamID, Title: title, PublishedAt: given.Day.Add(-ago), PublishedBy: leader, Version: 1}
}

func confirmed(volunteerID, by string, minutes int, ago time.Duration) tasksv1.AttendanceConfirmed {
	from := given.Day.In(clock.City).Add(-ago)
	return tasksv1.AttendanceConfirmed{
		AttendanceID: id.New(), TaskTitle: "护河", TeamID: ours, VolunteerID: volunteerID, From: from, To: from.Add(3 * time.Hour),
		Minutes: minutes, ConfirmedBy: by, ConfirmedAt: given.Day.Add(-ago + time.Minute), Version: 1,
	}
}

func due(kind tasksv1.NoticeKind, volunteerID string, ago time.Duration) tasksv1.NoticeDue {
	start := given.Day.Add(48 * time.Hour).Format(time.RFC3339)
	return tasksv1.NoticeDue{
		NoticeID: id.New(), Kind: kind, VolunteerID: volunteerID, ShiftID: id.New(), DueAt: given.Day.Add(-ago),
		Words: map[string]string{"task": "扫雪", "task_id": id.New(), "start": start, "place": "桂鹤社区", "more": "than is needed"},
	}
}

func completed(volunteerID, grants string) tasksv1.TrainingCompleted {
	return tasksv1.TrainingCompleted{
		CertificateID: id.New(), Number: "PX26-7K3M9-QW2RT", TaskID: id.New(), TaskTitle: "代理家长岗前培训", TeamID: ours, VolunteerID: volunteerID,
		Sessions: 2, Minutes: 240, CompletedOn: "2026-11-20", Grants: grants, Months: 6, GrantedBy: leader, CompletedAt: given.Day.Add(-20 * 24 * time.Hour),
	}
}

func events() []outbox.Event {
	return []outbox.Event{
		due(tasksv1.NoticeTaskChanged, muting, time.Hour),
		due(tasksv1.NoticeTaskCancelled, muting, 4*24*time.Hour),
		due("news.of.a.later.release", muting, time.Hour),
		due(tasksv1.NoticeTaskChanged, waiting, time.Hour),
		published(ours, "护河", time.Hour),
		published(theirs, "义诊", 2*time.Hour),
		published(id.New(), "无人的队", time.Hour),
		published(ours, "上个月的活动", 30*24*time.Hour),
		confirmed(member, leader, 150, 3*time.Hour),
		confirmed(leader, id.New(), 60, 24*time.Hour),
		confirmed(member, leader, 0, 4*time.Hour),
		confirmed(muting, leader, 30, 4*time.Hour),
		confirmed(id.New(), leader, 30, 4*time.Hour),
		confirmed(waiting, leader, 30, 4*time.Hour),
		confirmed(member, leader, 30, 10*24*time.Hour),
	}
}

// kept is what is written down of trainings and qualifications, and what the
// services were told of these, with people's names.
func kept(t testing.TB, w *given.World) []string {
	t.Helper()
	var got []string
	for _, query := range []string{
		`SELECT v.volunteer_id || ' ' || v.title || ' ' || v.organiser || ' ' || v.minutes || ' ' || v.certificate_number FROM trainings v ORDER BY 1`,
		`SELECT volunteer_id || ' ' || kind || ' ' || state || ' ' || issuer || ' ' || issued_on || ' ' || COALESCE(valid_until::text, '') FROM qualifications ORDER BY 1`,
		`SELECT body->>'volunteer_id' || ' ' || (body->>'state') FROM outbox WHERE subject = 'teams.v1.qualification.changed' ORDER BY 1`,
	} {
		var rows []string
		if err := w.DB.Owner(t).Select(&rows, query); err != nil {
			t.Fatal(err)
		}
		got = append(got, rows...)
	}
	name := strings.NewReplacer(member, "member", leader, "leader", waiting, "waiting", gone, "gone")
	for i := range got {
		got[i] = name.Replace(got[i])
	}
	slices.Sort(got)
	return got
}

func TestFromTasks(t *testing.T) {
	t.Parallel()
	t.Run("everybody is told what concerns them and is news, once", func(t *testing.T) {
		t.Parallel()
		w, inboxes := givenTeams(t)
		bustest.Deliver(t, consumer.FromTasks(w.App, w.DB.DB), events()...)
		want := map[string][]string{
			"member": {"桂鹤发布了“护河”，点开可以报名。", "大伾山发布了“义诊”，点开可以报名。", "今天 2小时30分，队长已确认。活动：护河。"},
			"muting": {"“扫雪”有变动：11月25日 周三 20:00，桂鹤社区。请以此为准。"},
			"leader": {"昨天 1小时，妇联已确认。活动：护河。"},
		}
		if diff := cmp.Diff(want, inboxes()); diff != "" {
			t.Error(diff)
		}
	})
	all := append(events(), completed(member, "companion_training"), completed(member, ""), completed(leader, "companion_training"),
		completed(waiting, "lawyer"), completed(id.New(), "companion_training"), completed(gone, "no_such_kind"))
	bustest.EveryWay(t, func(t testing.TB) (*inbox.Receiver, func() any) {
		w, inboxes := givenTeams(t)
		return consumer.FromTasks(w.App, w.DB.DB), func() any { return []any{inboxes(), kept(t, w)} }
	}, all...)
	t.Run("who completed a class has it written down, and what it grants, once", func(t *testing.T) {
		t.Parallel()
		w, inboxes := givenTeams(t)
		r := consumer.FromTasks(w.App, w.DB.DB)
		for range 2 { // told again as new events
			bustest.Deliver(t, r, all...)
		}
		got := kept(t, w)
		want := []string{
			"gone 代理家长岗前培训 桂鹤 240 PX26-7K3M9-QW2RT",
			"leader claimed", // who set what the class grants has it from somebody else
			"leader companion_training claimed 桂鹤 2026-11-20 2027-05-19",
			"leader 代理家长岗前培训 桂鹤 240 PX26-7K3M9-QW2RT",
			"member companion_training confirmed 桂鹤 2026-11-20 2027-05-19",
			"member confirmed",
			"member 代理家长岗前培训 桂鹤 240 PX26-7K3M9-QW2RT",
			"member 代理家长岗前培训 桂鹤 240 PX26-7K3M9-QW2RT",
			"waiting 代理家长岗前培训 桂鹤 240 PX26-7K3M9-QW2RT", // a lawyer's licence is given by no class
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		told := inboxes().(map[string][]string)["member"]
		if n := len(slices.DeleteFunc(slices.Clone(told), func(text string) bool { return !strings.Contains(text, "已经确认，点开") })); n != 1 {
			t.Errorf("she is told %d times of her qualification: %v", n, told)
		}
	})
	t.Run("told again as new events it is still told once", func(t *testing.T) {
		t.Parallel()
		w, inboxes := givenTeams(t)
		r := consumer.FromTasks(w.App, w.DB.DB)
		bustest.Deliver(t, r, all...)
		want := inboxes()
		bustest.Deliver(t, r, all...)
		if diff := cmp.Diff(want, inboxes()); diff != "" {
			t.Error(diff)
		}
	})
}

func TestFromHours(t *testing.T) {
	t.Parallel()
	asked := func(volunteerID string, kind hoursv1.NoticeKind, ago time.Duration) hoursv1.NoticeDue {
		return hoursv1.NoticeDue{
			NoticeID: id.New(), Kind: kind, VolunteerID: volunteerID, SubjectKind: "correction", SubjectID: id.New(), DueAt: given.Day.Add(-ago),
			Words: map[string]string{"task": "护河", "day": given.Day.In(clock.City).Format(time.DateOnly), "deadline": "2026-12-03", "correction_id": id.New(), "more": "than is needed"},
		}
	}
	all := []outbox.Event{
		asked(leader, hoursv1.NoticeCorrectionAsked, time.Hour), asked(member, hoursv1.NoticeCorrectionRefused, time.Minute),
		asked(member, "of.a.later.release", time.Hour), asked(member, hoursv1.NoticeCorrectionOpened, 4*24*time.Hour),
	}
	bustest.EveryWay(t, func(t testing.TB) (*inbox.Receiver, func() any) {
		w, inboxes := givenTeams(t)
		return consumer.FromHours(w.App, w.DB.DB), inboxes
	}, all...)
	t.Run("who may decide is told by when, who asked how it was decided; the rest is passed over", func(t *testing.T) {
		t.Parallel()
		w, inboxes := givenTeams(t)
		bustest.Deliver(t, consumer.FromHours(w.App, w.DB.DB), all...)
		want := map[string][]string{
			"leader": {"今天“护河”有一条时长，有人说不对。请点开决定，最晚12月3日。"},
			"member": {"今天“护河”的时长核对过了，不改。谁决定的、为什么，点开可以看到。"},
		}
		if diff := cmp.Diff(want, inboxes()); diff != "" {
			t.Error(diff)
		}
	})
}
