package app_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/id"
)

func TestChangeProgramme(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	city := auth.With(t.Context(), auth.Principal{VolunteerID: id.New(), Grants: []auth.Grant{{Role: "administrator", RegionPath: "4106/"}}})
	if err := w.ChangeProgramme(w.as(w.leader), "", "夜校", false, "试试"); !errors.Is(err, domain.ErrNoAdministrator) {
		t.Errorf("a leader: %v", err)
	}
	w.must(w.ChangeProgramme(city, "", "巾帼夜校", false, "市妇联会议决定"))
	if err := w.ChangeProgramme(city, "", "巾帼夜校", false, "再加一个"); !errors.Is(err, domain.ErrProgrammeTaken) {
		t.Errorf("two of one name: %v", err)
	}
	all, err := w.ListProgrammes(city)
	w.must(err)
	school := all[len(all)-1]
	given := w.givenShift(func(n *app.NewTask) { n.ProgrammeID = school.ID })
	draft, err := w.CreateTask(w.as(w.leader), app.NewTask{
		TeamID: w.team, ProgrammeID: school.ID, Details: domain.Details{Title: "夜校", Place: "社区", Risks: "无", ContactName: "王秀英", ContactPhone: "13800000000"},
		Shifts: []app.NewShift{{StartsAt: w.clock.Now().Add(time.Hour), EndsAt: w.clock.Now().Add(2 * time.Hour), Capacity: 5}},
	})
	w.must(err)
	w.must(w.ChangeProgramme(city, school.ID, "巾帼讲堂", false, "改名"))
	w.must(w.ChangeProgramme(city, school.ID, "巾帼讲堂", true, "并入家教巡讲"))

	_, err = w.CreateTask(w.as(w.leader), app.NewTask{TeamID: w.team, ProgrammeID: school.ID, Details: domain.Details{Title: "新的"}})
	if !errors.Is(err, domain.ErrProgrammeRetired) {
		t.Errorf("a new task: %v", err)
	}
	if _, err := w.PublishTask(w.as(w.leader), draft.ID); !errors.Is(err, domain.ErrProgrammeRetired) {
		t.Errorf("a draft published: %v", err)
	}
	view, err := w.FindTask(w.as(w.leader), given.TaskID)
	w.must(err)
	if view.ProgrammeName != "巾帼讲堂" {
		t.Errorf("what goes on is of %q", view.ProgrammeName)
	}
	if _, err := w.SignUp(w.as(id.New()), given.ID); err != nil {
		t.Errorf("what was posted goes on: %v", err)
	}
	var names []string
	w.must(w.db.Owner(t).Select(&names, `SELECT name || '/' || retired FROM programme_changes WHERE programme_id = $1 ORDER BY version`, school.ID))
	if diff := cmp.Diff([]string{"巾帼夜校/false", "巾帼讲堂/false", "巾帼讲堂/true"}, names); diff != "" {
		t.Errorf("its history (-want +got):\n%s", diff)
	}
	if n := w.count(`SELECT count(*) FROM outbox WHERE subject = 'tasks.v1.programme.changed' AND body->>'programme_id' = $1`, school.ID); n != 3 {
		t.Errorf("told %d times", n)
	}
}
