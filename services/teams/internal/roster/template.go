package roster

import (
	"bytes"
	"fmt"

	"github.com/xuri/excelize/v2"

	"github.com/qihe-volunteers/qihe/shared/spreadsheet"
)

// templateSheet is a sheet to be filled in.
type templateSheet struct {
	name    string
	header  []string
	example []string
	text    []int            // columns, from 1, that hold long numbers
	choices map[int][]string // of columns
}

var templateSheets = []templateSheet{
	{
		name:    "服务队",
		header:  []string{"序号", "服务队名称", "县区", "乡镇", "村", "统计单位", "类别", "成立时间", "人数", "队长", "队长电话", "备注"},
		example: []string{"示例", "浚县善堂镇郭小寨村巾帼志愿服务队", "浚县", "善堂镇", "郭小寨村", "浚县", "综合服务", "2021-3-8", "25", "王桂兰", "13800000000", "这一行不会导入"},
		text:    []int{11},
	},
	{
		name:    "队员",
		header:  []string{"序号", "姓名", "性别", "手机号", "身份证号", "职务", "服务队", "区划", "入队时间", "备注"},
		example: []string{"示例", "李秀英", "女", "13800000001", "", "队员", "浚县善堂镇郭小寨村巾帼志愿服务队", "浚县善堂镇郭小寨村", "2022-5-1", "这一行不会导入"},
		text:    []int{4, 5},
		choices: map[int][]string{3: {"女", "男"}, 6: {"队长", "副队长", "队员"}},
	},
}

var templateHelp = []string{
	"怎样填这张表",
	"1. “服务队”一行一支队，“队员”一行一个人；只填其中一张也可以。",
	"2. 区划写名称就行，如“浚县善堂镇郭小寨村”；也可以分开写在县区、乡镇、村三列。",
	"3. 没有手机就留空。家里几个人共用一个手机，都写上也可以：第一个人用它登录，其他人照样登记。",
	"4. 身份证号可以不填。填的话，整列先设成“文本”格式（这张表已经设好），否则 Excel 会把后三位变成 000。",
	"5. 不知道队员姓名的，在“服务队”里只写人数。",
	"6. 未满 18 周岁的人不要写在这里：要先登记监护人的同意。",
	"7. 写着“示例”的行不会导入，可以删掉。",
	"8. 上传后先核对，不会马上导入；要改的地方会在您自己的文件里标红。",
}

// Template returns an empty roster to fill in: two sheets with headers,
// choices and text columns, and one that says how.
func Template() ([]byte, error) {
	f := excelize.NewFile()
	defer func() { _ = f.Close() }()
	t := &template{f: f}
	t.styles()
	t.do(f.SetSheetName("Sheet1", templateSheets[0].name))
	for i, sheet := range templateSheets {
		if i > 0 {
			_, err := f.NewSheet(sheet.name)
			t.do(err)
		}
		t.fill(sheet)
	}
	_, err := f.NewSheet("说明")
	t.do(err)
	t.do(f.SetColWidth("说明", "A", "A", 100))
	for i, text := range templateHelp {
		t.do(f.SetCellStr("说明", spreadsheet.Address(0, i+1), text))
	}
	var out bytes.Buffer
	t.do(f.Write(&out))
	if t.err != nil {
		return nil, fmt.Errorf("write the template: %w", t.err)
	}
	return out.Bytes(), nil
}

// template is a workbook in the making; the first error ends it.
type template struct {
	f                *excelize.File
	bold, grey, text int
	err              error
}

func (t *template) do(err error) {
	if t.err == nil {
		t.err = err
	}
}

func (t *template) styles() {
	for _, s := range []struct {
		to    *int
		style excelize.Style
	}{
		{&t.bold, excelize.Style{Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"F3E9E7"}}}},
		{&t.grey, excelize.Style{Font: &excelize.Font{Color: "808080", Italic: true}, NumFmt: 49}},
		{&t.text, excelize.Style{NumFmt: 49}},
	} {
		var err error
		*s.to, err = t.f.NewStyle(&s.style)
		t.do(err)
	}
}

const templateRows = 2000 // that choices and formats reach down to

func (t *template) fill(sheet templateSheet) {
	last, err := excelize.ColumnNumberToName(len(sheet.header))
	t.do(err)
	t.do(t.f.SetColWidth(sheet.name, "A", last, 16))
	for _, column := range sheet.text {
		name, err := excelize.ColumnNumberToName(column)
		t.do(err)
		t.do(t.f.SetColStyle(sheet.name, name, t.text))
		t.do(t.f.SetColWidth(sheet.name, name, name, 22))
	}
	for i := range sheet.header {
		t.do(t.f.SetCellStr(sheet.name, spreadsheet.Address(i, 1), sheet.header[i]))
		t.do(t.f.SetCellStr(sheet.name, spreadsheet.Address(i, 2), sheet.example[i]))
	}
	t.do(t.f.SetCellStyle(sheet.name, "A1", last+"1", t.bold))
	t.do(t.f.SetCellStyle(sheet.name, "A2", last+"2", t.grey))
	for column, choices := range sheet.choices {
		name, err := excelize.ColumnNumberToName(column)
		t.do(err)
		rule := excelize.NewDataValidation(true)
		rule.SetSqref(fmt.Sprintf("%s3:%s%d", name, name, templateRows))
		t.do(rule.SetDropList(choices))
		t.do(t.f.AddDataValidation(sheet.name, rule))
	}
	t.do(t.f.SetPanes(sheet.name, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}))
}
