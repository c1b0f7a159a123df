package domain

import (
	"errors"
	"testing"
)

func TestJudge(t *testing.T) {
	t.Parallel()
	s := aShift(t)
	claim := func(e Evidence) Claim { return Claim{ShiftID: s.ID, Evidence: e, ReceivedAt: after(5)} }
	t.Run("a link is judged at the instant it was opened", func(t *testing.T) {
		t.Parallel()
		tries := 0
		c := claim(Evidence{Code: s.Key.Code(s.ID, after(1)), SeenAt: after(1)}) // arrives four minutes later
		got, err := c.Judge(s, nil, &tries)
		if err != nil || got != (Proved{Method: MethodLink, At: after(1)}) {
			t.Errorf("Judge = %+v, %v", got, err)
		}
		c.Evidence.SeenAt = after(2)
		if _, err := c.Judge(s, nil, &tries); !errors.Is(err, ErrCodeExpired) {
			t.Errorf("an old code: err = %v, want ErrCodeExpired", err)
		}
	})
	t.Run("digits are judged now, in whatever width they were typed", func(t *testing.T) {
		t.Parallel()
		tries := 0
		e, err := NewEvidence(Evidence{Digits: wide(s.Key.Digits(s.ID, after(5)))})
		if err != nil {
			t.Fatal(err)
		}
		if got, err := claim(e).Judge(s, nil, &tries); err != nil || got.Method != MethodDigits {
			t.Errorf("Judge = %+v, %v", got, err)
		}
	})
	t.Run("a leader's tap is proof for others and their own word for themself", func(t *testing.T) {
		t.Parallel()
		tries := 0
		c := claim(Evidence{Tap: true})
		c.ActorID, c.VolunteerID = "leader", "v"
		if got, err := c.Judge(s, nil, &tries); err != nil || got.Method != MethodTap {
			t.Errorf("for another: Judge = %+v, %v", got, err)
		}
		c.VolunteerID = "leader"
		if got, err := c.Judge(s, nil, &tries); err != nil || got.Method != MethodOwn {
			t.Errorf("for themself: Judge = %+v, %v", got, err)
		}
	})
	t.Run("after five wrong tries even the right digits are refused", func(t *testing.T) {
		t.Parallel()
		tries := 0
		wrong := claim(Evidence{Digits: "no"})
		for i := range MaxTries {
			_, err := wrong.Judge(s, nil, &tries)
			want := ErrWrongDigits
			if i == MaxTries-1 {
				want = ErrTooManyTries
			}
			if !errors.Is(err, want) {
				t.Fatalf("try %d: err = %v, want %v", i+1, err, want)
			}
		}
		right := claim(Evidence{Digits: s.Key.Digits(s.ID, after(5))})
		if _, err := right.Judge(s, nil, &tries); !errors.Is(err, ErrTooManyTries) {
			t.Errorf("err = %v, want ErrTooManyTries", err)
		}
	})
	t.Run("exactly one kind of evidence is given", func(t *testing.T) {
		t.Parallel()
		for _, e := range []Evidence{{}, {Code: "c", Digits: "1"}, {Code: "c", Tap: true}, {Digits: "1", Tap: true}, {Tap: true, Card: "k"}} {
			if _, err := NewEvidence(e); !errors.Is(err, ErrEvidence) {
				t.Errorf("NewEvidence(%+v) err = %v, want ErrEvidence", e, err)
			}
		}
	})
}

func wide(digits string) string {
	var out []rune
	for _, r := range digits {
		out = append(out, r-'0'+'０')
	}
	return " " + string(out)
}
