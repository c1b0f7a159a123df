// Package national understands the files that go to and come from the national
// system. It is pure: bytes go in, a mapping or answers come out.
//
// Template reads the headings of the workbook that a city was given and binds
// them to our fields; Answer reads what came back, row by row, and gives the
// sender's own file back with red cells.
package national

import (
	"regexp"
	"strings"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/spreadsheet"
)

// ErrNoSheets says that a template has none of the five sheets.
var ErrNoSheets = apperr.New(apperr.Invalid, "mapping_no_sheets", "没认出五类记录的表。表名里要有“基本信息”“服务”“培训”“表彰”“投诉”这样的字，第一行是列名。", "None of the five groups was recognised. A sheet's name must say 基本信息, 服务, 培训, 表彰 or 投诉, and its first row holds the headings.")

// groupWords say which sheet is whose; the first that fits counts.
var groupWords = []struct {
	words *regexp.Regexp
	group domain.NationalGroup
}{
	{regexp.MustCompile(`投诉|评价`), domain.NationalComplaint}, {regexp.MustCompile(`表彰|奖励|荣誉`), domain.NationalHonour},
	{regexp.MustCompile(`培训`), domain.NationalTraining}, {regexp.MustCompile(`基本|个人|人员|志愿者信息`), domain.NationalBasic},
	{regexp.MustCompile(`服务|时长|活动`), domain.NationalService},
}

func groupOf(sheet string) domain.NationalGroup {
	for _, g := range groupWords {
		if g.words.MatchString(sheet) {
			return g.group
		}
	}
	return ""
}

var (
	brackets = regexp.MustCompile(`[(（\[【].*?[)）\]】]`)
	required = regexp.MustCompile(`\*|必填|＊`)
)

// plain is a heading without what is only a hint.
func plain(heading string) string {
	word := brackets.ReplaceAllString(strings.ToLower(spreadsheet.Squeeze(heading)), "")
	return strings.Trim(word, "*＊:：/、.")
}

// fieldOf returns our field that a heading of a group means, empty for none.
func fieldOf(g domain.NationalGroup, heading string) string {
	whole, word := strings.ToLower(spreadsheet.Squeeze(heading)), plain(heading)
	for _, f := range domain.NationalFieldsOf(g) { // 服务时长（分钟） is not 服务时长（小时）
		if whole == spreadsheet.Squeeze(f.Zh) {
			return f.Name
		}
	}
	own := domain.NationalFieldsOf(g)
	for i := len(own) - 1; i >= 0; i-- { // the group's own before those of all
		if word == plain(own[i].Zh) && own[i].Kind != domain.NationalMinutes {
			return own[i].Name
		}
		for _, spelt := range strings.Fields(own[i].Spelt) {
			if word == spelt {
				return own[i].Name
			}
		}
	}
	return ""
}

// Template returns the sheets of a mapping as a template has them; groups that it does
// not have stay as before. unbound counts headings that mean none of our fields.
func Template(name string, file []byte, before []domain.NationalSheet) (sheets []domain.NationalSheet, unbound int, err error) {
	book, err := spreadsheet.Open(name, file)
	if err != nil {
		return nil, 0, err
	}
	found := map[domain.NationalGroup]domain.NationalSheet{}
	for _, s := range book.Sheets {
		g := groupOf(s.Name)
		if _, twice := found[g]; g == "" || twice || len(s.Lines) == 0 {
			continue
		}
		sheet := domain.NationalSheet{Group: g, Name: strings.TrimSpace(s.Name)}
		taken := map[string]bool{}
		for _, c := range s.Lines[0].Cells {
			heading := spreadsheet.Clean(c.Text)
			if heading == "" {
				continue
			}
			column := domain.NationalColumn{Heading: heading, Field: fieldOf(g, heading)}
			if taken[column.Field] {
				column.Field = ""
			}
			if column.Field == "" {
				unbound++
			} else {
				taken[column.Field], column.Required = true, required.MatchString(heading)
			}
			sheet.Columns = append(sheet.Columns, column)
		}
		if len(sheet.Columns) > 0 {
			found[g] = sheet
		}
	}
	if len(found) == 0 {
		return nil, 0, ErrNoSheets
	}
	for _, old := range before {
		if s, ok := found[old.Group]; ok {
			old = s
		}
		sheets = append(sheets, old)
	}
	return sheets, unbound, nil
}
