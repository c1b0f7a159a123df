package roster

import (
	"slices"
)

// Team is a team that rows speak of, and what becomes of it.
type Team struct {
	ID      string     // of the known one, else for whoever carries the plan out to fill in
	Known   *KnownTeam // nil: new
	Facts   TeamFacts  // as they will be
	Changed bool

	at      *place
	rows    []*Row // the team's own
	members []*Row
}

// judgeTeams finds out which rows are of the same team, where it is, and
// whether it is known.
func (j *judge) judgeTeams() {
	for _, row := range j.Rows {
		if row.Team.Own && row.Team.Name != "" {
			j.ownRow(row)
		}
	}
	fresh := map[string]*Team{}
	for _, row := range j.Rows {
		if !row.Team.Own && row.Team.Name != "" {
			j.memberRow(row, fresh)
		}
	}
	for _, t := range j.teams {
		if t.at == nil && len(t.rows) == 0 {
			j.locate(t)
		}
		j.settle(t)
	}
	j.tellApart()
}

// tellApart wants the teams of a county to have names of their own.
func (j *judge) tellApart() {
	first := map[string]*Team{}
	for _, t := range j.teams {
		if t.at == nil || len(t.rows) == 0 || !t.rows[0].Usable() {
			continue
		}
		name := county(t.at) + t.Facts.Name
		if other := first[name]; other != nil {
			j.both(TeamSameName, teamField, t.rows[0], other.rows[0])
			continue
		}
		first[name] = t
	}
}

// ownRow takes up the row of a team itself.
func (j *judge) ownRow(row *Row) {
	at := j.ownPlace(row)
	if at == nil {
		j.add(&Team{Facts: row.Team, rows: []*Row{row}}) // its members are held back with it
		return
	}
	row.Team.Region = at.Code
	for _, t := range j.byTeam[row.Team.Name] {
		if t.at != at {
			continue
		}
		first := t.rows[0]
		if sameTeam(first, row) {
			row.find(TeamRepeated, fieldTeam, "")
		} else {
			j.both(TeamTwice, teamField, row, first)
		}
		t.rows = append(t.rows, row)
		return
	}
	j.add(&Team{Facts: row.Team, at: at, rows: []*Row{row}})
}

func sameTeam(a, b *Row) bool {
	x, y := a.Team, b.Team
	return x.ReportingUnit == y.ReportingUnit && x.Category == y.Category && x.Founded.Equal(y.Founded) && x.Headcount == y.Headcount && a.Person == b.Person
}

func (j *judge) add(t *Team) {
	j.teams = append(j.teams, t)
	j.byTeam[t.Facts.Name] = append(j.byTeam[t.Facts.Name], t)
}

// memberRow joins a person's row to its team: one of the file, one that is
// known, or else a new one that the members' rows describe.
func (j *judge) memberRow(row *Row, fresh map[string]*Team) {
	home := j.home(row)
	name := row.Team.Name
	var candidates []*Team
	for _, t := range j.byTeam[name] {
		if home == nil || t.at == nil || related(t.at, home) {
			candidates = append(candidates, t)
		}
	}
	if len(candidates) == 0 && len(j.byTeam[name]) == 1 {
		candidates = j.byTeam[name]
	}
	switch {
	case len(candidates) == 1:
		candidates[0].members = append(candidates[0].members, row)
		return
	case len(candidates) > 1:
		row.find(TeamAmbiguous, fieldTeam, j.where(candidates))
		return
	}
	t := fresh[name]
	if t == nil {
		t = &Team{Facts: TeamFacts{Name: name}}
		fresh[name] = t
		j.teams = append(j.teams, t)
	}
	t.members = append(t.members, row)
}

// fail notes the same about every row of a team.
func (t *Team) fail(kind Kind, detail string) {
	for _, row := range t.all() {
		row.find(kind, fieldTeam, detail)
	}
}

func (t *Team) all() []*Row { return append(append([]*Row{}, t.rows...), t.members...) }

// settle finds the registered team and what would be different about it.
func (j *judge) settle(t *Team) {
	if t.at == nil {
		return
	}
	t.Facts.Region = t.at.Code
	for _, k := range j.known.teams[t.Facts.Name] {
		if j.options.Scope.TeamID != "" && k.ID != j.options.Scope.TeamID {
			continue
		}
		at := j.options.Places.byCode[k.Region]
		switch {
		case k.Region == t.at.Code:
			t.Known, t.ID = k, k.ID
		case at != nil && k.State != "dissolved" && (related(at, t.at) || county(at) == county(t.at) && k.State != "draft"):
			t.fail(TeamMoved, j.options.Places.fullName(at))
			return
		}
	}
	j.count(t)
	if t.Known == nil {
		return
	}
	if t.Known.State == "dissolved" {
		t.fail(TeamDissolved, "")
		return
	}
	t.compare()
}

// count finds the reporting unit of a team: the one that is written, else the
// one it has, else the county's.
func (j *judge) count(t *Team) {
	switch unit := t.Facts.ReportingUnit; {
	case unit != "" && !slices.Contains(j.options.Units, unit):
		t.fail(UnitUnknown, "")
		for _, row := range t.rows {
			row.Findings[len(row.Findings)-1].Column = row.table.at(fieldReportingUnit)
		}
	case unit == "" && t.Known == nil:
		for at := t.at; at != nil; at = j.options.Places.byCode[at.Parent] {
			if slices.Contains(j.options.Units, at.Name) {
				t.Facts.ReportingUnit = at.Name
				return
			}
		}
		t.fail(UnitMissing, "")
	}
}

// compare lets what the file leaves open stay as it is, and notes whether
// anything else is different.
func (t *Team) compare() {
	f, k := &t.Facts, t.Known
	if f.ReportingUnit == "" {
		f.ReportingUnit = k.ReportingUnit
	}
	if f.Category == "" {
		f.Category = k.Category
	}
	if f.Founded.IsZero() {
		f.Founded = k.Founded
	}
	if f.Headcount == 0 {
		f.Headcount = k.Headcount
	}
	t.Changed = f.ReportingUnit != k.ReportingUnit || f.Category != k.Category || !f.Founded.Equal(k.Founded) || f.Headcount != k.Headcount
}
