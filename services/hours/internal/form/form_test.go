package form_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/form"
)

// province makes a form as a province might send it: two sheets, merged
// headings, styles, sums, a data validation, a row height.
func province(t *testing.T) []byte {
	t.Helper()
	f := excelize.NewFile()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(f.SetSheetName("Sheet1", "表一"))
	_, err := f.NewSheet("表二")
	must(err)
	bold, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true, Size: 18, Family: "宋体"}, Alignment: &excelize.Alignment{Horizontal: "center"}})
	must(err)
	number, err := f.NewStyle(&excelize.Style{NumFmt: 4, Border: []excelize.Border{{Type: "left", Style: 1, Color: "000000"}}})
	must(err)
	must(f.MergeCell("表一", "A1", "E1"))
	must(f.MergeCell("表一", "A2", "A3"))
	must(f.SetCellStr("表一", "A1", "志愿服务情况统计表"))
	must(f.SetCellStyle("表一", "A1", "E1", bold))
	must(f.SetRowHeight("表一", 1, 40))
	must(f.SetColWidth("表一", "A", "A", 30))
	must(f.SetCellStr("表一", "A4", "服务时长"))
	must(f.SetCellStr("表一", "B4", "{{服务时长 | 项目=保护淇河 | 区划＝浚县 | 本年累计}}"))
	must(f.SetCellStr("表一", "C4", "{{服务时长|月份=3月}}"))
	must(f.SetCellStr("表一", "D4", "{{登记志愿者人数}}"))
	must(f.SetCellStr("表一", "B5", "{{填表人}}"))
	must(f.SetCellStyle("表一", "B4", "D4", number))
	must(f.SetCellFormula("表一", "E4", "SUM(B4:C4)"))
	must(f.SetCellFormula("表二", "A1", "表一!E4*2"))
	rule := excelize.NewDataValidation(true)
	rule.Sqref = "E6:E9"
	must(rule.SetDropList([]string{"是", "否"}))
	must(f.AddDataValidation("表一", rule))
	out, err := f.WriteToBuffer()
	must(err)
	return out.Bytes()
}

func open(t *testing.T, content []byte) *form.Book {
	t.Helper()
	book, err := form.Open(content)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(book.Close)
	return book
}

func TestFill(t *testing.T) {
	t.Parallel()
	before := province(t)
	book := open(t, before)
	if err := book.Fill(map[form.At]form.Value{{"表一", "B4"}: {Number: 12.5}, {"表一", "C4"}: {Number: 3}, {"表一", "B5"}: {Text: "=HYPERLINK(\"x\")", IsText: true}}); err != nil {
		t.Fatal(err)
	}
	after, err := book.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	x, y := excel(t, before), excel(t, after)
	if diff := cmp.Diff(faces(t, x), faces(t, y)); diff != "" {
		t.Errorf("more was changed than the bound cells: %s", diff)
	}
	for at, want := range map[string]string{"B4": "12.5", "C4": "3", "B5": `=HYPERLINK("x")`} {
		if got, _ := y.GetCellValue("表一", at, excelize.Options{RawCellValue: true}); got != want {
			t.Errorf("%s is %q, want %q", at, got, want)
		}
	}
	if kind, _ := y.GetCellType("表一", "B4"); kind != excelize.CellTypeUnset && kind != excelize.CellTypeNumber {
		t.Errorf("the figure is of type %d", kind)
	}
	if formula, _ := y.GetCellFormula("表一", "B5"); formula != "" {
		t.Errorf("a text became the formula %s", formula)
	}
	if sum, err := y.CalcCellValue("表二", "A1"); err != nil || sum != "31" {
		t.Errorf("formulas come to %q, %v", sum, err)
	}
	t.Run("the page shows what formulas come to, and merged cells as one", func(t *testing.T) {
		t.Parallel()
		sheets, err := open(t, after).Sheets()
		if err != nil {
			t.Fatal(err)
		}
		first := sheets[0].Rows[0]
		if want := (form.Cell{At: "A1", Text: "志愿服务情况统计表", Columns: 5, Rows: 1, Bold: true, Align: "center"}); len(first) != 1 || first[0] != want {
			t.Errorf("the heading is %+v", first)
		}
		if sum := sheets[0].Rows[3][4]; sum.Text != "15.5" || !sum.Formula {
			t.Errorf("the sum is %+v", sum)
		}
	})
}

func excel(t *testing.T, content []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

// faces is all that filling must not change.
func faces(t *testing.T, f *excelize.File) (all []string) {
	t.Helper()
	for _, sheet := range f.GetSheetList() {
		merged, _ := f.GetMergeCells(sheet)
		for _, m := range merged {
			all = append(all, m.GetStartAxis()+m.GetEndAxis())
		}
		rules, _ := f.GetDataValidations(sheet)
		for _, r := range rules {
			all = append(all, r.Sqref+r.Formula1)
		}
		for row := 1; row <= 10; row++ {
			high, _ := f.GetRowHeight(sheet, row)
			all = append(all, fmt.Sprint(sheet, row, high))
			for column := 1; column <= 6; column++ {
				at, _ := excelize.CoordinatesToCellName(column, row)
				n, _ := f.GetCellStyle(sheet, at)
				style, _ := f.GetStyle(n)
				formula, _ := f.GetCellFormula(sheet, at)
				text, _ := f.GetCellValue(sheet, at)
				if at == "B4" || at == "C4" || at == "B5" || formula != "" {
					text = ""
				}
				look, _ := json.Marshal(style)
				all = append(all, fmt.Sprint(at, formula, text, string(look)))
			}
		}
	}
	return all
}

func TestCheck(t *testing.T) {
	t.Parallel()
	book := open(t, province(t))
	for at, want := range map[form.At]error{
		{"表一", "B4"}: nil, {"表一", "A1"}: nil, {"表一", "E30"}: nil,
		{"表一", "B1"}: form.ErrCovered, {"表一", "E4"}: form.ErrOfFormula, {"表三", "A1"}: form.ErrNoCell, {"表一", "b4"}: form.ErrNoCell,
		{"表一", ""}: form.ErrNoCell, {"表一", "A0"}: form.ErrNoCell, {"表一", "ZZ9999"}: form.ErrNoCell, {"", "A1"}: form.ErrNoCell,
	} {
		if err := book.Check(at); !errors.Is(err, want) {
			t.Errorf("%v: %v, want %v", at, err, want)
		}
	}
}

func TestPlaceholders(t *testing.T) {
	t.Parallel()
	found, err := open(t, province(t)).Placeholders()
	if err != nil {
		t.Fatal(err)
	}
	want := []form.Placeholder{
		{At: form.At{Sheet: "表一", Cell: "B4"}, Indicator: "service_hours", Programme: "保护淇河", Region: "浚县", Span: domain.SpanYearToDate},
		{At: form.At{Sheet: "表一", Cell: "C4"}, Indicator: "service_hours", Span: "month:03"},
		{At: form.At{Sheet: "表一", Cell: "D4"}, Wrong: "登记志愿者人数"},
		{At: form.At{Sheet: "表一", Cell: "B5"}, Text: domain.TextFiller},
	}
	if diff := cmp.Diff(want, found); diff != "" {
		t.Error(diff)
	}
	t.Run("all of the sample's are understood", func(t *testing.T) {
		t.Parallel()
		content, err := form.Sample()
		if err != nil {
			t.Fatal(err)
		}
		found, err := open(t, content).Placeholders()
		if err != nil || len(found) != 42 {
			t.Errorf("%d placeholders, %v", len(found), err)
		}
		for _, p := range found {
			if p.Wrong != "" {
				t.Errorf("%s: %s", p.At.Cell, p.Wrong)
			}
		}
	})
}

func TestOpen(t *testing.T) {
	t.Parallel()
	large := excelize.NewFile()
	_ = large.SetCellInt("Sheet1", "A201", 1)
	out, err := large.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		content []byte
		want    error
	}{
		"nothing":       {nil, form.ErrNotXLSX},
		"a text":        {[]byte("指标,本期\n"), form.ErrNotXLSX},
		"too many rows": {out.Bytes(), form.ErrTooLarge},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := form.Open(c.content); !errors.Is(err, c.want) {
				t.Errorf("%v, want %v", err, c.want)
			}
		})
	}
}
