package domain

import (
	_ "embed"
	"encoding/json"
	"testing"
	"time"
)

// What the phone tells, by what it measured: the web app's test of
// lib/place.ts holds its comparison against the same table.
//
//go:embed testdata/places.json
var places []byte

func TestAway(t *testing.T) {
	t.Parallel()
	var rows []struct {
		Name string
		Away bool
	}
	if err := json.Unmarshal(places, &rows); err != nil || len(rows) == 0 {
		t.Fatal(err)
	}
	proofs := map[string]struct {
		in, out    Method
		here, away Verification
	}{
		"a live code at both ends":     {MethodLink, MethodDigits, VerificationA, VerificationB},
		"a code at one end":            {MethodLink, MethodNone, VerificationB, VerificationB},
		"a code kept without network":  {MethodLinkOffline, MethodLink, VerificationB, VerificationB},
		"the leader's tap":             {MethodTap, MethodTap, VerificationB, VerificationB},
		"entered afterwards":           {MethodNone, MethodNone, VerificationC, VerificationC},
		"one's own word, without code": {MethodOwn, MethodOwn, VerificationD, VerificationD},
	}
	for _, row := range rows {
		t.Run(row.Name, func(t *testing.T) {
			t.Parallel()
			for name, p := range proofs {
				a := Attendance{ID: "a", State: AttendanceClosed, VolunteerID: "v", CheckedInAt: after(0), InMethod: p.in, CheckedOutAt: after(150), OutMethod: p.out, Away: row.Away}
				if err := a.Confirm(aShift(t), "leader", after(200)); err != nil {
					t.Fatal(err)
				}
				want := p.here
				if row.Away {
					want = p.away
				}
				if a.Verification != want || a.Minutes != 150 {
					t.Errorf("%s: %s and %d minutes, want %s", name, a.Verification, a.Minutes, want)
				}
			}
		})
	}
	t.Run("the question is one, whenever it is asked", func(t *testing.T) {
		t.Parallel()
		a := Attendance{ID: "a", ShiftID: "s", VolunteerID: "v"}
		if f := AskAboutPlace(a, "t"); f.Rule != RulePlace || f.Key != "place a" || f.Evidence != (Evidences{}) {
			t.Errorf("%+v", f)
		}
	})
	t.Run("a phone compares after its owner's own claim with network, where a place is marked", func(t *testing.T) {
		t.Parallel()
		for name, c := range map[string]Claim{
			"kept":   {Evidence: Evidence{Code: "x"}, Signed: &Signed{}},
			"tapped": {Evidence: Evidence{Tap: true}},
			"a card": {Evidence: Evidence{Card: "x"}},
		} {
			if c.Places() {
				t.Errorf("%s is compared", name)
			}
		}
		if c := (Claim{Evidence: Evidence{Code: "x", SeenAt: time.Now()}}); !c.Places() {
			t.Error("an opened link is not compared")
		}
		if SpotOf(0, 0) != nil || SpotOf(35.75, 114.3).Radius != PlaceRadius {
			t.Error("a place that nobody marked is one, or a marked one is none")
		}
	})
}
