package roster

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"github.com/qihe-volunteers/qihe/shared/spreadsheet"
	"github.com/qihe-volunteers/qihe/shared/workbook"
)

const dangerous = "=+-@\t\r\n＝＋－＠"

// spiteful are names by which somebody tries to have something carried out.
var spiteful = rapid.Custom(func(r *rapid.T) string {
	return rapid.SampledFrom([]string{"", " ", "　", "\x00", "\ufeff"}).Draw(r, "before") +
		rapid.SampledFrom(strings.Split(dangerous, "")).Draw(r, "sign") + rapid.StringN(0, 20, -1).Draw(r, "rest")
})

func TestNoCellIsCarriedOut(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		text := rapid.OneOf(spiteful, rapid.String()).Draw(r, "text")
		e := Export{Name: "名单", Header: []string{"姓名", "人数"}, Rows: [][]any{{text, 25}}, Footer: []string{text}}
		data, err := e.WriteCSV()
		if err != nil {
			r.Fatal(err)
		}
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(data), "\ufeff"))).ReadAll()
		if err != nil && !strings.Contains(err.Error(), "wrong number of fields") {
			r.Fatal(err)
		}
		for _, row := range rows {
			for _, cell := range row {
				if start := strings.TrimLeft(cell, " 　"); start != "" && strings.ContainsRune(dangerous, []rune(start)[0]) {
					r.Fatalf("%q begins like a formula", cell)
				}
			}
		}
		if data, err = (Export{Name: e.Name, Header: []string{"姓名", "人数"}, Rows: [][]any{{text, 25}}}).WriteXLSX(); err != nil {
			r.Fatal(err)
		}
		f, err := excelize.OpenReader(bytes.NewReader(data))
		if err != nil {
			r.Fatal(err)
		}
		defer func() { _ = f.Close() }()
		if formula, err := f.GetCellFormula("名单", "A2"); err != nil || formula != "" {
			r.Fatalf("%q is the formula %q", text, formula)
		}
		kind, err := f.GetCellType("名单", "A2")
		if err != nil || kind != excelize.CellTypeInlineString && kind != excelize.CellTypeSharedString && workbook.Legible(text) != "" {
			r.Fatalf("%q is a cell of the type %v", text, kind)
		}
		if number, err := f.GetCellType("名单", "B2"); err != nil || number != excelize.CellTypeNumber && number != excelize.CellTypeUnset {
			r.Fatalf("25 is a cell of the type %v", number)
		}
	})
}

func TestTheTemplateIsReadBack(t *testing.T) {
	t.Parallel()
	data, err := Template()
	if err != nil {
		t.Fatal(err)
	}
	book, err := spreadsheet.Open("模板.xlsx", data)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Gather(book, options(t)); err != ErrNoRows { //nolint:errorlint // it is this very error: the examples are no rows
		t.Error(err)
	}
	for i, want := range []bool{false, true} {
		table := findTable(book, i)
		if table == nil || table.byPerson != want || len(table.unknown) > 0 {
			t.Errorf("sheet %d: %+v", i, table)
		}
	}
}
