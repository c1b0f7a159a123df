// Package roster understands the lists that federations keep of their brigades
// and people. It is pure: bytes and what is known go in, rows, a verdict and a
// plan come out; nothing is read from or written to a database here.
//
// A file goes through it in steps, each with a file of its own:
//
//   - spreadsheet.Open reads it into a Book: sheets of lines of cells.
//   - Gather finds the header of each sheet, however it is spelt, and makes a
//     Row of each line that is one: without titles, totals and notes, with the
//     team that is merged over its members, places by name instead of by code,
//     dates, phones and identity numbers in every style. What is wrong with a
//     cell is found here.
//   - Judge compares the rows with each other and with what is Known of teams
//     and people. A doubt is reported and never guessed. What is left is the
//     Plan: what would be new and what would be different. Of a file that was
//     applied before the plan is empty.
//   - Mark gives the uploader's own file back, with red cells and reasons.
//
// A row is usable when nothing about it is an error. Notes say what was made
// of a cell and keep nothing back.
package roster

import "time"

// Kind says what a finding is about.
type Kind string

// Finding is something about a row that the uploader should know.
type Finding struct {
	Kind   Kind
	Column int    // of the cell, from 0; -1: the whole row
	Detail string // what the sentence of the kind leaves open: other rows, places to choose from
}

// Row is a line of a sheet that says something about a team, a person, or both.
type Row struct {
	Sheet    int // place in Book.Sheets
	Line     int // number in the sheet, from 1
	Team     TeamFacts
	Person   PersonFacts
	Findings []Finding

	table      *table
	where      string // the place as it is written
	whereField field
}

// TeamFacts is what a row says about a team; zero where it says nothing.
type TeamFacts struct {
	Name          string
	Region        string // code
	ReportingUnit string
	Category      string
	Founded       time.Time
	Headcount     int
	Own           bool // the row is the team's own, not one of its members'
}

// PersonFacts is what a row says about a person; without a name there is none.
type PersonFacts struct {
	Name     string
	Phone    string // 11 digits
	ID       string // 18 characters
	Sex      string // female | male
	Home     string // code of the division the person lives in
	Role     string // leader | deputy | member; empty: not said
	Joined   time.Time
	PhoneKey string // by which people with this phone are known; see Keys
	IDKey    string
}

// Usable reports whether nothing about the row must be put right.
func (r *Row) Usable() bool {
	for _, f := range r.Findings {
		if !f.Kind.Note() {
			return false
		}
	}
	return true
}

// find notes something about a cell, given by its field.
func (r *Row) find(kind Kind, f field, detail string) {
	column := -1
	if at, ok := r.table.columns[f]; ok {
		column = at
	}
	r.Findings = append(r.Findings, Finding{Kind: kind, Column: column, Detail: detail})
}

// Keys turns phones and identity numbers into what people are known by: a
// blind index, so that no number has to be opened to compare it.
type Keys struct{ Phone, ID func(string) string }

// Options are what reading a roster depends on besides the file.
type Options struct {
	Places     *Places
	Units      []string          // names of the reporting units that brigades can be counted under
	Categories map[string]string // codes of the kinds of brigades, by their names
	Scope      Scope
	Keys       Keys
	Now        time.Time
}

// Scope is what the uploader may write to.
type Scope struct {
	Paths  []string // of the regions of an officer
	TeamID string   // of the one brigade that its leader imports into; empty for an officer
	Team   string   // its name
}
