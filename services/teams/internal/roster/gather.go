package roster

import (
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"
)

// Roster is what was gathered from a book.
type Roster struct {
	Book *Book
	Rows []*Row

	options Options
	tables  []*table
	skipped int // lines that are no rows: totals, notes, repeated headers
}

// Gather makes rows of a book's lines. It returns ErrNoHeader or ErrNoRows
// when there are none.
func Gather(book *Book, o Options) (*Roster, error) {
	r := &Roster{Book: book, options: o, tables: tables(book)}
	if len(r.tables) == 0 {
		return nil, ErrNoHeader
	}
	for _, t := range r.tables {
		r.gather(t)
	}
	if len(r.Rows) == 0 {
		return nil, ErrNoRows
	}
	return r, nil
}

func (r *Roster) gather(t *table) {
	sheet := &r.Book.Sheets[t.sheet]
	spans := t.spans(sheet)
	above := ""
	var all []*gathering
	for _, line := range sheet.Lines[t.first:] {
		if t.skips(line) {
			r.skipped++
			continue
		}
		g := &gathering{Roster: r, table: t, line: line, spans: spans, row: &Row{Sheet: t.sheet, Line: line.Number, table: t}}
		if !g.anything() {
			r.skipped++
			continue
		}
		g.readTeam(above)
		g.row.where, g.row.whereField = t.place(g.text)
		above = g.row.Team.Name
		r.Rows = append(r.Rows, g.row)
		all = append(all, g)
	}
	readPeople(all)
}

// readPeople reads the people of all lines, on all cores: each line by itself
// says who it is about, and half of the time goes into their numbers.
func readPeople(all []*gathering) {
	var wg sync.WaitGroup
	for part := range slices.Chunk(all, len(all)/runtime.GOMAXPROCS(0)+1) {
		wg.Go(func() {
			for _, g := range part {
				g.readPerson()
			}
		})
	}
	wg.Wait()
}

var (
	totals  = regexp.MustCompile(`^(合计|总计|小计|共计|汇总|总数|合计人数)`)
	remarks = regexp.MustCompile(`^(注|备注|说明|填表|制表|审核|填报|单位盖章|盖章|联系人|填写)[^,]{0,8}[:：]|^(注意|填表说明|填写说明)|^示例`)
)

// skips reports whether a line below the header is no row: a total, a note, or
// the header once more for the next printed page.
func (t *table) skips(line Line) bool {
	first, filled := "", 0
	for _, c := range line.Cells {
		text := squeeze(c.Text)
		if text == "" {
			continue
		}
		if filled++; first == "" {
			first = text
		}
	}
	if totals.MatchString(first) || totals.MatchString(squeeze(line.Text(t.at(fieldName)))) || totals.MatchString(squeeze(line.Text(t.at(fieldTeam)))) {
		return true
	}
	if remarks.MatchString(clean(first)) || filled == 1 && utf8.RuneCountInString(first) > 20 && !strings.HasSuffix(first, "队") {
		return true
	}
	return score(line) >= 2
}

func (t *table) at(f field) int {
	if column, ok := t.columns[f]; ok {
		return column
	}
	return -1
}

// gathering is the reading of one line.
type gathering struct {
	*Roster
	table *table
	line  Line
	spans map[int][]span
	row   *Row
}

// span is the value of a cell that is merged over the lines below it.
type span struct {
	from, to int // numbers of lines
	cell     Cell
}

// spans returns what is merged downwards, by column: a team over its members.
func (t *table) spans(sheet *Sheet) map[int][]span {
	all := map[int][]span{}
	for _, m := range sheet.Merges {
		if m.Bottom == m.Top {
			continue
		}
		at, ok := slices.BinarySearchFunc(sheet.Lines, m.Top+1, func(l Line, n int) int { return l.Number - n })
		if ok {
			all[m.Left] = append(all[m.Left], span{from: m.Top + 1, to: m.Bottom + 1, cell: sheet.Lines[at].At(m.Left)})
		}
	}
	for _, column := range all {
		slices.SortFunc(column, func(a, b span) int { return a.from - b.from })
	}
	return all
}

// cell returns the cell of a field, or of the block it is merged into.
func (g *gathering) cell(f field) Cell {
	column, ok := g.table.columns[f]
	if !ok {
		return Cell{}
	}
	c := g.line.At(column)
	if c.Text != "" {
		return c
	}
	spans := g.spans[column]
	after, _ := slices.BinarySearchFunc(spans, g.line.Number+1, func(s span, n int) int { return s.from - n })
	if after > 0 && g.line.Number <= spans[after-1].to {
		return spans[after-1].cell
	}
	return c
}

// ofTeam are the fields whose cells are merged over lines.
var ofTeam = []field{fieldTeam, fieldRegion, fieldCounty, fieldTownship, fieldVillage, fieldWorkplace, fieldReportingUnit, fieldCategory}

func (g *gathering) text(f field) string {
	if slices.Contains(ofTeam, f) {
		return clean(g.cell(f).Text)
	}
	return clean(g.line.Text(g.table.at(f)))
}

// anything reports whether the line itself says something that is asked for.
// The numbers of an empty form do not.
func (g *gathering) anything() bool {
	subject := []field{fieldName, fieldPhone, fieldID, fieldTeam, fieldLeader, fieldHeadcount}
	if g.table.byPerson {
		subject = []field{fieldName, fieldPhone, fieldID}
	}
	for _, f := range subject {
		if !nothing(clean(g.line.Text(g.table.at(f)))) {
			return true
		}
	}
	return false
}

func (g *gathering) readTeam(above string) {
	row := g.row
	team := &row.Team
	team.Own = !g.table.byPerson
	team.Name = teamName(g.text(fieldTeam))
	own := g.options.Scope.Team
	switch {
	case team.Name != "" && own != "" && team.Name != own:
		row.find(TeamNotYours, fieldTeam, "")
	case team.Name != "":
		if n := utf8.RuneCountInString(team.Name); n < 2 || n > 60 || !strings.ContainsFunc(team.Name, isHan) {
			row.find(TeamNameWrong, fieldTeam, "")
			team.Name = ""
		}
	case own != "":
		team.Name = own
	case g.table.byPerson && g.table.at(fieldTeam) >= 0 && above != "":
		team.Name = above
		row.find(TeamFilled, fieldTeam, "")
	case g.table.byPerson && g.table.at(fieldTeam) < 0:
		team.Name = teamName(g.table.title)
	}
	if team.Name == "" && row.Usable() {
		row.find(TeamMissing, fieldTeam, "")
	}
	team.ReportingUnit, team.Category = short(g.text(fieldReportingUnit)), g.options.Categories[squeeze(g.text(fieldCategory))]
	team.Founded = g.readDay(fieldFounded)
	if text := g.text(fieldHeadcount); !nothing(text) && team.Own {
		n, ok := readCount(text)
		if !ok {
			row.find(CountWrong, fieldHeadcount, "")
		}
		team.Headcount = n
	}
}

var chineseBrackets = strings.NewReplacer("(", "（", ")", "）")

// teamName is a name as it is kept: without spaces, with Chinese brackets.
func teamName(s string) string {
	s = chineseBrackets.Replace(squeeze(s))
	if nothing(s) {
		return ""
	}
	return s
}

// readDay returns a date that has passed, or zero.
func (g *gathering) readDay(f field) time.Time {
	c := g.line.At(g.table.at(f))
	if nothing(clean(c.Text)) {
		return time.Time{}
	}
	day, ok := g.Book.Day(c)
	switch {
	case !ok:
		g.row.find(DateWrong, f, "")
		return time.Time{}
	case day.After(g.options.Now):
		g.row.find(DateAhead, f, "")
		return time.Time{}
	}
	return day
}

// place returns the text of the columns that say where: 县区, 乡镇 and 村 one
// after the other, each perhaps with what is above it; or else one column.
func (t *table) place(text func(field) string) (string, field) {
	whole, at := "", noField
	for _, f := range []field{fieldCounty, fieldTownship, fieldVillage} {
		part := squeeze(text(f))
		if nothing(part) {
			continue
		}
		at = f
		if strings.HasPrefix(part, whole) {
			whole = part
		} else {
			whole += part
		}
	}
	if whole != "" {
		if region := squeeze(text(fieldRegion)); !nothing(region) && !strings.Contains(whole, region) && !strings.Contains(region, whole) {
			whole = region + whole
		}
		return whole, at
	}
	for _, f := range []field{fieldRegion, fieldWorkplace} {
		if part := squeeze(text(f)); !nothing(part) {
			return part, f
		}
	}
	return "", noField
}
