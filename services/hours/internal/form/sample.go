package form

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// Sample returns a form to begin with: merged headings, placeholders in the cells
// to be filled, sums that the workbook works out, and three signatures.
func Sample() ([]byte, error) {
	f := excelize.NewFile()
	defer func() { _ = f.Close() }()
	s := sample{file: f, sheet: "月报"}
	s.do(f.SetSheetName("Sheet1", s.sheet))
	s.styles()
	s.head()
	rows := [][4]string{
		{"服务时长（小时）", "{{服务时长}}", "{{服务时长|本年累计}}", "{{服务时长|上年同期}}"},
		{"其中：已生效（小时）", "{{已生效服务时长}}", "{{已生效服务时长|本年累计}}", "{{已生效服务时长|上年同期}}"},
		{"志愿者服务人次", "{{志愿者服务人次}}", "{{志愿者服务人次|本年累计}}", "{{志愿者服务人次|上年同期}}"},
		{"参与志愿者人数", "{{参与志愿者人数}}", "{{参与志愿者人数|本年累计}}", "{{参与志愿者人数|上年同期}}"},
		{"开展服务的队伍数", "{{开展服务的队伍数}}", "{{开展服务的队伍数|本年累计}}", "{{开展服务的队伍数|上年同期}}"},
		{"开展活动数", "{{开展活动数}}", "{{开展活动数|本年累计}}", "{{开展活动数|上年同期}}"},
		{"服务对象人次", "{{服务对象人次}}", "{{服务对象人次|本年累计}}", "{{服务对象人次|上年同期}}"},
		{"培训时长（小时）", "{{培训时长}}", "{{培训时长|本年累计}}", "{{培训时长|上年同期}}"},
		{"名册内参训人次", "{{参训人次}}", "{{参训人次|本年累计}}", "{{参训人次|上年同期}}"},
		{"名册外参训人次", "{{名册外参训人次}}", "{{名册外参训人次|本年累计}}", "{{名册外参训人次|上年同期}}"},
	}
	line := 5
	for _, row := range rows {
		s.row(line, row)
		line++
	}
	s.row(line, [4]string{"参训人次合计", "", "", ""})
	for _, column := range []string{"B", "C", "D"} {
		s.do(f.SetCellFormula(s.sheet, fmt.Sprintf("%s%d", column, line), fmt.Sprintf("SUM(%s%d:%s%d)", column, line-2, column, line-1)))
	}
	line++
	s.row(line, [4]string{"服务队总数", "{{服务队总数}}", "", "{{服务队总数|上年同期}}"})
	s.row(line+1, [4]string{"其中：新成立", "{{新成立服务队}}", "{{新成立服务队|本年累计}}", "{{新成立服务队|上年同期}}"})
	s.foot(line + 3)
	if s.err != nil {
		return nil, fmt.Errorf("make the sample form: %w", s.err)
	}
	out, err := f.WriteToBuffer()
	if err != nil {
		return nil, fmt.Errorf("write the sample form: %w", err)
	}
	return out.Bytes(), nil
}

// sample keeps the first error.
type sample struct {
	file          *excelize.File
	sheet         string
	title, header int
	name, number  int
	err           error
}

func (s *sample) do(err error) {
	if s.err == nil {
		s.err = err
	}
}

func (s *sample) style(style excelize.Style) int {
	n, err := s.file.NewStyle(&style)
	s.do(err)
	return n
}

func (s *sample) styles() {
	border := []excelize.Border{{Type: "left", Style: 1, Color: "666666"}, {Type: "right", Style: 1, Color: "666666"}, {Type: "top", Style: 1, Color: "666666"}, {Type: "bottom", Style: 1, Color: "666666"}}
	centre := &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true}
	s.title = s.style(excelize.Style{Font: &excelize.Font{Bold: true, Size: 16}, Alignment: centre})
	s.header = s.style(excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: centre, Border: border})
	s.name = s.style(excelize.Style{Border: border, Alignment: &excelize.Alignment{Vertical: "center"}})
	s.number = s.style(excelize.Style{Border: border, Alignment: &excelize.Alignment{Horizontal: "right", Vertical: "center"}, NumFmt: 0})
}

func (s *sample) text(at, text string) { s.do(s.file.SetCellStr(s.sheet, at, text)) }

func (s *sample) head() {
	s.do(s.file.SetColWidth(s.sheet, "A", "A", 26))
	s.do(s.file.SetColWidth(s.sheet, "B", "D", 18))
	s.do(s.file.MergeCell(s.sheet, "A1", "D1"))
	s.text("A1", "巾帼志愿服务工作报表")
	s.do(s.file.SetCellStyle(s.sheet, "A1", "D1", s.title))
	s.do(s.file.SetRowHeight(s.sheet, 1, 32))
	for at, text := range map[string]string{"A2": "填报单位：", "B2": "{{填报单位}}", "C2": "报告期：", "D2": "{{报告期}}", "A3": "报送单位：", "B3": "{{报送单位}}", "C3": "填报日期：", "D3": "{{填报日期}}"} {
		s.text(at, text)
	}
	for at, text := range map[string]string{"A4": "指标", "B4": "本期", "C4": "本年累计", "D4": "上年同期"} {
		s.text(at, text)
	}
	s.do(s.file.SetCellStyle(s.sheet, "A4", "D4", s.header))
}

func (s *sample) row(line int, texts [4]string) {
	for i, text := range texts {
		at := fmt.Sprintf("%c%d", 'A'+i, line)
		if text != "" {
			s.text(at, text)
		}
	}
	s.do(s.file.SetCellStyle(s.sheet, fmt.Sprintf("A%d", line), fmt.Sprintf("A%d", line), s.name))
	s.do(s.file.SetCellStyle(s.sheet, fmt.Sprintf("B%d", line), fmt.Sprintf("D%d", line), s.number))
}

func (s *sample) foot(line int) {
	for i, text := range []string{"填表人：", "{{填表人}}", "审核人：", "{{审核人}}"} {
		s.text(fmt.Sprintf("%c%d", 'A'+i, line), text)
	}
	s.text(fmt.Sprintf("A%d", line+1), "负责人：")
	s.text(fmt.Sprintf("B%d", line+1), "{{负责人}}")
}
