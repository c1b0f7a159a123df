package domain

import (
	"errors"
	"testing"
)

func TestTakesPart(t *testing.T) {
	t.Parallel()
	paper := func(kind, state string, from, until int) KnownQualification {
		k := KnownQualification{Kind: kind, State: state, From: on(from, 0, 0)}
		if until > 0 {
			k.Until = on(until, 0, 0)
		}
		return k
	}
	legal := []string{"lawyer", "legal_worker"}
	for name, c := range map[string]struct {
		who   Eligibility
		needs []string
		want  error
	}{
		"whoever, where nothing is needed":        {Eligibility{}, nil, nil},
		"a minor whose guardian has not agreed":   {Eligibility{WaitsForGuardian: true}, nil, ErrGuardianFirst},
		"no paper":                                {Eligibility{}, legal, ErrPaperNeeded},
		"one of the papers":                       {Eligibility{Papers: []KnownQualification{paper("legal_worker", "confirmed", 1, 0)}}, legal, nil},
		"another paper":                           {Eligibility{Papers: []KnownQualification{paper("nurse", "confirmed", 1, 0)}}, legal, ErrPaperNeeded},
		"one that nobody has confirmed":           {Eligibility{Papers: []KnownQualification{paper("lawyer", "claimed", 1, 0)}}, legal, ErrPaperNeeded},
		"one that ends before the shift":          {Eligibility{Papers: []KnownQualification{paper("lawyer", "confirmed", 1, 26)}}, legal, ErrPaperNeeded},
		"one that begins after it":                {Eligibility{Papers: []KnownQualification{paper("lawyer", "confirmed", 27, 0)}}, legal, ErrPaperNeeded},
		"an old one beside a good one":            {Eligibility{Papers: []KnownQualification{paper("lawyer", "withdrawn", 1, 0), paper("lawyer", "confirmed", 2, 27)}}, legal, nil},
		"a paper does not stand for the guardian": {Eligibility{WaitsForGuardian: true, Papers: []KnownQualification{paper("lawyer", "confirmed", 1, 0)}}, legal, ErrGuardianFirst},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if err := c.who.TakesPart(Asks{Programme: "法律援助", Papers: c.needs}, on(26, 9, 0)); !errors.Is(err, c.want) {
				t.Errorf("%v, want %v", err, c.want)
			}
		})
	}
	t.Run("only members, where the brigade keeps it to itself; a paper is no membership", func(t *testing.T) {
		t.Parallel()
		asks := Asks{MembersOnly: "桂鹤队"}
		if err := (Eligibility{Member: true}).TakesPart(asks, on(26, 9, 0)); err != nil {
			t.Error(err)
		}
		lawyer := Eligibility{Papers: []KnownQualification{paper("lawyer", "confirmed", 1, 0)}}
		if err := lawyer.TakesPart(asks, on(26, 9, 0)); !errors.Is(err, ErrMembersOnly) {
			t.Error(err)
		}
	})
}
