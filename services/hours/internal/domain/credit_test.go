package domain

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/qihe-volunteers/qihe/shared/id"
)

// claimed is a claim of the morning of 24 November, from and to in minutes after nine.
func claimed(from, to int, changes ...func(*Entry)) Entry {
	nine := time.Date(2026, time.November, 24, 1, 0, 0, 0, time.UTC)
	e := givenService(func(e *Entry) {
		e.From, e.To, e.Minutes = nine.Add(time.Duration(from)*time.Minute), nine.Add(time.Duration(to)*time.Minute), to-from
		e.ID, e.Kind, e.Account = id.New(), Service, ServiceAccount
	})
	for _, change := range changes {
		change(&e)
	}
	return e
}

func TestPlace(t *testing.T) {
	t.Parallel()
	programme, other := id.New(), id.New()
	of := func(p string) func(*Entry) { return func(e *Entry) { e.ProgrammeID = p } }
	training := func(e *Entry) { e.Kind, e.Account = Training, TrainingAccount }
	day := claimed(0, 1).Day()
	cap8h := DayCap{ValidFrom: day, Minutes: 480}
	cap2h := DayCap{ProgrammeID: programme, ValidFrom: day, Minutes: 120}
	type result struct {
		Minutes int
		Held    bool
		Rule    CutRule
	}
	for name, c := range map[string]struct {
		caps   Caps
		claims []Entry
		want   []result
	}{
		"one after the other":                              {nil, []Entry{claimed(0, 120), claimed(120, 180)}, []result{{120, false, ""}, {60, false, ""}}},
		"the same time twice":                              {nil, []Entry{claimed(0, 120), claimed(0, 120)}, []result{{120, false, ""}, {120, true, ""}}},
		"one within the other, however short":              {nil, []Entry{claimed(0, 120), claimed(60, 61)}, []result{{120, false, ""}, {1, true, ""}}},
		"three minutes too many":                           {nil, []Entry{claimed(0, 120), claimed(117, 180)}, []result{{120, false, ""}, {63, true, ""}}},
		"two minutes at the gate count once":               {nil, []Entry{claimed(0, 120), claimed(118, 180)}, []result{{120, false, ""}, {60, false, CutOverlap}}},
		"two minutes before count once":                    {nil, []Entry{claimed(60, 120), claimed(0, 62)}, []result{{60, false, ""}, {60, false, CutOverlap}}},
		"between two, a moment at each":                    {nil, []Entry{claimed(0, 60), claimed(120, 180), claimed(59, 121)}, []result{{60, false, ""}, {60, false, ""}, {60, false, CutOverlap}}},
		"a moment that rounding has left out cuts nothing": {nil, []Entry{claimed(0, 120), claimed(118, 180, func(e *Entry) { e.Minutes = 60 })}, []result{{120, false, ""}, {60, false, ""}}},
		"training at the time of service":                  {nil, []Entry{claimed(0, 120), claimed(0, 120, training)}, []result{{120, false, ""}, {120, true, ""}}},
		"over eight hours a day":                           {Caps{cap8h}, []Entry{claimed(0, 400), claimed(400, 500), claimed(500, 600)}, []result{{400, false, ""}, {80, false, CutDay}, {0, false, CutDay}}},
		"training is not bounded":                          {Caps{cap8h}, []Entry{claimed(0, 480), claimed(480, 600, training)}, []result{{480, false, ""}, {120, false, ""}}},
		"over the programme's cap":                         {Caps{cap8h, cap2h}, []Entry{claimed(0, 90, of(programme)), claimed(90, 180, of(programme)), claimed(180, 270, of(other))}, []result{{90, false, ""}, {30, false, CutProgramme}, {90, false, ""}}},
		"the day's cap takes the last minutes":             {Caps{{ValidFrom: day, Minutes: 100}, cap2h}, []Entry{claimed(0, 180, of(programme))}, []result{{100, false, CutDay}}},
		"a cap of nought is none":                          {Caps{{ValidFrom: day, Minutes: 0}, {ValidFrom: day - 9, Minutes: 60}}, []Entry{claimed(0, 120)}, []result{{120, false, ""}}},
		"a cap from tomorrow":                              {Caps{{ValidFrom: day + 1, Minutes: 60}}, []Entry{claimed(0, 120)}, []result{{120, false, ""}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var g Given
			var got []result
			for _, claim := range c.claims {
				credit := g.Place(claim, c.caps)
				r := result{Minutes: credit.Entry.Minutes, Held: credit.Against != ""}
				if credit.Cut != nil {
					r.Rule = credit.Cut.Rule
				}
				got = append(got, r)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// However claims come, no minute counts twice, no cap is passed, and what was
// confirmed is a line, a cut or held: none is lost.
func TestPlaceAnything(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var g Given
		caps := Caps{{ValidFrom: 0, Minutes: rapid.IntRange(0, 600).Draw(t, "cap")}}
		most, capped := caps.On(0, "")
		var lines []Entry
		sum := map[Day]int{}
		for range rapid.IntRange(1, 12).Draw(t, "claims") {
			from := rapid.IntRange(0, 1500).Draw(t, "from")
			claim := claimed(from, from+rapid.IntRange(1, 240).Draw(t, "length"))
			credit := g.Place(claim, caps)
			if credit.Against != "" {
				if diff := cmp.Diff(claim, credit.Entry); diff != "" || credit.Cut != nil {
					t.Fatalf("what is held was changed: %s", diff)
				}
				continue
			}
			lost := claim.Minutes - credit.Entry.Minutes
			if lost < 0 || (lost > 0) != (credit.Cut != nil) || lost > 0 && credit.Cut.Confirmed-credit.Cut.Credited != lost {
				t.Fatalf("%d of %d minutes gone, told %+v", lost, claim.Minutes, credit.Cut)
			}
			if credit.Entry.Minutes > 0 {
				if err := credit.Entry.check(); err != nil {
					t.Fatal(err)
				}
				lines, sum[credit.Entry.Day()] = append(lines, credit.Entry), sum[credit.Entry.Day()]+credit.Entry.Minutes
			}
		}
		for i, a := range lines {
			if capped && sum[a.Day()] > most {
				t.Fatalf("%d minutes on a day, at most %d", sum[a.Day()], most)
			}
			for _, b := range lines[:i] {
				if a.From.Before(b.To) && b.From.Before(a.To) {
					t.Fatalf("%v to %v and %v to %v both count", a.From, a.To, b.From, b.To)
				}
			}
		}
	})
}
