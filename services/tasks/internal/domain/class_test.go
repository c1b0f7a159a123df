package domain

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func aClass(t *testing.T, needed, planned int) Task {
	t.Helper()
	task := aTask(t, nil)
	if err := task.Replan(Plan{KindTraining, needed}, planned, false); err != nil {
		t.Fatal(err)
	}
	return task
}

func TestReplan(t *testing.T) {
	t.Parallel()
	published := func(task *Task) { task.State = TaskPublished }
	for name, c := range map[string]struct {
		from    Plan
		given   func(*Task)
		to      Plan
		planned int
		fixed   bool
		want    Plan
		err     error
	}{
		"a service stays one when nothing is said":         {from: Plan{KindService, 0}, to: Plan{}, planned: 3, want: Plan{KindService, 0}},
		"a service has no sessions, whatever is said":      {from: Plan{KindService, 0}, to: Plan{"", 4}, planned: 3, want: Plan{KindService, 0}},
		"a class takes all its sessions at first":          {from: Plan{KindService, 0}, to: Plan{KindTraining, 0}, planned: 3, want: Plan{KindTraining, 3}},
		"a class without sessions yet takes one":           {from: Plan{KindService, 0}, to: Plan{KindTraining, 0}, want: Plan{KindTraining, 1}},
		"or as many as are said":                           {from: Plan{KindService, 0}, to: Plan{KindTraining, 2}, planned: 3, want: Plan{KindTraining, 2}},
		"but not more than are planned":                    {from: Plan{KindService, 0}, to: Plan{KindTraining, 4}, planned: 3, err: ErrSessionsNeeded},
		"a draft becomes an activity again":                {from: Plan{KindTraining, 2}, to: Plan{KindService, 0}, planned: 3, want: Plan{KindService, 0}},
		"what is published stays a class when not told":    {from: Plan{KindTraining, 2}, given: published, planned: 3, want: Plan{KindTraining, 2}},
		"and cannot become an activity":                    {from: Plan{KindTraining, 2}, given: published, to: Plan{KindService, 0}, planned: 3, err: ErrKindFixed},
		"nor an activity a class":                          {from: Plan{KindService, 0}, given: published, to: Plan{KindTraining, 1}, planned: 3, err: ErrKindFixed},
		"a published class may take fewer":                 {from: Plan{KindTraining, 2}, given: published, to: Plan{KindTraining, 1}, planned: 3, want: Plan{KindTraining, 1}},
		"unless it grants something":                       {from: Plan{KindTraining, 2}, given: published, to: Plan{KindTraining, 1}, planned: 3, fixed: true, err: ErrSessionsFixed},
		"when the number stays, nothing is fixed":          {from: Plan{KindTraining, 2}, given: published, to: Plan{KindTraining, 2}, planned: 3, fixed: true, want: Plan{KindTraining, 2}},
		"a session called off does not stop other changes": {from: Plan{KindTraining, 3}, given: published, to: Plan{KindTraining, 3}, planned: 2, want: Plan{KindTraining, 3}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			task := aTask(t, nil)
			task.Kind, task.SessionsNeeded = c.from.Kind, c.from.SessionsNeeded
			if c.given != nil {
				c.given(&task)
			}
			err := task.Replan(c.to, c.planned, c.fixed)
			if !errors.Is(err, c.err) || c.err == nil && err != nil {
				t.Fatalf("err = %v, want %v", err, c.err)
			}
			if got := (Plan{task.Kind, task.SessionsNeeded}); c.err == nil && got != c.want {
				t.Errorf("plan = %+v, want %+v", got, c.want)
			}
		})
	}
	t.Run("a class that takes more sessions than it has is not published", func(t *testing.T) {
		t.Parallel()
		task := aClass(t, 2, 2)
		if err := task.Publish([]Shift{aShift(t)}, noon); !errors.Is(err, ErrSessionsNeeded) {
			t.Errorf("err = %v", err)
		}
		if err := task.Publish([]Shift{aShift(t), aShift(t)}, noon); err != nil {
			t.Error(err)
		}
	})
}

func TestNewClassGrant(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		given     func(*Task)
		kind      string
		completed bool
		err       error
	}{
		"a class grants what is set":              {kind: "first_aid"},
		"or nothing":                              {kind: ""},
		"a service grants nothing":                {given: func(t *Task) { t.Kind = KindService }, kind: "first_aid", err: ErrNoClass},
		"nor what was called off":                 {given: func(t *Task) { t.State = TaskCancelled }, kind: "first_aid", err: ErrGrantsCancelled},
		"after somebody completed it, it stays":   {completed: true, kind: "first_aid", err: ErrClassCompleted},
		"a code that no list could have is wrong": {kind: "First Aid", err: ErrGrantKind},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			task := aClass(t, 1, 1)
			if c.given != nil {
				c.given(&task)
			}
			g, err := NewClassGrant(task, c.kind, 12, c.completed, "officer", noon)
			if !errors.Is(err, c.err) || c.err == nil && err != nil {
				t.Fatalf("err = %v, want %v", err, c.err)
			}
			if months := map[bool]int{true: 12}[c.kind != ""]; err == nil && (g.Kind != c.kind || g.Months != months || g.SetBy != "officer") {
				t.Errorf("grant = %+v", g)
			}
		})
	}
}

func TestAttendedOf(t *testing.T) {
	t.Parallel()
	session := func(shift, volunteer string, day, minutes int) Session {
		from := noon.AddDate(0, 0, day)
		return Session{shift, volunteer, from, from.Add(2 * time.Hour), from, from.Add(time.Duration(minutes) * time.Minute), minutes}
	}
	all := []Session{
		session("one", "anne", 0, 120), session("one", "anne again", 0, 120), session("one", "ben", 0, 120),
		session("two", "anne", 1, 59), session("three", "anne again", 2, 60),
	}
	got := AttendedOf(NewPerson("anne", "anne again"), all)
	if diff := cmp.Diff(Attended{[]Session{all[0], all[4]}, 180}, got); diff != "" {
		t.Errorf("a session counts once, and when half of it was attended (-want +got):\n%s", diff)
	}
	class := aClass(t, 2, 3)
	if !got.Completes(class) || AttendedOf(NewPerson("ben"), all).Completes(class) {
		t.Error("two sessions complete it and one does not")
	}
	c := NewCertificate(class, "anne", got, ClassGrant{Kind: "first_aid"}, noon)
	if c.CompletedOn != "2026-11-25" || c.Grants != "first_aid" {
		t.Errorf("certificate = %+v", c)
	}
	c.SessionsNeeded = class.SessionsNeeded
	if !c.Proved(got) || c.Proved(AttendedOf(NewPerson("ben"), all)) {
		t.Error("it is proved by what it takes, and by no less")
	}
}

func TestParseCertificateNumber(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for range 1000 {
		number := newCertificateNumber(noon)
		if got, err := ParseCertificateNumber(number); err != nil || got != number || seen[number] {
			t.Fatalf("%s reads as %s, %v; seen before: %v", number, got, err, seen[number])
		}
		seen[number] = true
	}
	for typed, want := range map[string]string{
		"px26-7k3m9-qw2rt": "PX26-7K3M9-QW2RT", " PX26 7K3M9 QW2RT ": "PX26-7K3M9-QW2RT", "ＰＸ２６－７Ｋ３Ｍ９－ＱＷ２ＲＴ": "PX26-7K3M9-QW2RT", "PX267K3M9QW2RT": "PX26-7K3M9-QW2RT",
		"": "", "PX26-7K3M9-QW2R": "", "PX26-7K3M9-QW2R0": "", "PX26-7K3M9-QW2RTX": "", "AB26-7K3M9-QW2RT": "", "证明": "", "PX26-7K3M9-QW2RI": "",
	} {
		got, err := ParseCertificateNumber(typed)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%q reads as %q, %v; want %q", typed, got, err, want)
		}
	}
}
