package roster

import (
	"cmp"
	"slices"
)

// Report is what a roster comes to, without a name or a number of a person.
type Report struct {
	Format  Format        `json:"format"`
	Sheets  []SheetReport `json:"sheets"`
	Rows    int           `json:"rows"`
	Usable  int           `json:"usable"`
	ToFix   int           `json:"to_fix"`
	Skipped int           `json:"skipped"` // lines that are no rows: totals, notes, repeated headers
	Kinds   []KindReport  `json:"kinds"`
	Changes Changes       `json:"changes"`
}

// SheetReport says how a sheet was understood.
type SheetReport struct {
	Name     string   `json:"name"`
	Of       string   `json:"of"`     // teams | members; empty: it has no header and was not read
	Header   int      `json:"header"` // number of its line
	Rows     int      `json:"rows"`
	Unknown  []string `json:"unknown,omitempty"`  // words above columns that are not used
	Together bool     `json:"together,omitempty"` // all its rows are of the team in the title
}

// KindReport counts the rows about which there is something to say.
type KindReport struct {
	Kind   Kind    `json:"kind"`
	Note   bool    `json:"note,omitempty"`
	Count  int     `json:"count"`
	Places []Place `json:"places"` // the first of them
}

// Place is where a row stands.
type Place struct {
	Sheet string `json:"sheet"`
	Line  int    `json:"line"`
}

// shown is how many places of a kind are named; the marked file shows all.
const shown = 10

// Report sums the judged roster up.
func (r *Roster) Report(plan *Plan) Report {
	report := Report{Format: r.Book.Format, Rows: len(r.Rows), Skipped: r.skipped, Changes: plan.Count(), Kinds: []KindReport{}}
	report.Sheets = r.sheets()
	kinds := map[Kind]*KindReport{}
	for _, row := range r.Rows {
		report.Sheets[row.Sheet].Rows++
		if row.Usable() {
			report.Usable++
		}
		seen := map[Kind]bool{}
		for _, f := range row.Findings {
			if seen[f.Kind] {
				continue
			}
			seen[f.Kind] = true
			k := kinds[f.Kind]
			if k == nil {
				k = &KindReport{Kind: f.Kind, Note: f.Kind.Note()}
				kinds[f.Kind] = k
			}
			if k.Count++; len(k.Places) < shown {
				k.Places = append(k.Places, Place{Sheet: r.Book.Sheets[row.Sheet].Name, Line: row.Line})
			}
		}
	}
	report.ToFix = report.Rows - report.Usable
	for _, k := range kinds {
		report.Kinds = append(report.Kinds, *k)
	}
	slices.SortFunc(report.Kinds, func(a, b KindReport) int {
		return cmp.Or(compareBools(a.Note, b.Note), cmp.Compare(b.Count, a.Count), cmp.Compare(a.Kind, b.Kind))
	})
	return report
}

func compareBools(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

func (r *Roster) sheets() []SheetReport {
	all := make([]SheetReport, len(r.Book.Sheets))
	for i, sheet := range r.Book.Sheets {
		all[i].Name = sheet.Name
	}
	for _, t := range r.tables {
		s := &all[t.sheet]
		s.Of, s.Header, s.Unknown = "teams", r.Book.Sheets[t.sheet].Lines[t.header].Number, t.unknown
		if t.byPerson {
			s.Of, s.Together = "members", t.at(fieldTeam) < 0 && t.title != ""
		}
	}
	return all
}
