package roster

import "time"

// Known is what Qihe has of the teams and people that a roster speaks of.
type Known struct {
	Teams   []KnownTeam   // with one of the names of Asked
	People  []KnownPerson // with one of its phones or identity numbers, or in one of these teams
	Members []KnownMember // of these teams
}

// KnownTeam is a team as it is registered.
type KnownTeam struct {
	ID, Name, Region, RegionPath, ReportingUnit, Category string
	State                                                 string
	Founded                                               time.Time
	Headcount                                             int
	Version                                               int64
}

// KnownPerson is a person as they are registered; their numbers are what they
// are known by.
type KnownPerson struct {
	ID, Name, PhoneKey, IDKey, Sex, Home string
	Claimed                              bool // has an account of their own
	Version                              int64
}

// KnownMember is somebody's part in a team.
type KnownMember struct {
	ID, Team, Person, Role string
	Active                 bool // else they have left, or have not come yet
	Version                int64
}

// Asked is what must be known before a roster can be judged.
type Asked struct{ TeamNames, PhoneKeys, IDKeys []string }

// Asks returns what the rows speak of, each once.
func (r *Roster) Asks() Asked {
	var a Asked
	seen := map[string]bool{}
	add := func(list *[]string, mark, s string) {
		if s != "" && !seen[mark+s] {
			seen[mark+s] = true
			*list = append(*list, s)
		}
	}
	for _, row := range r.Rows {
		add(&a.TeamNames, "t", row.Team.Name)
		add(&a.PhoneKeys, "p", row.Person.PhoneKey)
		add(&a.IDKeys, "i", row.Person.IDKey)
	}
	return a
}

// index finds what is known.
type index struct {
	teams   map[string][]*KnownTeam // by name
	team    map[string]*KnownTeam   // by id
	person  map[string]*KnownPerson // by id
	phone   map[string]*KnownPerson // by key
	id      map[string]*KnownPerson // by key
	members map[string][]*KnownMember
}

func indexOf(k Known) *index {
	x := &index{
		teams: map[string][]*KnownTeam{}, team: map[string]*KnownTeam{}, person: map[string]*KnownPerson{},
		phone: map[string]*KnownPerson{}, id: map[string]*KnownPerson{}, members: map[string][]*KnownMember{},
	}
	for i := range k.Teams {
		t := &k.Teams[i]
		x.teams[t.Name], x.team[t.ID] = append(x.teams[t.Name], t), t
	}
	for i := range k.People {
		p := &k.People[i]
		x.person[p.ID] = p
		if p.PhoneKey != "" {
			x.phone[p.PhoneKey] = p
		}
		if p.IDKey != "" {
			x.id[p.IDKey] = p
		}
	}
	for i := range k.Members {
		m := &k.Members[i]
		x.members[m.Team] = append(x.members[m.Team], m)
	}
	return x
}

// named returns the people of a team who have the name.
func (x *index) named(team, name string) []*KnownPerson {
	var found []*KnownPerson
	for _, m := range x.members[team] {
		if p := x.person[m.Person]; p != nil && m.Active && p.Name == name {
			found = append(found, p)
		}
	}
	return found
}

func (x *index) member(team, person string) *KnownMember {
	var found *KnownMember
	for _, m := range x.members[team] {
		if m.Person == person && (found == nil || m.Active) {
			found = m
		}
	}
	return found
}
