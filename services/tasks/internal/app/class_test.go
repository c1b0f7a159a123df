package app_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/pinyin"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// class publishes a class of two-hour sessions, tomorrow and on the days after,
// so many of which complete it.
func (w *town) class(sessions, needed int) app.TaskView {
	w.t.Helper()
	shift := w.givenShift(func(n *app.NewTask) {
		n.Plan, n.Details.Title, n.Shifts = domain.Plan{Kind: domain.KindTraining, SessionsNeeded: needed}, "代理家长岗前培训", nil
		for day := range sessions {
			start := w.clock.Now().Add(time.Duration(day+1) * 24 * time.Hour).Truncate(time.Minute)
			n.Shifts = append(n.Shifts, app.NewShift{StartsAt: start, EndsAt: start.Add(2 * time.Hour), Capacity: 30})
		}
	})
	class, err := w.FindTask(w.as(w.leader), shift.TaskID)
	w.must(err)
	return class
}

// teach enters that people of the team were at a session for so long, the clock
// being after it, and has the leader confirm it.
func (w *town) teach(s app.ShiftView, length time.Duration, people ...string) {
	w.t.Helper()
	w.enterAt(s, length, people...)
	_, err := w.ConfirmShift(w.as(w.leader), s.ID, app.Confirmation{PeopleServed: 25})
	w.must(err)
}

func (w *town) enterAt(s app.ShiftView, length time.Duration, people ...string) {
	w.t.Helper()
	if w.clock.Now().Before(s.EndsAt) {
		w.leapTo(s.EndsAt.Add(time.Minute))
	}
	for _, v := range people {
		_, err := w.EnterAttendance(w.as(w.leader), app.NewAttendance{ShiftID: s.ID, VolunteerID: v, Period: w.period(s, 0, length), Reason: "没带手机"})
		w.must(err)
	}
}

func (w *town) completions() (told []tasksv1.TrainingCompleted) {
	w.t.Helper()
	var bodies [][]byte
	w.must(w.db.Owner(w.t).Select(&bodies, `SELECT body FROM outbox WHERE subject = $1 ORDER BY tx, id`, tasksv1.TrainingCompleted{}.Subject()))
	for _, body := range bodies {
		var e tasksv1.TrainingCompleted
		w.must(json.Unmarshal(body, &e))
		told = append(told, e)
	}
	return told
}

func TestCompleteClass(t *testing.T) {
	t.Parallel()
	t.Run("who attends what it takes has a certificate, is told, and the services are, once", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		class := w.class(3, 2)
		_, err := w.SetClassGrant(w.officer("administrator", "4106/410611/"), class.ID, "companion_training", 12)
		w.must(err)
		people := w.join("刘玉兰", "赵敏")
		w.teach(class.Shifts[0], 2*time.Hour, people...)
		if told := w.completions(); len(told) != 0 {
			t.Fatalf("after one session: %+v", told)
		}
		w.teach(class.Shifts[1], 90*time.Minute, people[0])
		w.teach(class.Shifts[2], 2*time.Hour, people[0])
		told := w.completions()
		if len(told) != 1 {
			t.Fatalf("told %+v", told)
		}
		want := tasksv1.TrainingCompleted{
			CertificateID: told[0].CertificateID, Number: told[0].Number, TaskID: class.ID, TaskTitle: "代理家长岗前培训", TeamID: w.team, VolunteerID: people[0],
			Sessions: 2, Minutes: 210, CompletedOn: "2026-11-25", Grants: "companion_training", Months: 12, GrantedBy: told[0].GrantedBy, CompletedAt: told[0].CompletedAt,
		}
		if diff := cmp.Diff(want, told[0]); diff != "" || told[0].GrantedBy == "" {
			t.Error(diff)
		}
		if n := w.count(`SELECT count(*) FROM outbox WHERE body->>'kind' = 'training.completed' AND body->>'volunteer_id' = $1`, people[0]); n != 1 {
			t.Errorf("she is told %d times", n)
		}
		if e := w.credited(); e.Kind != "training" {
			t.Errorf("hours hear of %q", e.Kind)
		}
		mine, err := w.ListMyCertificates(w.as(people[0]))
		w.must(err)
		if len(mine) != 1 || len(mine[0].Attended.Sessions) != 3 || mine[0].Attended.Minutes != 330 || !mine[0].Proved || mine[0].TeamName == "" {
			t.Errorf("mine = %+v", mine)
		}
		if others, err := w.ListMyCertificates(w.as(people[1])); err != nil || len(others) != 0 {
			t.Errorf("one session gives %+v, %v", others, err)
		}
		w.checksAndDraws(mine[0], people[0], people[1])
	})
	t.Run("a session that is rejected, or attended for less than half, does not count", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		class := w.class(2, 2)
		people := w.join("刘玉兰", "赵敏")
		w.teach(class.Shifts[0], 2*time.Hour, people...)
		s := class.Shifts[1]
		w.enterAt(s, 59*time.Minute, people[0])
		w.enterAt(s, 2*time.Hour, people[1])
		roster, err := w.FindRoster(w.as(w.leader), s.ID)
		w.must(err)
		var decisions []app.Decision
		for _, l := range roster.Lines {
			if l.VolunteerID == people[1] {
				decisions = append(decisions, app.Decision{AttendanceID: l.Attendance.ID, Verdict: app.VerdictReject, Reason: "替人签到"})
			}
		}
		_, err = w.ConfirmShift(w.as(w.leader), s.ID, app.Confirmation{Decisions: decisions})
		w.must(err)
		if told := w.completions(); len(told) != 0 {
			t.Errorf("told %+v", told)
		}
	})
	t.Run("two sessions confirmed at once are counted together", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		for range 5 {
			class := w.class(2, 2)
			v := w.member()
			w.enterAt(class.Shifts[0], 2*time.Hour, v)
			w.enterAt(class.Shifts[1], 2*time.Hour, v)
			var wg sync.WaitGroup
			for _, s := range class.Shifts {
				wg.Go(func() {
					if _, err := w.ConfirmShift(w.as(w.leader), s.ID, app.Confirmation{}); err != nil {
						t.Error(err)
					}
				})
			}
			wg.Wait()
			if n := w.count(`SELECT count(*) FROM certificates WHERE task_id = $1`, class.ID); n != 1 {
				t.Errorf("%d certificates", n)
			}
		}
	})
	t.Run("sessions under two records of one person are that person's, and give one certificate", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		class := w.class(3, 2)
		ids := map[string]string{"older": w.member(), "newer": w.member()}
		w.teach(class.Shifts[0], 2*time.Hour, ids["older"])
		w.merge(ids, []teamsv1.VolunteerChanged{{VolunteerID: "older", MergedInto: "newer", Version: 2}})
		w.teach(class.Shifts[1], 2*time.Hour, ids["newer"])
		w.teach(class.Shifts[2], 2*time.Hour, ids["newer"])
		if told := w.completions(); len(told) != 1 || told[0].VolunteerID != ids["newer"] || told[0].Sessions != 2 {
			t.Errorf("told %+v", told)
		}
	})
	t.Run("what was found wrong later proves nothing any more", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		class := w.class(1, 1)
		v := w.join("刘玉兰")[0]
		w.teach(class.Shifts[0], 2*time.Hour, v)
		_, err := w.db.Owner(t).Exec(`
			INSERT INTO anomalies (id, rule, key, volunteer_id, attendance_ids, shift_id, team_id, evidence, state, found_at, answer, reason, decided_by, decided_at, version)
			SELECT $1, 'overlap', 'x', a.volunteer_id, ARRAY[a.id], a.shift_id, $2, '{}', 'upheld', now(), '', '当时在别处', $3, now(), 2 FROM attendances a WHERE a.volunteer_id = $4`,
			id.New(), w.team, w.leader, v)
		w.must(err)
		mine, err := w.ListMyCertificates(w.as(v))
		w.must(err)
		if len(mine) != 1 || mine[0].Proved {
			t.Errorf("mine = %+v", mine)
		}
	})
}

// checksAndDraws looks at a certificate as a stranger and as its holder do.
func (w *town) checksAndDraws(c app.CertificateView, holder, another string) {
	w.t.Helper()
	checked, who, err := w.CheckCertificate(w.t.Context(), " "+strings.ToLower(c.Number))
	w.must(err)
	if checked.ID != c.ID || !checked.Proved || checked.Attended.Minutes != c.Attended.Minutes || who.Name != "刘玉兰" {
		w.t.Errorf("checked = %+v of %+v", checked, who)
	}
	for _, number := range []string{"", "PX26-22222-22222", "'; DROP TABLE certificates"} {
		if _, _, err := w.CheckCertificate(w.t.Context(), number); !errors.Is(err, domain.ErrNoCertificate) {
			w.t.Errorf("%q: %v", number, err)
		}
	}
	pdf, name, err := w.DrawCertificate(w.as(holder), c.ID)
	if err != nil || !bytes.HasPrefix(pdf, []byte("%PDF-")) || name != "参训证明-"+c.Number+".pdf" {
		w.t.Errorf("%d bytes called %s, %v", len(pdf), name, err)
	}
	if _, _, err := w.DrawCertificate(w.as(another), c.ID); !errors.Is(err, domain.ErrNoCertificate) {
		w.t.Errorf("another draws it: %v", err)
	}
}

func TestSetClassGrant(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	class, service := w.class(2, 2), w.givenShift(nil)
	admin := w.officer("administrator", "4106/")
	for name, err := range map[string]error{
		"a coordinator":              second(w.SetClassGrant(w.officer("coordinator", "4106/"), class.ID, "first_aid", 0)),
		"an administrator elsewhere": second(w.SetClassGrant(w.officer("administrator", "4106/410621/"), class.ID, "first_aid", 0)),
		"its leader":                 second(w.SetClassGrant(w.as(w.leader), class.ID, "first_aid", 0)),
		"of an activity":             second(w.SetClassGrant(admin, service.TaskID, "first_aid", 0)),
		"of nothing":                 second(w.SetClassGrant(admin, id.New(), "first_aid", 0)),
	} {
		if !errors.Is(err, domain.ErrNoClass) {
			t.Errorf("%s: %v", name, err)
		}
	}
	set, err := w.SetClassGrant(admin, class.ID, "first_aid", 24)
	w.must(err)
	if set.Grant.Kind != "first_aid" || set.Grant.Months != 24 {
		t.Errorf("grant = %+v", set.Grant)
	}
	change := app.TaskChange{ProgrammeID: w.programme, Plan: domain.Plan{SessionsNeeded: 1}, Details: class.Details}
	if _, err := w.ChangeTask(w.as(w.leader), class.ID, change); !errors.Is(err, domain.ErrSessionsFixed) {
		t.Errorf("the leader makes it easier: %v", err)
	}
	_, err = w.SetClassGrant(admin, class.ID, "", 0)
	w.must(err)
	if changed, err := w.ChangeTask(w.as(w.leader), class.ID, change); err != nil || changed.SessionsNeeded != 1 {
		t.Errorf("while nothing is granted: %d, %v", changed.SessionsNeeded, err)
	}
	w.teach(class.Shifts[0], 2*time.Hour, w.member())
	if _, err := w.SetClassGrant(admin, class.ID, "first_aid", 24); !errors.Is(err, domain.ErrClassCompleted) {
		t.Errorf("after somebody completed it: %v", err)
	}
}

func second[T any](_ T, err error) error { return err }

func TestClassesNeedNoPapers(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	_, err := w.SetProgramme(w.officer("administrator", "4106/"), w.setting(func(s *domain.Setting) { s.Needs = []string{"companion_training"} }))
	w.must(err)
	v := w.member()
	class := w.class(1, 1)
	later := w.givenShift(func(n *app.NewTask) {
		n.Shifts[0].StartsAt, n.Shifts[0].EndsAt = n.Shifts[0].StartsAt.Add(72*time.Hour), n.Shifts[0].EndsAt.Add(72*time.Hour)
	})
	if _, err := w.SignUp(w.as(v), later.ID); !errors.Is(err, domain.ErrPaperNeeded) {
		t.Errorf("the work needs the paper: %v", err)
	}
	listed := func(kind domain.TaskKind) (n int) {
		shifts, err := w.ListShifts(w.as(v), domain.ListingFilter{OnlyMine: true, Kind: kind, Limit: 10})
		w.must(err)
		return len(shifts)
	}
	if listed("") != 1 || listed(domain.KindTraining) != 1 || listed(domain.KindService) != 0 {
		t.Errorf("%d can be joined, %d classes, %d activities", listed(""), listed(domain.KindTraining), listed(domain.KindService))
	}
	if _, err := w.SignUp(w.as(v), class.Shifts[0].ID); err != nil {
		t.Errorf("the class does not: %v", err)
	}
	w.must(w.db.InTx(t.Context(), func(q postgres.Querier) error {
		return w.RememberQualifications(t.Context(), q, []teamsv1.QualificationChanged{
			{QualificationID: id.New(), VolunteerID: v, Kind: "companion_training", State: "confirmed", From: w.clock.Now(), Version: 1},
		})
	}))
	if _, err := w.SignUp(w.as(v), later.ID); err != nil {
		t.Errorf("with the paper: %v", err)
	}
}

func TestListClasses(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	first, _ := w.class(2, 2), w.class(1, 1)
	w.givenShift(nil)
	people := []string{w.member(), w.member()}
	w.teach(first.Shifts[0], 2*time.Hour, people...)
	w.teach(first.Shifts[1], time.Hour, people[0])
	city := w.officer("viewer", "4106/")
	all, err := w.ListClasses(city, app.ClassFilter{})
	w.must(err)
	want := domain.ClassFigures{Attended: 3, Others: 50, Minutes: 300, Certificates: 1}
	if diff := cmp.Diff(want, all.Sum); diff != "" || len(all.Rows) != 2 || all.Sessions != 2 || all.Year != 2026 {
		t.Errorf("%d rows, %d sessions of %d: %s", len(all.Rows), all.Sessions, all.Year, diff)
	}
	for name, c := range map[string]struct {
		who  string
		f    app.ClassFilter
		want int
	}{
		"by initials of the title":  {"4106/", app.ClassFilter{Words: pinyin.Parse("dljz")}, 2},
		"by the team's name":        {"4106/", app.ClassFilter{Words: pinyin.Parse("桂鹤")}, 2},
		"by what is not there":      {"4106/", app.ClassFilter{Words: pinyin.Parse("剪纸")}, 0},
		"of the year before":        {"4106/", app.ClassFilter{Year: 2025}, 0},
		"of a county":               {"4106/", app.ClassFilter{Region: "410611"}, 2},
		"of another county":         {"4106/", app.ClassFilter{Region: "410621"}, 0},
		"by an officer from beyond": {"4106/410621/", app.ClassFilter{}, 0},
	} {
		got, err := w.ListClasses(w.officer("viewer", c.who), c.f)
		if err != nil || len(got.Rows) != c.want {
			t.Errorf("%s: %d, %v", name, len(got.Rows), err)
		}
	}
	if _, err := w.ListClasses(w.as(w.leader), app.ClassFilter{}); !errors.Is(err, domain.ErrNoOfficer) {
		t.Errorf("a leader: %v", err)
	}
}
