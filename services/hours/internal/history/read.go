// Package history understands lists that are made from paper registers of
// service. It is pure: bytes go in, rows come out.
//
// Read finds the header of each sheet, however it is spelt, and makes a row of
// each line that is one, of a line that names several people one for each.
// Whom a name means, and whether a row may count, is decided by package domain.
// Mark gives the uploader's own file back, with red cells and reasons.
package history

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/spreadsheet"
)

// What can be wrong with a list as a whole.
var (
	ErrTooBig   = apperr.New(apperr.Invalid, "history_file_too_big", "表格超过 5 MB。请删掉里面的图片再上传；登记簿的照片请在下面单独上传。", "The list is larger than 5 MB. Please take its pictures out; those of the register are uploaded apart.")
	ErrNoHeader = apperr.New(apperr.Invalid, "history_no_header", "没找到表头：要有一行写着“姓名”“日期”“时长”。请照模板补上表头。", "There is no header: one row must name the columns 姓名 (name), 日期 (day) and 时长 (time). Please add one as in the template.")
	ErrNoRows   = apperr.New(apperr.Invalid, "history_no_rows", "有表头，但下面没有一行内容。", "There is a header, and not one row below it.")
)

// MaxFile is the largest list, in bytes.
const MaxFile = 5 << 20

// mostNames is how many people a line may name.
const mostNames = 60

// List is a list that was read.
type List struct {
	Rows []domain.DraftRow

	book   *spreadsheet.Book
	tables []*table
}

// Read makes rows of a file. It returns what is wrong with the file as a whole as
// an error, what is wrong with a cell with its row.
func Read(name string, file []byte) (*List, error) {
	if len(file) > MaxFile {
		return nil, ErrTooBig
	}
	book, err := spreadsheet.Open(name, file)
	if err != nil {
		return nil, err
	}
	list := &List{book: book}
	for i := range book.Sheets {
		if t := findTable(book, i); t != nil {
			list.tables = append(list.tables, t)
			list.read(t)
		}
	}
	switch {
	case len(list.tables) == 0:
		return nil, ErrNoHeader
	case len(list.Rows) == 0:
		return nil, ErrNoRows
	case len(list.Rows) > domain.MostHistoryRows:
		return nil, domain.ErrHistoryTooMany
	}
	return list, nil
}

var (
	totals  = regexp.MustCompile(`^(合计|总计|小计|共计|汇总|总数|累计)`)
	remarks = regexp.MustCompile(`^(注|备注|说明|填表|制表|审核|记录人|登记人|盖章|填写)[^,]{0,8}[:：]|^(注意|填表说明|填写说明)|^示例`)
	between = regexp.MustCompile(`[、,，;；/\n]+`)
)

func (l *List) read(t *table) {
	sheet := &l.book.Sheets[t.sheet]
	var above spreadsheet.Line
	for _, line := range sheet.Lines[t.header+1:] {
		if t.skips(line) {
			continue
		}
		line = t.filled(sheet, line, above)
		above = line
		name := line.Text(t.at(domain.HistoryName))
		row := domain.DraftRow{
			Sheet: t.sheet, Line: line.Number,
			Person: domain.WrittenPerson{Number: digits(line.Text(t.at(domain.HistoryNumber))), Phone: digits(line.Text(t.at(domain.HistoryPhone)))},
		}
		row.Title = spreadsheet.Clean(line.Text(t.at(domain.HistoryWhat)))
		var wrong domain.HistoryKind
		if row.Day, wrong = readDay(l.book, line.At(t.at(domain.HistoryDay))); wrong != "" {
			row.Find(wrong)
		}
		if row.Minutes, wrong = readMinutes(line.At(t.at(domain.HistoryMinutes)), t.inMinutes); wrong != "" {
			row.Find(wrong)
		}
		var ok bool
		if row.Page, ok = readPage(line.Text(t.at(domain.HistoryAtPage))); !ok {
			row.Find(domain.HistoryPageWrong)
		}
		for _, one := range namesIn(name) {
			person := row
			person.Person.Name, person.Findings = one, slices.Clone(row.Findings)
			person.Place = len(l.Rows) + 1
			l.Rows = append(l.Rows, person)
		}
	}
}

// namesIn returns the people that a cell names; one without a name for none.
func namesIn(cell string) []string {
	var names []string
	for _, one := range between.Split(cell, mostNames+1) {
		if one = spreadsheet.Squeeze(one); !spreadsheet.Nothing(one) {
			names = append(names, one)
		}
	}
	if len(names) == 0 {
		return []string{""}
	}
	return names
}

// digits is a number that a spreadsheet may have kept as 5678.0.
func digits(s string) string { return strings.TrimSuffix(spreadsheet.Squeeze(s), ".0") }

var pageNumber = regexp.MustCompile(`^(?:第|p|P|照片|图)?(\d{1,3})(?:\.0)?(?:页|张)?$`)

// readPage understands 3, 第3页 and p3; 0 for nothing.
func readPage(s string) (int, bool) {
	s = spreadsheet.Squeeze(s)
	if spreadsheet.Nothing(s) {
		return 0, true
	}
	m := pageNumber.FindStringSubmatch(s)
	if m == nil {
		return 0, false
	}
	n, err := strconv.Atoi(m[1])
	return n, err == nil && n > 0
}

// Mark returns the uploader's own file with what was found, in these rows, in it.
func (l *List) Mark(file []byte, rows []domain.DraftRow) ([]byte, error) {
	headers := make([]spreadsheet.Header, len(l.tables))
	columns := map[int]*table{}
	for i, t := range l.tables {
		headers[i] = spreadsheet.Header{Sheet: t.sheet, Place: t.header}
		columns[t.sheet] = t
	}
	type place struct{ sheet, line int }
	at := map[place]int{}
	var marked []spreadsheet.Remark
	for _, r := range rows {
		t := columns[r.Sheet]
		if t == nil || r.Line == 0 {
			continue
		}
		where := place{r.Sheet, r.Line}
		n, had := at[where]
		if !had { // of a line that names several people one remark
			n = len(marked)
			at[where] = n
			marked = append(marked, spreadsheet.Remark{Sheet: r.Sheet, Line: r.Line})
		}
		t.remark(&marked[n], r)
	}
	return l.book.Marked(file, headers, marked)
}

func (t *table) remark(to *spreadsheet.Remark, r domain.DraftRow) {
	to.Wrong = to.Wrong || !r.Usable()
	for _, f := range r.Findings {
		text := f.Text(true)
		if r.Person.Name != "" && f.Kind.Field() == domain.HistoryName {
			text = r.Person.Name + "：" + text
		}
		if !slices.Contains(to.Texts, text) {
			to.Texts = append(to.Texts, text)
		}
		column := t.at(f.Kind.Field())
		switch {
		case column < 0:
		case f.Kind.Note():
			to.Yellow = append(to.Yellow, column)
		default:
			to.Red = append(to.Red, column)
		}
	}
}
