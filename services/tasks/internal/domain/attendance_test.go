package domain

import (
	"errors"
	"testing"
	"time"
)

// aShift is 12:00 to 14:30.
func aShift(t *testing.T) Shift {
	t.Helper()
	s, err := NewShift("0190c0de-0000-7000-8000-000000000001", noon, noon.Add(150*time.Minute), 2)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func after(minutes int) time.Time { return noon.Add(time.Duration(minutes) * time.Minute) }

func TestCredit(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ in, out, want int }{
		"who is there from start to end has it all":     {0, 150, 150},
		"who came early counts from the start":          {-40, 150, 150},
		"who came late counts from arrival":             {20, 150, 130},
		"who stayed on counts to the end":               {0, 200, 150},
		"who left early counts to leaving":              {0, 90, 90},
		"who left before the start has nothing":         {-40, -5, 0},
		"who came after the end has nothing":            {155, 160, 0},
		"who left in the minute of arrival has nothing": {10, 10, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, _, got := Credit(aShift(t), after(c.in), after(c.out))
			if got != c.want {
				t.Errorf("minutes = %d, want %d", got, c.want)
			}
		})
	}
	t.Run("a begun minute does not count", func(t *testing.T) {
		t.Parallel()
		if _, _, got := Credit(aShift(t), after(0), after(59).Add(59*time.Second)); got != 59 {
			t.Errorf("minutes = %d, want 59", got)
		}
	})
}

func TestCheckInAndOut(t *testing.T) {
	t.Parallel()
	seat := &SignUp{VolunteerID: "v", State: SignUpConfirmed}
	t.Run("whoever is signed up checks in once, however often they tap", func(t *testing.T) {
		t.Parallel()
		s := aShift(t)
		a, changed, err := s.CheckIn(seat, nil, MethodLink, after(2))
		if err != nil || !changed || a.State != AttendanceOpen {
			t.Fatalf("CheckIn = %+v, %v, %v", a, changed, err)
		}
		again, changed, err := s.CheckIn(seat, &a, MethodLink, after(30))
		if err != nil || changed || !again.CheckedInAt.Equal(after(2)) {
			t.Errorf("second CheckIn = %v, %v, %v; want the first unchanged", again.CheckedInAt, changed, err)
		}
	})
	t.Run("refusals say what to do", func(t *testing.T) {
		t.Parallel()
		s := aShift(t)
		confirmed := s
		confirmed.State = ShiftConfirmed
		for name, c := range map[string]struct {
			shift Shift
			seat  *SignUp
			at    time.Time
			want  error
		}{
			"no seat":          {s, nil, after(1), ErrNotSignedUp},
			"withdrawn":        {s, &SignUp{State: SignUpWithdrawn}, after(1), ErrNotSignedUp},
			"too early":        {s, seat, after(-61), ErrTooEarly},
			"after the end":    {s, seat, after(151), ErrTooLate},
			"roster is closed": {confirmed, seat, after(1), ErrShiftConfirmed},
		} {
			if _, _, err := c.shift.CheckIn(c.seat, nil, MethodLink, c.at); !errors.Is(err, c.want) {
				t.Errorf("%s: err = %v, want %v", name, err, c.want)
			}
		}
	})
	t.Run("the scan that checked in does not check out", func(t *testing.T) {
		t.Parallel()
		s := aShift(t)
		a, _, _ := s.CheckIn(seat, nil, MethodLink, after(2))
		if _, err := s.CheckOut(&a, MethodLink, after(2)); !errors.Is(err, ErrSameScan) {
			t.Errorf("err = %v, want ErrSameScan", err)
		}
	})
	t.Run("checking out needs a check-in, and the first check-out stays", func(t *testing.T) {
		t.Parallel()
		s := aShift(t)
		if _, err := s.CheckOut(nil, MethodLink, after(2)); !errors.Is(err, ErrNotCheckedIn) {
			t.Errorf("err = %v, want ErrNotCheckedIn", err)
		}
		a, _, _ := s.CheckIn(seat, nil, MethodLink, after(2))
		if changed, err := s.CheckOut(&a, MethodLink, after(100)); err != nil || !changed {
			t.Fatalf("CheckOut = %v, %v", changed, err)
		}
		if changed, err := s.CheckOut(&a, MethodLink, after(140)); err != nil || changed || !a.CheckedOutAt.Equal(after(100)) {
			t.Errorf("second CheckOut = %v, %v, out at %v", changed, err, a.CheckedOutAt)
		}
	})
}

func TestConfirm(t *testing.T) {
	t.Parallel()
	closed := func(t *testing.T) (Shift, Attendance) {
		s := aShift(t)
		a, _, err := s.CheckIn(&SignUp{VolunteerID: "v", State: SignUpConfirmed}, nil, MethodLink, after(2))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.CheckOut(&a, MethodLink, after(148)); err != nil {
			t.Fatal(err)
		}
		return s, a
	}
	t.Run("freezes interval, minutes and grade", func(t *testing.T) {
		t.Parallel()
		s, a := closed(t)
		if err := a.Confirm(s, "leader", after(160)); err != nil {
			t.Fatal(err)
		}
		if a.State != AttendanceConfirmed || a.Minutes != 146 || a.Verification != VerificationA || a.ConfirmedBy != "leader" {
			t.Errorf("attendance = %+v", a)
		}
	})
	t.Run("nobody confirms or rejects themself", func(t *testing.T) {
		t.Parallel()
		s, a := closed(t)
		if err := a.Confirm(s, "v", after(160)); !errors.Is(err, ErrOwnAttendance) {
			t.Errorf("Confirm err = %v", err)
		}
		if err := a.Reject("v", "x", after(160)); !errors.Is(err, ErrOwnAttendance) {
			t.Errorf("Reject err = %v", err)
		}
	})
	t.Run("what is decided stays decided", func(t *testing.T) {
		t.Parallel()
		s, a := closed(t)
		if err := a.Reject("leader", "没有来", after(160)); err != nil {
			t.Fatal(err)
		}
		if err := a.Confirm(s, "leader", after(161)); !errors.Is(err, ErrAlreadyDecided) {
			t.Errorf("err = %v, want ErrAlreadyDecided", err)
		}
	})
	t.Run("an end entered by hand lies between check-in and the shift's end, with a reason", func(t *testing.T) {
		t.Parallel()
		s := aShift(t)
		for name, c := range map[string]struct {
			end    time.Time
			reason string
			want   error
		}{
			"before check-in": {after(1), "忘记签退", ErrEndMissing},
			"after the end":   {after(151), "忘记签退", ErrEndMissing},
			"no reason":       {after(120), "", ErrReasonMissing},
			"right":           {after(120), "忘记签退", nil},
		} {
			a, _, _ := s.CheckIn(&SignUp{VolunteerID: "v", State: SignUpConfirmed}, nil, MethodLink, after(2))
			if err := a.SetEnd(s, c.end, c.reason); !errors.Is(err, c.want) {
				t.Errorf("%s: err = %v, want %v", name, err, c.want)
			}
		}
	})
}
