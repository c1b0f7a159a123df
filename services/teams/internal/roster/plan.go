package roster

import "time"

// Plan is what applying a roster changes.
type Plan struct {
	Teams   []*Team // new or different
	People  []*Person
	Members []*Member
}

// Empty reports whether nothing would change.
func (p *Plan) Empty() bool { return len(p.Teams)+len(p.People)+len(p.Members) == 0 }

// Changes counts a plan.
type Changes struct {
	NewTeams       int `json:"new_teams"`
	ChangedTeams   int `json:"changed_teams"`
	NewPeople      int `json:"new_people"`
	ChangedPeople  int `json:"changed_people"`
	NewMembers     int `json:"new_members"`
	ChangedMembers int `json:"changed_members"`
}

// Count returns how many of each the plan makes or changes.
func (p *Plan) Count() Changes {
	var c Changes
	for _, t := range p.Teams {
		if t.Known == nil {
			c.NewTeams++
		} else {
			c.ChangedTeams++
		}
	}
	for _, one := range p.People {
		if one.Known == nil {
			c.NewPeople++
		} else {
			c.ChangedPeople++
		}
	}
	for _, m := range p.Members {
		if m.Known == nil {
			c.NewMembers++
		} else {
			c.ChangedMembers++
		}
	}
	return c
}

// plan gathers what is new or different, of what stands in usable rows.
func (j *judge) plan() *Plan {
	p := &Plan{}
	leads := j.options.Scope.TeamID != ""
	for _, t := range j.teams {
		if t.at == nil || !anyUsable(t.all()) {
			continue
		}
		if t.Known == nil && !leads || t.Changed && !leads && anyUsable(t.rows) {
			p.Teams = append(p.Teams, t)
		}
	}
	for _, one := range j.people {
		if anyUsable(one.rows) && (one.Known == nil || one.Changed) {
			p.People = append(p.People, one)
		}
	}
	for _, m := range j.parts {
		if m.row.Usable() && (m.Known == nil || m.Known.Active && m.Changed) {
			p.Members = append(p.Members, m)
		}
	}
	return p
}

// Since returns the day on which the roster says that the person came; zero when it does not say.
func (m *Member) Since() time.Time { return m.row.Person.Joined }

func anyUsable(rows []*Row) bool {
	for _, row := range rows {
		if row.Usable() {
			return true
		}
	}
	return false
}
