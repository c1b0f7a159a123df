package domain

import (
	"errors"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/shared/id"
)

var nine = time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC)

// from nine to half past eleven.
func morning() Shift {
	return Shift{ID: id.New(), StartsAt: nine, EndsAt: nine.Add(150 * time.Minute), Capacity: 2, State: ShiftOpen}
}

func TestAfterwards(t *testing.T) {
	t.Parallel()
	s, who, leader := morning(), id.New(), id.New()
	first := Period{nine, nine.Add(time.Hour)}
	open := func() *Attendance {
		return &Attendance{ID: id.New(), VolunteerID: who, State: AttendanceOpen, CheckedInAt: nine, InMethod: MethodLink, Version: 1}
	}
	state := func(st AttendanceState) *Attendance { a := open(); a.State = st; return a }
	confirmed := morning()
	confirmed.State = ShiftConfirmed

	for name, c := range map[string]struct {
		shift Shift
		had   *Attendance
		p     Period
		why   string
		err   error
	}{
		"nothing is known":       {s, nil, first, "没带手机", nil},
		"the tap was taken back": {s, state(AttendanceUndone), first, "没带手机", nil},
		"already there":          {s, open(), first, "x", ErrAlreadyEntered},
		"before the start":       {s, nil, Period{nine.Add(-time.Minute), nine.Add(time.Hour)}, "x", ErrPeriod},
		"after the end":          {s, nil, Period{nine, nine.Add(151 * time.Minute)}, "x", ErrPeriod},
		"backwards":              {s, nil, Period{nine.Add(time.Hour), nine}, "x", ErrPeriod},
		"in the future":          {s, nil, Period{nine, nine.Add(121 * time.Minute)}, "x", ErrPeriod},
		"without a reason":       {s, nil, first, "", ErrReasonMissing},
		"the shift is confirmed: not by a leader": {confirmed, nil, first, "x", ErrShiftConfirmed},
	} {
		t.Run("a leader enters: "+name, func(t *testing.T) {
			t.Parallel()
			a, err := c.shift.Enter(who, c.had, c.p, leader, c.why, nine.Add(2*time.Hour))
			if !errors.Is(err, c.err) {
				t.Fatalf("err = %v, want %v", err, c.err)
			}
			if err == nil && (a.State != AttendanceClosed || a.EnteredBy != leader || c.shift.Verify(a.in(), a.out()) != VerificationC) {
				t.Errorf("entered %+v", a)
			}
		})
	}
	over := s.EndsAt
	for name, c := range map[string]struct {
		had   *Attendance
		now   time.Time
		err   error
		grade Verification
	}{
		"a minute before the end":        {nil, over.Add(-time.Minute), ErrNotOver, ""},
		"at the end":                     {nil, over, nil, VerificationD},
		"after fourteen days":            {nil, over.Add(DeclareWithin), nil, VerificationD},
		"and a second":                   {nil, over.Add(DeclareWithin + time.Second), ErrDeclareTooLate, ""},
		"only when she left":             {state(AttendanceUnconfirmed), over, nil, VerificationB},
		"what has been confirmed stands": {state(AttendanceConfirmed), over, ErrAlreadyEntered, ""},
		"what was rejected stands":       {state(AttendanceRejected), over, ErrAlreadyEntered, ""},
		"what is declared stands":        {state(AttendanceDeclared), over, ErrAlreadyEntered, ""},
	} {
		t.Run("her own word: "+name, func(t *testing.T) {
			t.Parallel()
			a, err := s.Declare(who, c.had, first, "在东门捡垃圾", c.now)
			if !errors.Is(err, c.err) {
				t.Fatalf("err = %v, want %v", err, c.err)
			}
			if err != nil {
				return
			}
			if a.State != AttendanceDeclared || s.Verify(a.in(), a.out()) != c.grade {
				t.Errorf("declared %+v", a)
			}
			if err := a.Confirm(s, leader, c.now); !errors.Is(err, ErrEndMissing) {
				t.Errorf("confirmed without being accepted: %v", err)
			}
			if err := a.Accept(); err != nil {
				t.Error(err)
			}
			if err := a.Confirm(s, who, c.now); !errors.Is(err, ErrOwnAttendance) {
				t.Errorf("confirmed by herself: %v", err)
			}
			if err := a.Confirm(s, leader, c.now); err != nil || a.Minutes != 60 {
				t.Errorf("%d minutes, %v", a.Minutes, err)
			}
		})
	}
}

func TestUndo(t *testing.T) {
	t.Parallel()
	s, leader := morning(), id.New()
	tapped := Attendance{ID: id.New(), VolunteerID: id.New(), State: AttendanceOpen, CheckedInAt: nine, InMethod: MethodTap, Version: 1}
	scanned, left, scannedOut := tapped, tapped, tapped
	scanned.InMethod = MethodLink
	left.State, left.CheckedOutAt, left.OutMethod = AttendanceClosed, nine.Add(time.Hour), MethodTap
	scannedOut.State, scannedOut.CheckedOutAt, scannedOut.OutMethod = AttendanceClosed, nine.Add(time.Hour), MethodLink
	for name, c := range map[string]struct {
		a    Attendance
		now  time.Time
		err  error
		want AttendanceState
	}{
		"a tap in, at once":              {tapped, nine, nil, AttendanceUndone},
		"after two minutes":              {tapped, nine.Add(UndoWithin), nil, AttendanceUndone},
		"and a second":                   {tapped, nine.Add(UndoWithin + time.Second), ErrUndoTooLate, ""},
		"a scan is nobody's mistake":     {scanned, nine, ErrNoTap, ""},
		"a tap out, at once":             {left, nine.Add(time.Hour), nil, AttendanceOpen},
		"their own scan out after a tap": {scannedOut, nine.Add(time.Hour), ErrNoTap, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := c.a
			u, err := a.Undo(leader, c.now)
			if !errors.Is(err, c.err) {
				t.Fatalf("err = %v, want %v", err, c.err)
			}
			if err == nil && (a.State != c.want || u.AttendanceID != a.ID || !a.CheckedOutAt.IsZero()) {
				t.Errorf("now %+v, kept %+v", a, u)
			}
			if until := c.a.UndoUntil(); (err == nil) != (!until.IsZero() && !c.now.After(until)) {
				t.Errorf("can be taken back until %v", until)
			}
		})
	}
	t.Run("whoever was tapped by mistake can still check in, in the same row", func(t *testing.T) {
		t.Parallel()
		a := tapped
		if _, err := a.Undo(leader, nine); err != nil {
			t.Fatal(err)
		}
		again, changed, err := s.CheckIn(&SignUp{VolunteerID: a.VolunteerID, State: SignUpConfirmed}, &a, MethodLink, nine.Add(time.Minute))
		if err != nil || !changed || again.ID != a.ID || again.State != AttendanceOpen || again.Version != 3 {
			t.Errorf("%+v, %t, %v", again, changed, err)
		}
	})
}
