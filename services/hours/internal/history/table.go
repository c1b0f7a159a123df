package history

import (
	"regexp"
	"slices"
	"strings"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/spreadsheet"
)

// spellings are the words that head a column in registers.
var spellings = map[domain.HistoryField]string{
	domain.HistoryName:    "姓名 名字 志愿者 志愿者姓名 队员 队员姓名 人员 人员姓名 参加人 参加人员 参加人姓名 参与人员 参加队员 服务人 name",
	domain.HistoryNumber:  "志愿者编号 志愿者号 志愿编号 队员编号 number",
	domain.HistoryPhone:   "手机后四位 手机尾号 手机号后四位 电话后四位 电话尾号 后四位 尾号 手机 手机号 手机号码 电话 联系电话 联系方式 phone",
	domain.HistoryDay:     "日期 服务日期 活动日期 年月日 时间 活动时间 服务时间 参加日期 date",
	domain.HistoryWhat:    "活动 活动名称 活动内容 活动主题 服务内容 服务项目 服务活动 内容 事项 项目 做什么 activity",
	domain.HistoryMinutes: "时长 服务时长 活动时长 小时 小时数 服务小时 服务小时数 时数 服务时数 工时 分钟 分钟数 服务分钟 hours minutes",
	domain.HistoryAtPage:  "页码 页 第几页 登记簿页码 登记页码 照片 照片号 扫描页 图片 page",
}

var fieldOf = func() map[string]domain.HistoryField {
	words := map[string]domain.HistoryField{}
	for f, list := range spellings {
		for _, word := range strings.Fields(list) {
			words[word] = f
		}
	}
	return words
}()

var bracketed = regexp.MustCompile(`[(\[【].*?[)\]】]`)

// heading returns what a column with this word above it is about; what stands in
// brackets is a hint.
func heading(text string) domain.HistoryField {
	word := strings.ToLower(spreadsheet.Squeeze(text))
	word = strings.Trim(bracketed.ReplaceAllString(word, ""), "*:/、.")
	return fieldOf[word]
}

// table is a sheet whose header was found.
type table struct {
	sheet     int
	header    int // place of the header among the lines
	columns   map[domain.HistoryField]int
	inMinutes bool // a bare number is minutes
}

// headerWithin is how many lines are looked through for the header.
const headerWithin = 30

func findTable(book *spreadsheet.Book, at int) *table {
	lines := book.Sheets[at].Lines
	var best *table
	for i, line := range lines[:min(len(lines), headerWithin)] {
		t := readHeader(line)
		t.sheet, t.header = at, i
		_, named := t.columns[domain.HistoryName]
		if _, numbered := t.columns[domain.HistoryNumber]; !named && !numbered || len(t.columns) < 3 {
			continue
		}
		if best == nil || len(t.columns) > len(best.columns) {
			best = t
		}
	}
	return best
}

func readHeader(line spreadsheet.Line) *table {
	t := &table{columns: map[domain.HistoryField]int{}}
	for column, c := range line.Cells {
		f := heading(c.Text)
		if _, dated := t.columns[domain.HistoryDay]; f == domain.HistoryDay && dated {
			f = domain.HistoryMinutes // 日期 and 服务时间: how long
		}
		if _, taken := t.columns[f]; f == "" || taken || c.Number {
			continue
		}
		t.columns[f] = column
		if word := spreadsheet.Squeeze(c.Text); f == domain.HistoryMinutes {
			t.inMinutes = strings.Contains(word, "分") || strings.Contains(strings.ToLower(word), "min")
		}
	}
	return t
}

func (t *table) at(f domain.HistoryField) int {
	if column, ok := t.columns[f]; ok {
		return column
	}
	return -1
}

// skips reports whether a line below the header is no row: a total, a note, the
// header once more for the next printed page, or a line with numbers only.
func (t *table) skips(line spreadsheet.Line) bool {
	first, useful := "", false
	for column, c := range line.Cells {
		text := spreadsheet.Squeeze(c.Text)
		if text == "" {
			continue
		}
		if first == "" {
			first = text
		}
		for f, at := range t.columns {
			useful = useful || at == column && f != domain.HistoryAtPage
		}
	}
	name := spreadsheet.Squeeze(line.Text(t.at(domain.HistoryName)))
	return !useful || totals.MatchString(first) || totals.MatchString(name) || remarks.MatchString(first) || len(readHeader(line).columns) >= 3
}

// ditto are the signs for "as above".
var ditto = []string{"同上", "〃", "″", "\"", "''", "”"}

// filled returns the line with what is merged over it from above, and with what
// stands above for the signs that say so.
func (t *table) filled(sheet *spreadsheet.Sheet, line, above spreadsheet.Line) spreadsheet.Line {
	line.Cells = slices.Clone(line.Cells)
	for _, column := range t.columns {
		for len(line.Cells) <= column {
			line.Cells = append(line.Cells, spreadsheet.Cell{})
		}
		c := &line.Cells[column]
		if slices.Contains(ditto, spreadsheet.Squeeze(c.Text)) {
			*c = above.At(column)
		}
		if c.Text != "" {
			continue
		}
		for _, m := range sheet.Merges {
			if m.Left == column && m.Top+1 < line.Number && line.Number <= m.Bottom+1 {
				*c = above.At(column)
			}
		}
	}
	return line
}
