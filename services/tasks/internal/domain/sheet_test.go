package domain

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestPrintSheet(t *testing.T) {
	t.Parallel()
	t.Run("everybody with a seat has a row, then come the empty ones; a second print only adds who is new and what is used up", func(t *testing.T) {
		t.Parallel()
		s := aShift(t)
		first, lines, err := s.PrintSheet("leader", []string{"v1", "v2"}, nil, nil, after(-600))
		if err != nil || len(lines) != 2+emptyLines || lines[0].VolunteerID != "v1" || lines[6].VolunteerID != "" || lines[6].Number != 7 {
			t.Fatalf("%+v, %v", lines, err)
		}
		typed := map[string]string{lines[2].Code: "v9"}
		second, added, err := s.PrintSheet("deputy", []string{"v3", "v1"}, lines, typed, after(0))
		if err != nil || first.Code == second.Code {
			t.Fatal(first.Code, second.Code, err)
		}
		var got []string
		for _, l := range added {
			got = append(got, l.VolunteerID)
		}
		if diff := cmp.Diff([]string{"v3", ""}, got); diff != "" || added[0].Number != 8 || added[0].SheetID != second.ID {
			t.Errorf("%s %+v", diff, added)
		}
	})
	t.Run("what does not take place has no sheet", func(t *testing.T) {
		t.Parallel()
		s := aShift(t)
		s.State = ShiftCancelled
		if _, _, err := s.PrintSheet("leader", nil, nil, nil, after(0)); !errors.Is(err, ErrShiftCancelled) {
			t.Error(err)
		}
	})
}

func TestFromPaper(t *testing.T) {
	t.Parallel()
	whole := Period{after(0), after(150)}
	in := func(method Method, state AttendanceState) *Attendance {
		return &Attendance{ID: "a", VolunteerID: "v", State: state, CheckedInAt: after(5), InMethod: method, Version: 1}
	}
	closed := in(MethodLink, AttendanceClosed)
	closed.CheckedOutAt, closed.OutMethod = after(140), MethodLink
	for name, c := range map[string]struct {
		had    *Attendance
		period Period
		own    bool
		now    time.Time
		ends   []ClaimKind
		state  AttendanceState
		grade  Verification
		err    error
	}{
		"who was not seen before is there for both ends, as grade C":     {nil, whole, false, after(200), []ClaimKind{ClaimIn, ClaimOut}, AttendanceClosed, VerificationC, nil},
		"a tap that was taken back is nothing":                           {in(MethodTap, AttendanceUndone), whole, false, after(200), []ClaimKind{ClaimIn, ClaimOut}, AttendanceClosed, VerificationC, nil},
		"who scanned on arriving only needs the end, and stays grade B":  {in(MethodLink, AttendanceUnconfirmed), whole, false, after(200), []ClaimKind{ClaimOut}, AttendanceClosed, VerificationB, nil},
		"who was seen at both ends stays as seen":                        {closed, whole, false, after(200), nil, AttendanceClosed, VerificationA, nil},
		"the typist's own row is her word":                               {nil, whole, true, after(200), []ClaimKind{ClaimIn, ClaimOut}, AttendanceDeclared, VerificationD, nil},
		"early and late are kept as they were; what counts is cut later": {nil, Period{after(-20), after(170)}, false, after(200), []ClaimKind{ClaimIn, ClaimOut}, AttendanceClosed, VerificationC, nil},
		"too early":                   {nil, Period{after(-61), after(150)}, false, after(200), nil, "", "", ErrPaperPeriod},
		"too late":                    {nil, Period{after(0), after(271)}, false, after(600), nil, "", "", ErrPaperPeriod},
		"arriving when it is over":    {nil, Period{after(150), after(160)}, false, after(600), nil, "", "", ErrPaperPeriod},
		"the wrong way round":         {nil, Period{after(90), after(30)}, false, after(600), nil, "", "", ErrPaperPeriod},
		"nobody leaves in the future": {nil, whole, false, after(100), nil, "", "", ErrPaperPeriod},
		"an end before the scan":      {in(MethodLink, AttendanceOpen), Period{after(0), after(4)}, false, after(200), nil, "", "", ErrPaperPeriod},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := aShift(t)
			a, ends, err := s.FromPaper("v", c.had, c.period, "leader", c.own, c.now)
			if !errors.Is(err, c.err) || a.State != c.state {
				t.Fatalf("%s, %v", a.State, err)
			}
			if diff := cmp.Diff(c.ends, ends); diff != "" {
				t.Error(diff)
			}
			if err == nil && s.Verify(a.in(), a.out()) != c.grade {
				t.Errorf("grade %s", s.Verify(a.in(), a.out()))
			}
		})
	}
	t.Run("a confirmed roster takes no more paper, and one that was called off none at all", func(t *testing.T) {
		t.Parallel()
		s := aShift(t)
		for state, want := range map[ShiftState]error{ShiftConfirmed: ErrShiftConfirmed, ShiftCancelled: ErrShiftCancelled} {
			s.State = state
			if _, _, err := s.FromPaper("v", nil, whole, "leader", false, after(200)); !errors.Is(err, want) {
				t.Errorf("%s: %v", state, err)
			}
		}
	})
}
