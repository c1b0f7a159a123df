package roster

import "fmt"

// Judge compares the rows with each other and with what is known, notes what
// it finds about them, and returns what would change: of the usable rows only.
// It is called once.
func (r *Roster) Judge(known Known) *Plan {
	j := &judge{Roster: r, known: indexOf(known), byTeam: map[string][]*Team{}, byID: map[string]*Person{}, byPhone: map[string]*Person{}, byName: map[string][]*Person{}, taken: map[string]*Person{}}
	j.judgeTeams()
	j.judgePeople()
	j.judgeRoles()
	j.holdBack()
	return j.plan()
}

// judge is a judgement in the making.
type judge struct {
	*Roster
	known *index

	teams  []*Team
	byTeam map[string][]*Team // by name

	people  []*Person
	byID    map[string]*Person // by key
	byPhone map[string]*Person // by key
	byName  map[string][]*Person
	taken   map[string]*Person // people of the file by whom of the known they are

	parts []*Member
}

// place returns where a row is, as others are told: “第 12 行”, with the sheet
// when there are several.
func (r *Roster) place(row *Row) string {
	if len(r.Book.Sheets) > 1 {
		return fmt.Sprintf("“%s”第 %d 行", r.Book.Sheets[row.Sheet].Name, row.Line)
	}
	return fmt.Sprintf("第 %d 行", row.Line)
}

// both notes about two rows that they do not go together: which one is right
// is not for us to say.
func (j *judge) both(kind Kind, f func(*Row) field, row, first *Row) {
	row.find(kind, f(row), j.place(first))
	for _, other := range first.Findings {
		if other.Kind == kind {
			return
		}
	}
	first.find(kind, f(first), j.place(row))
}
