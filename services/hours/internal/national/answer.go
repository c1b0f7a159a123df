package national

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/spreadsheet"
)

// What can be wrong with a file that came back, as a whole.
var (
	ErrNoHeader = apperr.New(apperr.Invalid, "answer_no_header", "没找到表头：要有一列“淇河行号”或“志愿者编号”，还要有一列“结果”或“失败原因”。", "There is no header: one column must be 淇河行号 or 志愿者编号, and one must say the result (结果) or why it failed (失败原因).")
	ErrNoRows   = apperr.New(apperr.Invalid, "answer_no_rows", "有表头，但下面没有一行内容。", "There is a header, and not one row below it.")
)

// Row is a row of what came back.
type Row struct {
	Sheet, Line int
	Group       domain.NationalGroup // of the sheet; empty: not told
	Number      string               // our row number, as it stands there
	Volunteer   string               // volunteer number
	Accepted    bool
	Result      string // the word, when it is not understood
	Reason      string
	Minutes     int // of service, as they say; -1: not told
	HoursWrong  bool
}

// The columns of an answer.
const (
	atRow       = "row"
	atVolunteer = "number"
	atResult    = "result"
	atReason    = "reason"
	atHours     = "hours"
)

var answerWords = map[string]string{
	atRow:       "淇河行号 行号 回执行号",
	atVolunteer: "志愿者编号 志愿者号 志愿者编码",
	atResult:    "结果 导入结果 处理结果 状态 审核结果 审核状态 校验结果 导入状态 是否成功 入库结果 result",
	atReason:    "原因 失败原因 错误原因 退回原因 错误信息 失败说明 错误说明 不通过原因 未通过原因 审核意见 reason",
	atHours:     "服务时长 服务时间 时长 小时数 服务小时数 入库时长 认定时长",
}

var (
	yes = regexp.MustCompile(`^(导入|入库|审核|校验|处理)?(成功|通过|已通过|接受|已接受|合格|正常|完成|已入库|是|ok|success|accepted|y|yes)$`)
	no  = regexp.MustCompile(`失败|退回|不通过|未通过|驳回|错误|拒绝|不合格|重复|异常|^否$|fail|refused|reject|error|^n$|^no$`)
)

// Answer is a file that came back.
type Answer struct {
	Rows []Row

	book   *spreadsheet.Book
	tables []table
}

type table struct {
	sheet, header int
	columns       map[string]int
}

// Read makes rows of a file that came back for a batch written by a mapping: the
// headings of that are known too.
func Read(name string, file []byte, m domain.NationalMapping) (*Answer, error) {
	book, err := spreadsheet.Open(name, file)
	if err != nil {
		return nil, err
	}
	a := &Answer{book: book}
	for i, s := range book.Sheets {
		g := sheetGroup(m, s.Name)
		if t, ok := findHeader(s, m, g); ok {
			t.sheet = i
			a.tables = append(a.tables, t)
			a.read(t, s, g)
		}
	}
	switch {
	case len(a.tables) == 0:
		return nil, ErrNoHeader
	case len(a.Rows) == 0:
		return nil, ErrNoRows
	}
	return a, nil
}

func sheetGroup(m domain.NationalMapping, name string) domain.NationalGroup {
	for _, s := range m.Sheets {
		if s.Name == name {
			return s.Group
		}
	}
	return groupOf(name)
}

// headerWithin is how many lines are looked through for the header.
const headerWithin = 10

func findHeader(s spreadsheet.Sheet, m domain.NationalMapping, g domain.NationalGroup) (table, bool) {
	for i, line := range s.Lines[:min(len(s.Lines), headerWithin)] {
		t := table{header: i, columns: map[string]int{}}
		for column, c := range line.Cells {
			at := meaning(c.Text, m, g)
			if _, taken := t.columns[at]; at != "" && !taken {
				t.columns[at] = column
			}
		}
		named := t.at(atRow) >= 0 || t.at(atVolunteer) >= 0
		if answered := t.at(atResult) >= 0 || t.at(atReason) >= 0; named && answered {
			return t, true
		}
	}
	return table{}, false
}

func meaning(heading string, m domain.NationalMapping, g domain.NationalGroup) string {
	word := plain(heading)
	if word == "" {
		return ""
	}
	if g != "" { // as it stood in the file that went out
		for _, c := range m.Sheet(g).Columns {
			if (c.Field == atRow || c.Field == atVolunteer || c.Field == atHours && g == domain.NationalService) && plain(c.Heading) == word {
				return c.Field
			}
		}
	}
	for _, at := range []string{atRow, atVolunteer, atResult, atReason, atHours} {
		if at == atHours && g != domain.NationalService {
			continue
		}
		if slices.Contains(strings.Fields(answerWords[at]), word) {
			return at
		}
	}
	return ""
}

func (t table) at(column string) int {
	if at, ok := t.columns[column]; ok {
		return at
	}
	return -1
}

func (a *Answer) read(t table, s spreadsheet.Sheet, g domain.NationalGroup) {
	for _, line := range s.Lines[t.header+1:] {
		r := Row{
			Sheet: t.sheet, Line: line.Number, Group: g, Minutes: -1,
			Number: spreadsheet.Squeeze(line.Text(t.at(atRow))), Volunteer: strings.ToUpper(spreadsheet.Squeeze(line.Text(t.at(atVolunteer)))),
			Reason: spreadsheet.Clean(line.Text(t.at(atReason))),
		}
		if r.Number == "" && r.Volunteer == "" {
			continue
		}
		word := strings.ToLower(spreadsheet.Squeeze(line.Text(t.at(atResult))))
		switch {
		case yes.MatchString(word), word == "" && t.at(atResult) < 0 && spreadsheet.Nothing(r.Reason):
			r.Accepted, r.Reason = true, ""
		case word != "" && !no.MatchString(word), word == "" && spreadsheet.Nothing(r.Reason):
			r.Result = word
			if word == "" {
				r.Result = "（空）"
			}
		}
		if text := spreadsheet.Squeeze(line.Text(t.at(atHours))); text != "" {
			hours, err := strconv.ParseFloat(strings.TrimSuffix(text, "小时"), 64)
			if r.HoursWrong = err != nil || hours < 0 || hours > 24; !r.HoursWrong {
				r.Minutes = int(math.Round(hours * 60))
			}
		}
		a.Rows = append(a.Rows, r)
	}
}

// Finding is what is wrong with a row of what came back.
type Finding struct {
	Row    Row
	Column string // row | result | hours
	Text   string
}

// Columns that a finding may be about.
const (
	OfRow    = atRow
	OfResult = atResult
	OfHours  = atHours
)

// Mark returns the sender's own file with what was found in it.
func (a *Answer) Mark(file []byte, found []Finding) ([]byte, error) {
	var headers []spreadsheet.Header
	tables := map[int]table{}
	for _, t := range a.tables {
		headers, tables[t.sheet] = append(headers, spreadsheet.Header{Sheet: t.sheet, Place: t.header}), t
	}
	var marked []spreadsheet.Remark
	for _, f := range found {
		remark := spreadsheet.Remark{Sheet: f.Row.Sheet, Line: f.Row.Line, Texts: []string{f.Text}, Wrong: true}
		t := tables[f.Row.Sheet]
		at := t.at(f.Column)
		if at < 0 && f.Column == OfRow {
			at = t.at(atVolunteer)
		}
		if at >= 0 {
			remark.Red = []int{at}
		}
		marked = append(marked, remark)
	}
	return a.book.Marked(file, headers, marked)
}

// NeedsNumbers reports whether a row has no row number of ours, so that the volunteer
// number has to say whose it is.
func (a *Answer) NeedsNumbers() bool {
	return slices.ContainsFunc(a.Rows, func(r Row) bool { return r.Number == "" })
}
