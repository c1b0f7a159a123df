package domain

import (
	"errors"
	"testing"
	"time"
)

func TestAcceptHeld(t *testing.T) {
	t.Parallel()
	held := func(kind ClaimKind, method Method, doubt Doubt, minute int) DoubtedClaim {
		return DoubtedClaim{ClaimID: "c", VolunteerID: "v", Kind: kind, Method: method, Doubt: doubt, At: after(minute)}
	}
	had := func(state AttendanceState, in, out int) *Attendance {
		a := &Attendance{ID: "a", VolunteerID: "v", State: state, CheckedInAt: after(in), InMethod: MethodTap, Version: 3}
		if out > 0 {
			a.CheckedOutAt, a.OutMethod = after(out), MethodLink
		}
		return a
	}
	for name, c := range map[string]struct {
		claim DoubtedClaim
		had   *Attendance
		state AttendanceState
		grade Verification // with what is known of both ends
		in    int
		out   int
		err   error
	}{
		"late: it counts from when it was seen, as entered by hand":     {held(ClaimIn, MethodLinkOffline, DoubtLate, 2), nil, AttendanceUnconfirmed, "", 2, 0, nil},
		"another time is known: a good code keeps its proof":            {held(ClaimIn, MethodLinkOffline, DoubtConflict, 2), had(AttendanceClosed, 20, 140), AttendanceClosed, VerificationB, 2, 140, nil},
		"the clock was moved: no better than by hand, the other end is": {held(ClaimOut, MethodTapOffline, DoubtClock, 120), had(AttendanceUnconfirmed, 0, 0), AttendanceClosed, VerificationB, 0, 120, nil},
		"no check-in: from the start on the leader's word":              {held(ClaimOut, MethodLinkOffline, DoubtNoCheckIn, 100), nil, AttendanceClosed, VerificationB, 0, 100, nil},
		"a tap that was taken back is nothing":                          {held(ClaimOut, MethodLinkOffline, DoubtNewDevice, 100), had(AttendanceUndone, 10, 0), AttendanceClosed, VerificationC, 0, 100, nil},
		"a time outside of the shift is to be entered by hand":          {held(ClaimIn, MethodTapOffline, DoubtClock, 170), nil, "", "", 0, 0, ErrHeldTime},
		"leaving before coming":                                         {held(ClaimOut, MethodTapOffline, DoubtClock, 10), had(AttendanceOpen, 30, 0), "", "", 0, 0, ErrHeldTime},
		"what is decided stays":                                         {held(ClaimOut, MethodLinkOffline, DoubtDecided, 100), had(AttendanceConfirmed, 0, 90), "", "", 0, 0, ErrAlreadyDecided},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := aShift(t)
			a, err := s.AcceptHeld(c.claim, c.had, "leader", after(400))
			if !errors.Is(err, c.err) || a.State != c.state {
				t.Fatalf("%s, %v", a.State, err)
			}
			if err != nil {
				return
			}
			if !a.CheckedInAt.Equal(after(c.in)) || c.out > 0 && !a.CheckedOutAt.Equal(after(c.out)) || a.EnteredBy != "leader" {
				t.Errorf("%+v", a)
			}
			if c.grade != "" && s.Verify(a.in(), a.out()) != c.grade {
				t.Errorf("grade %s", s.Verify(a.in(), a.out()))
			}
		})
	}
}

func TestTakeBack(t *testing.T) {
	t.Parallel()
	before := Attendance{ID: "a", State: AttendanceOpen, CheckedInAt: after(20), Version: 3}
	look := Look{Verdict: LookAccept, At: after(400), Before: &before, Version: 4}
	left := Attendance{ID: "a", State: AttendanceOpen, CheckedInAt: after(2), Version: 4}
	if a, err := look.TakeBack(&left, after(401)); err != nil || !a.CheckedInAt.Equal(after(20)) || a.Version != 5 {
		t.Errorf("%+v, %v", a, err)
	}
	if _, err := look.TakeBack(&left, after(403)); !errors.Is(err, ErrUndoTooLate) {
		t.Error(err)
	}
	moved := left
	moved.Version = 5
	if _, err := look.TakeBack(&moved, after(401)); !errors.Is(err, ErrAlreadyDecided) {
		t.Error(err)
	}
	look.Before = nil
	if a, err := look.TakeBack(&left, after(401)); err != nil || a.State != AttendanceUndone {
		t.Errorf("%+v, %v", a, err)
	}
	if _, err := (Look{Verdict: LookUndo, At: after(400)}).TakeBack(&left, after(400).Add(time.Second)); !errors.Is(err, ErrNothingDone) {
		t.Error(err)
	}
}
