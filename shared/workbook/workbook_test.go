package workbook_test

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/qihe-volunteers/qihe/shared/workbook"
)

func TestBook(t *testing.T) {
	t.Parallel()
	t.Run("what begins like a formula is text, and numbers stay numbers", func(t *testing.T) {
		t.Parallel()
		book, err := workbook.New()
		if err != nil {
			t.Fatal(err)
		}
		defer book.Close()
		wicked := []string{`=HYPERLINK("http://x","y")`, "+1", "-1", "@SUM(A1)", "\t=1", "＝1", "甲\x00乙", "七"}
		if err := book.Sheet("活动", []string{"名称", "人数"}, 18); err != nil {
			t.Fatal(err)
		}
		for i, text := range wicked {
			if err := book.Row(text, i); err != nil {
				t.Fatal(err)
			}
		}
		if err := book.Sheet("说明", []string{"词"}, 30); err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if _, err := book.WriteTo(&out); err != nil {
			t.Fatal(err)
		}

		f, err := excelize.OpenReader(&out)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = f.Close() }()
		if diff := cmp.Diff([]string{"活动", "说明"}, f.GetSheetList()); diff != "" {
			t.Error(diff)
		}
		for i, text := range wicked {
			at, _ := excelize.CoordinatesToCellName(1, i+2)
			kind, err := f.GetCellType("活动", at)
			formula, _ := f.GetCellFormula("活动", at)
			if got, _ := f.GetCellValue("活动", at); err != nil || kind != excelize.CellTypeInlineString && kind != excelize.CellTypeSharedString || formula != "" || got != workbook.Legible(text) {
				t.Errorf("%q is %q of type %d with formula %q, %v", text, got, kind, formula, err)
			}
			number, _ := excelize.CoordinatesToCellName(2, i+2)
			if kind, _ := f.GetCellType("活动", number); kind != excelize.CellTypeNumber && kind != excelize.CellTypeUnset {
				t.Errorf("the number %d is of type %d", i, kind)
			}
		}
	})
}
