package domain

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/shared/apperr"
)

func aTask(t *testing.T, change func(*Details)) Task {
	t.Helper()
	d := Details{Title: "淇河岸边捡拾垃圾", Place: "淇水湾东门", Risks: "岸边湿滑，请穿防滑鞋", ContactName: "王秀英", ContactPhone: "13800000000"}
	if change != nil {
		change(&d)
	}
	task, err := NewTask("team", "programme", "leader", d, noon)
	if err != nil {
		t.Fatal(err)
	}
	return task
}

func TestPublish(t *testing.T) {
	t.Parallel()
	t.Run("everything said: published once, and again changes nothing", func(t *testing.T) {
		t.Parallel()
		task, shifts := aTask(t, nil), []Shift{aShift(t)}
		if err := task.Publish(shifts, noon); err != nil {
			t.Fatal(err)
		}
		version := task.Version
		if err := task.Publish(shifts, after(10)); err != nil || task.Version != version || !task.PublishedAt.Equal(noon) {
			t.Errorf("second Publish: err %v, version %d, at %v", err, task.Version, task.PublishedAt)
		}
	})
	t.Run("every missing field is named at once", func(t *testing.T) {
		t.Parallel()
		task := aTask(t, func(d *Details) { *d = Details{Title: "  去河边 ", Risky: true} })
		err := task.Publish(nil, noon)
		var e *apperr.Error
		if !errors.As(err, &e) {
			t.Fatalf("err = %v", err)
		}
		var got []string
		for _, f := range e.Fields {
			got = append(got, f.Name)
		}
		want := []string{"place", "risks", "contact_name", "contact_phone", "insurance", "shifts"}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("fields (-want +got):\n%s", diff)
		}
	})
	t.Run("a shift that is over cannot be published", func(t *testing.T) {
		t.Parallel()
		task := aTask(t, nil)
		if err := task.Publish([]Shift{aShift(t)}, after(151)); apperr.KindOf(err) != apperr.Invalid {
			t.Errorf("err = %v, want invalid", err)
		}
	})
	t.Run("a title of blanks is none", func(t *testing.T) {
		t.Parallel()
		if _, err := NewTask("t", "p", "l", Details{Title: " 　"}, noon); !errors.Is(err, ErrTitleMissing) {
			t.Errorf("err = %v, want ErrTitleMissing", err)
		}
	})
}

func TestSignUp(t *testing.T) {
	t.Parallel()
	t.Run("seats run out, and a withdrawal frees one", func(t *testing.T) {
		t.Parallel()
		s := aShift(t) // two seats
		first, _, err := s.SignUp("a", nil, noon)
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := s.SignUp("b", nil, noon); err != nil {
			t.Fatal(err)
		}
		if u, _, err := s.SignUp("c", nil, s.StartsAt.Add(-time.Hour)); err != nil || u.State != SignUpWaitlisted || s.Waiting != 1 {
			t.Fatalf("%+v, %v: want a place on the waiting list", u, err)
		}
		if _, _, err := s.SignUp("d", nil, s.StartsAt); !errors.Is(err, ErrShiftFull) {
			t.Fatalf("err = %v, want ErrShiftFull", err)
		}
		if changed, err := s.Withdraw(&first, false, "有事", noon); err != nil || !changed || s.Taken != 1 {
			t.Fatalf("Withdraw = %v, %v, taken %d", changed, err, s.Taken)
		}
		back, changed, err := s.SignUp("a", &first, after(1))
		if err != nil || !changed || back.ID != first.ID || back.Version != 3 || s.Taken != 2 {
			t.Errorf("back = %+v, %v, %v, taken %d", back, changed, err, s.Taken)
		}
	})
	t.Run("who is there cannot withdraw", func(t *testing.T) {
		t.Parallel()
		s := aShift(t)
		u, _, _ := s.SignUp("a", nil, noon)
		if _, err := s.Withdraw(&u, true, "", noon); !errors.Is(err, ErrAlreadyPresent) {
			t.Errorf("err = %v, want ErrAlreadyPresent", err)
		}
	})
	t.Run("nobody signs up for what is over", func(t *testing.T) {
		t.Parallel()
		s := aShift(t)
		if _, _, err := s.SignUp("a", nil, s.EndsAt); !errors.Is(err, ErrShiftOver) {
			t.Errorf("err = %v, want ErrShiftOver", err)
		}
	})
	t.Run("a shift ends after it starts and lasts at most a day", func(t *testing.T) {
		t.Parallel()
		for _, length := range []time.Duration{0, -time.Hour, MaxShift + time.Minute} {
			if _, err := NewShift("t", noon, noon.Add(length), 1); !errors.Is(err, ErrShiftTimes) {
				t.Errorf("%v: err = %v, want ErrShiftTimes", length, err)
			}
		}
	})
}
