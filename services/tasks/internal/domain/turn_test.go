package domain

import (
	"errors"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/shared/id"
)

func TestTurn(t *testing.T) {
	t.Parallel()
	s := morning()
	leader, deputy, before, husband, one, two, three := id.New(), id.New(), id.New(), id.New(), id.New(), id.New(), id.New()
	persons := map[string]Person{}
	for _, v := range []string{deputy, husband, one, two, three} {
		persons[v] = NewPerson(v)
	}
	persons[leader], persons[before] = NewPerson(leader, before), NewPerson(leader, before)
	homes := map[string]Person{leader: NewPerson(husband), before: NewPerson(husband), husband: NewPerson(leader, before)}
	waiting := func(who string) Attendance {
		return Attendance{ID: id.New(), VolunteerID: who, State: AttendanceClosed}
	}
	day := 24 * time.Hour

	for name, c := range map[string]struct {
		who              string
		leaders, present []string
		want             []Turn // at the end, and whenever its time is over
	}{
		"a member's":                                    {one, []string{leader}, []string{one, two}, []Turn{TurnLeader, TurnOffice}},
		"the leader's, with a deputy":                   {leader, []string{leader, deputy}, []string{leader, one, two}, []Turn{TurnDeputy, TurnMember, TurnOffice}},
		"the leader's under another record":             {before, []string{leader}, []string{before, one}, []Turn{TurnMember, TurnOffice}},
		"the leader's, who leads alone":                 {leader, []string{leader}, []string{leader, one}, []Turn{TurnMember, TurnOffice}},
		"the leader's, with only her husband there":     {leader, []string{leader}, []string{leader, husband}, []Turn{TurnOffice}},
		"the leader's, and nobody else was there":       {leader, []string{leader}, []string{leader, before}, []Turn{TurnTownship}},
		"her husband's":                                 {husband, []string{leader}, []string{husband, leader, one}, []Turn{TurnMember, TurnOffice}},
		"her husband's, with a deputy":                  {husband, []string{leader, deputy}, []string{husband, one}, []Turn{TurnDeputy, TurnMember, TurnOffice}},
		"a member's of a team that nobody leads":        {one, nil, []string{one, two}, []Turn{TurnLeader, TurnOffice}},
		"the deputy was there as well, and is picked":   {leader, []string{leader, deputy}, []string{leader, deputy}, []Turn{TurnDeputy, TurnMember, TurnOffice}},
		"a leader and deputy who are the same person":   {leader, []string{leader, before}, []string{leader, one}, []Turn{TurnMember, TurnOffice}},
		"the leader's, where only she and one other is": {leader, []string{leader}, []string{one}, []Turn{TurnMember, TurnOffice}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := Ladder{Leaders: c.leaders, Present: c.present, Persons: persons, Households: homes}
			a, now := waiting(c.who), s.EndsAt
			for _, want := range c.want {
				if !l.Judge(&a, s, now) || a.Turn != want {
					t.Fatalf("at %v it is %q's, want %q", now, a.Turn, want)
				}
				if l.Judge(&a, s, now) {
					t.Errorf("judged again it changes to %q", a.Turn)
				}
				if (a.Turn == TurnMember) != (a.TurnOf != "") || a.TurnOf == c.who {
					t.Errorf("%s, picked %q", a.Turn, a.TurnOf)
				}
				now = a.TurnUntil
			}
			if !a.TurnUntil.IsZero() {
				t.Errorf("the last rung ends at %v", a.TurnUntil)
			}
		})
	}
	t.Run("all is at the office a week after the end", func(t *testing.T) {
		t.Parallel()
		l := Ladder{Leaders: []string{leader, deputy}, Present: []string{leader, one}, Persons: persons}
		for _, who := range []string{leader, one} {
			a := waiting(who)
			for now := s.EndsAt; now.Before(s.EndsAt.Add(8 * day)); now = now.Add(6 * time.Hour) {
				l.Judge(&a, s, now)
				if week := !now.Before(s.EndsAt.Add(7 * day)); week && a.Turn != TurnOffice {
					t.Fatalf("on %v it is %s's", now, a.Turn)
				}
			}
		}
	})
	t.Run("who is picked depends on nobody's choice: not on the order, and evenly over many", func(t *testing.T) {
		t.Parallel()
		picked := map[string]int{}
		for range 3000 {
			a := waiting(leader)
			b := a
			Ladder{Leaders: []string{leader}, Present: []string{one, two, three}, Persons: persons}.Judge(&a, s, s.EndsAt)
			Ladder{Leaders: []string{leader}, Present: []string{three, one, two}, Persons: persons}.Judge(&b, s, s.EndsAt)
			if a.TurnOf != b.TurnOf {
				t.Fatal("the order decides")
			}
			picked[a.TurnOf]++
		}
		for _, who := range []string{one, two, three} {
			if n := picked[who]; n < 850 || n > 1150 { // 1000 expected, five standard deviations are 129
				t.Errorf("picked %d times of 3000", n)
			}
		}
	})
	t.Run("F11: who may decide", func(t *testing.T) {
		t.Parallel()
		her := Decider{ID: leader, Self: persons[leader], Household: homes[leader], Leads: true}
		member := Decider{ID: one, Self: persons[one]}
		office, township := Decider{ID: two, Self: persons[two], Office: true}, Decider{ID: three, Self: persons[three], Office: true, Township: true}
		at := func(who string, turn Turn, of string) Attendance {
			return Attendance{VolunteerID: who, Turn: turn, TurnOf: of}
		}
		for name, c := range map[string]struct {
			by   Decider
			a    Attendance
			want error
		}{
			"her own":                                 {her, at(leader, TurnLeader, ""), ErrOwnAttendance},
			"her own under the record before":         {her, at(before, TurnLeader, ""), ErrOwnAttendance},
			"her husband's":                           {her, at(husband, TurnLeader, ""), ErrSameHousehold},
			"her husband's, even at the office":       {Decider{ID: leader, Self: persons[leader], Household: homes[leader], Office: true}, at(husband, TurnOffice, ""), ErrSameHousehold},
			"a member's":                              {her, at(one, TurnLeader, ""), nil},
			"a member's when it has gone on":          {her, at(one, TurnOffice, ""), nil},
			"whoever was picked":                      {member, at(leader, TurnMember, one), nil},
			"whoever was not picked":                  {member, at(leader, TurnMember, two), ErrNotYourTurn},
			"whoever was picked, when it has gone on": {member, at(leader, TurnOffice, ""), ErrNotYourTurn},
			"the office before its turn":              {office, at(leader, TurnMember, one), ErrNotYourTurn},
			"the office":                              {office, at(leader, TurnOffice, ""), nil},
			"a village's office for the township":     {office, at(leader, TurnTownship, ""), ErrNotYourTurn},
			"the township":                            {township, at(leader, TurnTownship, ""), nil},
		} {
			if err := c.by.May(c.a); !errors.Is(err, c.want) {
				t.Errorf("%s: %v, want %v", name, err, c.want)
			}
		}
	})
}
